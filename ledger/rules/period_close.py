"""The rule on closing a sheet of period marks: what is missing is said first (R-162)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.period_marks import PeriodClosed
from ledger.evidence import pupils_asked
from ledger.regulation import Regulation
from ledger.rules.lessons import local
from ledger.rules.marks import unmarked
from ledger.rules.state import State
from ledger.school import School
from ledger.sheet_periods import owed, sheet_of


def closed_sheet_is_complete(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """A question with the page and the number of marks not set; pages without marks lack none (P-12)."""
    event, period = cast(PeriodClosed, entry.event), state.period
    if period is None or unmarked(event.journal, school, regulation) is not None:
        return None
    asked = pupils_asked(school, event.journal, period.span, local(entry, school).date())
    sheet = sheet_of(school, event.journal, event.period)
    kinds = () if sheet is None else owed(school.klass_of(event.journal), sheet, regulation)
    missing = sum(not period.sheet.value(kind, pupil) for pupil in asked for kind in kinds)
    if not missing:
        return None
    page = f"{school.klass_of(event.journal).title}, {school.subject_of(event.journal).title}"
    group = school.group_title(event.journal)
    title = f"{page} ({group})" if group else page
    return Finding(code="R-162", details={"case": "missing", "missing": f"{title} — {missing}"})
