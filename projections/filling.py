"""Who entered something in a lesson last, and when: «заполнено» (R-015). Each entry ends the row before it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from projections.as_of import Filled
from projections.reading import Ask, Reading, standing


def asked(lessons: Iterable[UUID]) -> Ask:
    columns = "lesson, filled_at, filled_by"
    return standing("fillings", "lesson = ANY(%(lessons)s)", columns=columns, lessons=list(lessons))


def fillings(reading: Reading, lessons: Iterable[UUID]) -> dict[UUID, Filled]:
    """Of each of `lessons` that anything stands in."""
    return {row.lesson: Filled(at=row.filled_at, by=row.filled_by) for row in _rows(reading, lessons)}


def latest(reading: Reading, lessons: Iterable[UUID]) -> Filled | None:
    """The last entry in any of `lessons`."""
    return last_of(_rows(reading, lessons))


def last_of(rows: Iterable[Any]) -> Filled | None:
    """Of the rows of `asked`."""
    row = max(rows, key=lambda each: each.filled_at, default=None)
    return None if row is None else Filled(at=row.filled_at, by=row.filled_by)


def _rows(reading: Reading, lessons: Iterable[UUID]) -> list[Any]:
    wanted = list(lessons)
    return reading.asked(asked(wanted)) if wanted else []
