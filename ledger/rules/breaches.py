"""The rule on breaches of access: they are reported within an hour of their detection (W-21, P-60, 10.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.compromise import CompromiseReported
from ledger.regulation import Regulation
from ledger.rules.lessons import past
from ledger.rules.state import State
from ledger.school import School


def breach_is_reported_in_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """Between the two times people declare; that the programme was told later is no lateness (R-174)."""
    terms, said = regulation.breach_notice, cast(CompromiseReported, entry.event)
    if not terms.enabled:
        return None
    due = said.detected_at + timedelta(minutes=terms.notify_within_min)
    return past("W-21", said.reported_at, due)
