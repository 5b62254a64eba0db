"""Rules on when marks for a period and for the year are given (W-14…W-16, 9.5(b8, b9), R-162)."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkWithdrawn
from ledger.evidence import is_owed, periods_of
from ledger.period_sheet import PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.rules.lessons import local, past
from ledger.rules.state import PeriodState, State
from ledger.school import School
from ledger.windows import day_end, delay, extended, period_mark_window, spoken

Given = PeriodMarkGiven | PeriodMarkWithdrawn


def sheet_is_open(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """R-162: a closed sheet is touched by a case only."""
    closed = state.period is not None and state.period.sheet.closed is not None
    return Finding(code="R-162") if closed else None


def mark_has_its_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-14: not before the last lesson that was not cancelled is recorded (P-10), in the last week; with the lesson
    recorded the week before is a question; after the close never."""
    period, at = state.period, local(entry, school)
    if period is None or period.span.last is None or cast(Given, entry.event).kind != PERIOD:
        return None
    window = period_mark_window(period.span.last, regulation)
    closed = past("W-14", at, extended(window.hard, window.opens, school, regulation), "closed")
    if closed is not None:
        return closed
    details = {"opens": spoken(window.opens.date()), "deadline": spoken(period.span.last)}
    if at < window.opens:
        return Finding(code="W-14", details={**details, "case": "early"} if period.recorded else details)
    if period.recorded or not regulation.last_lesson_required:
        return None
    return Finding(code="W-14", details={**details, "lesson": _lesson(period), "case": "last-lesson"})


def _lesson(period: PeriodState) -> str:
    """«20.11.2026, 2-й урок»."""
    last = period.last_lesson
    return "" if last is None else f"{spoken(last.date)}, {last.number}-й урок"


def mark_precedes_the_last_days(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-15: late in the last days before the holidays (P-09)."""
    period = state.period
    if period is None or period.span.last is None or cast(Given, entry.event).kind != PERIOD:
        return None
    window = period_mark_window(period.span.last, regulation)
    return past("W-15", local(entry, school), extended(window.soft, window.opens, school, regulation))


def outage_held_the_period_open(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-39: in time only because the journal could not be reached."""
    period = state.period
    if not school.outages or period is None or period.span.last is None:
        return None
    opens, end = _span(cast(Given, entry.event).kind, period.span.last, period.span.first, regulation)
    late = delay(local(entry, school), end) is not None
    held = late and delay(local(entry, school), extended(end, opens, school, regulation)) is None
    return Finding(code="W-39", details={"deadline": spoken(end)}) if held else None


def _span(kind: str, last: date, first: date, regulation: Regulation) -> tuple[datetime, datetime]:
    """From when until when such a mark is given, outages apart."""
    window = period_mark_window(last, regulation)
    return (
        (window.opens, window.hard)
        if kind == PERIOD
        else (datetime.combine(first, datetime.min.time()), day_end(last))
    )


def year_mark_is_the_last(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-16, 7.14(b8): after the marks of all periods, before the summer holidays."""
    period, event = state.period, cast(Given, entry.event)
    if period is None or period.span.last is None or event.kind != YEAR:
        return None
    opens, end = _span(YEAR, period.span.last, period.span.first, regulation)
    closed = past("W-16", local(entry, school), extended(end, opens, school, regulation), "closed")
    if closed is not None or isinstance(event, PeriodMarkWithdrawn):
        return closed
    missing = _periods_without_mark(event, period, school)
    return Finding(code="W-16", details={"missing": missing}) if missing else None


def _periods_without_mark(event: PeriodMarkGiven, period: PeriodState, school: School) -> str:
    periods = periods_of(school, event.journal)
    values = period.periods.get(event.pupil, ("",) * len(periods))
    missing = (
        each.title
        for each, value in zip(periods, values, strict=True)
        if not value and is_owed(event.pupil, event.journal, each.span, school)
    )
    return ", ".join(missing)
