"""The director's monthly control (R-210, W-26): what was recorded of each month of the year, and what is missing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf, opened
from ledger.school import School
from ledger.span import DAY
from projections.as_of import AsOf
from projections.deadlines import REMINDED_ON, director_control_missing
from projections.reading import Reading
from projections.years import year_now

MONTHLY = "monthly"


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlRecord:
    """`position`: the journal that was looked at; `at` is local."""

    control: UUID
    text: str
    position: int
    by: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlMonth:
    """`first` and `last` are its days. `missing`: it is demanded (P-81), reminded of or past, and nothing was
    recorded."""

    first: date
    last: date
    records: tuple[ControlRecord, ...]
    missing: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DirectorControlPage:
    """The months of the study year that have begun, the latest first; `monthly`: the act demands one every month."""

    year: int | None
    months: tuple[ControlMonth, ...]
    monthly: bool
    reminded_on: int
    as_of: AsOf

    @property
    def people(self) -> tuple[UUID, ...]:
        return tuple({record.by for month in self.months for record in month.records})


def page(reading: Reading, key_of: KeyOf) -> DirectorControlPage:
    year = year_now(reading.school, reading.today)
    rows = reading.rows("director_controls", "TRUE")
    lacking = frozenset(missing(reading))
    return DirectorControlPage(
        year=year,
        months=tuple(_month(month, rows, lacking, reading, key_of) for month in _months(reading, year)),
        monthly=_monthly(reading),
        reminded_on=REMINDED_ON,
        as_of=reading.as_of,
    )


def _monthly(reading: Reading) -> bool:
    return reading.regulation().control_frequency.director == MONTHLY


def _months(reading: Reading, year: int | None) -> Iterator[date]:
    span = reading.school.years.get(year) if year is not None else None
    month = reading.today.replace(day=1)
    while span is not None and last_day(month) >= span.first:
        yield month
        month = (month - DAY).replace(day=1)


def _month(
    month: date, rows: list[Any], lacking: frozenset[date], reading: Reading, key_of: KeyOf
) -> ControlMonth:
    own = sorted((row for row in rows if row.month == month), key=lambda row: row.recorded_at)
    return ControlMonth(
        first=month,
        last=last_day(month),
        records=tuple(_record(row, reading, key_of) for row in own),
        missing=month in lacking,
    )


def _record(row: Any, reading: Reading, key_of: KeyOf) -> ControlRecord:
    return ControlRecord(
        control=row.control,
        text=opened(row.recorded_by, row.text_nonce, row.text, key_of),
        position=row.position,
        by=row.recorded_by,
        at=reading.school.local(row.recorded_at),
    )


def missing(reading: Reading) -> list[date]:
    """First days of the months without a record though the act demands one: the last month, and the running one from
    the day it is reminded of; only months with lessons."""
    if not _monthly(reading):
        return []
    this = reading.today.replace(day=1)
    before = (this - DAY).replace(day=1)
    recorded = reading.rows("director_controls", "month = %(month)s", columns="control", month=before)
    found = [before] if _has_lessons(before, reading.school) and not recorded else []
    return [
        *found,
        *([this] if director_control_missing(reading) and _has_lessons(this, reading.school) else []),
    ]


def _has_lessons(month: date, school: School) -> bool:
    days = (month.replace(day=n) for n in range(1, last_day(month).day + 1))
    return any(school.timetable.by_day.get(day) for day in days)


def last_day(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def reminded_on(month: date) -> date:
    return month.replace(day=REMINDED_ON)
