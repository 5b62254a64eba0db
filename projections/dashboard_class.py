"""The class teacher's first look at the own class: who was there this week, how the class learns from period to period
(R-215)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.span import monday_of
from projections import attendance_stats
from projections.as_of import AsOf
from projections.control import class_quality
from projections.control.report import Asked, Chart, Figure, Line, Value
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class DayAttendance:
    """`percent` «97,4», "" where nothing was held; `missed` lessons, each counted for every pupil who was not there."""

    day: date
    percent: str
    missed: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A reporting period that has begun, as C-15 says it. While it `runs` only a few pupils have their marks:
    quality and success would say nothing and are None."""

    title: str
    runs: bool
    mean: Value
    quality: Value
    success: Value


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassDashboard:
    """`week`: the days of the running week with lessons; `terms` of the study year (C-15), `first` its first day."""

    class_id: UUID
    title: str
    week: tuple[DayAttendance, ...]
    week_percent: str
    terms: tuple[Term, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Chart, ...]
    first: date
    monday: date
    as_of: AsOf


def of_class(reading: Reading, class_id: UUID) -> ClassDashboard:
    school, today = reading.school, reading.today
    klass = school.classes[class_id]
    first = school.years[klass.year].first
    seen = attendance_stats.page(reading, class_id, monday_of(today), today)
    learned = class_quality.report(reading, Asked(first=min(first, today), last=today, class_id=class_id))
    return ClassDashboard(
        class_id=class_id,
        title=klass.title,
        week=tuple(
            DayAttendance(day=day, percent=tally.percent, missed=tally.missed) for day, tally in seen.days
        ),
        week_percent=seen.total.percent,
        terms=tuple(_term(line, reading) for line in learned.lines),
        figures=learned.figures,
        charts=learned.charts,
        first=first,
        monday=monday_of(today),
        as_of=reading.as_of,
    )


def _term(line: Line, reading: Reading) -> Term:
    """Of a line of C-15, whose key ends with the period: class, term, pupils, mean, quality, success."""
    last = reading.school.periods[UUID(line.key.partition("/")[2])].span.last
    runs, found = last is None or reading.today <= last, line.values
    return Term(
        title=str(found[1]),
        runs=runs,
        mean=found[3],
        quality=None if runs else found[4],
        success=None if runs else found[5],
    )
