"""What others could do only because a void entry let them: in a role that was granted (E-15), as a substitute (E-14).

No causation joins these: a role or a substitution is asked of the school, not of an entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from ledger.appending import Store
from ledger.effective import effective
from ledger.entry import Category, Entry
from ledger.events.accounts import AccountCreated
from ledger.events.days import SubstitutionRecorded
from ledger.events.staff import RoleGranted
from ledger.school import School


def in_roles(void: Iterable[Entry], school: School, store: Store) -> tuple[Entry, ...]:
    """What was done in a role that nobody but the intruder had granted: without the grant it was nobody's to do."""
    grants = [entry for entry in void if isinstance(entry.event, RoleGranted)]
    if not grants:
        return ()
    accounts = _accounts({grant.stream for grant in grants}, school.id, store)
    known = store.load(school.id, streams=[grant.stream for grant in grants]).streams
    dead = {grant.position for grant in grants}
    written = store.written_by(school.id, accounts, since=min(grant.stamp.received_at for grant in grants))
    return tuple(
        entry
        for entry in written
        if any(_only_by(grant, entry, known[grant.stream], dead, school) for grant in grants)
    )


def as_substitutes(void: Iterable[Entry], school: UUID, store: Store) -> tuple[Entry, ...]:
    """What an honest substitute wrote on a lesson whose substitution is void: contested, never void."""
    recorded = [entry for entry in void if isinstance(entry.event, SubstitutionRecorded)]
    lessons = {entry.position: entry.event.lesson for entry in recorded}  # type: ignore[attr-defined]
    streams = store.load(school, streams=list(dict.fromkeys(lessons.values()))).streams if lessons else {}
    dead = {entry.position for entry in void}
    found = (
        own
        for entry in recorded
        for own in streams[lessons[entry.position]]
        if own.position > entry.position and own.position not in dead and _stood_in(own, entry.event)
    )
    return tuple(dict.fromkeys(found))


def _accounts(persons: set[UUID], school: UUID, store: Store) -> tuple[UUID, ...]:
    entries = store.load(school, categories=(Category.ACCOUNT,)).news
    return tuple(
        entry.stream
        for entry in entries
        if isinstance(entry.event, AccountCreated) and entry.event.person in persons
    )


def _only_by(grant: Entry, entry: Entry, roles: Sequence[Entry], dead: set[int], school: School) -> bool:
    """Whether `entry` was done in the granted role, and no other grant gave it."""
    role = grant.event.role  # type: ignore[attr-defined]
    if (entry.stamp.person, entry.stamp.role.value) != (grant.stream, role):
        return False
    if entry.position < grant.position:
        return False
    on = school.local(entry.stamp.judged_at).date()  # in Anadyr UTC says yesterday until noon
    return not any(
        isinstance(other.event, RoleGranted)
        and other.event.role == role
        and other.position not in dead
        and other.position < entry.position
        and other.event.first <= on
        and (other.event.until is None or on <= other.event.until)
        for other in effective(roles)
    )


def _stood_in(entry: Entry, substitution: object) -> bool:
    assert isinstance(substitution, SubstitutionRecorded)
    who = (entry.stamp.person, entry.stamp.on_behalf_of)
    return who == (substitution.substitute, substitution.absent)
