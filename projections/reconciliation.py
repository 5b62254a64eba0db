"""What an order or a certificate dated back left standing where it would not stand today (E-06, E-07): a list for the
teachers to put right, each by the rules; nothing is erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.school import School
from projections.reading import Reading

EXEMPT = "exempt"


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """`value` is "4", "4/3" or «н», "" for a mark whoever asks may not read; `why`: not-listed (in another class that
    day) or EXEMPT."""

    lesson: UUID
    journal: UUID
    class_title: str
    subject: str
    date: date
    value: str
    why: str
    basis: UUID | None = None  # the exemption: its «н» may go by one request (ledger.rests)


def left_standing(reading: Reading, pupil: UUID, *, marks: bool) -> tuple[Left, ...]:
    """By date; without the values of marks unless `marks` may be read. Of a pupil nothing is known of, nothing."""
    school = reading.school
    if pupil not in school.pupils:
        return ()
    found = [
        left
        for row in reading.rows("cells", "pupil = %(pupil)s AND value <> ''", pupil=pupil)
        if row.journal in school.journals and (left := _left(school, row, marks)) is not None
    ]
    return tuple(sorted(found, key=lambda left: (left.date, left.subject)))


def _left(school: School, row: Any, marks: bool) -> Left | None:
    why = _why(school, row)
    if why is None:
        return None
    return Left(
        lesson=row.lesson,
        journal=row.journal,
        class_title=school.klass_of(row.journal).title,
        subject=school.subject_of(row.journal).title,
        date=row.date,
        value=row.value if marks or row.value_kind == "absence" else "",
        why=why,
        basis=_exemption(school, row) if why == EXEMPT else None,
    )


def _exemption(school: School, row: Any) -> UUID | None:
    held = school.pupils[row.pupil].exempt(row.date)
    return None if held is None else held.id


def _why(school: School, row: Any) -> str | None:
    if not school.enrolled(row.pupil, row.journal, row.date):
        return "not-listed"
    absent = row.value_kind == "absence" and school.is_pe(row.journal)
    return EXEMPT if absent and school.pupils[row.pupil].exempt(row.date) else None
