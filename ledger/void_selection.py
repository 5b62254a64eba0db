"""What an Act voids (design 3, void selection; K-20…K-23): by the lineage of the credential and by `Stamp.judged_at`,
which is `received_at` wherever an intruder writes: a time of their own have only entries of the server's command line
(before a year's journals are open, or of a demonstration), and no request of an account can declare one.

What the intruder changes himself inherits the compromise: a new password, an account he made, a password he issued to
somebody else. Only a credential issued after the block by the trusted procedure ends the interval, because it descends
from none of these. Pure: entries in, entries out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from hashlib import sha256
from math import inf
from uuid import UUID

from ledger.account import fold_account
from ledger.entry import Category, Entry, Role
from ledger.events import accounts, compromise
from ledger.events.voids import EntriesVoided
from ledger.incident import Incident

Credentials = dict[UUID, frozenset[UUID]]  # by account

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

    credentials: Credentials
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


def of_owner(
    incident: Incident, entries: Sequence[Entry], detected: datetime, told: datetime | None = None
) -> Credentials:
    """Every credential the account (its stream) had from the detection (aware) to the block: one issued by the trusted
    procedure before the block may have been stolen as well, what is issued after it descends from none of these.
    `told` as closing has it."""
    assert detected.tzinfo is not None
    blocked = _blocked_at(incident, closing(incident, entries, detected.tzinfo, told))
    before = [entry for entry in entries if entry.position < blocked]
    known = [entry for entry in before if entry.stamp.judged_at < detected]
    states = (before[:n] for n in range(len(known), len(before) + 1))
    account = incident.report.account
    return {account: frozenset(c for state in states for c in fold_account(account, state).lineage)}


def closing(
    incident: Incident, entries: Iterable[Entry], zone: tzinfo, told: datetime | None = None
) -> Entry | None:
    """The block that closed the account (its stream) to whoever stole it: the first after the report, or one by hand
    before it, from the first receipt on (E-16: blocked at once, registered later). `told` is a receipt that is about to
    be declared, local like the others. None while there is no such block."""
    assert incident.reported is not None
    reported = incident.reported.position
    heard = min((*incident.moments().values(), *([told] if told else ())), default=None)
    since = None if heard is None else heard.replace(tzinfo=zone)
    blocks = (entry for entry in entries if isinstance(entry.event, accounts.AccountBlocked))
    return next((e for e in blocks if e.position > reported or _by_hand(e, since)), None)


def reopening(block: Entry, entries: Iterable[Entry]) -> Entry | None:
    """The first word after that opened the account again; None while it is closed."""
    later = (entry for entry in entries if isinstance(entry.event, accounts.AccountUnblocked))
    return next((entry for entry in later if entry.position > block.position), None)


def _by_hand(block: Entry, since: datetime | None) -> bool:
    """Whether an administrator gave it because of a breach, at `since` or later. What stands beside the word of another
    notice closed the access for that one: an access issued after it may be the one stolen now."""
    first = block.command_part == 1  # of a notice, its own words come first
    for_breach = block.event == accounts.AccountBlocked(reason="compromise")
    return since is not None and first and for_breach and block.stamp.judged_at >= since


def _blocked_at(incident: Incident, block: Entry | None) -> float:
    """The position of the block; of the first receipt where none was needed; infinite while there is neither."""
    words = (*incident.received.values(), *([block] if block else ()))
    return min((entry.position for entry in words), default=inf)


def lineage(
    own: Credentials, written_by: Callable[[tuple[UUID, ...]], Sequence[Entry]]
) -> tuple[Credentials, Sequence[Entry]]:
    """`own` and all that inherits it, with what these accounts wrote: `written_by` reads it, of the accounts it is
    given, since the detection."""
    credentials = own
    while True:
        written = written_by(tuple(credentials))
        grown = inherited(credentials, written)
        if grown == credentials:
            return credentials, written
        credentials = grown


def inherited(credentials: Credentials, written: Iterable[Entry]) -> Credentials:
    """`credentials` and those issued under them among `written` (what was done with them): one step of the lineage."""
    grown = {account: set(own) for account, own in credentials.items()}
    for entry in written:
        if isinstance(entry.event, accounts.CredentialIssued) and under(entry, credentials):
            grown.setdefault(entry.stream, set()).add(entry.event.credential)
    return {account: frozenset(own) for account, own in grown.items()}


def under(entry: Entry, credentials: Credentials) -> bool:
    """Whether the entry was written with one of these credentials."""
    return entry.stamp.credential in credentials.get(entry.stamp.account, frozenset())


def select(
    credentials: Credentials,
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
    void = tuple(entry for entry in own if entry.stamp.judged_at >= since)
    suspicious = tuple(e for e in own if detected <= e.stamp.judged_at < since)
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


def fingerprint(entries: Iterable[Entry]) -> str:
    """Of what people did, by their positions: what the programme does because of it may come on top."""
    done = sorted(entry.position for entry in entries if entry.stamp.role is not Role.SYSTEM)
    return sha256(",".join(map(str, done)).encode()).hexdigest()


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
