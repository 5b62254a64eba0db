"""Papers handed over and papers archived, as folds of their streams (R-219, R-224); and when each is due (P-85)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from ledger.effective import effective
from ledger.entry import Entry
from ledger.events.papers import PaperArchived, ReportsAccepted, ReportsHandedOver
from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_records import Klass, Period
from ledger.sheet_periods import as_period
from ledger.windows import day_end, period_mark_window

CLASS_PAPERS = ("class_report", "class_sheet")  # handed to the deputy by the class teacher (Padun 2.7)
YEAR_PAPERS = ("journal", "year_sheets")  # of a class and a study year, stitched and archived (9.2(b5), 12.2)


@dataclass(kw_only=True, slots=True)
class ClassReports:
    """Of one class and period: what was handed over last, and whether it was accepted since."""

    version: int = 0
    handed: Entry | None = None
    accepted: Entry | None = None


def fold_reports(entries: Iterable[Entry]) -> ClassReports:
    """After all `entries` of the stream (ascending, voids among them)."""
    sequence = tuple(entries)
    state = ClassReports(version=sequence[-1].version if sequence else 0)
    for entry in effective(sequence):
        match entry.event:
            case ReportsHandedOver():
                state.handed, state.accepted = entry, None
            case ReportsAccepted():
                state.accepted = entry
    return state


@dataclass(kw_only=True, slots=True)
class ArchiveRegister:
    version: int = 0
    items: dict[UUID, PaperArchived] = field(default_factory=dict)


def fold_archive(entries: Iterable[Entry]) -> ArchiveRegister:
    sequence = tuple(entries)
    items = {e.event.item: e.event for e in effective(sequence) if isinstance(e.event, PaperArchived)}
    return ArchiveRegister(version=sequence[-1].version if sequence else 0, items=items)


def period_of(school: School, klass: Klass, period: UUID) -> Period | None:
    """A reporting period of the class, or its year (`streams.year`); None for any other."""
    year = as_period(school, klass.year, klass.level) if klass.year in school.years else None
    if year is not None and year.id == period:
        return year
    known = school.periods.get(period)
    return known if known is not None and (known.level, known.year) == (klass.level, klass.year) else None


def reports_wanted(regulation: Regulation) -> tuple[str, ...]:
    """Papers the act wants of class teachers at the end of each period (P-85); none in most schools."""
    schedule = regulation.print_schedule
    return tuple(kind for kind in CLASS_PAPERS if any(each.kind == kind for each in schedule))


def reports_open(period: Period, regulation: Regulation) -> datetime | None:
    """From when they may be handed over: in the last week of the period (P-08)."""
    last = period.span.last
    return None if last is None else period_mark_window(last, regulation).opens


def reports_due(period: Period) -> datetime | None:
    """W-24: to the end of the period's last day."""
    return None if period.span.last is None else day_end(period.span.last)


def year_papers(school: School, year: int, regulation: Regulation) -> Iterator[tuple[str, date]]:
    """Kinds of paper the act wants printed after the study year, each with its last day (W-31, P-85)."""
    span = school.years[year]
    for each in regulation.print_schedule:
        if each.kind in YEAR_PAPERS:
            month_day = each.due.split("-")
            if len(month_day) == 2 and all(part.isdigit() for part in month_day):
                yield each.kind, date(year + 1, *map(int, month_day))
            elif span.last is not None:
                yield each.kind, span.last


def kept_until(year: int, regulation: Regulation) -> tuple[int, int]:
    """The years a study year's journal is kept to: on paper (P-86) and electronic (P-87), counted from its end."""
    return year + 1 + regulation.paper_years, year + 1 + regulation.electronic_years
