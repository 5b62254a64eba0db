"""What an order or a certificate dated back left standing, for whoever may ask to take it away: right first."""

from __future__ import annotations

from uuid import UUID

from flask import abort

from ledger.rests import OfDistance, basis_of
from projections import order_reconciliation
from projections.order_reconciliation import OrderReconciliation, classes_of
from web import reading

ASKS = "request_bulk_correction"


def listed(basis_id: UUID, at: str | None) -> OrderReconciliation:
    """E-07, E-12: of distance days the classes one may ask about, of an exemption its pupil."""
    basis = basis_of(basis_id, reading.school())
    if basis is None:
        reading.allowed(ASKS)
        abort(404)
    if not isinstance(basis, OfDistance):
        reading.allowed(ASKS, pupil=basis.pupil)
        return _shown(basis_id, frozenset(), at, pupil_id=basis.pupil)
    concerned = sorted(classes_of(basis))
    own = [class_id for class_id in concerned if reading.may(ASKS, class_id=class_id)]
    reading.allowed(ASKS, class_id=(own or concerned)[0])
    return _shown(basis_id, frozenset(own), at)


def _shown(
    basis: UUID, classes: frozenset[UUID], at: str | None, **about: UUID | None
) -> OrderReconciliation:
    return reading.show(at, lambda r: order_reconciliation.page(r, basis, classes), "reconciliation", **about)


def orders() -> frozenset[UUID]:
    """The orders of distance days this person may ask about: where the calendar leads here."""
    distances = reading.school().distances.values()
    return frozenset(d.order for d in distances if any(reading.may(ASKS, class_id=c) for c in d.classes))
