"""What is contested: written with an access whose breach was notified, or with what inherits it, while no Act is in
force (R-177). Whoever decides sees the rest in the wizard."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ledger import void_selection
from ledger.incident import Incident, fold_incident
from projections.reading import Reading

# While an Act is suspended (E-15) what it named counts again, and is decided anew.
UNDECIDED = frozenset({"received", "suspended"})


def contested(reading: Reading) -> frozenset[int]:
    """Positions of such entries at the page's moment; nearly always none, and then it is one small query."""
    found = reading.rows(
        "incidents", "status = ANY(%(undecided)s)", columns="incident", undecided=[*UNDECIDED]
    )
    streams = reading.streams([row.incident for row in found]) if found else {}
    return frozenset(
        position for id, entries in streams.items() for position in _of(fold_incident(id, entries), reading)
    )


def _of(incident: Incident, reading: Reading) -> Iterable[int]:
    local = incident.void_from(reading.regulation().void_from)
    if local is None:
        return ()
    credentials = _stolen(incident, reading)
    every = [each for own in credentials.values() for each in own]
    return reading.written_with(credentials, every, local.replace(tzinfo=reading.school.zone))


def _stolen(incident: Incident, reading: Reading) -> dict[UUID, frozenset[UUID]]:
    """As the Act will find them."""
    account = incident.report.account
    detected = incident.report.detected_at.replace(tzinfo=reading.school.zone)
    entries = reading.streams([account]).get(account, ())
    own = void_selection.of_owner(incident, entries, detected)
    credentials, _ = void_selection.lineage(own, lambda accounts: reading.issued_by(accounts, detected))
    return credentials
