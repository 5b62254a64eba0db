"""What an Act made void is asked for again by its owner, for some days after it (R-184, P-66, K-24)."""

from __future__ import annotations

from typing import cast

from ledger.entry import Entry, Finding
from ledger.events.corrections import CorrectionRequested
from ledger.regulation import Regulation
from ledger.rules.lessons import local
from ledger.rules.state import State
from ledger.school import School
from ledger.windows import reinstatement_until, spoken


def reinstatement_is_in_time(
    entry: Entry, state: State, school: School, regulation: Regulation
) -> Finding | None:
    """The days count from the one on which the Act was finalised: before, nothing was void."""
    asked = cast(CorrectionRequested, entry.event)
    act = None if state.incident is None or asked.act is None else state.incident.acts.get(asked.act)
    if asked.ground != "reinstatement" or act is None or act.finalised is None:
        return None
    until = reinstatement_until(local(act.finalised, school).date(), school, regulation)
    if local(entry, school) <= until:
        return None
    return Finding(code="P-66", details={"deadline": spoken(until)})
