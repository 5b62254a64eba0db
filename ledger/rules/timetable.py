"""Rules on the weekly timetable (P-31)."""

from __future__ import annotations

from ledger.entry import Entry, Finding, Role
from ledger.regulation import Regulation
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.school import School


def timetable_editor_is_right(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """9.3, 9.6; Poshekhonye 3.1; Perm 3.3: who edits it. Of somebody with several roles any of them will do; a file
    taken in on the server's command line is nobody's."""
    held = school.roles_of(entry.stamp.person, local(entry, school).date()) | {entry.stamp.role}
    if entry.stamp.role is Role.SYSTEM or held & regulation.timetable_editors:
        return None
    return Finding(code="P-31")
