"""The ledger in PostgreSQL (design 3): one function call writes, plain indexed selects read.

`PostgresStore` is what Letopis uses. `EntryRecorder` is the same table as the eventsourcing library sees it,
so that its published recorder cases, subscriptions and tracking recorder work upon our entries.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from threading import Event
from typing import Any, TypeVar
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    StoredEvent,
    Subscription,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import dict_row, tuple_row
from psycopg.sql import SQL, Literal
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
from ledger.codec import UnknownEvent
from ledger.entry import Category, Draft, Entry, Origin, Role, Stamp
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
POLL_SECONDS = 0.1

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
NOTIFICATIONS = (
    "SELECT position, stream_id, stream_version, topic, state FROM ledger.entries WHERE school_id = %b"
    " AND position >= %b::bigint AND position <= %b::bigint"
    " AND (%b::text[] IS NULL OR topic = ANY(%b::text[])) ORDER BY position LIMIT %b::bigint"
)
MAX_BIGINT = 2**63 - 1


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
            rows = _rows(connection, APPEND, append_parameters(batch, age))
            return rows[0]

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
        return entries_of(school, self.retrying(lambda connection: _rows(connection, ENTRIES, parameters)))

    def written_by(self, school: UUID, accounts: Sequence[UUID], *, since: datetime) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, uuids(accounts), since]
        return entries_of(school, self.retrying(lambda connection: _rows(connection, WRITTEN_BY, parameters)))

    def caused_by(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, bigints(positions), school, school]
        return entries_of(school, self.retrying(lambda connection: _rows(connection, CAUSED_BY, parameters)))

    def of_command(self, school: UUID, command_id: UUID) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, command_id]
        return entries_of(school, self.retrying(lambda connection: _rows(connection, OF_COMMAND, parameters)))

    def at(self, school: UUID, positions: Sequence[int]) -> tuple[Entry, ...]:
        """See Store."""
        parameters = [school, bigints(positions)]
        return entries_of(school, self.retrying(lambda connection: _rows(connection, AT, parameters)))

    def head(self, school: UUID) -> Head:
        """See Store."""
        rows = self.retrying(lambda connection: _rows(connection, HEAD, [school]))
        position, recorded_at = rows[0] if rows else (0, None)
        return Head(position=position, recorded_at=recorded_at)

    def refusals(self, school: UUID) -> tuple[RefusedAttempt, ...]:
        """Every refused attempt of a school, oldest first."""
        rows = self.retrying(lambda connection: _rows(connection, REFUSALS, [school]))
        return tuple(map(refusal_of, rows))

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


def _rows(connection: Connection, query: str, parameters: Sequence[Any]) -> list[Row]:
    with connection.cursor(binary=True, row_factory=tuple_row) as cursor:
        return cursor.execute(query, parameters, prepare=True).fetchall()


def _pipelined(
    connection: Connection, wanted: Sequence[tuple[str, list[Any]]], asked: Sequence[bool]
) -> list[list[Row]]:
    """The rows of each query that is `asked`, in one round trip."""
    if sum(asked) < 2:
        return [_rows(connection, *one) if ask else [] for one, ask in zip(wanted, asked, strict=True)]
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


class Datastore(PostgresDatastore):
    """The library's datastore over a pool of ours: a DATABASE_URL keeps all its parameters (sslmode …)."""

    def __init__(self, pool: Pool, *, schema: str = "ledger") -> None:
        super().__init__(dbname="", host="", port="", user="", password="", schema=schema)
        self.pool = pool  # type: ignore[assignment]  # instead of the library's, which was never opened

    @contextmanager
    def get_connection(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """The library reads rows as dicts, we as tuples; both from the same connections."""
        with super().get_connection() as connection:
            before, connection.row_factory = connection.row_factory, dict_row
            try:
                yield connection
            finally:
                connection.row_factory = before

    def close(self) -> None:
        """The pool is its opener's, who closes it (and the library closes datastores when collected)."""


class EntryRecorder(PostgresApplicationRecorder):
    """The entries of one school as stored events of the library; notification ids are positions.

    `first_version` is what the library calls the first version of a stream (entries count from 1).
    """

    def __init__(self, datastore: Datastore, *, school: UUID, first_version: int = 1) -> None:
        super().__init__(datastore, events_table_name="entries")
        self.store = PostgresStore(datastore.pool)  # type: ignore[arg-type]
        self.school = school
        self.shift = first_version - 1
        self.select_events_statement = SQL(
            "SELECT * FROM (SELECT stream_id AS originator_id, stream_version + {shift} AS originator_version"
            ", topic, state FROM ledger.entries WHERE school_id = {school}) AS e WHERE originator_id = %s"
        ).format(shift=Literal(self.shift), school=Literal(school))

    def create_table(self) -> None:
        """Nothing: tables come from `letopis migrate`, and the app role runs no DDL."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, append: Append | None = None, **_: Any
    ) -> Sequence[int] | None:
        """Append them, as the system or under the stamp, guards and answer of `append` (after its drafts).

        The command id is minted here, once: a retry after a lost reply is no conflict (design 3, traps).
        """
        if not stored_events and append is None:
            return None
        batch = append or _by_the_system(self.school)
        drafts = tuple(self._draft(stored) for stored in stored_events)
        try:
            written = self.store.append(replace(batch, drafts=batch.drafts + drafts))
        except (Moved, CommandClash) as error:
            raise IntegrityError(str(error)) from error
        return list(range(written.first, written.last + 1)) if written.first and written.last else []

    def _draft(self, stored: StoredEvent) -> Draft:
        return Draft(
            category=Category.SCHOOL,
            stream=UUID(str(stored.originator_id)),
            version=stored.originator_version - self.shift,
            event=UnknownEvent(topic=stored.topic, state=stored.state),
        )

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Notifications of this school alone, ascending."""
        least = 1 if start is None else start if inclusive_of_start else start + 1
        most = MAX_BIGINT if stop is None else stop
        names = list(topics) or None
        parameters = [self.school, least, most, names, names, limit]
        rows = self.store.retrying(lambda connection: _rows(connection, NOTIFICATIONS, parameters))
        return [self._notification(*row) for row in rows]

    def _notification(
        self, position: int, stream: UUID, version: int, topic: str, state: bytes
    ) -> Notification:
        return Notification(
            id=position,
            originator_id=stream,
            originator_version=version + self.shift,
            topic=topic,
            state=state,
        )

    def max_notification_id(self) -> int | None:
        """The head of this school; None when it has no entries."""
        return self.store.head(self.school).position or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """By polling: NOTIFY would serialise the commits of the whole cluster (design 3)."""
        return PollingSubscription(recorder=self, gt=gt, topics=topics)


class PollingSubscription(Subscription[ApplicationRecorder]):
    """Positions are dense and visible in their order, so «greater than the last» misses nothing."""

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._ready: deque[Notification] = deque()
        self._stopped = Event()

    def stop(self) -> None:
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if self._ready:
                return self._ready.popleft()
            self._pull()
        raise StopIteration

    def _pull(self) -> None:
        found = self._recorder.select_notifications(
            self._last_notification_id or 0, 500, topics=self._topics, inclusive_of_start=False
        )
        if found:
            self._last_notification_id = found[-1].id
            self._ready.extend(found)
        else:
            self._stopped.wait(POLL_SECONDS)


def _by_the_system(school: UUID) -> Append:
    stamp = Stamp(
        school=school,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    return Append(stamp=stamp, body_sha256=sha256(b"").digest(), answer="{}")
