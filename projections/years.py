"""Which study year a day belongs to, and which of its days is nearest to today: journals of past years stay readable
by the same rights, as they were on the year's last day."""

from __future__ import annotations

from datetime import date

from ledger.school import School, Span


def year_now(school: School, today: date) -> int | None:
    """The study year of the day; between two years the one that is over, before all of them the first."""
    begun = [year for year, span in school.years.items() if span.first <= today]
    return max(begun, default=min(school.years, default=None))


def day_of(year: Span, today: date) -> date:
    """Today, or the day of the year nearest to it."""
    return min(max(today, year.first), year.last or today)
