"""Bells (R-067, P-95): a schedule is never changed, what rang by it stays; another one is assigned from a day on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from uuid import UUID, uuid5

from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import the_class
from commands.texts import plain
from ledger import streams
from ledger.entry import Draft
from ledger.events.calendar import BellsAssigned, BellsSet, DayBellsSet
from ledger.timetable import Bells
from ledger.windows import spoken

TITLE_LENGTH = 60
NUMBERS = range(16)  # a zero lesson and two shifts
WEEKDAYS = range(1, 8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bell:
    """Of one lesson of the day."""

    number: int
    starts: time
    ends: time


@dataclass(frozen=True, kw_only=True, slots=True)
class SetBells:
    """A new schedule of bells."""

    title: str
    bells: tuple[Bell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignBells:
    """These classes ring by `schedule` on these ISO weekdays from `first` on."""

    classes: tuple[UUID, ...]
    weekdays: tuple[int, ...]
    schedule: UUID
    first: date


@dataclass(frozen=True, kw_only=True, slots=True)
class SetDayBells:
    """A shortened day: on `on` these classes ring by `schedule`, no classes: the whole school. `schedule` None: by the
    weekday again."""

    on: date
    schedule: UUID | None
    classes: tuple[UUID, ...] = ()
    confirmed: bool = False


def set_bells(command: SetBells, sight: Sight) -> tuple[Draft, ...]:
    bells = sorted(command.bells, key=lambda bell: bell.number)
    _in_order(bells)
    event = BellsSet(
        schedule=uuid5(sight.stamp.command_id, "bells"),
        title=plain(command.title, TITLE_LENGTH),
        numbers=tuple(bell.number for bell in bells),
        starts=tuple(bell.starts for bell in bells),
        ends=tuple(bell.ends for bell in bells),
    )
    return numbered([(streams.calendar(sight.school.id), event)], sight.school)


def _in_order(bells: list[Bell]) -> None:
    numbers = [bell.number for bell in bells]
    if not bells or len(set(numbers)) != len(numbers) or not set(numbers) <= set(NUMBERS):
        raise Refusal("bells", f"Звонки называют каждый урок один раз, номера от 0 до {NUMBERS[-1]}.")
    for bell in bells:
        if bell.starts >= bell.ends:
            raise Refusal("bells", f"{bell.number}-й урок кончается раньше, чем начинается.")
    for one, next_ in pairwise(bells):
        if next_.starts < one.ends:
            raise Refusal("bells", f"{next_.number}-й урок начинается раньше, чем кончается {one.number}-й.")


def assign_bells(command: AssignBells, sight: Sight) -> tuple[Draft, ...]:
    school, today = sight.school, sight.now.date()
    _schedule(command.schedule, sight)
    if not command.classes or not set(command.weekdays) <= set(WEEKDAYS) or not command.weekdays:
        raise Refusal("bells", "Назовите классы и дни недели.")
    events = []
    for class_id in dict.fromkeys(command.classes):
        klass = the_class(class_id, sight)
        for weekday in sorted(set(command.weekdays)):
            rung = school.rings.get((class_id, weekday), ())
            if rung and rung[-1] == (command.first, command.schedule):
                continue
            if rung and command.first <= today:
                raise Refusal(
                    "bells-past", f"{klass.title}: звонки меняют с завтрашнего дня, не задним числом."
                )
            if rung and rung[-1][0] > command.first:
                since = spoken(rung[-1][0])
                raise Refusal("bells-past", f"{klass.title}: с {since} уже назначены другие звонки.")
            events.append(
                BellsAssigned(
                    class_id=class_id, weekday=weekday, schedule=command.schedule, first=command.first
                )
            )
    home = streams.calendar(school.id)
    return numbered([(home, event) for event in events], school)


def set_day_bells(command: SetDayBells, sight: Sight) -> tuple[Draft, ...]:
    school, year = sight.school, sight.school.year_of(command.on)
    if year is None:
        raise Refusal("date-in-year", f"{spoken(command.on)} — вне учебного года.")
    schedule = None if command.schedule is None else _schedule(command.schedule, sight)
    classes = tuple(the_class(each, sight).id for each in dict.fromkeys(command.classes))
    classes = classes or tuple(klass.id for klass in school.classes.values() if klass.year == year)
    changed = tuple(each for each in classes if school.day_bells.get((each, command.on)) != command.schedule)
    if not changed:
        return ()
    _day_is_ahead(command.on, changed, sight)
    if schedule is not None and not command.confirmed:
        _every_lesson_rings(command.on, changed, schedule, sight)
    event = DayBellsSet(date=command.on, classes=changed, schedule=command.schedule)
    return numbered([(streams.calendar(school.id), event)], school)


def _schedule(schedule: UUID, sight: Sight) -> Bells:
    known = sight.school.bells.get(schedule)
    if known is None:
        raise Refusal("bells-exist", "Такого расписания звонков нет.", status=404)
    return known


def _day_is_ahead(on: date, classes: Iterable[UUID], sight: Sight) -> None:
    school, now, own = sight.school, sight.now, frozenset(classes)
    begun = any(
        lesson.starts <= now and school.journals[lesson.journal].class_id in own
        for lesson in school.timetable.by_day.get(on, ())
    )
    if on < now.date() or begun:
        raise Refusal("bells-past", f"Уроки {spoken(on)} уже начались: звонки этого дня больше не меняют.")


def _every_lesson_rings(on: date, classes: Iterable[UUID], schedule: Bells, sight: Sight) -> None:
    """A lesson without a bell is not held: the person hears which before saying so."""
    school, own = sight.school, frozenset(classes)
    silent = sorted(
        {
            (school.klass_of(lesson.journal).title, lesson.number)
            for lesson in school.timetable.by_day.get(on, ())
            if school.journals[lesson.journal].class_id in own and lesson.number not in schedule.times
        }
    )
    if silent:
        named = ", ".join(f"{title} {number}-й" for title, number in silent)
        raise Refusal(
            "bells-silent",
            f"В расписании «{schedule.title}» нет звонков для уроков: {named}. {spoken(on)} их не будет.",
            mode="confirm",
        )
