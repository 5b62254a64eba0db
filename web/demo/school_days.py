"""The school days around today, which the affairs of the demonstration are laid on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from ledger.school import School


def before(school: School, now: datetime) -> tuple[date, ...]:
    """In order, yesterday last."""
    return tuple(sorted(day for day in school.timetable.by_day if day < now.date()))


def after(school: School, now: datetime) -> tuple[date, ...]:
    """In order, tomorrow first."""
    return tuple(sorted(day for day in school.timetable.by_day if day > now.date()))


def at(day: date, hour: int, minute: int, *, days_before: int = 0) -> datetime:
    """Local."""
    return datetime.combine(day - timedelta(days=days_before), time(hour, minute))
