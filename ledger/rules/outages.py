"""What is in time only because the journal could not be reached (W-39): it may be, and it is counted.

An outage is one person's word and opens again what had closed, so every entry that rests on it says so.
"""

from __future__ import annotations

from dataclasses import replace

from ledger.entry import Entry, Finding
from ledger.regulation import Regulation
from ledger.rules.state import Rule, State
from ledger.school import School


def held_open(in_time: Rule) -> Rule:
    """The rule beside `in_time` that finds what would have been past the hard end of its window without outages. It
    has no delay: the entry is not late."""

    def by_an_outage(entry: Entry, state: State, school: School, regulation: Regulation) -> Finding | None:
        if not school.outages:
            return None
        late = in_time(entry, state, replace(school, outages={}), regulation)
        if not _is_late(late) or _is_late(in_time(entry, state, school, regulation)):
            return None
        assert late is not None
        return Finding(code="W-39", details={"deadline": late.details["deadline"]})

    return by_an_outage


def _is_late(found: Finding | None) -> bool:
    """Past the hard end, not the soft one."""
    return found is not None and found.delay is not None and not found.details.get("case")
