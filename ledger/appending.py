"""What is handed to a store and what it answers; shared by PostgreSQL and its in-memory twin.

One user action is one `Append`: its entries, the guards its decision rests on, and the command's answer
are written together or not at all (design 3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ledger.entry import Category, Draft, Entry, Stamp

MAX_SKEW_SECONDS = 2.0  # between our clock and the database's, either way
MAX_AGE_SECONDS = 10.0  # of a request, from its last byte to the append, by the monotonic clock


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """A refused attempt, kept for the control reports (R-120, AT-01): which rule, which clause, said how."""

    command: str
    code: str
    clause: str
    sentence: str
    stream: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Append:
    """`stamp` covers every draft; `body_sha256` is the 32-byte digest of the command's body; `answer` is
    the JSON a retry gets again; `guards` are (stream, version) that must not have moved (version 0: the
    stream must still be empty); `age` is seconds since `received_at` by the monotonic clock.
    """

    stamp: Stamp
    body_sha256: bytes
    answer: str
    drafts: tuple[Draft, ...] = ()
    guards: tuple[tuple[UUID, int], ...] = ()
    refused: Refused | None = None
    age: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Appended:
    """`first`..`last` are the positions taken (None for an empty decision or a refusal); `repeated` is True
    when the command id had been answered before, and then `answer` is that first answer."""

    answer: str
    first: int | None
    last: int | None
    recorded_at: datetime
    repeated: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A command id that was already answered."""

    command_id: UUID
    account: UUID
    body_sha256: bytes
    answer: str
    first: int | None
    last: int | None
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    position: int
    recorded_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """One round trip's worth of reading before a decision; `recent` was asked for before it (Store.recent)."""

    known: Known | None = None
    streams: dict[UUID, tuple[Entry, ...]] = field(default_factory=dict)
    news: tuple[Entry, ...] = ()
    recent: tuple[Entry, ...] = ()


class Moved(Exception):
    """A stream or a guard is not at the expected version: reload and decide again."""


class CommandClash(Exception):
    """The command id was used by another account or with another body."""


class ClockSkew(Exception):
    """Our clock and the database's differ by more than 2 s, or a request is older than 10 s."""


class ClockAhead(Exception):
    """The head is more than 2 s ahead of the database's clock (`letopis doctor`)."""


class Store(Protocol):
    """The append-only ledger of every school of a deployment."""

    def append(self, batch: Append) -> Appended:
        """Write one action. Raises Moved, CommandClash, ClockSkew, ClockAhead."""
        ...

    def load(
        self,
        school: UUID,
        *,
        command_id: UUID | None = None,
        streams: Sequence[UUID] = (),
        categories: Sequence[Category] = (),
        after: int = 0,
    ) -> Loaded:
        """The known command, whole streams (ascending versions; absent = empty tuple) and the entries of
        `categories` with position > `after`, in one round trip."""
        ...

    def entries(
        self, school: UUID, *, after: int = 0, upto: int | None = None, limit: int = 500
    ) -> tuple[Entry, ...]:
        """At most `limit` entries of all categories with after < position <= upto, ascending."""
        ...

    def written_by(self, school: UUID, accounts: Sequence[UUID], *, since: datetime) -> tuple[Entry, ...]:
        """Every entry of these accounts received at `since` (aware) or later, ascending."""
        ...

    def caused_by(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """Every entry that names one of `positions` as its cause, and what these caused, ascending."""
        ...

    def of_command(self, school: UUID, command_id: UUID) -> tuple[Entry, ...]:
        """What one command wrote, ascending; nothing for an unknown or an empty one."""
        ...

    def at(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """The entries at these positions, ascending."""
        ...

    def head(self, school: UUID) -> Head:
        """Position 0 and no instant for an empty ledger."""
        ...
