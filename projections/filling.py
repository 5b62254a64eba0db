"""Who entered something in a lesson last, and when: «заполнено» (R-015). Each entry ends the row before it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from projections.as_of import Filled
from projections.reading import Reading


def fillings(reading: Reading, lessons: Iterable[UUID]) -> dict[UUID, Filled]:
    """Of each of `lessons` that anything stands in."""
    wanted = list(lessons)
    if not wanted:
        return {}
    rows = reading.rows("fillings", "lesson = ANY(%(lessons)s)", columns=_COLUMNS, lessons=wanted)
    return {row.lesson: Filled(at=row.filled_at, by=row.filled_by) for row in rows}


_COLUMNS = "lesson, filled_at, filled_by"


def latest(reading: Reading, lessons: Iterable[UUID]) -> Filled | None:
    """The last entry in any of `lessons`."""
    return max(fillings(reading, lessons).values(), key=lambda each: each.at, default=None)
