"""Rules on when marks for a period and for the year are given (W-14…W-16, 9.5(b8, b9), R-162)."""

from __future__ import annotations

from typing import cast

from ledger.correction_cell import PERIOD_MARK
from ledger.entry import Entry, Finding
from ledger.events.corrections import CorrectionRequested
from ledger.events.period_marks import PeriodMarkGiven, PeriodMarkWithdrawn
from ledger.evidence import is_owed, periods_of
from ledger.period_sheet import PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.rules.lessons import local, past
from ledger.rules.state import PeriodState, State
from ledger.school import School
from ledger.windows import Window, delay, extended, mark_window, spoken

Given = PeriodMarkGiven | PeriodMarkWithdrawn


def sheet_is_open(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """R-162: a closed sheet is touched by a case only."""
    closed = state.period is not None and state.period.sheet.closed is not None
    return Finding(code="R-162") if closed else None


def mark_has_its_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-14: not before the last lesson that was not cancelled is recorded (P-10), in the last week; with the lesson
    recorded the week before is a question; after the close never."""
    period, at, window = state.period, local(entry, school), _window(entry, state, regulation)
    if period is None or window is None or cast(Given, entry.event).kind != PERIOD:
        return None
    closed = past("W-14", at, extended(window.hard, window.opens, school, regulation), "closed")
    if closed is not None:
        return closed
    details = {"opens": spoken(window.opens.date()), "deadline": spoken(window.hard.date())}
    if at < window.opens:
        return Finding(code="W-14", details={**details, "case": "early"} if period.recorded else details)
    if period.recorded or not regulation.last_lesson_required:
        return None
    return Finding(code="W-14", details={**details, "lesson": _lesson(period), "case": "last-lesson"})


def _window(entry: Entry, state: State, regulation: Regulation) -> Window | None:
    """Of a mark of its kind; None where nobody knows when the period ends."""
    span = None if state.period is None else state.period.span
    if span is None or span.last is None:
        return None
    return mark_window(cast(Given, entry.event).kind, span, regulation)


def _lesson(period: PeriodState) -> str:
    """«20.11.2026, 2-й урок»."""
    last = period.last_lesson
    return "" if last is None else f"{spoken(last.date)}, {last.number}-й урок"


def mark_precedes_the_last_days(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-15: late in the last days before the holidays (P-09)."""
    window = _window(entry, state, regulation)
    if window is None or cast(Given, entry.event).kind != PERIOD:
        return None
    return past("W-15", local(entry, school), extended(window.soft, window.opens, school, regulation))


def outage_held_the_period_open(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-39: in time only because the journal could not be reached."""
    window = _window(entry, state, regulation)
    if not school.outages or window is None:
        return None
    late = delay(local(entry, school), window.hard) is not None
    end = extended(window.hard, window.opens, school, regulation)
    held = late and delay(local(entry, school), end) is None
    return Finding(code="W-39", details={"deadline": spoken(window.hard)}) if held else None


def mark_of_the_year_has_its_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-16, 7.14(b8), 9.5(b8): before the summer holidays; of an attestation and a final one in the year's last
    week."""
    window, at = _window(entry, state, regulation), local(entry, school)
    if window is None or cast(Given, entry.event).kind == PERIOD:
        return None
    due = window.soft if _replaces(entry, state) else window.hard
    closed = past("W-16", at, extended(due, window.opens, school, regulation), "closed")
    if closed is not None or at >= window.opens or isinstance(entry.event, PeriodMarkWithdrawn):
        return closed
    return Finding(code="W-16", details={"opens": spoken(window.opens.date()), "case": "early"})


def _replaces(entry: Entry, state: State) -> bool:
    """Whether a mark of this kind stands: after the year's last day it is changed by a case only (7.14(b10))."""
    event = cast(Given, entry.event)
    return state.period is not None and (event.kind, event.pupil) in state.period.sheet.marks


def year_mark_is_the_last(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-16, 7.14(b8): after the marks of all periods."""
    period, event = state.period, cast(PeriodMarkGiven, entry.event)
    if period is None or event.kind != YEAR:
        return None
    missing = _periods_without_mark(event, period, school)
    return Finding(code="W-16", details={"missing": missing}) if missing else None


def mark_is_past_its_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """R-162, 7.14(b9): while the sheet can be written in, the teacher writes there and a case opens nothing. What an
    Act made void goes by a case at any time (R-183, R-184)."""
    asked, period = cast(CorrectionRequested, entry.event), state.period
    if asked.target != PERIOD_MARK or asked.act is not None or period is None or period.span.last is None:
        return None
    window = mark_window(asked.kind, period.span, regulation)
    due = window.soft if (asked.kind, asked.pupil) in period.sheet.marks else window.hard
    end = extended(due, window.opens, school, regulation)
    if period.sheet.closed is not None or delay(local(entry, school), end) is not None:
        return None
    return Finding(code="R-166", details={"case": "open"})


def _periods_without_mark(event: PeriodMarkGiven, period: PeriodState, school: School) -> str:
    periods = periods_of(school, event.journal)
    values = period.periods.get(event.pupil, ("",) * len(periods))
    missing = (
        each.title
        for each, value in zip(periods, values, strict=True)
        if not value and is_owed(event.pupil, event.journal, each.span, school)
    )
    return ", ".join(missing)
