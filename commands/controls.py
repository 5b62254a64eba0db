"""The director's monthly control (R-210, W-26) and the class teacher's daily look (R-211, W-25)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight, drafts
from commands.known import the_class
from commands.texts import plain
from ledger import streams
from ledger.entry import Category, Draft
from ledger.events.control import ControlRecorded, DayChecked
from ledger.regulation import Regulation
from ledger.school import School

TEXT_LENGTH = 5000  # characters
MOST_LESSONS = 40  # of a class's day, groups among them


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordControl:
    """`month` is its first day; `position` what was looked at, its own where it is greater."""

    month: date
    position: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckDay:
    """`missing` are the lessons of the class's day that were not written down."""

    class_id: UUID
    day: date
    position: int
    missing: tuple[UUID, ...] = field(default=(), metadata={"longest": MOST_LESSONS})


def of_director(command: RecordControl, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (streams.director_control(school.id),)


def of_class(command: CheckDay, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (streams.daily_checks(school.id, command.class_id),)


def whose(command: CheckDay, school: School) -> tuple[dict[str, Any], ...]:
    return ({"class_id": command.class_id},)


def record_control(command: RecordControl, sight: Sight) -> tuple[Draft, ...]:
    """More than one of a month: at least one is demanded (W-26)."""
    if command.month.day != 1 or command.month > sight.now.date():
        raise Refusal("control-month", "Месяц называют его первым днём, не будущим.")
    stream = streams.director_control(sight.school.id)
    event = ControlRecorded(
        control=uuid5(sight.stamp.command_id, "control"),
        month=command.month,
        position=_position(command.position),
        text=sight.sealed(plain(command.text, TEXT_LENGTH), about=sight.stamp.person),
    )
    return drafts(Category.CASE, stream, sight.version(stream), event)


def check_day(command: CheckDay, sight: Sight) -> tuple[Draft, ...]:
    the_class(command.class_id, sight)
    if command.day > sight.now.date():
        raise Refusal("check-day", "Этот день ещё не наступил.")
    own = {
        lesson.id
        for lesson in sight.school.timetable.by_day.get(command.day, ())
        if sight.school.journals[lesson.journal].class_id == command.class_id
    }
    if not own:
        raise Refusal("check-day", "Уроков у класса в этот день нет.")
    if set(command.missing) - own:
        raise Refusal("lesson-exists", "Такого урока у класса в этот день нет.", status=404)
    stream = streams.daily_checks(sight.school.id, command.class_id)
    missing = tuple(dict.fromkeys(command.missing))
    event = DayChecked(day=command.day, position=_position(command.position), missing=missing)
    return drafts(Category.CASE, stream, sight.version(stream), event)


def _position(given: int) -> int:
    if given < 1:
        raise Refusal("position", "Записи с таким номером в журнале нет.")
    return given
