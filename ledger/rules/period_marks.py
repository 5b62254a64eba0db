"""Rules on marks for periods and the year: whose page, which pupil, which value (7.14(b8), 8.2, R-147, R-155)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.period_marks import (
    ExceptionGranted,
    ExceptionRequested,
    PeriodMarkGiven,
    PeriodMarkWithdrawn,
)
from ledger.period_sheet import EXEMPT, NOT_ATTESTED, PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.rules.lessons import local
from ledger.rules.marks import unmarked
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import spoken


def period_page_is_own(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-19: by the workload of today; whoever stands in for long gives period marks only when the deputy let them."""
    journal = cast(PeriodMarkGiven | PeriodMarkWithdrawn, entry.event).journal
    person, today = entry.stamp.person, local(entry, school).date()
    page = school.journals[journal]
    standing = next((each for each in reversed(page.long) if today in each.span), None)
    lent = standing is not None and standing.substitute == person and not standing.period_marks
    if school.teaches(person, journal, today) and not lent:
        return None
    return Finding(code="W-19", details={"date": spoken(today)})


def period_pupil_is_on_the_list(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """The mark is given where the pupil learns at the end of the period, or today while it lasts (E-06): not to who
    has left."""
    event = cast(PeriodMarkGiven | ExceptionRequested | ExceptionGranted, entry.event)
    if state.period is None:
        return None
    today = local(entry, school).date()
    on = min(state.period.span.last or today, today)
    listed = school.enrolled(event.pupil, event.journal, on)
    return None if listed else Finding(code="period-pupil", details={"date": spoken(on)})


def period_subject_is_marked(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-12."""
    return unmarked(cast(PeriodMarkGiven, entry.event).journal, school, regulation)


def period_value_is_in_the_scale(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-13; «осв» and «н/а» stand for a period and for the year only: an attestation or a final mark is a number."""
    event = cast(PeriodMarkGiven, entry.event)
    scale = tuple(map(str, regulation.scale))
    allowed = (*scale, EXEMPT, NOT_ATTESTED) if event.kind in (PERIOD, YEAR) else scale
    return None if event.value in allowed else Finding(code="P-13", details={"scale": ", ".join(allowed)})
