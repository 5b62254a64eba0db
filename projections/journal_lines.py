"""The right side of the spread: of each lesson what was covered and what was set (screens.md)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from projections.plan_next import topics_ahead
from projections.reading import Reading
from projections.topic_words import shown_topic
from projections.unwritten import Unwritten

Day = date  # for fields after one that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One lesson, what was covered, what was set. `homework` is None while nothing was said; `not_set` is «не задано»;
    `planned`: it is still ahead; `moved_from` the day it was first planned for; `substitute` who stands in (R-088).
    `plan_topic`: the plan's line whose turn it will be. Topic and homework are contested until there is an Act (R-177).
    """

    lesson: UUID
    date: date
    number: int
    starts: datetime
    ends: datetime
    topic: str | None
    task: str = ""
    deviation: bool = False
    homework: str | None
    manner: tuple[str, ...]
    not_set: bool
    homework_due: Day | None
    homework_at: datetime | None
    homework_late: bool
    planned: bool
    attendance_taken: bool
    plan_topic: str = ""
    moved_from: Day | None = None
    substitute: UUID | None = None
    topic_contested: bool = False
    homework_contested: bool = False


def lines_of(
    rows: Iterable[Any],
    planned: Iterable[Lesson],
    reading: Reading,
    regulation: Regulation,
    disputed: frozenset[int],
) -> tuple[Line, ...]:
    """Of rows of `lessons`, those without records among them; `disputed` are the entries that are contested."""
    coming = topics_ahead(reading, planned)
    return tuple(
        _line(row, reading.school, regulation, reading.now, coming.get(row.lesson, ""), disputed)
        for row in sorted(rows, key=_starts)
    )


def _starts(row: Any) -> datetime:
    starts: datetime = row.starts
    return starts


def _line(
    row: Any,
    school: School,
    regulation: Regulation,
    now: datetime,
    plan_topic: str,
    disputed: frozenset[int],
) -> Line:
    where: dict[str, Any] = {"lesson": row.lesson, "journal": row.journal, "on": row.date}
    lesson, standing = school.timetable.by_id.get(row.lesson), school.substitution(row.lesson)
    return Line(
        lesson=row.lesson,
        date=row.date,
        number=row.number,
        starts=row.starts,
        ends=row.ends,
        topic=shown_topic(row.topic, **where, school=school, regulation=regulation),
        task=row.task,
        deviation=row.deviation,
        homework=row.homework,
        manner=manner_of(row.manner, regulation),
        not_set=row.not_set,
        homework_due=due_day(row, school),
        homework_at=row.homework_at,
        homework_late=row.homework_delay is not None,
        planned=isinstance(row, Unwritten) and row.starts > now,
        plan_topic=plan_topic,
        attendance_taken=row.taken,
        moved_from=None if lesson is None else lesson.moved_from,
        substitute=None if standing is None else standing.substitute,
        topic_contested=row.topic_entry in disputed,
        homework_contested=row.homework_entry in disputed,
    )


def due_day(row: Any, school: School) -> date | None:
    """Of a row of `lessons`: a moved lesson takes the homework due at it along (E-10)."""
    lesson = school.timetable.by_id.get(row.due_lesson)
    due: date | None = row.due
    return due if lesson is None else lesson.date


def manner_of(keys: Iterable[str] | None, regulation: Regulation) -> tuple[str, ...]:
    """How homework is done, in the regulation's words."""
    return tuple(regulation.manners.get(key, key) for key in keys or ())
