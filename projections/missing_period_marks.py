"""Period marks nobody has set although their time has come (R-161): from the last week of a period on, and late from
its deadline, when the deputy is told too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ledger.period_sheet import PERIOD, YEAR
from ledger.school_records import Journal, Period
from ledger.sheet_periods import years_of
from ledger.windows import delay, mark_window
from projections.readiness_gaps import mark_lists, marks_from, unset_marks
from projections.reading import Reading
from projections.task import Task, sheet_place

ASKED_FOR = timedelta(days=60)  # a period that ended so long ago is no longer a task of the day


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPeriod:
    """A period, or the year, whose marks may be set or are late; `until` is their deadline (W-14, W-15)."""

    period: Period
    opens: datetime
    until: datetime


def open_periods(reading: Reading) -> tuple[OpenPeriod, ...]:
    """Those whose last week has begun and that are not long over."""
    regulation, now, found = reading.regulation(), reading.now, []
    for period in (*reading.school.periods.values(), *years_of(reading.school)):
        last = period.span.last
        if last is None or reading.today - last > ASKED_FOR:
            continue
        opens = marks_from(reading, period)
        if opens <= now:
            until = mark_window(period.kind if period.kind == YEAR else PERIOD, period.span, regulation).soft
            found.append(OpenPeriod(period=period, opens=opens, until=until))
    return tuple(found)


def missing(reading: Reading, journals: Iterable[Journal]) -> list[Task]:
    """Of these pages, one task a page and period; the lists are those the readiness of the school counts by."""
    own = list(journals)
    return [task for each in open_periods(reading) for task in _of_period(each, own, reading)]


def _of_period(each: OpenPeriod, journals: list[Journal], reading: Reading) -> Iterator[Task]:
    school, period = reading.school, each.period
    pages = [
        page.id
        for page in journals
        if (school.klass_of(page.id).level, page.year) == (period.level, period.year)
    ]
    if not pages:
        return
    wanted = mark_lists(reading, pages, period)
    unset = unset_marks(reading, wanted, period)
    closed = reading.rows("period_closings", "period = %(period)s", columns="journal", period=period.id)
    shut = {row.journal for row in closed}
    for journal, marks in unset.items():
        if marks and journal not in shut:
            yield Task(
                kind="missing_marks",
                place=sheet_place(school, journal, period.id),
                since=each.opens,
                until=each.until,
                over=delay(reading.now, each.until) is not None,
                count=len(marks),
            )
