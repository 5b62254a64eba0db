"""What each command reads: the lessons it is about and the streams its decision rests on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ledger import streams
from ledger.regulation import Regulation
from ledger.school import School


def nothing(command: Any) -> tuple[UUID, ...]:
    """About no lesson: the whole school."""
    return ()


def nobody(command: Any, school: School) -> tuple[dict[str, Any], ...]:
    """About nothing but its lessons."""
    return ()


def no_sheet(command: Any, school: School) -> tuple[tuple[UUID, UUID], ...]:
    """About no period sheet."""
    return ()


def the_sheet(command: Any, school: School) -> tuple[tuple[UUID, UUID], ...]:
    return ((command.journal, command.period),)


def the_page(command: Any, school: School) -> tuple[dict[str, Any], ...]:
    return ({"journal": command.journal},)


def the_pupil(command: Any, school: School) -> tuple[dict[str, Any], ...]:
    return ({"pupil": command.pupil},)


def the_class(command: Any, school: School) -> tuple[dict[str, Any], ...]:
    return ({"class_id": command.class_id},)


def one(command: Any) -> tuple[UUID, ...]:
    return (command.lesson,)


def also(command: Any) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys((command.lesson, *command.also)))


def items(command: Any) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(item.lesson for item in command.items))


def cases(command: Any) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(ref.lesson for ref in command.cases))


def lesson(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """Only what every lesson command reads, see commands.handle: the lessons and their late entries."""
    return ()


def account(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The stream of the account a command is about."""
    return (command.account,)


def mark(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return earlier(command.lesson, (command.value,), school, regulation)


def column(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    return earlier(command.lesson, tuple(m.value for m in command.marks), school, regulation)


def made_up(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The lesson of the work that is written later (K-32)."""
    missed = command.makes_up_lesson
    return () if missed in (None, command.lesson) else (missed,)


def plan(command: Any, school: School, regulation: Regulation | None) -> tuple[UUID, ...]:
    """The plans of the lessons' journals (R-079)."""
    lessons = (command.lesson, *getattr(command, "also", ()))
    planned = (school.timetable.by_id.get(lesson) for lesson in lessons)
    plans = (school.journals[lesson.journal].plan for lesson in planned if lesson is not None)
    return tuple(dict.fromkeys(plan for plan in plans if plan is not None))


def earlier(
    lesson_id: UUID, values: tuple[str, ...], school: School, regulation: Regulation | None
) -> tuple[UUID, ...]:
    """The lessons before, for an unsatisfactory mark only: was the pupil away for long (W-13)?"""
    planned = school.timetable.by_id.get(lesson_id)
    if planned is None or regulation is None:
        return ()
    bad = {str(value) for value in regulation.unsatisfactory}
    if not any(bad & set(value.split("/")) for value in values):
        return ()
    # twice as many as the rule looks back on: some of them may have no records
    wanted = 2 * regulation.soft_unsatisfactory.lookback
    return tuple(before.id for before in school.timetable.before(planned.journal, planned.date)[:wanted])


def with_late_entries(school: School, lessons: tuple[UUID, ...]) -> tuple[UUID, ...]:
    return (*lessons, *(streams.late_entries(school.id, each) for each in lessons))


def with_cases(school: School, sheets: tuple[tuple[UUID, UUID], ...]) -> tuple[UUID, ...]:
    """The streams of these period sheets and of the corrections about them."""
    own = tuple(streams.period_sheet(school.id, journal, period) for journal, period in sheets)
    return (*own, *(streams.corrections(school.id, each) for each in own))
