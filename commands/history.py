"""What was ever done with an access, read for whoever decides on an Act: the only reading that no stream names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import inf
from typing import Any
from uuid import UUID

from commands import rested
from commands.compromise import incident_of, void_since
from commands.deciding import Sight
from ledger import void_selection
from ledger.account import fold_account
from ledger.appending import Store
from ledger.entry import Entry
from ledger.events.accounts import AccountBlocked
from ledger.events.compromise import ActSuspended
from ledger.events.voids import EntriesVoided
from ledger.incident import Incident
from ledger.regulation import Regulation
from ledger.school import School
from ledger.void_selection import Selection


def of_access(command: Any, sight: Sight, store: Store) -> Selection:
    """What an Act about the incident of `command` would void now, with all that hangs on it. Raises Refusal."""
    incident = incident_of(command, sight)
    return selection(incident, sight.school, sight.regulation, store, now=sight.stamp.received_at)


def selection(
    incident: Incident, school: School, regulation: Regulation, store: Store, *, now: datetime
) -> Selection:
    """`now` (aware) is the end of what is only suspicious while nobody has received the notice."""
    detected = _instant(incident.report.detected_at, school)
    since = void_since(incident, regulation)
    credentials = _of_owner(incident, detected, school, store)
    while True:
        written = store.written_by(school.id, tuple(credentials), since=detected)
        grown = void_selection.inherited(credentials, written)
        if grown == credentials:
            break
        credentials = grown
    moment = _instant(since, school) if since is not None else now
    own = [e for e in written if void_selection.under(e, credentials) and e.stamp.received_at >= moment]
    in_roles = rested.in_roles(own, school.id, store)
    caused = store.caused_by(school.id, [entry.position for entry in (*written, *in_roles)])
    found = void_selection.select(credentials, written, caused, moment, detected, in_roles)
    contested = (*found.contested, *rested.as_substitutes(found.entries, school.id, store))
    causes = [entry.causation for entry in found.entries if entry.causation is not None]
    approvers = frozenset(entry.stamp.person for entry in store.at(school.id, causes))
    return replace(found, approvers=approvers, voids=_voids(incident, school, store), contested=contested)


def _voids(incident: Incident, school: School, store: Store) -> tuple[Entry, ...]:
    act = incident.in_force
    if act is None or act.finalised is None:
        return ()
    written = store.of_command(school.id, act.finalised.stamp.command_id)
    return tuple(entry for entry in written if isinstance(entry.event, EntriesVoided | ActSuspended))


def _of_owner(
    incident: Incident, detected: datetime, school: School, store: Store
) -> dict[UUID, frozenset[UUID]]:
    """Every credential the account had from the detection to the block: one issued by the trusted procedure before the
    block may have been stolen as well, what is issued after it descends from none of them."""
    account = incident.report.account
    entries = store.load(school.id, streams=[account]).streams[account]
    before = [entry for entry in entries if entry.position < _blocked_at(incident, entries)]
    known = [entry for entry in before if entry.stamp.received_at < detected]
    states = (before[:n] for n in range(len(known), len(before) + 1))
    return {account: frozenset(c for state in states for c in fold_account(account, state).lineage)}


def _blocked_at(incident: Incident, entries: Sequence[Entry]) -> float:
    """The position of the block after the report (the owner's own, or the receipt's); of the first receipt where none
    was needed; infinite while there is neither."""
    assert incident.reported is not None
    reported = incident.reported.position
    blocks = [e.position for e in entries if isinstance(e.event, AccountBlocked) and e.position > reported]
    return min((*blocks, *(entry.position for entry in incident.received.values())), default=inf)


def _instant(local: datetime, school: School) -> datetime:
    return local.replace(tzinfo=school.zone)
