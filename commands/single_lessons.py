"""What happens to one planned lesson: not held, held elsewhere, held after all (R-085, R-090, R-091, E-10)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from commands.by_order import OrderNamed, ordered
from commands.clashing import called, in_turn, refuse_clashes
from commands.deciding import Refusal, Sight
from commands.importing.terms import numbered
from commands.timetable_slots import LAST_NUMBER, room_of
from ledger import streams
from ledger.clashes import clashes
from ledger.entry import Draft, Role
from ledger.events.days import LessonCancelled, LessonMoved, LessonRestored
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson, bell
from ledger.windows import day_end, delay, spoken

# Why a lesson is not held is a word of this list: free text («учитель в больнице») would stand in the entry for ever.
REASONS = ("no_teacher", "event", "excursion", "quarantine", "weather", "outage", "by_order", "other")
AFTERWARDS = (Role.DEPUTY, Role.DIRECTOR)  # who may say of a past lesson that it was not held


@dataclass(frozen=True, kw_only=True, slots=True)
class CancelLesson:
    """The lesson is not held. `reason` is one of REASONS."""

    lesson: UUID
    reason: str
    order: OrderNamed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RestoreLesson:
    """It is held after all, where the timetable had it: neither cancelled nor moved."""

    lesson: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveLesson:
    """The lesson is held on the day `on`; it keeps its id, and homework due at it moves along. `starts` and `ends` by
    default as the bells ring; `room` None: the same."""

    lesson: UUID
    on: date
    number: int
    starts: time | None = None
    ends: time | None = None
    room: str | None = None
    order: OrderNamed | None = None


def cancel_lesson(command: CancelLesson, sight: Sight) -> tuple[Draft, ...]:
    lesson = standing(command.lesson, sight)
    without_records(lesson, sight)
    not_gone_by(lesson, day_end(lesson.date), sight)
    order, new = ordered(command.order, "rescheduling", sight)
    if command.reason not in REASONS:
        raise Refusal("cancel-reason", "Выберите из списка, почему урок не проводится.")
    event = LessonCancelled(lesson=lesson.id, reason=command.reason, order=order)
    return numbered((*new, (day_of(lesson, sight.school), event)), sight.school)


def move_lesson(command: MoveLesson, sight: Sight) -> tuple[Draft, ...]:
    lesson, school = standing(command.lesson, sight), sight.school
    without_records(lesson, sight)
    not_gone_by(lesson, day_end(lesson.date), sight)
    without_substitution(lesson, sight)
    starts, ends = hours(lesson.journal, command.on, command.number, (command.starts, command.ends), sight)
    room = lesson.room if command.room is None else room_of(command.room)
    moved = replace(
        lesson,
        date=command.on,
        number=command.number,
        starts=datetime.combine(command.on, starts),
        ends=datetime.combine(command.on, ends),
        room=room,
        moved_from=lesson.planned,
    )
    if (moved.starts, moved.room) == (lesson.starts, lesson.room):
        return ()
    may_be_held(moved, sight)
    refuse_clashes(clashes((moved,), school, without={lesson.id}), school)
    order, new = ordered(command.order, "rescheduling", sight)
    event = LessonMoved(
        lesson=lesson.id,
        date=moved.date,
        number=moved.number,
        starts=starts,
        ends=ends,
        room=room,
        order=order,
    )
    return in_turn((*new, (day_of(lesson, school), event)), school)


def restore_lesson(command: RestoreLesson, sight: Sight) -> tuple[Draft, ...]:
    planned, school = sight.school.timetable.left.get(command.lesson), sight.school
    if planned is None or command.lesson not in school.changes:
        if command.lesson in school.timetable.by_id:
            return ()
        raise Refusal("lesson-exists", "Этот урок не отменён и не перенесён.", status=404)
    without_records(planned, sight)
    not_gone_by(planned, planned.ends, sight)
    moved = school.timetable.by_id.get(command.lesson)
    if moved is not None:
        not_gone_by(moved, day_end(moved.date), sight)
    refuse_clashes(clashes((planned,), school, without={planned.id}), school)
    return in_turn(((day_of(planned, school), LessonRestored(lesson=planned.id)),), school)


def one_and_its_days(
    command: CancelLesson | RestoreLesson | MoveLesson, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """The lesson's own records; all that happens on the day it comes to, so that two who move lessons to one place
    at one moment do not both succeed."""
    planned = school.timetable.left.get(command.lesson)
    on = command.on if isinstance(command, MoveLesson) else planned.date if planned is not None else None
    return (command.lesson, *(days(school, on) if on is not None else ()))


def days(school: School, on: date) -> tuple[UUID, ...]:
    """The streams of that day of every class of its year."""
    year = school.year_of(on)
    return tuple(streams.day(school.id, k.id, on) for k in school.classes.values() if k.year == year)


def standing(lesson: UUID, sight: Sight) -> Lesson:
    """The lesson where it stands now. Raises Refusal when it does not."""
    known = sight.school.timetable.by_id.get(lesson)
    if known is None and lesson in sight.school.timetable.dropped:
        raise Refusal(
            "lesson-dropped", "Этот урок уже отменён или заменён другим. Обновите страницу.", status=409
        )
    if known is None:
        raise Refusal("lesson-exists", "Такого урока нет в расписании.", status=404)
    return known


def without_records(lesson: Lesson, sight: Sight) -> None:
    """E-10: what was recorded stays where it was held."""
    if sight.sheet(lesson.id).held is not None:
        raise Refusal(
            "E-10",
            f"{called(lesson, sight.school)}, {spoken(lesson.date)}: на уроке уже есть записи, поэтому просто"
            " перенести или отменить его нельзя. Перенос запрашивает учитель этого урока как исправление"
            " («Исправить день урока»), согласует заместитель директора.",
        )


def not_gone_by(lesson: Lesson, until: datetime, sight: Sight) -> None:
    """R-091: what was to be held by the local time `until` and was not is recorded afterwards by the deputy or the
    director: a lesson is taken out of a day to its end, and comes back to it until it would be over itself."""
    if delay(sight.now, until) is not None and sight.stamp.role not in AFTERWARDS:
        raise Refusal(
            "timetable-past",
            f"{called(lesson, sight.school)}: урок {spoken(lesson.date)} уже в прошлом. Что было с ним на самом"
            " деле, записывает заместитель директора.",
        )


def without_substitution(lesson: Lesson, sight: Sight) -> None:
    if sight.school.substitution(lesson.id) is not None:
        raise Refusal("lesson-substituted", "На этот урок записана замена. Сначала отмените её.", status=409)


def hours(
    journal: UUID, on: date, number: int, given: tuple[time | None, time | None], sight: Sight
) -> tuple[time, time]:
    """As given, else as the bells ring for the class. Raises Refusal when neither says."""
    if not 0 <= number <= LAST_NUMBER:
        raise Refusal("slots", f"Проверьте номер урока: от 0 до {LAST_NUMBER}.")
    starts, ends = given
    if starts is None or ends is None:
        found = bell(sight.school, sight.school.journals[journal].class_id, number, on)
        if found is None:
            raise Refusal(
                "timetable-bell", f"{spoken(on)} для урока № {number} нет звонка: укажите начало и конец."
            )
        starts, ends = starts or found[0], ends or found[1]
    starts, ends = (each.replace(second=0, microsecond=0, tzinfo=None) for each in (starts, ends))
    if starts >= ends:
        raise Refusal("timetable-bell", "Урок кончается раньше, чем начинается.")
    return starts, ends


def may_be_held(lesson: Lesson, sight: Sight) -> None:
    """Ahead, within the study year, and an ordinary lesson on no holiday."""
    if lesson.starts <= sight.now:
        raise Refusal("timetable-past", "Это время уже прошло: урок ставят на то, что впереди.")
    within_the_year(lesson, sight)


def within_the_year(lesson: Lesson, sight: Sight) -> None:
    school = sight.school
    if school.year_of(lesson.date) != school.journals[lesson.journal].year:
        raise Refusal("date-in-year", f"{spoken(lesson.date)} — вне учебного года.")
    free = next((each.title for each in school.holidays.values() if lesson.date in each), None)
    if free is not None and not lesson.mode:
        raise Refusal("timetable-holiday", f"{spoken(lesson.date)} уроков нет: {free}.")


def day_of(lesson: Lesson, school: School) -> UUID:
    """The stream of the day the lesson was first planned for."""
    return streams.day(school.id, school.journals[lesson.journal].class_id, lesson.planned)
