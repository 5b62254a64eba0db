"""The periods of a page's year and their marks, on whichever page of the subject they were set (E-06)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger import evidence, streams
from ledger.evidence import pages_of, periods_of
from ledger.period_sheet import PERIOD
from ledger.school import School
from ledger.span import Span
from projections.reading import NoSuchPage, Reading


def year_id(school: School, journal: UUID) -> UUID:
    """What stands for the year where a period is named."""
    return streams.year(school.id, school.journals[journal].year)


def span_of(school: School, journal: UUID, period: UUID) -> Span:
    """Of the reporting period or the year. Raises NoSuchPage when it is none of this page's."""
    if journal not in school.journals:
        raise NoSuchPage(str(journal))
    found = evidence.span_of(school, journal, period)
    if found is None:
        raise NoSuchPage(str(period))
    return found


def sheet_span(school: School, journal: UUID, period: UUID) -> Span:
    """Of a sheet that was written on: its entries outlive a period that was withdrawn, and are then the year's."""
    return evidence.span_of(school, journal, period) or school.years[school.journals[journal].year]


def set_in_periods(
    reading: Reading, journal: UUID, pupils: Iterable[UUID]
) -> dict[UUID, tuple[Any | None, ...]]:
    """By pupil the rows of `period_marks` that stand for the periods of the year, None where none does."""
    school, wanted = reading.school, tuple(pupils)
    periods = [period.id for period in periods_of(school, journal)]
    pages = {pupil: pages_of(school, journal, pupil) for pupil in wanted}
    rows = reading.rows(
        "period_marks",
        "journal = ANY(%(journals)s) AND period = ANY(%(periods)s) AND kind = %(kind)s",
        columns="journal, period, pupil, value, entry, entered_at",
        journals=list({page for own in pages.values() for page in own}),
        periods=periods,
        kind=PERIOD,
    )
    found = {(row.journal, row.period, row.pupil): row for row in rows}

    def standing(pupil: UUID, period: UUID) -> Any | None:
        places = ((page, period, pupil) for page in pages[pupil])
        return next((found[place] for place in places if place in found), None)

    return {pupil: tuple(standing(pupil, period) for period in periods) for pupil in wanted}
