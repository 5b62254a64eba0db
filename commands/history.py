"""What was ever done with an access, read for whoever decides on an Act: the only reading that no stream names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from commands.compromise import incident_of
from commands.deciding import Sight
from ledger import void_selection
from ledger.account import fold_account
from ledger.appending import Store
from ledger.entry import Entry
from ledger.events.voids import EntriesVoided
from ledger.incident import Incident
from ledger.void_selection import Selection


def of_access(command: Any, sight: Sight, store: Store) -> Selection:
    """What an Act about the incident of `command` would void now, with all that hangs on it. Raises Refusal."""
    incident = incident_of(command, sight)
    return selection(incident, sight, store)


def selection(incident: Incident, sight: Sight, store: Store) -> Selection:
    detected = _instant(incident.report.detected_at, sight)
    since = incident.void_from(sight.regulation.void_from.moment)
    credentials = _of_owner(incident, sight, store)
    while True:
        written = store.written_by(sight.school.id, tuple(credentials), since=detected)
        grown = void_selection.inherited(credentials, written)
        if grown == credentials:
            break
        credentials = grown
    caused = store.caused_by(sight.school.id, [entry.position for entry in written])
    moment = _instant(since, sight) if since is not None else sight.stamp.received_at
    found = void_selection.select(credentials, written, caused, moment, detected)
    causes = [entry.causation for entry in found.entries if entry.causation is not None]
    approvers = frozenset(entry.stamp.person for entry in store.at(sight.school.id, causes))
    return replace(found, approvers=approvers, voids=_voids(incident, sight, store))


def _voids(incident: Incident, sight: Sight, store: Store) -> tuple[Entry, ...]:
    act = incident.in_force
    if act is None or act.finalised is None:
        return ()
    written = store.of_command(sight.school.id, act.finalised.stamp.command_id)
    return tuple(entry for entry in written if isinstance(entry.event, EntriesVoided))


def _of_owner(incident: Incident, sight: Sight, store: Store) -> dict[UUID, frozenset[UUID]]:
    """The credentials of the account up to the first receipt, from the last that was issued by the trusted procedure:
    what is issued after the block descends from none of them."""
    account = incident.report.account
    entries: Sequence[Entry] = store.load(sight.school.id, streams=[account]).streams[account]
    first = min((entry.position for entry in incident.received.values()), default=None)
    before = [entry for entry in entries if first is None or entry.position < first]
    return void_selection.lineage_of(fold_account(account, before))


def _instant(local: datetime, sight: Sight) -> datetime:
    return local.replace(tzinfo=sight.school.zone)
