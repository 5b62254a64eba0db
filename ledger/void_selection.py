"""What an Act voids (design 3, void selection; K-20…K-23): by the lineage of the credential and by `received_at`.

What the intruder changes himself inherits the compromise: a new password, an account he made, a password he issued to
somebody else. Only a credential issued after the block by the trusted procedure ends the interval, because it descends
from none of these. Pure: entries in, entries out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.account import Account
from ledger.entry import Category, Entry, Role
from ledger.events import accounts, compromise
from ledger.events.voids import EntriesVoided

# Facts of security and of the case itself: what protects is never void by its own Act.
_KEPT: tuple[type, ...] = (
    accounts.AccountBlocked,
    compromise.CompromiseReported,
    compromise.NoticeReceived,
    compromise.NoticeRejected,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """`credentials` by account: those under which it was done. `void` are the entries of the interval; `cascade` what
    the programme itself did because of them; `voids` the EntriesVoided of an Act of this incident that is in force;
    `approvers` who permitted any of it; `suspicious` was done between the breach and the receipt and stays;
    `contested` is what honest people did because of void entries (E-05)."""

    credentials: dict[UUID, frozenset[UUID]]
    void: tuple[Entry, ...]
    cascade: tuple[Entry, ...] = ()
    voids: tuple[Entry, ...] = ()
    approvers: frozenset[UUID] = frozenset()
    suspicious: tuple[Entry, ...] = ()
    contested: tuple[Entry, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All the Act names, ascending."""
        return tuple(sorted((*self.void, *self.cascade), key=_position))


def lineage_of(account: Account) -> dict[UUID, frozenset[UUID]]:
    """The credentials of the account itself: the present one and those it descends from by changes of its owner's."""
    return {account.id: frozenset(account.lineage)}


def inherited(
    credentials: dict[UUID, frozenset[UUID]], written: Iterable[Entry]
) -> dict[UUID, frozenset[UUID]]:
    """`credentials` and those issued under them among `written` (what was done with them): one step of the lineage."""
    grown = {account: set(own) for account, own in credentials.items()}
    for entry in written:
        if isinstance(entry.event, accounts.CredentialIssued) and under(entry, credentials):
            grown.setdefault(entry.stream, set()).add(entry.event.credential)
    return {account: frozenset(own) for account, own in grown.items()}


def under(entry: Entry, credentials: dict[UUID, frozenset[UUID]]) -> bool:
    """Whether the entry was written with one of these credentials."""
    return entry.stamp.credential in credentials.get(entry.stamp.account, frozenset())


def select(
    credentials: dict[UUID, frozenset[UUID]],
    written: Iterable[Entry],
    caused: Iterable[Entry],
    since: datetime,
    detected: datetime,
    in_roles: Iterable[Entry] = (),
) -> Selection:
    """`written` is everything of these accounts from `detected` on, `caused` what names any of it as its cause,
    `in_roles` what was done in roles its void entries granted; both moments are aware. An entry received at `since`
    itself is in the interval."""
    own = [entry for entry in written if under(entry, credentials) and not isinstance(entry.event, _KEPT)]
    void = tuple(entry for entry in own if entry.stamp.received_at >= since)
    suspicious = tuple(e for e in own if detected <= e.stamp.received_at < since)
    dead = {entry.position for entry in void}
    cascade = [e for e in in_roles if e.position not in dead and not isinstance(e.event, _KEPT)]
    dead |= {entry.position for entry in cascade}
    contested: list[Entry] = []
    for entry in sorted(caused, key=_position):
        if entry.causation not in dead or entry.position in dead:
            continue
        if entry.stamp.role is Role.SYSTEM:
            cascade.append(entry)
            dead.add(entry.position)
        else:
            contested.append(entry)
    return Selection(
        credentials=credentials,
        void=void,
        cascade=tuple(cascade),
        suspicious=suspicious,
        contested=tuple(contested),
    )


def voids(act: UUID, entries: Iterable[Entry]) -> tuple[tuple[Category, UUID, EntriesVoided], ...]:
    """One EntriesVoided a stream, in the order of the streams' first entries."""
    streams: dict[tuple[Category, UUID], list[int]] = {}
    for entry in sorted(entries, key=_position):
        streams.setdefault((entry.category, entry.stream), []).append(entry.position)
    return tuple(
        (category, stream, EntriesVoided(act=act, positions=tuple(positions)))
        for (category, stream), positions in streams.items()
    )


def _position(entry: Entry) -> int:
    return entry.position
