"""The columns of a grid of marks: works of lessons, in order of time; on the page of Russian also the literacy marks of
literature (R-126)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.column import for_all
from ledger.late_entry import in_time
from ledger.lesson import LITERACY
from ledger.regulation import Regulation
from ledger.school import School
from ledger.windows import extended

Day = date  # for fields after one that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A work of a lesson. `due` is local, its last second included; `open` says whether a mark of the present instant
    would be in time; `opens` is the lesson's start. `source` is the work a literacy column comes from: its marks
    are given there. Marks of a `distance` day say how they were earned (R-134). Where everybody present and liable
    is to get a mark (`for_all`), `marked` of `expected` have one (projections.column_status)."""

    lesson: UUID
    work: UUID
    date: date
    number: int
    kind: str
    kind_title: str
    fraction: bool
    opens: datetime
    due: datetime
    open: bool
    first_of_lesson: bool
    attendance_taken: bool
    source: UUID | None = None
    makes_up: UUID | None = None
    for_all: bool = False
    marked: int = 0
    expected: int = 0
    distance: bool = False
    moved_from: Day | None = None


def columns_of(
    lessons: Mapping[UUID, Any], works: Iterable[Any], school: School, regulation: Regulation, now: datetime
) -> tuple[Column, ...]:
    """In order of date and number; a lesson's ready column before its other works."""
    ordered = sorted(
        (w for w in works if w.lesson in lessons),
        key=lambda w: (lessons[w.lesson].starts, w.work != w.lesson, w.since),
    )
    return tuple(column_of(work, lessons[work.lesson], school, regulation, now) for work in ordered)


def column_of(work: Any, lesson: Any, school: School, regulation: Regulation, now: datetime) -> Column:
    kind = regulation.work_kinds.get(work.kind)
    due = extended(work.due, lesson.starts, school, regulation)
    planned = school.timetable.by_id.get(work.lesson)
    return Column(
        lesson=work.lesson,
        work=work.work,
        date=lesson.date,
        number=lesson.number,
        kind=work.kind,
        kind_title=title_of(work, lesson.date, regulation),
        fraction=kind.fraction if kind is not None else False,
        opens=lesson.starts,
        due=due,
        open=work.source is None and lesson.starts <= now and in_time(now, due),
        first_of_lesson=work.work == work.lesson,
        attendance_taken=lesson.taken,
        source=work.source,
        makes_up=work.makes_up,
        for_all=for_all(work.kind, work.assess, work.makes_up, regulation),
        distance=school.distance(school.journals[lesson.journal].class_id, lesson.date) is not None,
        moved_from=planned.moved_from if planned is not None else None,
    )


def title_of(work: Any, on: date, regulation: Regulation) -> str:
    """«Сочинение: Осень», «Грамотность, литература 05.10», of a row of `works`."""
    if work.kind == LITERACY:
        return f"Грамотность, литература {on:%d.%m}"
    kind = regulation.work_kinds.get(work.kind)
    title = kind.title if kind is not None else work.kind
    return f"{title}: {work.title}" if work.title else title
