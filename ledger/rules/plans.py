"""Rules on the thematic plan (P-30)."""

from __future__ import annotations

from ledger.entry import Entry, Finding, Role
from ledger.regulation import Regulation
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.school import School


def plan_author_is_right(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """Poshekhonye 3.4, Perm 3.3 and 3.5: who writes it. A teacher is one of this subject (ledger.access); an
    administrator who teaches it as well is still one. What a file brought on the server's command line is nobody's."""
    held = {entry.stamp.role}
    if Role.ADMINISTRATOR in school.roles_of(entry.stamp.person, local(entry, school).date()):
        held.add(Role.ADMINISTRATOR)
    if entry.stamp.role is Role.SYSTEM or held & regulation.plan_authors:
        return None
    return Finding(code="P-30")
