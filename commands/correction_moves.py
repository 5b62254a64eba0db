"""A lesson with records is moved by a correction case only, and keeps its id and what was recorded (E-10, R-090).

The day and its bells learn of the move as of any other; the lesson's own stream does too, so that its marks stand under
the day it is held on now. Deadlines that works carry stay; homework due at it comes along by the lesson's id.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol
from uuid import UUID

from commands.clashing import refuse_clashes
from commands.deciding import Refusal, Sight
from commands.single_lessons import day_of, hours, standing, within_the_year, without_substitution
from ledger import streams
from ledger.clashes import clashes
from ledger.entry import Category
from ledger.events.corrections import CorrectionRequested
from ledger.events.days import LessonMoved
from ledger.events.turns import TurnTaken
from ledger.timetable import Lesson


class Move(Protocol):
    """What a request and its case say alike."""

    @property
    def lesson(self) -> UUID | None: ...
    @property
    def to_date(self) -> date | None: ...
    @property
    def to_number(self) -> int: ...


def fits(named: Move, sight: Sight) -> None:
    """Raises Refusal when the lesson cannot be held there; whoever decides is asked again, for days pass."""
    _there(named, sight)


def moved(asked: CorrectionRequested, sight: Sight) -> tuple[tuple[Category, UUID, object], ...]:
    """(category, stream, event): of the day, of the turn (nobody else takes the place meanwhile) and of the lesson."""
    lesson = _there(asked, sight)
    event = LessonMoved(
        lesson=lesson.id,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts.time(),
        ends=lesson.ends.time(),
        room=lesson.room,
        order=asked.order,
        correction=asked.case,
    )
    school = sight.school
    return (
        (Category.SCHOOL, day_of(lesson, school), event),
        (Category.SCHOOL, streams.timetable(school.id), TurnTaken()),
        (Category.LESSON, lesson.id, event),
    )


def together(asked: Iterable[CorrectionRequested], sight: Sight) -> None:
    """Raises Refusal when two of the moves would come to one place: each finds it free without the other."""
    lessons = tuple(_there(each, sight) for each in asked)
    refuse_clashes(clashes(lessons, sight.school, without={each.id for each in lessons}), sight.school)


def _there(named: Move, sight: Sight) -> Lesson:
    if named.lesson is None or named.to_date is None:
        raise Refusal("correction-items", "Укажите день и номер урока, на которые его переносят.")
    lesson, school = standing(named.lesson, sight), sight.school
    if sight.sheet(lesson.id).held is None:
        raise Refusal(
            "correction-nothing",
            "На уроке ещё нет записей: его переносит диспетчер расписания, исправление не нужно.",
        )
    without_substitution(lesson, sight)
    starts, ends = hours(lesson.journal, named.to_date, named.to_number, (None, None), sight)
    there = replace(
        lesson,
        date=named.to_date,
        number=named.to_number,
        starts=datetime.combine(named.to_date, starts),
        ends=datetime.combine(named.to_date, ends),
        moved_from=lesson.planned,
    )
    if there.starts == lesson.starts:
        raise Refusal("correction-same", "Урок уже стоит на этом месте.")
    within_the_year(there, sight)
    refuse_clashes(clashes((there,), school, without={lesson.id}), school)
    return there
