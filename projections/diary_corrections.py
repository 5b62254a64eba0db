"""What was corrected, as a family reads it (R-171): what stood there, what stands now, on which ground, and since when.
Nobody's reasons are told: they are about people of the school."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.school import School
from projections.case_place import CasePlace, places
from projections.reading import Ask, Reading, standing

Day = date  # for fields after one that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryCorrection:
    """`old` and `new` are "" where nothing stood or stands; a move says `to_date` and `to_number`. `at`: when it was
    agreed (aware)."""

    case: UUID
    place: CasePlace
    old: str
    new: str
    to_date: Day | None
    to_number: int
    ground: str
    at: datetime


def of_cases(reading: Reading, cases: Collection[UUID]) -> dict[UUID, DiaryCorrection]:
    """Of the values that stand: the cases that brought them."""
    if not cases:
        return {}
    rows = reading.rows("corrections", "case_id = ANY(%(cases)s)", cases=list(cases))
    return {each.case: each for each in _made(rows, reading)}


def asked_of_week(
    school: School, pupil: UUID, lessons: Iterable[UUID], first: datetime, last: datetime
) -> Ask:
    """Of what stands in these lessons, and of whatever else was agreed from `first` to `last` (aware)."""
    between = "(lesson = ANY(%(lessons)s) OR decided_at >= %(first)s AND decided_at < %(last)s)"
    return _asked(school, pupil, between, lessons=list(lessons), first=first, last=last)


def asked_after(school: School, pupil: UUID, position: int) -> Ask:
    """Of whatever was agreed after the entry at this position."""
    return _asked(school, pupil, "decided > %(after)s", after=position)


def _asked(school: School, pupil: UUID, where: str, **parameters: Any) -> Ask:
    """In a class the pupil has left too; of other pupils' marks nothing."""
    own = "(pupil = %(pupil)s OR pupil IS NULL)"
    return standing(
        "corrections",
        f"status = 'approved' AND journal = ANY(%(pages)s) AND {own} AND {where}",
        pupil=pupil,
        pages=school.pages_ever(pupil),
        **parameters,
    )


def told(rows: list[Any], pupil: UUID, reading: Reading) -> tuple[DiaryCorrection, ...]:
    """Of rows of the asks above the pupil's own, and topics and homework of the pupil's own pages; the newest
    first."""
    found = _made(rows, reading)
    mine = (each for each in found if each.place.pupil == pupil or _attends(pupil, each.place, reading))
    return tuple(sorted(mine, key=lambda each: each.at, reverse=True))


def _attends(pupil: UUID, place: CasePlace, reading: Reading) -> bool:
    return place.date is not None and reading.school.enrolled(pupil, place.journal, place.date)


def _made(rows: list[Any], reading: Reading) -> list[DiaryCorrection]:
    return [_correction(row, place) for row, place in zip(rows, places(rows, reading), strict=True)]


def _correction(row: Any, place: CasePlace) -> DiaryCorrection:
    return DiaryCorrection(
        case=row.case_id,
        place=place,
        old=row.old,
        new=row.new,
        to_date=row.to_date,
        to_number=row.to_number,
        ground=row.ground,
        at=row.decided_at,
    )
