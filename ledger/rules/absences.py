"""Rules on what is said of absences afterwards: their category and the dispute of an «н» (9.4(b2), R-143, R-144)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.attendance import AbsenceDisputeDecided, AbsencesExplained
from ledger.regulation import Regulation
from ledger.rules.lessons import local, page_is_own, past
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import category_due


def category_author_is_right(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-50; a class teacher who may only read (P-52) sets no categories either."""
    role, reads_only = entry.stamp.role, regulation.class_teacher_edit == "read_only"
    barred = role == Role.CLASS_TEACHER and reads_only
    return Finding(code="P-50") if barred or role != regulation.category_role else None


def category_is_known(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """P-51."""
    category = cast(AbsencesExplained, entry.event).category
    known = category in regulation.absence_categories
    return None if known else Finding(code="P-51", details={"category": category})


def category_is_in_time(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-06: by the end of the week of the first absence; documents come late, so it is only counted."""
    first = cast(AbsencesExplained, entry.event).first
    return past("W-06", local(entry, school), category_due(first, school, regulation))


def dispute_is_decided_on_the_own_page(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """W-19: by whoever writes on the lesson, not by a substitute whose substitution was cancelled; or by a deputy."""
    held = school.roles_of(entry.stamp.person, local(entry, school).date())
    return None if Role.DEPUTY in held else page_is_own(entry, state, school, regulation)


def dispute_is_decided_by_another(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-57: four eyes are of two persons, though one of them be the teacher of the lesson as well."""
    dispute = state.disputes.get(cast(AbsenceDisputeDecided, entry.event).case)
    own = dispute is not None and dispute.asked.stamp.person == entry.stamp.person
    return Finding(code="P-57") if own and regulation.four_eyes.on else None
