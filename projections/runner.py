"""Brings a school's pages up to its ledger (design 5).

The request that wrote catches its school's pages up before it answers, under an advisory lock so that one
catch-up carries others' entries; a worker does the same each second. A poison entry parks its scope with an
alarm and stops nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from eventsourcing.postgres import PostgresTrackingRecorder
from psycopg import Connection, DataError, Error, IntegrityError, ProgrammingError
from psycopg.errors import LockNotAvailable

from ledger.entry import Entry
from ledger.recorder import Datastore
from ledger.store import Pool
from projections.changes import Change, Scope, intervals
from projections.models import MODELS, Model
from projections.pending import LEAST, Pending, read_pending, tracked
from projections.tables import ADD_ROW, END_ROW, PARK

PATIENCE = 0.2  # seconds a request gives its own catch-up (design 5)
# What rows themselves can be guilty of; a lost connection or a lock is not.
FAULTS = (DataError, IntegrityError, ProgrammingError, ValueError, TypeError, OverflowError)

log = structlog.get_logger("letopis.pages")


@dataclass(frozen=True, kw_only=True)
class Parked:
    """A scope whose rows could not be made; it waits for `letopis rebuild`."""

    model: Model
    scope: UUID
    position: int
    error: str


Write = Callable[[Connection[Any], UUID, Sequence[Change]], None]
News = Iterator[tuple[Model, UUID, list[Change] | Parked]]


class Runner:
    """Writes the pages of every school over one pool."""

    def __init__(self, pool: Pool, models: Sequence[Model] = MODELS) -> None:
        self._pool, self._models = pool, tuple(models)
        recorder = PostgresTrackingRecorder(Datastore(pool, schema="pages"), tracking_table_name="tracking")
        self._track = recorder.insert_tracking_statement

    def catch_up(self, school: UUID, *, patience: float = PATIENCE) -> bool:
        """True when the pages reached the head of the moment it began; False when time ran out or the
        database failed: what was appended is appended all the same, and the worker goes on."""
        try:
            return self.advance(school, patience=patience)
        except LockNotAvailable:
            return False
        except Error as error:
            log.error("pages wait", school=str(school), error=type(error).__name__)
            return False

    def advance(self, school: UUID, *, patience: float) -> bool:
        """`catch_up` that raises psycopg.Error."""
        deadline = time.monotonic() + patience
        wanted: int | None = None
        while True:
            done = self._batch(school, deadline - time.monotonic())
            wanted = done.head if wanted is None else wanted
            if done.upto >= wanted:
                return True
            if time.monotonic() >= deadline:
                return False

    def advance_within(self, connection: Connection[Any], school: UUID) -> int:
        """Up to the head in the transaction of `connection`, however long it takes; the position reached."""
        while True:
            done = self._one(connection, school, 3600.0, self._write_each)
            if done.upto >= done.head:
                return done.upto

    def position(self, connection: Connection[Any], school: UUID) -> int:
        """The least position of the pages: what a reading transaction may rely on."""
        names = [tracked(model, school) for model in self._models]
        row = connection.execute(LEAST, {"names": names}, prepare=True).fetchone()
        assert row is not None
        return int(row[0])

    def _batch(self, school: UUID, patience: float) -> Pending:
        """One transaction. Rows the database refuses are looked for one scope at a time in another."""
        try:
            with self._pool.connection() as connection, connection.pipeline(), connection.transaction():
                return self._one(connection, school, patience, self._write_all)
        except FAULTS:
            with self._pool.connection() as connection, connection.transaction():
                return self._one(connection, school, patience, self._write_each)

    def _one(
        self,
        connection: Connection[Any],
        school: UUID,
        patience: float,
        write_news: Callable[[Connection[Any], UUID, News], list[Parked]],
    ) -> Pending:
        pending = read_pending(connection, school, self._models, patience)
        if pending.upto > pending.start:
            park(connection, school, write_news(connection, school, self._news(pending, school)))
            with connection.cursor() as cursor:
                for name in (tracked(model, school) for model in self._models):
                    if pending.positions[name] < pending.upto:
                        cursor.execute(
                            self._track,
                            {"application_name": name, "notification_id": pending.upto},
                            prepare=True,
                        )
        return pending

    def _news(self, pending: Pending, school: UUID) -> News:
        """What became of every healthy scope; Parked for one whose fold raised."""
        for model in self._models:
            after = pending.positions[tracked(model, school)]
            for stream, entries in pending.streams.items():
                if entries[0].category is model.category and (model.name, stream) not in pending.parked:
                    yield model, stream, changes_of(model, stream, entries, after)

    def _write_all(self, connection: Connection[Any], school: UUID, news: News) -> list[Parked]:
        poisoned: list[Parked] = []
        changes: list[Change] = []
        for _, _, found in news:
            if isinstance(found, Parked):
                poisoned.append(found)
            else:
                changes += found
        write(connection, school, changes)
        return poisoned

    def _write_each(self, connection: Connection[Any], school: UUID, news: News) -> list[Parked]:
        """A savepoint each: whatever the database refuses parks its own scope and nothing else."""
        poisoned: list[Parked] = []
        for model, stream, found in news:
            if isinstance(found, Parked):
                poisoned.append(found)
                continue
            try:
                with connection.transaction():
                    write(connection, school, found)
            except FAULTS as error:
                parked = Parked(model=model, scope=stream, position=found[0].position, error=repr(error))
                poisoned.append(parked)
        return poisoned


def changes_of(model: Model, stream: UUID, entries: Sequence[Entry], after: int = 0) -> list[Change] | Parked:
    """What the entries of a stream after the position `after` make of its rows."""
    known = next((n for n, entry in enumerate(entries) if entry.position > after), len(entries))
    try:
        scope = Scope.of(model, stream, entries[:known])
        return [change for entry in entries[known:] for change in scope.advance(entry)]
    except Exception as error:  # noqa: BLE001  a fold never raises: whatever does is a defect; only its scope waits
        position = entries[min(known, len(entries) - 1)].position
        return Parked(model=model, scope=stream, position=position, error=repr(error))


def write(connection: Connection[Any], school: UUID, changes: Sequence[Change]) -> None:
    """End the rows that changed and add what they became."""
    ended, rows = intervals(changes)
    with connection.cursor() as cursor:
        for (table, *key), position in ended:
            cursor.execute(END_ROW[table], (position, school, *key), prepare=True)
        for row in rows:
            table, *key = row.key
            cursor.execute(ADD_ROW[table], (school, *key, *row.values, row.since, row.until), prepare=True)


def park(connection: Connection[Any], school: UUID, parked: Sequence[Parked]) -> None:
    for each in parked:
        log.error("page scope parked", model=each.model.name, scope=str(each.scope), position=each.position)
        connection.execute(PARK, (school, each.model.name, each.scope, each.position, each.error))
