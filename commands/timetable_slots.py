"""The weekly timetable by hand (R-084): a slot is put, ended or moved from a day on, never in the past."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from commands.clashing import called, in_turn, refuse_clashes
from commands.deciding import Refusal, Sight
from commands.importing.terms import Fact, numbered
from commands.known import a_journal, a_stretch
from ledger.clashes import clashes
from ledger.entry import Draft
from ledger.events.timetable import SlotEnded, SlotJoined, SlotScheduled
from ledger.regulation import Regulation
from ledger.school import School
from ledger.span import DAY
from ledger.timetable import Lesson, Slot, lay
from ledger.windows import spoken

WEEKS = ("all", "odd", "even")
LAST_NUMBER = 12  # of the lessons of a day, as the bundle of files has it
ROOM_LENGTH = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSlot:
    """ISO `weekday`, `number` of the lesson, `week` all, odd or even; by default from today to the end of the study
    year. A double lesson is two slots (R-098)."""

    journal: UUID
    weekday: int
    number: int
    week: str = "all"
    first: date | None = None
    last: date | None = None
    room: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduleSlots:
    """All or none. `joint`: one hour of one teacher for several classes, each with its own page, topic and
    homework."""

    slots: tuple[NewSlot, ...]
    joint: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class EndSlot:
    """No lessons from the day `since` on; a joint lesson ends for all its classes."""

    slot: UUID
    since: date


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveSlot:
    """Another weekly place from the day `since` on. `week` and `room` None: as before; a joint lesson moves whole."""

    slot: UUID
    since: date
    weekday: int
    number: int
    week: str | None = None
    room: str | None = None


def schedule_slots(command: ScheduleSlots, sight: Sight) -> tuple[Draft, ...]:
    if not command.slots:
        raise Refusal("slots", "Укажите хотя бы один урок.")
    slots = [_slot(each, n, sight) for n, each in enumerate(command.slots)]
    if command.joint:
        slots = _joined(slots, sight)
    _may_stand(slots, sight)
    return in_turn(_facts(slots), sight.school)


def end_slot(command: EndSlot, sight: Sight) -> tuple[Draft, ...]:
    ended = _whole(command.slot, command.since, sight)
    return numbered(_ended(ended, command.since), sight.school)


def move_slot(command: MoveSlot, sight: Sight) -> tuple[Draft, ...]:
    old = _whole(command.slot, command.since, sight)
    new = [_elsewhere(each, command, n, sight) for n, each in enumerate(old)]
    if [_place(each) for each in new] == [_place(each) for each in old]:
        return ()
    if new[0].joint is not None:
        joint = uuid5(sight.stamp.command_id, "joint")
        new = [replace(each, joint=joint) for each in new]
    _may_stand(new, sight, without={each.id for each in old})
    return in_turn((*_ended(old, command.since), *_facts(new)), sight.school)


def lessons_touched(
    command: EndSlot | MoveSlot, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """Lessons of the slot that may have records although it ends: of its first free day, and those moved ahead."""
    slot = school.slots.get(command.slot)
    return () if slot is None else tuple(each.id for each in _touched(slot, command.since, school))


def _slot(wanted: NewSlot, n: int, sight: Sight) -> Slot:
    page = a_journal(wanted.journal, sight)
    year = sight.school.years[page.year]
    first = wanted.first or max(sight.now.date(), year.first)
    last = wanted.last or year.last or first
    a_stretch(first, last, page.year, sight)
    _not_past(first, sight)
    return Slot(
        id=uuid5(sight.stamp.command_id, f"slot/{n}"),
        journal=wanted.journal,
        weekday=_within("день недели", wanted.weekday, 1, 7),
        number=_within("номер урока", wanted.number, 0, LAST_NUMBER),
        week=_week(wanted.week),
        first=first,
        last=last,
        room=room_of(wanted.room),
    )


def _elsewhere(old: Slot, command: MoveSlot, n: int, sight: Sight) -> Slot:
    return replace(
        old,
        id=uuid5(sight.stamp.command_id, f"slot/{n}"),
        weekday=_within("день недели", command.weekday, 1, 7),
        number=_within("номер урока", command.number, 0, LAST_NUMBER),
        week=old.week if command.week is None else _week(command.week),
        first=max(command.since, old.first),
        room=old.room if command.room is None else room_of(command.room),
    )


def _within(what: str, value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        raise Refusal("slots", f"Проверьте {what}: от {low} до {high}.")
    return value


def _week(week: str) -> str:
    if week not in WEEKS:
        raise Refusal("slots", "Недели бывают все, нечётные и чётные.")
    return week


def room_of(room: str) -> str | None:
    """A room as it is written; None for none."""
    written = " ".join(room.split())
    if len(written) > ROOM_LENGTH or not written.isprintable():
        raise Refusal("slots", f"Кабинет записывают коротко: до {ROOM_LENGTH} знаков.")
    return written or None


def _not_past(first: date, sight: Sight) -> None:
    if first < sight.now.date():
        raise Refusal(
            "timetable-past", "Расписание меняют с сегодняшнего дня или с более позднего, не задним числом."
        )


def _joined(slots: list[Slot], sight: Sight) -> list[Slot]:
    """One teacher, one hour, one room; each class once."""
    if len({each.journal for each in slots}) < 2 or len({_place(each) for each in slots}) != 1:
        raise Refusal(
            "joint-lesson",
            "Объединённый урок — это одно время и один кабинет для нескольких страниц журнала.",
        )
    teachers = [set(sight.school.teachers_of(each.journal, each.first)) for each in slots]
    if not set.intersection(*teachers):
        raise Refusal(
            "joint-lesson", "Объединённый урок ведёт один учитель: у этих страниц нет общего учителя."
        )
    joint = uuid5(sight.stamp.command_id, "joint")
    return [replace(each, joint=joint) for each in slots]


def _place(slot: Slot) -> tuple[object, ...]:
    return slot.weekday, slot.number, slot.week, slot.last, slot.room


def _may_stand(slots: list[Slot], sight: Sight, without: Iterable[UUID] = ()) -> None:
    """Raises Refusal for a slot that brings no lesson, one of today that has begun, and a clash."""
    school = sight.school
    proposed = list(lay(school, slots))
    for slot in slots:
        own = [each for each in proposed if each.slot == slot.id]
        if not own:
            raise Refusal(
                "timetable-bell",
                "В эти дни такого урока не будет: каникулы, или для этого номера нет звонка.",
            )
        if own[0].starts <= sight.now:
            raise Refusal(
                "timetable-past",
                f"{called(own[0], school)}: урок {spoken(own[0].date)} уже начался. Поставьте со следующего дня.",
            )
    joints = {each.id: each.joint for each in slots if each.joint is not None}
    refuse_clashes(clashes(proposed, school, joints=joints, without=frozenset(without)), school)


def _whole(slot: UUID, since: date, sight: Sight) -> list[Slot]:
    """The slot and those joined with it. Raises Refusal when it has no lessons from `since` on, or has had one."""
    known = sight.school.slots.get(slot)
    if known is None or known.last < since:
        raise Refusal(
            "slot-exists", "Такого урока в расписании с этого дня уже нет. Обновите страницу.", status=404
        )
    _not_past(since, sight)
    for lesson in _touched(known, since, sight.school):
        if lesson.starts <= sight.now or sight.sheet(lesson.id).held is not None:
            raise Refusal(
                "timetable-past",
                f"{called(lesson, sight.school)}: урок {spoken(lesson.date)} уже начался. Измените со следующего дня.",
            )
    return _together(known, since, sight.school)


def _together(known: Slot, since: date, school: School) -> list[Slot]:
    if known.joint is None:
        return [known]
    return [each for each in school.slots.values() if each.joint == known.joint and each.last >= since]


def _touched(slot: Slot, since: date, school: School) -> list[Lesson]:
    return [
        lesson
        for each in _together(slot, since, school)
        for lesson in school.timetable.by_journal.get(each.journal, ())
        if lesson.slot == each.id and (lesson.planned == since or lesson.date <= since < lesson.planned)
    ]


def _ended(slots: Iterable[Slot], since: date) -> tuple[Fact, ...]:
    return tuple((each.id, SlotEnded(last=since - DAY)) for each in slots)


def _facts(slots: Iterable[Slot]) -> tuple[Fact, ...]:
    found: list[Fact] = []
    for each in slots:
        event = SlotScheduled(
            journal=each.journal,
            weekday=each.weekday,
            number=each.number,
            week=each.week,
            first=each.first,
            last=each.last,
            room=each.room,
        )
        found.append((each.id, event))
        if each.joint is not None:
            found.append((each.id, SlotJoined(joint=each.joint)))
    return tuple(found)
