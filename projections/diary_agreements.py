"""«Нужно ваше согласие»: attestations against the rule that wait for the parents' word (R-157, 7.14(b7))."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from projections.case_place import CasePlace, places
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """`ground`: non_attestation (more than half missed) or least_marks. `agreed`: a parent has said yes, and the
    deputy has not decided yet. Why it was asked for is not told: the reason is the school's word about people."""

    case: UUID
    place: CasePlace
    pupil: UUID
    ground: str
    agreed: bool


def of_pupil(reading: Reading, pupil: UUID) -> tuple[Agreement, ...]:
    rows = reading.rows("exceptions", "pupil = %(pupil)s AND status = 'asked'", pupil=pupil)
    rows.sort(key=lambda row: row.asked_at)
    return tuple(
        Agreement(
            case=row.case_id, place=place, pupil=pupil, ground=row.ground, agreed=row.agreed_at is not None
        )
        for row, place in zip(rows, places(rows, reading), strict=True)
    )
