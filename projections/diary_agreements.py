"""«Нужно ваше согласие»: attestations of those who missed more than half, which wait for the parents' word (R-157,
7.14(b7)); too few marks are the deputy's matter alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ledger.period_sheet import NON_ATTESTATION
from projections.case_place import CasePlace, places
from projections.reading import Ask, Reading, standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """`agreed`: a parent has said yes, and the deputy has not decided yet. Why it was asked for is not told: the reason
    is the school's word about people."""

    case: UUID
    place: CasePlace
    pupil: UUID
    agreed: bool


def asked(pupil: UUID) -> Ask:
    where = "pupil = %(pupil)s AND status = 'asked' AND ground = %(ground)s"
    return standing("exceptions", where, pupil=pupil, ground=NON_ATTESTATION)


def told(found: list[Any], reading: Reading) -> tuple[Agreement, ...]:
    """In the order they were asked for."""
    rows = sorted(found, key=lambda row: row.asked_at)
    return tuple(
        Agreement(case=row.case_id, place=place, pupil=row.pupil, agreed=row.agreed_at is not None)
        for row, place in zip(rows, places(rows, reading), strict=True)
    )
