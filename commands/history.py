"""What was ever done with an access, read for whoever decides on an Act: the only reading that no stream names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from math import inf
from typing import Any

from commands import rested
from commands.compromise import incident_of
from commands.deciding import Sight
from ledger import void_selection
from ledger.appending import Store
from ledger.entry import Entry
from ledger.events.compromise import ActSuspended
from ledger.events.voids import EntriesVoided
from ledger.incident import Incident
from ledger.regulation import Regulation
from ledger.school import School
from ledger.void_selection import Selection


def of_access(command: Any, sight: Sight, store: Store) -> Selection:
    """What an Act about the incident of `command` would void now, with all that hangs on it. Raises Refusal."""
    incident = incident_of(command, sight)
    told = getattr(command, "received_at", None)  # of the receipt that is being declared
    return selection(incident, sight.school, sight.regulation, store, now=sight.stamp.received_at, told=told)


def selection(
    incident: Incident,
    school: School,
    regulation: Regulation,
    store: Store,
    *,
    now: datetime,
    told: datetime | None = None,
    until: float = inf,
) -> Selection:
    """`now` (aware) is the end of what is only suspicious while nobody has received the notice; `told` as
    void_selection.closing has it; `until` the last position there is: a page of the past knows nothing that came after
    it."""
    detected = _instant(incident.report.detected_at, school)
    since = incident.void_from(regulation.void_from)
    account = incident.report.account
    own = _upto(until, store.load(school.id, streams=[account]).streams[account])
    credentials, written = void_selection.lineage(
        void_selection.of_owner(incident, own, detected, told),
        lambda accounts: _upto(until, store.written_by(school.id, accounts, since=detected)),
    )
    moment = _instant(since, school) if since is not None else now
    done = [e for e in written if void_selection.under(e, credentials) and e.stamp.judged_at >= moment]
    in_roles = _upto(until, rested.in_roles(done, school, store))
    caused = _upto(until, store.caused_by(school.id, [entry.position for entry in (*written, *in_roles)]))
    found = void_selection.select(credentials, written, caused, moment, detected, in_roles)
    substitutes = _upto(until, rested.as_substitutes(found.entries, school.id, store))
    contested = (*found.contested, *substitutes)
    causes = [entry.causation for entry in found.entries if entry.causation is not None]
    approvers = frozenset(entry.stamp.person for entry in store.at(school.id, causes))
    return replace(found, approvers=approvers, voids=_voids(incident, school, store), contested=contested)


def _upto(until: float, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(entry for entry in entries if entry.position <= until)


def _voids(incident: Incident, school: School, store: Store) -> tuple[Entry, ...]:
    act = incident.in_force
    if act is None or act.finalised is None:
        return ()
    written = store.of_command(school.id, act.finalised.stamp.command_id)
    return tuple(entry for entry in written if isinstance(entry.event, EntriesVoided | ActSuspended))


def _instant(local: datetime, school: School) -> datetime:
    return local.replace(tzinfo=school.zone)
