"""The ledger in PostgreSQL (design 3): one function call writes, plain indexed selects read.

The same table as the eventsourcing library sees it: ledger.recorder.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import psycopg
from psycopg.rows import tuple_row
from psycopg_pool import ConnectionPool

from ledger.appending import (
    MAX_AGE_SECONDS,
    Append,
    Appended,
    ClockAhead,
    ClockSkew,
    CommandClash,
    Head,
    Loaded,
    Moved,
)
from ledger.arrays import bigints, register, uuids
from ledger.entry import Category, Entry
from ledger.refusals import RefusedAttempt
from ledger.rows import (
    APPEND_TYPES,
    ENTRY_COLUMNS,
    KNOWN_COLUMNS,
    REFUSAL_COLUMNS,
    append_parameters,
    entries_of,
    known_of,
    refusal_of,
)

T = TypeVar("T")
Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]
Pool = ConnectionPool[Connection]

# Seconds before each new attempt; a killed PostgreSQL is back in 0.3 s. Whatever became of the first one: the
# command id stands in the append.
PAUSES = (0.02, 0.1, 0.3, 0.5, 1.0, 2.0)
PATIENCE = MAX_AGE_SECONDS  # after that nothing new would be written anyway
REFUSED_BY_APPEND: dict[str | None, type[Exception]] = {
    "LT001": Moved,
    "LT002": CommandClash,
    "LT003": ClockSkew,
    "LT004": ClockAhead,
    "LT005": ValueError,
    "23502": ValueError,  # not_null_violation
    "23514": ValueError,  # check_violation
}

SYSTEM = UUID(int=0)  # account and person of what no human did

APPEND = f"SELECT * FROM ledger.append({', '.join(f'%b::{name}' for name in APPEND_TYPES)})"
KNOWN = f"SELECT {KNOWN_COLUMNS} FROM ledger.commands WHERE school_id = %b AND command_id = %b"
STREAMS = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %b AND stream_id = ANY(%b::uuid[])"
    " ORDER BY stream_id, stream_version"
)
NEWS = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %b AND category = ANY(%b::text[])"
    " AND position > %b::bigint ORDER BY position"
)
ENTRIES = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %b AND position > %b::bigint"
    " AND position <= %b::bigint ORDER BY position LIMIT %b::bigint"
)
WRITTEN_BY = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %b AND account = ANY(%b::uuid[])"
    " AND received_at >= %b ORDER BY position"
)
CAUSED_BY = (
    "WITH RECURSIVE caused AS (SELECT position FROM ledger.entries WHERE school_id = %b"
    " AND causation = ANY(%b::bigint[])"
    " UNION SELECT e.position FROM ledger.entries e JOIN caused c ON e.school_id = %b AND e.causation = c.position)"
    f" SELECT {ENTRY_COLUMNS} FROM ledger.entries JOIN caused USING (position) WHERE school_id = %b ORDER BY position"
)
OF_COMMAND = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %b AND command_id = %b ORDER BY position"
)
AT = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %b AND position = ANY(%b::bigint[])"
    " ORDER BY position"
)
HEAD = "SELECT position, recorded_at FROM ledger.heads WHERE school_id = %b"
REFUSALS = f"SELECT {REFUSAL_COLUMNS} FROM ledger.refusals WHERE school_id = %b ORDER BY id"
MAX_BIGINT = 2**63 - 1
# Statements a connection keeps: the pages have some hundreds, and one forgotten is planned anew.
PREPARED = 500


def open_pool(dsn: str, *, min_size: int = 1, max_size: int = 8) -> Pool:
    """Autocommit connections to `dsn` (as the app role)."""
    return ConnectionPool(
        dsn,
        connection_class=psycopg.Connection[Row],
        kwargs={"autocommit": True},
        configure=_set_session,
        min_size=min_size,
        max_size=max_size,
        timeout=PATIENCE,
        open=True,
    )


def _set_session(connection: Connection) -> None:
    register(connection)
    connection.prepared_max = PREPARED
    connection.execute("SET client_encoding TO 'UTF8'")  # what ledger/arrays.py packs
    connection.execute("SET timezone TO 'UTC'")  # instants come back in the zone of the session


class PostgresStore:
    """`ledger.appending.Store` over a pool of autocommit connections. Safe to share between threads."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool

    def append(self, batch: Append) -> Appended:
        """See Store. A lost reply is asked for again under the same command id, and then is an answer."""
        started = time.monotonic()

        def call(connection: Connection) -> Row:
            age = batch.age + time.monotonic() - started
            return rows(connection, APPEND, append_parameters(batch, age))[0]

        answer, first, last, recorded_at, repeated = self.retrying(call)
        return Appended(answer=answer, first=first, last=last, recorded_at=recorded_at, repeated=repeated)

    def load(
        self,
        school: UUID,
        *,
        command_id: UUID | None = None,
        streams: Sequence[UUID] = (),
        categories: Sequence[Category] = (),
        after: int = 0,
    ) -> Loaded:
        """See Store."""
        wanted: list[tuple[str, list[Any]]] = [
            (KNOWN, [school, command_id]),
            (STREAMS, [school, uuids(streams)]),
            (NEWS, [school, [category.value for category in categories], after]),
        ]
        asked = (command_id is not None, bool(streams), bool(categories))
        known, whole, news = self.retrying(lambda connection: _pipelined(connection, wanted, asked))
        return Loaded(
            known=known_of(known[0] if known else None),
            streams=_by_stream(streams, entries_of(school, whole)),
            news=entries_of(school, news),
        )

    def entries(
        self, school: UUID, *, after: int = 0, upto: int | None = None, limit: int = 500
    ) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, after, MAX_BIGINT if upto is None else upto, limit]
        return entries_of(school, self.retrying(lambda connection: rows(connection, ENTRIES, parameters)))

    def written_by(self, school: UUID, accounts: Sequence[UUID], *, since: datetime) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, uuids(accounts), since]
        return entries_of(school, self.retrying(lambda connection: rows(connection, WRITTEN_BY, parameters)))

    def caused_by(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, bigints(positions), school, school]
        return entries_of(school, self.retrying(lambda connection: rows(connection, CAUSED_BY, parameters)))

    def of_command(self, school: UUID, command_id: UUID) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, command_id]
        return entries_of(school, self.retrying(lambda connection: rows(connection, OF_COMMAND, parameters)))

    def at(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, bigints(positions)]
        return entries_of(school, self.retrying(lambda connection: rows(connection, AT, parameters)))

    def head(self, school: UUID) -> Head:
        """See Store."""
        found = self.retrying(lambda connection: rows(connection, HEAD, [school]))
        position, recorded_at = found[0] if found else (0, None)
        return Head(position=position, recorded_at=recorded_at)

    def refusals(self, school: UUID) -> tuple[RefusedAttempt, ...]:
        """Every refused attempt of a school, oldest first."""
        found = self.retrying(lambda connection: rows(connection, REFUSALS, [school]))
        return tuple(map(refusal_of, found))

    def retrying(self, work: Callable[[Connection], T]) -> T:
        """`work`, on new connections a few times over when one is lost. It must bear repeating."""
        deadline = time.monotonic() + PATIENCE
        for pause in PAUSES:
            try:
                return self._once(work, deadline)
            except (psycopg.OperationalError, psycopg.InterfaceError):
                if time.monotonic() + pause > deadline:
                    raise
                time.sleep(pause)
                self.pool.check()  # after a restart of the server every idle connection is a dead one
        return self._once(work, deadline)

    def _once(self, work: Callable[[Connection], T], deadline: float) -> T:
        try:
            with self.pool.connection(timeout=max(0.1, deadline - time.monotonic())) as connection:
                return work(connection)
        except psycopg.Error as error:
            refusal = REFUSED_BY_APPEND.get(error.sqlstate)
            if refusal is None:
                raise
            raise refusal(str(error)) from error


def rows(connection: Connection, query: str, parameters: Sequence[Any]) -> list[Row]:
    with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
        return cursor.execute(query, parameters, prepare=True).fetchall()


def _pipelined(
    connection: Connection, wanted: Sequence[tuple[str, list[Any]]], asked: Sequence[bool]
) -> list[list[Row]]:
    """The rows of each query that is `asked`, in one round trip."""
    if sum(asked) < 2:
        return [rows(connection, *one) if ask else [] for one, ask in zip(wanted, asked, strict=True)]
    with connection.pipeline():
        cursors = [
            connection.cursor(binary=True, row_factory=tuple_row).execute(*one, prepare=True) if ask else None
            for one, ask in zip(wanted, asked, strict=True)
        ]
    # Fetched outside: leaving the pipeline is the one round trip, a fetch within would be another.
    return [[] if cursor is None else cursor.fetchall() for cursor in cursors]


def _by_stream(streams: Sequence[UUID], entries: tuple[Entry, ...]) -> dict[UUID, tuple[Entry, ...]]:
    found: dict[UUID, list[Entry]] = {stream: [] for stream in streams}
    for entry in entries:
        found[entry.stream].append(entry)
    return {stream: tuple(whole) for stream, whole in found.items()}
