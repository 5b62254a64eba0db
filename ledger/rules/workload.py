"""Rules on the workload: whose page it is decides who writes on it (W-19), so nobody takes a page for himself, nor for
days gone by."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding, Role
from ledger.events.journals import WorkloadAssigned, WorkloadEnded
from ledger.handover import begun
from ledger.regulation import Regulation
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.rules.substitutions import afterwards
from ledger.school import School
from ledger.span import DAY


def workload_is_for_another(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """P-57: whoever keeps the workload gives no page to himself."""
    own = cast(WorkloadAssigned, entry.event).teacher == entry.stamp.person
    return Finding(code="P-57", details={"case": "workload"}) if own and regulation.four_eyes.on else None


def workload_is_ahead(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
    """W-18: a page changes hands before its lessons of that day begin; afterwards it is the deputy's alone (P-40), as
    of a long substitution. A file taken in on the server's command line is nobody's, and a page that is listed only
    now has no days gone by."""
    if entry.stamp.role is Role.SYSTEM or entry.stream not in school.journals:
        return None
    event = cast(WorkloadAssigned | WorkloadEnded, entry.event)
    since = event.first if isinstance(event, WorkloadAssigned) else event.last + DAY
    moment = begun((entry.stream,), since, local(entry, school), school)
    return None if moment is None else afterwards(entry, moment, school, regulation, of="workload")
