"""What stands in a cell now, and whether only a case touches it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from ledger.late_entry import in_time
from ledger.windows import extended
from projections.reading import Reading
from projections.trail_lines import Standing, TrailLine


def standing(reading: Reading, lines: Sequence[TrailLine]) -> tuple[Standing, ...]:
    """Of a cell of this page: a mark for literacy belongs to the page of literature (R-126)."""
    targets = {"mark-given": "mark", "absence-noted": "absence"}
    return tuple(
        Standing(target=targets[line.what], value=line.value, seen=line.position, past=_past(line, reading))
        for line in lines
        if line.fate == "stands" and line.what in targets
    )


def _past(line: TrailLine, reading: Reading) -> bool:
    if line.due is not None:
        return not in_time(reading.now, _due(line, line.due, reading)) or _closed(
            reading, line.journal, line.date
        )
    return line.date is None or reading.today > line.date


def _due(line: TrailLine, due: datetime, reading: Reading) -> datetime:
    """As outages since have left it (W-39); of a lesson that has left the timetable as it was."""
    planned = reading.school.timetable.by_id.get(line.lesson) if line.lesson is not None else None
    return due if planned is None else extended(due, planned.starts, reading.school, reading.regulation())


def _closed(reading: Reading, journal: UUID | None, on: date | None) -> bool:
    """Whether the sheet of the day's period is closed."""
    if journal is None or on is None:
        return False
    period = reading.school.period_on(reading.school.klass_of(journal).level, on)
    where = "journal = %(journal)s AND period = %(period)s"
    return period is not None and bool(
        reading.rows("period_closings", where, columns="entry", journal=journal, period=period.id)
    )
