"""Which streams a page of the journal stands on: its lessons, its sheets and the cases about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ledger import streams
from projections.reading import Reading

# A permission may be asked for before anything is written in the lesson.
SAY_LESSONS = ("lessons", "late_entries", "corrections", "error_reports")


def streams_of(reading: Reading, journal: UUID) -> Iterator[UUID]:
    """Of lessons with a record or a case up to the reading's position."""
    school = reading.school
    year = school.journals[journal].year
    lessons = {row.lesson for table in SAY_LESSONS for row in _lessons(reading, table, journal)}
    periods = [period.id for period in school.periods.values() if period.year == year]
    sheets = [
        streams.period_sheet(school.id, journal, period)
        for period in (*periods, streams.year(school.id, year))
    ]
    for lesson in lessons:
        yield streams.late_entries(school.id, lesson)
        yield streams.disputes(school.id, lesson)
    for place in (*lessons, *sheets):
        yield place
        yield streams.corrections(school.id, place)
        yield streams.error_reports(school.id, place)


def _lessons(reading: Reading, table: str, journal: UUID) -> list[Any]:
    where = "journal = %(journal)s AND lesson IS NOT NULL"
    return reading.ever(table, where, columns="lesson, since", journal=journal)
