"""What a class works on with while the journal cannot be reached (7.11, R-198): its list, its timetable, the marks of
the running period, homework that is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.span import monday_of
from ledger.substitutes import givers
from ledger.timetable import Lesson
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading

WEEKS = 2  # of the timetable, from this Monday on
Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class HourOfDay:
    """A lesson as it will be held: `teacher` is the substitute where there is one."""

    number: int
    starts: datetime
    subject: str
    group: str
    teacher: str
    room: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MarksOfSubject:
    """`rows`: a pupil's name and the marks and «н» of the period, in order of time."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DueHomework:
    due: date
    subject: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergencyClass:
    class_id: UUID
    title: str
    class_teacher: str
    pupils: tuple[str, ...]
    days: tuple[tuple[Day, tuple[HourOfDay, ...]], ...]
    period: str
    subjects: tuple[MarksOfSubject, ...]
    homework: tuple[DueHomework, ...]
    as_of: AsOf


def classes(reading: Reading) -> tuple[UUID, ...]:
    """Of the running study year, in the school's order."""
    year = reading.school.year_of(reading.today)
    own = [klass for klass in reading.school.classes.values() if klass.year == year]
    return tuple(klass.id for klass in sorted(own, key=lambda klass: (klass.grade, klass.title)))


def page(reading: Reading, class_id: UUID) -> EmergencyClass:
    """Raises NoSuchPage: no such class at the moment."""
    school, today = reading.school, reading.today
    klass = school.classes.get(class_id)
    if klass is None:
        raise NoSuchPage(str(class_id))
    pupils = school.pupils_of_class(class_id, today)
    leads = tuple(person for person, span in klass.teachers if today in span)
    names = reading.names((*pupils, *leads))
    ordered = reading.sorted(pupils, names)
    period = school.period_on(klass.level, today)
    return EmergencyClass(
        class_id=class_id,
        title=klass.title,
        class_teacher=", ".join(names[person].short for person in leads if person in names),
        pupils=tuple(names[pupil].listed for pupil in ordered),
        days=_days(reading, class_id),
        period=period.title if period is not None else "",
        subjects=_marks(reading, class_id, [(pupil, names[pupil].listed) for pupil in ordered]),
        homework=_homework(reading, class_id),
        as_of=reading.as_of,
    )


def _days(reading: Reading, class_id: UUID) -> tuple[tuple[Day, tuple[HourOfDay, ...]], ...]:
    school, monday = reading.school, monday_of(reading.today)
    days = [monday + timedelta(days=n) for n in range(7 * WEEKS)]
    found = [(day, own) for day in days if (own := school.lessons_of_class(class_id, day))]
    people = {person for _, own in found for lesson in own for person in givers(lesson, school)}
    names = {person: name.short for person, name in reading.names(people).items()}
    return tuple((day, tuple(_hour(lesson, reading, names) for lesson in own)) for day, own in found)


def _hour(lesson: Lesson, reading: Reading, names: dict[UUID, str]) -> HourOfDay:
    school = reading.school
    return HourOfDay(
        number=lesson.number,
        starts=lesson.starts,
        subject=school.subject_of(lesson.journal).title,
        group=school.group_title(lesson.journal),
        teacher=", ".join(names.get(person, "") for person in givers(lesson, school)),
        room=lesson.room or "",
    )


def _marks(
    reading: Reading, class_id: UUID, pupils: Iterable[tuple[UUID, str]]
) -> tuple[MarksOfSubject, ...]:
    school, today = reading.school, reading.today
    klass = school.classes[class_id]
    period = school.period_on(klass.level, today)
    pages = {page.id: page for page in school.pages_of_class(class_id, klass.year)}
    rows = reading.rows(
        "cells",
        "journal = ANY(%(pages)s) AND date >= %(first)s",
        columns="journal, pupil, date, value",
        pages=list(pages),
        first=period.span.first if period is not None else monday_of(today),
    )
    subjects: dict[UUID, dict[UUID, list[Any]]] = {}
    for row in sorted(rows, key=lambda row: row.date):
        of_subject = subjects.setdefault(pages[row.journal].subject, {})
        of_subject.setdefault(row.pupil, []).append(row.value)
    known = list(pupils)
    made = (
        MarksOfSubject(
            title=school.subjects[subject].title,
            rows=tuple((name, tuple(own.get(pupil, ()))) for pupil, name in known),
        )
        for subject, own in subjects.items()
    )
    return tuple(sorted(made, key=lambda each: each.title))


def _homework(reading: Reading, class_id: UUID) -> tuple[DueHomework, ...]:
    school = reading.school
    pages = [page.id for page in school.pages_of_class(class_id, school.classes[class_id].year)]
    rows = reading.rows(
        "lessons",
        "journal = ANY(%(pages)s) AND homework IS NOT NULL AND due >= %(today)s",
        columns="journal, due, homework",
        pages=pages,
        today=reading.today,
    )
    made = (
        DueHomework(due=row.due, subject=school.subject_of(row.journal).title, text=row.homework)
        for row in rows
    )
    return tuple(sorted(made, key=lambda each: (each.due, each.subject, each.text)))
