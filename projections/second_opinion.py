"""`letopis replay`: the journal at a position by plain rules, beside what the pages say of the same position."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from ledger import replay
from ledger.entry import Category
from ledger.replay import Saying
from ledger.scanning import by_stream
from ledger.store import Pool
from projections.reading import Reading


def by_entries(pool: Pool, school: UUID, upto: int) -> Saying:
    """What every lesson and period sheet says, entry after entry, up to the position."""
    said: Saying = {}
    for lesson, entries in groupby(by_stream(pool, school, Category.LESSON, upto), lambda e: e.stream):
        said |= replay.lesson_says(lesson, list(entries))
    for _, entries in groupby(by_stream(pool, school, Category.PERIOD, upto), lambda e: e.stream):
        said |= replay.sheet_says(list(entries))
    return said


def by_pages(reading: Reading) -> Saying:
    """What the pages say of the same."""
    said: Saying = {}
    for row in reading.rows("lessons", "true", columns="lesson, topic, homework, not_set, taken"):
        said["topic", row.lesson] = row.topic or ""
        said["homework", row.lesson] = "не задано" if row.not_set else row.homework or ""
        said["taken", row.lesson] = "да" if row.taken else ""
    for cell in reading.rows("cells", "true", columns="lesson, work, pupil, value_kind, value"):
        said["cell", cell.lesson, cell.work, cell.pupil, cell.value_kind] = cell.value
    for mark in reading.rows("period_marks", "true", columns="journal, period, kind, pupil, value"):
        said["period", mark.journal, mark.period, mark.kind, mark.pupil] = mark.value
    return {place: value for place, value in said.items() if value}


Differences = list[tuple[tuple[object, ...], str, str]]


def compare(pool: Pool, reading: Reading) -> Differences:
    """Where the two differ at the reading's position: nothing, or one of them lies."""
    ours = by_entries(pool, reading.school.id, reading.as_of.position)
    return list(replay.differing(ours, by_pages(reading)))
