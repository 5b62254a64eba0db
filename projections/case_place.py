"""Where a case belongs, in words people know: a cell, a column or a text of a lesson, or a mark of a period sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.lesson import ANSWER
from ledger.school import School
from projections.reading import Reading

Day = date  # for a field that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class CasePlace:
    """`target` as in CorrectionRequested or in a late entry; a lesson's has `date` and `number`, a sheet's the title of
    its period («2026/27» of the year) and the `kind` of its mark. `kind_title` of the work a cell or a column is of.
    `home`: the pupil whose page of tuition at home it is (8.2)."""

    journal: UUID
    class_title: str
    subject: str
    target: str
    lesson: UUID | None = None
    date: Day | None = None
    number: int = 0
    work: UUID | None = None
    kind_title: str = ""
    pupil: UUID | None = None
    period: UUID | None = None
    period_title: str = ""
    kind: str = ""
    home: UUID | None = None


def places(rows: Sequence[Any], reading: Reading) -> list[CasePlace]:
    """Of rows of corrections, error reports or exceptions, in their order; one query for all lessons and works."""
    ids = [lesson for row in rows if (lesson := getattr(row, "lesson", None)) is not None]
    held = (
        {row.lesson: row for row in reading.rows("lessons", "lesson = ANY(%(ids)s)", ids=ids)} if ids else {}
    )
    works = reading.rows("works", "lesson = ANY(%(ids)s)", columns="work, kind", ids=ids) if ids else []
    kinds = {row.work: row.kind for row in works}
    return [_place(row, held, kinds, reading) for row in rows]


def _place(row: Any, held: dict[UUID, Any], kinds: dict[UUID, str], reading: Reading) -> CasePlace:
    school, lesson, period = reading.school, getattr(row, "lesson", None), getattr(row, "period", None)
    # A lesson that has left the timetable is where it was held.
    when = school.timetable.by_id.get(lesson) or held.get(lesson) if lesson is not None else None
    work = getattr(row, "work", None)
    return CasePlace(
        journal=row.journal,
        class_title=school.klass_of(row.journal).title,
        subject=school.subject_of(row.journal).title,
        target=getattr(row, "target", "period_mark"),
        lesson=lesson,
        date=when.date if when is not None else None,
        number=when.number if when is not None else 0,
        work=work,
        kind_title=_kind_title(kinds.get(work, ANSWER), reading) if work is not None else "",
        pupil=row.pupil,
        period=period,
        period_title=period_title(school, row.journal, period) if period is not None else "",
        kind=getattr(row, "kind", ""),
        home=school.journals[row.journal].pupil,
    )


def _kind_title(kind: str, reading: Reading) -> str:
    known = reading.regulation().work_kinds.get(kind)
    return known.title if known is not None else kind


def period_title(school: School, journal: UUID, period: UUID) -> str:
    """«I триместр», of the sheet of a year «2026/27»."""
    known, year = school.periods.get(period), school.journals[journal].year
    return known.title if known is not None else f"{year}/{(year + 1) % 100:02}"
