"""What changes from a day on takes nothing away that has begun: pages that change hands, distance days that end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from ledger.school import School
from ledger.windows import delay


def begun(pages: Collection[UUID], since: date, at: datetime, school: School) -> datetime | None:
    """None while a change from the day `since` on is still ahead at the local time `at`; else the moment it should
    have been recorded by: the beginning of a day gone by, today the beginning of these pages' first lesson."""
    if since < at.date():
        return datetime.combine(since, time.min)
    today = school.timetable.by_day.get(since, ()) if since == at.date() else ()
    first = min((lesson.starts for lesson in today if lesson.journal in pages), default=None)
    return first if first is not None and delay(at, first) is not None else None
