"""Rules on late entries: a teacher asks for a page of their own, another person permits (W-40, P-47,
P-57)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.late_entries import (
    BlockedWindowPermitted,
    LateEntryDeclined,
    LateEntryPermitted,
    LateEntryRequested,
)
from ledger.late_entry import LateEntryCase
from ledger.regulation import Regulation
from ledger.rules.deputies import deputy_for
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import permission_until, spoken

_TARGETS = frozenset({"mark", "column", "attendance", "topic", "homework", "lesson"})


def late_entry_is_possible(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-47: a school where nobody permits has nobody to ask."""
    possible = regulation.late_entry.mode == "approve"
    return None if possible else Finding(code="W-40", details={"case": "off"})


def target_is_there(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """A cell or a column of a work that stands on the lesson, and of a pupil who was on the list."""
    event, lesson = cast(LateEntryRequested, entry.event), state.lesson
    needs_work, needs_pupil = event.target in ("mark", "column"), event.target == "mark"
    # The ready column has the lesson's id and is there before the lesson's first entry.
    work = not needs_work or event.work == event.lesson or event.work in state.sheet.works
    listed = lesson is None or (
        event.pupil is not None and school.enrolled(event.pupil, lesson.journal, lesson.date)
    )
    return (
        None
        if event.target in _TARGETS and work and (listed or not needs_pupil)
        else Finding(code="late-target")
    )


def another_person_decides(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-57: a deputy of the competence (P-06), or the role the regulation lets stand in, and never the person who
    asked."""
    if not _may_permit(entry, school, regulation):
        return Finding(code="P-57", details={"case": "role"})
    case = _case(entry, state)
    own = case is not None and case.person == entry.stamp.person
    return Finding(code="P-57") if own and regulation.four_eyes.on else None


def another_person_opens(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-57 of windows nobody asked for: whoever may permit, and never for oneself."""
    if not _may_permit(entry, school, regulation):
        return Finding(code="P-57", details={"case": "role"})
    own = cast(BlockedWindowPermitted, entry.event).person == entry.stamp.person
    return Finding(code="P-57") if own and regulation.four_eyes.on else None


def _may_permit(entry: Entry, school: School, regulation: Regulation) -> bool:
    """A deputy of another competence who holds the role that stands in may, whichever of the two the stamp says."""
    person, on = entry.stamp.person, local(entry, school).date()
    if entry.stamp.role not in {Role.DEPUTY.value, regulation.four_eyes.fallback}:
        return False
    return regulation.four_eyes.fallback in school.roles_of(person, on) or deputy_for(
        "late_entry", person, on, school, regulation
    )


def withdrawn_by_asker_or_decider(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """Whoever asked may give up what they asked for; anybody else decides as above."""
    case = _case(entry, state)
    if case is not None and case.person == entry.stamp.person:
        return None
    return another_person_decides(entry, state, school, regulation)


def permission_is_short(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-40: not longer than to the end of the next working day."""
    until = permission_until(local(entry, school), school, regulation)
    longer = cast(LateEntryPermitted | BlockedWindowPermitted, entry.event).until > until
    return Finding(code="W-40", details={"until": spoken(until)}) if longer else None


def _case(entry: Entry, state: State) -> LateEntryCase | None:
    case = cast(LateEntryPermitted | LateEntryDeclined, entry.event).case
    return state.late.cases.get(case) if state.late is not None else None
