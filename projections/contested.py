"""What is contested: written with an access whose breach was notified, while no Act has been drawn up (R-177)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger import void_selection
from ledger.account import fold_account
from projections.reading import Reading


def contested(reading: Reading) -> frozenset[int]:
    """Positions of such entries at the page's moment; nearly always none, and then it is one small query."""
    return frozenset(
        position
        for incident in reading.rows("incidents", "status = 'received'")
        for position in _of(incident, reading)
    )


def _of(incident: Any, reading: Reading) -> Iterable[int]:
    since = _since(incident, reading)
    if since is None:
        return ()
    credentials = _credentials(incident, reading)
    every = [each for own in credentials.values() for each in own]
    return reading.written_with(credentials, every, since)


def _since(incident: Any, reading: Reading) -> datetime | None:
    """P-61, as the rule of the Act will say."""
    times = [at for at in (incident.director_at, incident.support_at) if at is not None]
    if reading.regulation().void_from.moment == "both_received" and len(times) < 2:
        return None
    pick = max if reading.regulation().void_from.moment == "both_received" else min
    return pick(times).replace(tzinfo=reading.school.zone) if times else None


def _credentials(incident: Any, reading: Reading) -> dict[UUID, frozenset[UUID]]:
    """The lineage of the account before the first receipt; accounts that inherit it are few and found by the Act."""
    entries = reading.streams([incident.account]).get(incident.account, ())
    before = [entry for entry in entries if entry.position < incident.received]
    return void_selection.lineage_of(fold_account(incident.account, before))
