"""What a calendar on somebody's phone shows: the lessons of a teacher, a class or a pupil, as they will be held, with
the homework due (R-191)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger.substitutes import givers
from ledger.timetable import Lesson
from projections.as_of import AsOf
from projections.reading import Reading

BACK, AHEAD = timedelta(days=14), timedelta(days=60)


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """A lesson; `uid` stays its own through every move, so that a calendar replaces it. Times are the school's own;
    `homework` is what is due for it."""

    uid: UUID
    starts: datetime
    ends: datetime
    subject: str
    class_title: str
    group_title: str
    teachers: tuple[str, ...]
    room: str
    substituted: bool
    moved_from: date | None
    homework: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Feed:
    """`zone` is the school's, whose wall clock the times are of."""

    title: str
    zone: str
    happenings: tuple[Happening, ...]
    as_of: AsOf


def of_teacher(reading: Reading, person: UUID) -> Feed:
    name = reading.names([person]).get(person)
    here = (each for day in _days(reading) for each in reading.school.timetable.by_day.get(day, ()))
    return _feed(
        reading,
        name.short if name is not None else "",
        [each for each in here if person in givers(each, reading.school)],
    )


def of_class(reading: Reading, class_id: UUID) -> Feed:
    """Without pages of home tuition: those are one child's."""
    school = reading.school
    here = (lesson for day in _days(reading) for lesson in school.lessons_of_class(class_id, day))
    own = [lesson for lesson in here if school.journals[lesson.journal].pupil is None]
    return _feed(reading, school.classes[class_id].title, own)


def of_pupil(reading: Reading, pupil: UUID) -> Feed:
    """The lessons of the pages the pupil is on that day."""
    school = reading.school
    own = [lesson for day in _days(reading) for lesson in school.lessons_of_pupil(pupil, day)]
    name = reading.names([pupil]).get(pupil)
    return _feed(reading, name.listed if name is not None else "", own)


def _days(reading: Reading) -> Iterator[date]:
    first = reading.today - BACK
    return (first + timedelta(days=n) for n in range((BACK + AHEAD).days + 1))


def _feed(reading: Reading, title: str, own: list[Lesson]) -> Feed:
    school = reading.school
    people = {person for lesson in own for person in givers(lesson, school)}
    names = {person: name.short for person, name in reading.names(people).items()}
    due = _homework(reading, own)
    return Feed(
        title=title,
        zone=school.zone_name,
        happenings=tuple(_happening(lesson, reading, names, due) for lesson in own),
        as_of=reading.as_of,
    )


def _happening(
    lesson: Lesson, reading: Reading, names: dict[UUID, str], due: dict[UUID, list[str]]
) -> Happening:
    school = reading.school
    standing = school.substitution(lesson.id)
    return Happening(
        uid=lesson.id,
        starts=lesson.starts,
        ends=lesson.ends,
        subject=school.subject_of(lesson.journal).title,
        class_title=school.klass_of(lesson.journal).title,
        group_title=school.group_title(lesson.journal),
        teachers=tuple(names[person] for person in givers(lesson, school) if person in names),
        room=lesson.room or "",
        substituted=standing is not None,
        moved_from=lesson.moved_from,
        homework=tuple(due.get(lesson.id, ())),
    )


def _homework(reading: Reading, own: list[Lesson]) -> dict[UUID, list[str]]:
    wanted = [lesson.id for lesson in own if lesson.date >= reading.today]
    found: dict[UUID, list[str]] = {}
    rows: list[Any] = reading.rows(
        "lessons",
        "due_lesson = ANY(%(lessons)s) AND homework IS NOT NULL",
        columns="due_lesson, homework",
        lessons=wanted,
    )
    for row in rows:
        found.setdefault(row.due_lesson, []).append(row.homework)
    return found
