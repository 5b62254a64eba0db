"""A decision that rested on void entries is looked at again by somebody else (R-183, P-96, E-04, 7.14(b9))."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from ledger.entry import Entry, Finding
from ledger.events.period_marks import PeriodMarkRechecked
from ledger.regulation import Regulation
from ledger.rules.deputies import deputy_for, deputy_of
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.school import School


def taint_is_reviewed_by_another(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """Where no Act made void what the mark rests on, whoever may recheck it does (R-172)."""
    event = cast(PeriodMarkRechecked, entry.event)
    if event.act is None:
        return None
    return reviewer_of_taint((event.kind, event.pupil), entry, state, school, regulation)


def reviewer_of_taint(
    cell: tuple[str, UUID | None], entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """A deputy of the competence the act gives it to, and not the author of the mark: persons are compared."""
    person, on = entry.stamp.person, local(entry, school).date()
    kind, pupil = cell
    stands = None if state.period is None or pupil is None else state.period.sheet.marks.get((kind, pupil))
    if stands is not None and stands.stamp.person == person:
        return Finding(code="taint-review", details={"case": "author"})
    right = deputy_of(regulation.taint_reviewers, person, on, school)
    return (
        None
        if right and deputy_for("taint", person, on, school, regulation)
        else Finding(code="taint-review")
    )
