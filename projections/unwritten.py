"""A planned lesson nobody has written in yet, in the shape of a row of `lessons`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger import windows
from ledger.lesson import ANSWER
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson


@dataclass(frozen=True, kw_only=True, slots=True)
class Unwritten:
    lesson: UUID
    journal: UUID
    date: date
    number: int
    starts: datetime
    ends: datetime
    topic: None = None
    task: str = ""
    plan: None = None
    plan_item: None = None
    deviation: bool = False
    briefing: None = None
    briefing_entry: None = None
    completed: bool = False
    mode: str = ""
    homework: None = None
    manner: tuple[str, ...] = ()
    not_set: bool = False
    due: None = None
    due_lesson: None = None
    homework_at: None = None
    homework_delay: None = None
    taken: bool = False
    topic_entry: None = None
    homework_entry: None = None
    topic_correction: None = None
    homework_correction: None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyWork:
    """The ready column of such a lesson, in the shape of a row of `works`."""

    lesson: UUID
    work: UUID
    due: datetime
    kind: str = ANSWER
    title: str = ""
    assess: str = "all"
    makes_up: None = None
    source: None = None
    since: int = 0


def unwritten(planned: Iterable[Lesson], written: Mapping[UUID, Any]) -> dict[UUID, Unwritten]:
    return {
        lesson.id: Unwritten(
            lesson=lesson.id,
            journal=lesson.journal,
            date=lesson.date,
            number=lesson.number,
            starts=lesson.starts,
            ends=lesson.ends,
        )
        for lesson in planned
        if lesson.id not in written
    }


def ready_work(lesson: Lesson, school: School, regulation: Regulation) -> ReadyWork:
    due = windows.answer_due(lesson, school, regulation)
    return ReadyWork(lesson=lesson.id, work=lesson.id, due=due)
