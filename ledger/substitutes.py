"""Who may stand in for whom: the lesson meant, who is away, who has a lesson at that hour (7.12)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from ledger.school import School
from ledger.school_records import Extra, StaffAbsence
from ledger.timetable import Lesson


def lesson_of(id: UUID, school: School) -> Lesson | None:
    """A lesson that stands, or one that was dropped and may be given back."""
    return school.timetable.by_id.get(id) or school.timetable.dropped.get(id)


def away(person: UUID, on: date, school: School) -> StaffAbsence | None:
    """The absence recorded of the person for that day."""
    return next((each for each in school.away.values() if each.person == person and on in each.span), None)


def givers(lesson: Lesson, school: School) -> tuple[UUID, ...]:
    """Who gives the lesson: its substitute, else whoever teaches the page that day. A class that works on its own
    with nobody looking after it has none."""
    standing = school.substitution(lesson.id)
    if standing is None:
        return school.teachers_of(lesson.journal, lesson.date)
    return () if standing.substitute is None else (standing.substitute,)


def replacement(lesson: UUID, school: School) -> Extra | None:
    """The lesson of another subject that was put in its place."""
    return next((extra for extra in school.extras.values() if extra.replaces == lesson), None)


def meet(a: Lesson, b: Lesson) -> bool:
    return a.starts < b.ends and b.starts < a.ends


def taken_at(person: UUID, lesson: Lesson, school: School) -> Lesson | None:
    """Another lesson this person gives at that hour."""
    put = replacement(lesson.id, school)
    for other in school.timetable.by_day.get(lesson.date, ()):
        if other.id == lesson.id or (put is not None and other.slot == put.slot):
            continue
        if meet(lesson, other) and person in givers(other, school) and not _joint(lesson, other, school):
            return other
    return None


def _joint(a: Lesson, b: Lesson, school: School) -> bool:
    """One hour of one teacher for several classes."""
    first, second = school.slots.get(a.slot), school.slots.get(b.slot)
    return (
        first is not None and second is not None and first.joint is not None and first.joint == second.joint
    )
