"""The instants at which the days of a report begin and end, for what knows only instants."""

from __future__ import annotations

from datetime import date, datetime, time

from ledger.span import DAY
from projections.control.report import Asked
from projections.reading import Reading


def days_of(asked: Asked, reading: Reading) -> tuple[datetime, datetime]:
    """From the first (aware) up to, but without, the second."""
    return midnight(asked.first, reading), midnight(asked.last + DAY, reading)


def midnight(day: date, reading: Reading) -> datetime:
    """When the day begins at the school."""
    return datetime.combine(day, time(), reading.school.zone)


def local_day(instant: datetime, reading: Reading) -> date:
    return reading.school.local(instant).date()
