"""Missed lessons of a pupil with their topics, C-08: what is to be caught up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections import absence_facts
from projections.as_of import AsOf
from projections.reading import NoSuchPage, Reading

LESSON = "lesson, journal, date, number, topic, homework, not_set"


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedLesson:
    """`homework` is what was set there, "" for nothing. `made_up`: whether a mark stands for a work that makes up for
    one of that lesson; None where no work was written there."""

    lesson: UUID
    journal: UUID
    date: date
    number: int
    subject: str
    topic: str
    homework: str
    category: str
    made_up: bool | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedPage:
    """`subjects` and `categories`: how many lessons of each, the most first; a category of "" is not stated."""

    pupil: UUID
    name: str
    class_id: UUID | None
    class_title: str
    first: date
    last: date
    lessons: tuple[MissedLesson, ...]
    subjects: tuple[tuple[str, int], ...]
    categories: tuple[tuple[str, int], ...]
    as_of: AsOf


def page(reading: Reading, pupil: UUID, first: date, last: date) -> MissedPage:
    """Every «н» that stands from `first` to `last`, in whatever class. Raises NoSuchPage: no such pupil."""
    known = reading.school.pupils.get(pupil)
    if known is None:
        raise NoSuchPage(str(pupil))
    lessons = of_pupils(reading, [pupil], first, last).get(pupil, ())
    klass = known.class_on(min(max(first, reading.today), last)) or known.class_on(last)
    return MissedPage(
        pupil=pupil,
        name=reading.names([pupil])[pupil].full,
        class_id=klass,
        class_title=reading.school.classes[klass].title if klass else "",
        first=first,
        last=last,
        lessons=lessons,
        subjects=tuple(Counter(each.subject for each in lessons).most_common()),
        categories=tuple(Counter(each.category for each in lessons).most_common()),
        as_of=reading.as_of,
    )


def of_pupils(
    reading: Reading, pupils: Iterable[UUID], first: date, last: date
) -> dict[UUID, tuple[MissedLesson, ...]]:
    """Every «н» of these pupils that stands, in order of time; a pupil without any is not there."""
    wanted = list(pupils)
    where = "pupil = ANY(%(pupils)s) AND value_kind = 'absence' AND date BETWEEN %(first)s AND %(last)s"
    cells = reading.rows("cells", where, columns="pupil, lesson", pupils=wanted, first=first, last=last)
    ids = list({cell.lesson for cell in cells})
    rows = {
        row.lesson: row for row in reading.rows("lessons", "lesson = ANY(%(ids)s)", columns=LESSON, ids=ids)
    }
    said = absence_facts.explanations(reading, wanted, first, last)
    made_up = _made_up(reading, cells, ids)
    found: dict[UUID, list[MissedLesson]] = {}
    known = (cell for cell in cells if cell.lesson in rows)
    for cell in sorted(known, key=lambda cell: (rows[cell.lesson].date, rows[cell.lesson].number)):
        own = _lesson(
            rows[cell.lesson], reading, said.get(cell.pupil, ()), made_up.get((cell.pupil, cell.lesson))
        )
        found.setdefault(cell.pupil, []).append(own)
    return {pupil: tuple(lessons) for pupil, lessons in found.items()}


def _made_up(reading: Reading, cells: Iterable[Any], ids: list[UUID]) -> dict[tuple[UUID, UUID], bool]:
    """By pupil and lesson with works of its own: whether each of them has a mark, there or in a work that makes up
    for it."""
    works: dict[UUID, list[UUID]] = {}
    own = "lesson = ANY(%(ids)s) AND work <> lesson AND source IS NULL"
    for work in reading.rows("works", own, columns="lesson, work", ids=ids):
        works.setdefault(work.lesson, []).append(work.work)
    wanted = [work for own in works.values() for work in own]
    if not wanted:
        return {}
    later = reading.rows("works", "makes_up = ANY(%(wanted)s)", columns="work, makes_up", wanted=wanted)
    made = {work.work: work.makes_up for work in later}
    marked = reading.rows(
        "cells",
        "pupil = ANY(%(pupils)s) AND value_kind = 'mark' AND work = ANY(%(works)s)",
        columns="pupil, work",
        pupils=list({cell.pupil for cell in cells}),
        works=[*wanted, *made],
    )
    done = {(cell.pupil, made.get(cell.work, cell.work)) for cell in marked}
    return {
        (cell.pupil, cell.lesson): all((cell.pupil, work) in done for work in works[cell.lesson])
        for cell in cells
        if cell.lesson in works
    }


def _lesson(row: Any, reading: Reading, said: Iterable[Any], made_up: bool | None) -> MissedLesson:
    return MissedLesson(
        lesson=row.lesson,
        journal=row.journal,
        date=row.date,
        number=row.number,
        subject=reading.school.subject_of(row.journal).title,
        topic=row.topic or "",
        homework="не задано" if row.not_set else row.homework or "",
        category=absence_facts.category_on(said, row.date),
        made_up=made_up,
    )
