"""Attestations against the rule that wait: too few marks, or more than half missed (R-151, R-157)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.attestation import Evidence, least_marks, marks_counted
from ledger.events.period_marks import ExceptionGranted
from ledger.period_sheet import NON_ATTESTATION
from ledger.personal import KeyOf, opened
from projections import period_evidence
from projections.case_place import CasePlace, places
from projections.period_year import sheet_span
from projections.reading import Reading
from projections.verdicts import Verdicts, unsaid


@dataclass(frozen=True, kw_only=True, slots=True)
class ExceptionCard:
    """`missed` of `held` lessons and `marks` of `needed`, 0 where they could not be counted. `agreed_at` is the
    parents' word in the diary, `agreed_on` the day of their paper; `wants_agreement`: neither is there and the ground
    asks for one. `stopped`: why this reader may not grant it, None when they may."""

    case: UUID
    place: CasePlace
    pupil: UUID
    ground: str
    status: str
    asked_by: UUID | None
    asked_at: datetime | None
    reason: str
    missed: int
    held: int
    marks: int
    needed: int
    agreed_by: UUID | None
    agreed_at: datetime | None
    agreed_on: date | None
    document: str
    wants_agreement: bool
    stopped: str | None
    decided_by: UUID | None
    decided_at: datetime | None
    decision: str


def cards(
    rows: list[Any], reading: Reading, key_of: KeyOf, verdicts: Verdicts | None = None
) -> tuple[ExceptionCard, ...]:
    """Of rows of `exceptions`, in their order; the numbers only where somebody is to decide (`verdicts`)."""
    evidence = evidence_by_case(rows, reading) if verdicts is not None else {}
    return tuple(
        _card(row, place, evidence.get(row.case_id), reading, key_of, verdicts)
        for row, place in zip(rows, places(rows, reading), strict=True)
    )


def evidence_by_case(rows: Iterable[Any], reading: Reading) -> Mapping[UUID, Evidence]:
    """Of rows that name journal, period and pupil; one reading of the page for all its pupils."""
    pages: dict[tuple[UUID, UUID], list[Any]] = {}
    for row in rows:
        pages.setdefault((row.journal, row.period), []).append(row)
    found: dict[UUID, Evidence] = {}
    for (journal, period), own in pages.items():
        span = sheet_span(reading.school, journal, period)
        known = period_evidence.of_page(reading, journal, {row.pupil for row in own}, span)
        found |= {row.case_id: known[row.pupil][0] for row in own}
    return found


def _card(
    row: Any,
    place: CasePlace,
    evidence: Evidence | None,
    reading: Reading,
    key_of: KeyOf,
    verdicts: Verdicts | None,
) -> ExceptionCard:
    known, regulation = evidence or Evidence(), reading.regulation()
    agreed = row.agreed_at is not None or row.agreed_on is not None
    return ExceptionCard(
        case=row.case_id,
        place=place,
        pupil=row.pupil,
        ground=row.ground,
        status=row.status,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        reason=opened(row.pupil, row.reason_nonce, row.reason, key_of),
        missed=len(known.missed),
        held=known.held,
        marks=marks_counted(known, regulation),
        needed=least_marks(known, regulation),
        agreed_by=row.agreed_by,
        agreed_at=row.agreed_at,
        agreed_on=row.agreed_on,
        document=opened(row.pupil, row.document_nonce, row.document, key_of),
        wants_agreement=row.ground == NON_ATTESTATION and not agreed,
        stopped=None if verdicts is None else _stopped(row, verdicts),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision=opened(row.pupil, row.decision_nonce, row.decision, key_of),
    )


def _stopped(row: Any, verdicts: Verdicts) -> str | None:
    """Judged as if the parents' paper lay there: it is entered with the decision itself."""
    reading = verdicts.reading
    granted = ExceptionGranted(
        case=row.case_id,
        journal=row.journal,
        period=row.period,
        pupil=row.pupil,
        ground=row.ground,
        reason=unsaid(row.pupil),
        agreed_on=reading.today,
        document=unsaid(row.pupil),
    )
    return verdicts.against("grant_exception", granted, (None, row.journal, row.period))
