"""The lessons a control report counts: of the actual timetable (after moves, substitutions and cancellations), over by
the page's moment (requirements 1.U)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from ledger.school import School
from ledger.substitutes import givers
from ledger.timetable import Lesson
from projections.control.report import Asked
from projections.reading import Reading

COLUMNS = (
    "lesson, topic, homework, not_set, homework_at, homework_delay, taken, topic_entry,"
    " homework_entry, briefing, completed, deviation, plan_item, mode, topic_correction, homework_correction"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """`row` is what stands in it (columns of pages.lessons), None: nothing was ever written. `teachers` gave it."""

    lesson: Lesson
    teachers: tuple[UUID, ...]
    row: Any | None


def held(reading: Reading, asked: Asked, columns: str = COLUMNS) -> list[Held]:
    """In order of day and number; of the rows only `columns`, the lesson among them, are read."""
    rows = {row.lesson: row for row in _rows(reading, asked, columns)}
    return [
        Held(lesson=lesson, teachers=teachers, row=rows.get(lesson.id))
        for lesson, teachers in lessons_held(reading, asked)
    ]


def lessons_held(reading: Reading, asked: Asked) -> Iterator[tuple[Lesson, tuple[UUID, ...]]]:
    """Only the timetable is asked, no row is read."""
    school, pages = reading.school, journals_of(reading.school, asked)
    steady = {page: _steady(page, asked, school) for page in pages}
    for n in range((asked.last - asked.first).days + 1):
        for lesson in school.timetable.by_day.get(asked.first + timedelta(days=n), ()):
            if lesson.ends <= reading.now and lesson.journal in steady:
                own = steady[lesson.journal] if lesson.id not in school.substitutions else None
                teachers = givers(lesson, school) if own is None else own
                if asked.teacher is None or asked.teacher in teachers:
                    yield lesson, teachers


def _steady(page: UUID, asked: Asked, school: School) -> tuple[UUID, ...] | None:
    """Whoever teaches the page on every one of these days, None where that changes: a year has 40,000 lessons."""
    known = school.journals[page]
    if known.long or not all(asked.first in span and asked.last in span for _, span in known.teachers):
        return None
    return school.teachers_of(page, asked.first)


def journals_of(school: School, asked: Asked) -> frozenset[UUID]:
    """Pages of the classes and subjects asked for; of whom they are is asked lesson by lesson."""
    return frozenset(
        page.id
        for page in school.journals.values()
        if (asked.class_id is None or page.class_id == asked.class_id)
        and (asked.subject is None or page.subject == asked.subject)
        and (asked.level is None or school.classes[page.class_id].level == asked.level)
    )


def narrow(asked: Asked) -> bool:
    """Whether not all pages are meant."""
    return (asked.class_id, asked.subject, asked.level) != (None, None, None)


def _rows(reading: Reading, asked: Asked, columns: str) -> list[Any]:
    where = "date BETWEEN %(first)s AND %(last)s"
    if not narrow(asked):
        return reading.rows("lessons", where, columns=columns, first=asked.first, last=asked.last)
    pages = list(journals_of(reading.school, asked))
    where += " AND journal = ANY(%(pages)s)"
    return reading.rows("lessons", where, columns=columns, first=asked.first, last=asked.last, pages=pages)
