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


@dataclass(frozen=True, kw_only=True, slots=True)
class MissedLesson:
    """`homework` is what was set there, "" for nothing. `made_up`: whether a mark stands for a work that makes up for
    one of that lesson; None where no work was written there."""

    lesson: UUID
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
    lessons = tuple(_missed(reading, pupil, first, last))
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


def _missed(reading: Reading, pupil: UUID, first: date, last: date) -> list[MissedLesson]:
    where = "pupil = %(pupil)s AND value_kind = 'absence' AND date BETWEEN %(first)s AND %(last)s"
    ids = [cell.lesson for cell in reading.rows("cells", where, pupil=pupil, first=first, last=last)]
    rows = reading.rows("lessons", "lesson = ANY(%(ids)s)", ids=ids)
    said = absence_facts.explanations(reading, [pupil], first, last).get(pupil, ())
    made_up = _made_up(reading, pupil, ids)
    return [
        _lesson(row, reading, said, made_up.get(row.lesson))
        for row in sorted(rows, key=lambda row: (row.date, row.number))
    ]


def _made_up(reading: Reading, pupil: UUID, ids: list[UUID]) -> dict[UUID, bool]:
    """By lesson with works of its own: whether each of them has a mark, there or in a work that makes up for it."""
    works = reading.rows("works", "lesson = ANY(%(ids)s) AND work <> lesson AND source IS NULL", ids=ids)
    wanted = [work.work for work in works]
    later = reading.rows("works", "makes_up = ANY(%(wanted)s)", wanted=wanted)
    marked = reading.rows(
        "cells",
        "pupil = %(pupil)s AND value_kind = 'mark' AND work = ANY(%(works)s)",
        pupil=pupil,
        works=[*wanted, *(work.work for work in later)],
    )
    done = {cell.work for cell in marked} | {w.makes_up for w in later if w.work in {c.work for c in marked}}
    found: dict[UUID, bool] = {}
    for work in works:
        found[work.lesson] = found.get(work.lesson, True) and work.work in done
    return found


def _lesson(row: Any, reading: Reading, said: Iterable[Any], made_up: bool | None) -> MissedLesson:
    word = next((each for each in said if each.first <= row.date <= each.last), None)
    return MissedLesson(
        lesson=row.lesson,
        date=row.date,
        number=row.number,
        subject=reading.school.subject_of(row.journal).title,
        topic=row.topic or "",
        homework="не задано" if row.not_set else row.homework or "",
        category=absence_facts.NOT_STATED if word is None else word.category,
        made_up=made_up,
    )
