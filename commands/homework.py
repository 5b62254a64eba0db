"""Homework: for all, for one, or «не задано» (R-099…R-101, W-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commands.deciding import Refusal, Sight
from commands.in_lesson import agree, in_lesson, replacing
from commands.texts import plain, tidy
from ledger.entry import Draft
from ledger.events.homework import HomeworkNotSet, HomeworkSet, IndividualHomeworkSet


@dataclass(frozen=True, kw_only=True, slots=True)
class SetHomework:
    """`manner` are keys of the regulation's ways of doing it; `due_lesson` the lesson it is due at, the next
    one when not named; `also` are lessons of the parallel to repeat it to (each for its own next lesson), where
    nothing else was set. `seen`: the entry whose homework was shown, 0 for none."""

    lesson: UUID
    text: str
    manner: tuple[str, ...] = ()
    due_lesson: UUID | None = None
    also: tuple[UUID, ...] = ()
    seen: int = 0
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SetNoHomework:
    lesson: UUID
    also: tuple[UUID, ...] = ()
    seen: int = 0
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SetIndividualHomework:
    lesson: UUID
    pupil: UUID
    text: str
    due_lesson: UUID | None = None
    seen: int = 0
    confirmed: bool = False


def set_homework(command: SetHomework, sight: Sight) -> tuple[Draft, ...]:
    found: list[Draft] = []
    for lesson in dict.fromkeys((command.lesson, *command.also)):
        wanted = command.due_lesson if lesson == command.lesson else None
        due, due_lesson = due_at(lesson, wanted, sight)
        event = HomeworkSet(
            text=tidy(command.text),
            manner=tuple(dict.fromkeys(command.manner)),
            due=due,
            due_lesson=due_lesson,
        )
        found += _replacing(lesson, event, command, sight)
    return tuple(found)


def set_no_homework(command: SetNoHomework, sight: Sight) -> tuple[Draft, ...]:
    lessons = dict.fromkeys((command.lesson, *command.also))
    return tuple(d for lesson in lessons for d in _replacing(lesson, HomeworkNotSet(), command, sight))


def set_individual_homework(command: SetIndividualHomework, sight: Sight) -> tuple[Draft, ...]:
    agree(command.seen, sight.sheet(command.lesson).individual.get(command.pupil))
    due, due_lesson = due_at(command.lesson, command.due_lesson, sight)
    event = IndividualHomeworkSet(
        pupil=command.pupil,
        text=sight.sealed(plain(command.text, sight.regulation.homework_length), about=command.pupil),
        due=due,
        due_lesson=due_lesson,
    )
    return in_lesson(command.lesson, sight, event)


def _replacing(
    lesson: UUID, event: object, command: SetHomework | SetNoHomework, sight: Sight
) -> tuple[Draft, ...]:
    seen = command.seen if lesson == command.lesson else 0  # the parallel class's page nobody was looking at
    return replacing(sight.sheet(lesson).homework, event, seen, lesson, sight)


def due_at(lesson: UUID, wanted: UUID | None, sight: Sight) -> tuple[date | None, UUID | None]:
    """The day and lesson homework is due at; the journal's next planned lesson unless another is named."""
    given = sight.lesson(lesson)
    if wanted is None:
        following = sight.school.timetable.next_after(given.journal, given.date)
        return (None, None) if following is None else (following.date, following.id)
    due = sight.lesson(wanted)
    if due.journal != given.journal or due.starts <= given.starts:
        raise Refusal("homework-due", "Срок задания — один из следующих уроков этого предмета в этом классе.")
    return due.date, due.id
