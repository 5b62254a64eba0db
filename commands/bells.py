"""Bells (R-067, P-95): a schedule is never changed, what rang by it stays; another one is assigned from a day on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid5

from commands.clashing import called, clashing_words, in_turn
from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.known import the_class
from commands.texts import plain
from ledger import streams
from ledger.clashes import clashes
from ledger.entry import Draft
from ledger.events.calendar import BellsAssigned, BellsSet, DayBellsSet
from ledger.school import School
from ledger.timetable import Bells, lay
from ledger.windows import spoken

TITLE_LENGTH = 60
NUMBERS = range(16)  # a zero lesson and two shifts
WEEKDAYS = range(1, 8)
FORTNIGHT = 14  # days


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
    confirmed: bool = False


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
    if not command.confirmed:
        _ask_of_weeks(events, sight)
    home = streams.calendar(school.id)
    return in_turn([(home, event) for event in events], school)


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
        _ask_of_day(command.on, changed, schedule, sight)
    event = DayBellsSet(date=command.on, classes=changed, schedule=command.schedule)
    return in_turn([(streams.calendar(school.id), event)], school)


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


def _ask_of_day(on: date, classes: Iterable[UUID], schedule: Bells, sight: Sight) -> None:
    rung = {(class_id, on): schedule.id for class_id in classes}
    after = replace(sight.school, day_bells=sight.school.day_bells | rung)
    _ask((on,), frozenset(classes), after, sight)


def _ask_of_weeks(events: Iterable[BellsAssigned], sight: Sight) -> None:
    """The first two weeks, an odd and an even one, stand for all."""
    rings, days, classes = dict(sight.school.rings), set(), set()
    for event in events:
        place = (event.class_id, event.weekday)
        rings[place] = (*rings.get(place, ()), (event.first, event.schedule))
        classes.add(event.class_id)
        days |= {event.first + timedelta(days=n) for n in range(FORTNIGHT)}
    _ask(days, frozenset(classes), replace(sight.school, rings=rings), sight)


def _ask(days: Collection[date], classes: frozenset[UUID], after: School, sight: Sight) -> None:
    """Raises Refusal, a question: a lesson without a bell is not held, and lessons that begin at other times may put
    somebody in two places."""
    school = sight.school
    weekdays = {day.isoweekday() for day in days}
    slots = [
        slot
        for slot in school.slots.values()
        if slot.weekday in weekdays and school.journals[slot.journal].class_id in classes
    ]
    laid = {lesson.id: lesson for lesson in lay(after, slots) if lesson.date in days}
    here = [
        lesson
        for day in sorted(days)
        for lesson in school.timetable.by_day.get(day, ())
        if school.journals[lesson.journal].class_id in classes and lesson.slot in school.slots
    ]
    silent = sorted({(called(each, school), each.number) for each in here if each.id not in laid})
    moved = [laid[each.id] for each in here if each.id in laid]
    told = [_silence(silent)] if silent else []
    told += filter(None, [clashing_words(clashes(moved, school, without={each.id for each in here}), school)])
    if told:
        raise Refusal("bells-ask", "\n".join(told), mode="confirm")


def _silence(silent: list[tuple[str, int]]) -> str:
    named = ", ".join(f"{what} ({number}-й)" for what, number in silent)
    return f"Для этих уроков звонка не будет, они не состоятся: {named}."
