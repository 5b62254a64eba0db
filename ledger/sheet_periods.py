"""What sheets of period marks stand for: a reporting period of a level, or its year, which is one more (R-162)."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from ledger import streams
from ledger.period_sheet import FINAL, PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_records import Klass, Period
from ledger.span import Span
from ledger.timetable import Lesson


def year_of(school: School, period: UUID) -> int | None:
    """The year whose whole sheet it is; None for a reporting period and for no period of the school."""
    return next((year for year in school.years if streams.year(school.id, year) == period), None)


def as_period(school: School, year: int, level: str) -> Period:
    """The year of a level as a period without a title. KeyError: no such year."""
    id, span = streams.year(school.id, year), school.years[year]
    return Period(id=id, year=year, level=level, kind=YEAR, title="", span=span)


def years_of(school: School) -> Iterator[Period]:
    """Each year of each level that has classes in it."""
    known = dict.fromkeys((klass.year, klass.level) for klass in school.classes.values())
    return (as_period(school, year, level) for year, level in known if year in school.years)


def owed(klass: Klass, period: Period, regulation: Regulation) -> tuple[str, ...]:
    """The marks everybody has before the sheet is closed (R-158, R-162): of the year also the final one, in the grades
    that graduate (P-11)."""
    if period.kind != YEAR:
        return (PERIOD,)
    return (YEAR, FINAL) if klass.grade in regulation.graduating_grades else (YEAR,)


def lessons_of(school: School, journal: UUID, span: Span) -> tuple[Lesson, ...]:
    """Planned and not cancelled, in order."""
    return tuple(each for each in school.timetable.by_journal.get(journal, ()) if each.date in span)


def last_lesson(school: School, journal: UUID, span: Span) -> Lesson | None:
    """The one that has to be recorded before marks are set (W-14, P-10)."""
    return max(lessons_of(school, journal, span), key=lambda each: each.starts, default=None)


def sheet_of(school: School, journal: UUID, period: UUID) -> Period | None:
    """The period of a page's sheet, None when it is none of this page's."""
    klass, year = school.klass_of(journal), school.journals[journal].year
    if period == streams.year(school.id, year):
        return as_period(school, year, klass.level)
    known = school.periods.get(period)
    own = known is not None and (known.level, known.year) == (klass.level, year)
    return known if own else None
