"""Rules on works, the columns of a lesson (R-104, R-124)."""

from __future__ import annotations

from typing import cast

from ledger import streams
from ledger.entry import Entry, Finding
from ledger.events.marks import MarkGiven, WorkAdded, WorkWithdrawn
from ledger.regulation import Regulation
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import spoken, work_due_uncut


def work_is_there(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """The work of the event stands on this lesson, not on another and not withdrawn; the ready column always does."""
    known = cast(MarkGiven, entry.event).work in (state.sheet.lesson, *state.sheet.works)
    return None if known else Finding(code="work-exists")


def kind_is_known(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """9.5(b2): kinds of work are written in full, so they come from the list; a retired one is on it no more."""
    known = regulation.work_kinds.get(cast(WorkAdded, entry.event).kind)
    return Finding(code="work-kind") if known is None or known.retired else None


def work_has_no_marks(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """E-11: a column with marks stays; the ready column «Ответ на уроке» always does."""
    work = cast(WorkWithdrawn, entry.event).work
    if work == state.sheet.lesson:
        return Finding(code="E-11", details={"case": "answer"})
    literacy = streams.literacy(work)
    marked = {column for column, _ in (*state.sheet.marks, *state.sheet.literacy)}
    return Finding(code="E-11") if marked & {work, literacy} else None


def period_leaves_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-17, K-09: the teacher who plans a work hears that the close of the period cuts its window."""
    event = cast(WorkAdded, entry.event)
    if state.lesson is None or event.kind not in regulation.work_kinds:
        return None
    uncut, _ = work_due_uncut(state.lesson, event.kind, school, regulation)
    if uncut <= event.due:
        return None
    return Finding(code="W-17", details={"deadline": spoken(event.due), "uncut": spoken(uncut)})
