"""C-17: lessons held and substituted by teacher and month, counted from the timetable and the records (for pay)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.school import School
from ledger.school_records import Extra, Substitution
from ledger.span import DAY
from ledger.substitutes import givers, lesson_of
from ledger.timetable import Lesson
from projections.as_of import AsOf
from projections.reading import Reading

Day = date
# How an hour counts: by the own workload, instead of somebody, given by somebody else, not held, in another place.
KINDS = ("own", "stood_in", "given_away", "cancelled", "moved", "extracurricular")


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterHour:
    """One lesson of a teacher. `other` is who was stood in for, or who stood in; `missing`: it is over and has no
    topic; `moved_from` the day it was planned for."""

    lesson: UUID
    date: Day
    number: int
    class_title: str
    subject: str
    kind: str
    manner: str
    other: UUID | None
    moved_from: Day | None
    missing: bool
    joint: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TeacherMonth:
    """Hours of lessons that are over: `own` held by workload (a joint lesson of several classes is one hour),
    `stood_in` for others, `given_away` to others, `moved` among the own, `extracurricular` ones, `cancelled`, and
    those whose records are missing, which are not counted as held."""

    teacher: UUID
    own: int
    stood_in: int
    given_away: int
    cancelled: int
    moved: int
    extracurricular: int
    missing: int
    hours: tuple[RegisterHour, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldRegister:
    month: date
    last: date
    rows: tuple[TeacherMonth, ...]
    as_of: AsOf


def page(reading: Reading, month: date, teacher: UUID | None = None) -> HeldRegister:
    """Of the month that begins on `month`, up to the page's instant; of one teacher or of all, by name."""
    last = (month + timedelta(days=31)).replace(day=1) - DAY
    hours: dict[UUID, list[RegisterHour]] = {}
    for person, hour in hours_of(reading, month, last):
        if teacher in (None, person):
            hours.setdefault(person, []).append(hour)
    people = reading.sorted(list(hours), reading.names(hours))
    return HeldRegister(
        month=month,
        last=last,
        rows=tuple(month_of(person, hours[person]) for person in people),
        as_of=reading.as_of,
    )


def _with_topics(reading: Reading, first: date, last: date) -> frozenset[UUID]:
    where = "date BETWEEN %(first)s AND %(last)s AND topic IS NOT NULL"
    rows: list[Any] = reading.rows("lessons", where, columns="lesson", first=first, last=last)
    return frozenset(row.lesson for row in rows)


def hours_of(reading: Reading, first: date, last: date) -> Iterator[tuple[UUID, RegisterHour]]:
    """Every hour of these days that is over, with its teacher."""
    school, topics = reading.school, _with_topics(reading, first, last)
    for n in range((last - first).days + 1):
        for lesson in school.timetable.by_day.get(first + timedelta(days=n), ()):
            if lesson.ends <= reading.now:
                yield from _of_lesson(lesson, lesson.id not in topics, school)
    for lesson in school.timetable.dropped.values():
        if first <= lesson.date <= last and lesson.ends <= reading.now:
            yield from _of_dropped(lesson, school)


def _of_lesson(lesson: Lesson, missing: bool, school: School) -> Iterator[tuple[UUID, RegisterHour]]:
    standing, put = school.substitution(lesson.id), school.extras.get(lesson.slot)
    instead = _instead(put, school)
    if standing is not None:
        yield standing.absent, _hour(lesson, "given_away", school, standing, other=standing.substitute)
    for person in givers(lesson, school):
        if standing is not None or instead is not None:
            about = standing or instead
            assert about is not None
            yield person, _hour(lesson, "stood_in", school, about, other=about.absent, missing=missing)
        else:
            kind = "extracurricular" if lesson.mode else "own"
            yield person, _hour(lesson, kind, school, missing=missing)


def _of_dropped(lesson: Lesson, school: School) -> Iterator[tuple[UUID, RegisterHour]]:
    """An hour that was not held; one taken by another subject was given away to whoever taught that."""
    standing = school.substitution(lesson.id)
    if standing is not None:
        kind = "given_away" if standing.manner == "another_subject" else "cancelled"
        yield standing.absent, _hour(lesson, kind, school, standing, other=standing.substitute)
        return
    for person in school.teachers_of(lesson.journal, lesson.date):
        yield person, _hour(lesson, "cancelled", school)


def _instead(put: Extra | None, school: School) -> Substitution | None:
    """The substitution by another subject that put this lesson here."""
    if put is None or put.replaces is None or lesson_of(put.replaces, school) is None:
        return None
    standing = school.substitution(put.replaces)
    return standing if standing is not None and standing.manner == "another_subject" else None


def _hour(
    lesson: Lesson,
    kind: str,
    school: School,
    about: Substitution | None = None,
    *,
    other: UUID | None = None,
    missing: bool = False,
) -> RegisterHour:
    slot = school.slots.get(lesson.slot)
    return RegisterHour(
        lesson=lesson.id,
        date=lesson.date,
        number=lesson.number,
        class_title=school.klass_of(lesson.journal).title,
        subject=school.subject_of(lesson.journal).title,
        kind=kind,
        manner=about.manner if about is not None else "",
        other=other,
        moved_from=lesson.moved_from,
        missing=missing,
        joint=slot is not None and slot.joint is not None,
    )


def month_of(teacher: UUID, hours: list[RegisterHour]) -> TeacherMonth:
    """The hours of one teacher, counted."""
    ordered = tuple(sorted(hours, key=lambda hour: (hour.date, hour.number, hour.class_title)))
    held = [hour for hour in ordered if not hour.missing]

    def count(kind: str) -> int:
        return _count([hour for hour in held if hour.kind == kind])

    return TeacherMonth(
        teacher=teacher,
        own=count("own"),
        stood_in=count("stood_in"),
        given_away=count("given_away"),
        cancelled=count("cancelled"),
        moved=_count([hour for hour in held if hour.kind == "own" and hour.moved_from is not None]),
        extracurricular=count("extracurricular"),
        missing=_count([hour for hour in ordered if hour.missing]),
        hours=ordered,
    )


def _count(hours: list[RegisterHour]) -> int:
    """Classes that sit together are one hour of their teacher."""
    single = sum(not hour.joint for hour in hours)
    return single + len({(hour.date, hour.number) for hour in hours if hour.joint})
