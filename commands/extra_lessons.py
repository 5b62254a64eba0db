"""Lessons no weekly slot brings: an ordinary one, an extracurricular one (7.13), the programme outside the classroom
by order (8.3, R-091)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID, uuid5

from commands.by_order import OrderNamed, ordered
from commands.clashing import in_turn, refuse_clashes
from commands.deciding import Refusal, Sight
from commands.known import a_journal
from commands.single_lessons import (
    day_of,
    days,
    hours,
    may_be_held,
    not_gone_by,
    standing,
    without_records,
)
from commands.texts import plain
from commands.timetable_slots import room_of
from ledger import streams
from ledger.clashes import clashes
from ledger.entry import Draft
from ledger.events.days import ExtraLessonScheduled, ExtraLessonWithdrawn
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from ledger.windows import day_end

MODES = ("", "7.13", "8.3")
FORM_LENGTH = 60  # characters of «экскурсия»


@dataclass(frozen=True, kw_only=True, slots=True)
class ScheduleExtraLesson:
    """`mode` "" (an ordinary lesson), "7.13" or "8.3" with its `form` («экскурсия»), both by order; `replaces` the
    lesson whose hour it takes. `starts` and `ends` by default as the bells ring."""

    journal: UUID
    on: date
    number: int
    starts: time | None = None
    ends: time | None = None
    room: str = ""
    mode: str = ""
    form: str = ""
    replaces: UUID | None = None
    order: OrderNamed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class WithdrawExtraLesson:
    """It is not held; the lesson it replaced stands again."""

    lesson: UUID


def schedule_extra_lesson(command: ScheduleExtraLesson, sight: Sight) -> tuple[Draft, ...]:
    form = _form(command)
    lesson = _lesson(command, sight)
    school = sight.school
    if command.replaces is not None:
        _may_be_replaced(command.replaces, lesson, sight)
    may_be_held(lesson, sight)
    gone = set() if command.replaces is None else {command.replaces}
    refuse_clashes(clashes((lesson,), school, without=gone), school)
    order, new = ordered(command.order, "extracurricular" if command.mode else "rescheduling", sight)
    event = ExtraLessonScheduled(
        slot=lesson.slot,
        journal=lesson.journal,
        date=lesson.date,
        number=lesson.number,
        starts=lesson.starts.time(),
        ends=lesson.ends.time(),
        room=lesson.room,
        mode=command.mode,
        form=form,
        replaces=command.replaces,
        order=order,
    )
    return in_turn((*new, (day_of(lesson, school), event)), school)


def withdraw_extra_lesson(command: WithdrawExtraLesson, sight: Sight) -> tuple[Draft, ...]:
    school = sight.school
    lesson = standing(command.lesson, sight)
    extra = school.extras.get(lesson.slot)
    if extra is None:
        raise Refusal("lesson-extra", "Это урок по расписанию: его отменяют или переносят.")
    without_records(lesson, sight)
    not_gone_by(lesson, day_end(lesson.date), sight)
    if extra.replaces is not None:
        _comes_back(extra.replaces, lesson, sight)
    return in_turn(((day_of(lesson, school), ExtraLessonWithdrawn(slot=extra.slot)),), school)


def what_gives_way(
    command: ScheduleExtraLesson, school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """The records of the replaced lesson, and all that happens on the day."""
    return (*((command.replaces,) if command.replaces else ()), *days(school, command.on))


def one(command: WithdrawExtraLesson, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return (command.lesson,)


def _form(command: ScheduleExtraLesson) -> str:
    if command.mode not in MODES:
        raise Refusal("lesson-mode", "Внеурочные занятия бывают по п. 7.13 и по п. 8.3.")
    if command.mode and command.order is None:
        raise Refusal(
            "lesson-order", "Внеурочное занятие проводят по приказу: укажите его (номер можно позже)."
        )
    if command.mode == "8.3" and not command.form.strip():
        raise Refusal("lesson-form", "Укажите форму занятия, например «экскурсия»: она войдёт в запись темы.")
    return plain(command.form, FORM_LENGTH) if command.form.strip() else ""


def _lesson(command: ScheduleExtraLesson, sight: Sight) -> Lesson:
    a_journal(command.journal, sight)
    given = (command.starts, command.ends)
    starts, ends = hours(command.journal, command.on, command.number, given, sight)
    slot = uuid5(sight.stamp.command_id, "slot")
    return Lesson(
        id=streams.lesson(sight.school.id, slot, command.on),
        slot=slot,
        journal=command.journal,
        date=command.on,
        number=command.number,
        starts=datetime.combine(command.on, starts),
        ends=datetime.combine(command.on, ends),
        room=room_of(command.room),
        mode=command.mode,
    )


def _may_be_replaced(replaces: UUID, lesson: Lesson, sight: Sight) -> None:
    """A lesson of the same class that stands and has no records."""
    old, journals = standing(replaces, sight), sight.school.journals
    if journals[old.journal].class_id != journals[lesson.journal].class_id:
        raise Refusal("lesson-replaces", "Заменить можно урок того же класса.")
    without_records(old, sight)
    not_gone_by(old, day_end(old.date), sight)


def _comes_back(replaced: UUID, extra: Lesson, sight: Sight) -> None:
    """Raises Refusal where the place of the replaced lesson has been taken, or a substitution dropped it."""
    school = sight.school
    substitution = school.substitution(replaced)
    if substitution is not None and substitution.drops:
        raise Refusal("lesson-substituted", "Этот урок поставлен заменой. Отмените замену.", status=409)
    old = school.timetable.dropped.get(replaced)
    if old is not None:
        not_gone_by(old, old.ends, sight)
    if old is not None and old.starts > sight.now:
        refuse_clashes(clashes((old,), school, without={extra.id}), school)
