"""Brings a school's pages up to its ledger (design 5).

The request that wrote catches its school's pages up before it answers, under an advisory lock so that one
catch-up carries others' entries; a worker does the same each second. A poison entry parks its scope with an
alarm and stops nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from psycopg import Connection, Error
from psycopg.rows import dict_row

from ledger.appending import Store
from ledger.entry import Entry
from ledger.store import Datastore, Pool
from projections.changes import Change, Scope
from projections.models import MODELS, Model
from projections.tables import ADD_ROW, END_ROW

BATCH = 500  # entries of one transaction
PATIENCE = 0.2  # seconds a request gives its own catch-up (design 5)

log = structlog.get_logger("letopis.pages")


@dataclass(frozen=True, kw_only=True)
class Parked:
    """A scope whose rows could not be made; it waits for `letopis rebuild`."""

    model: Model
    scope: UUID
    position: int
    error: str


class Runner:
    """Writes the pages of every school over one pool."""

    def __init__(self, store: Store, pool: Pool, models: Sequence[Model] = MODELS) -> None:
        self._store, self._pool, self._models = store, pool, tuple(models)
        self._tracking = PostgresTrackingRecorder(
            Datastore(pool, schema="pages"), tracking_table_name="tracking"
        )

    def catch_up(self, school: UUID, *, patience: float = PATIENCE) -> bool:
        """True when the pages reached the head of the moment it began; False when time ran out."""
        deadline = time.monotonic() + patience
        wanted = self._store.head(school).position
        while True:
            reached = self._batch(school)
            if reached >= wanted:
                return True
            if time.monotonic() >= deadline:
                return False

    def position(self, connection: Connection[Any], school: UUID) -> int:
        """The least position of the pages: what a reading transaction may rely on."""
        names = [tracked(model, school) for model in self._models]
        row = connection.execute(
            "SELECT count(*), min(notification_id) FROM pages.tracking WHERE application_name = ANY(%s)",
            (names,),
            prepare=True,
        ).fetchone()
        assert row is not None
        count, least = row
        return int(least) if count == len(names) else 0

    def _batch(self, school: UUID) -> int:
        """One transaction; the position reached."""
        with self._pool.connection() as connection, connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", lock_key(school), prepare=True)
            start = self.position(connection, school)
            entries = self._store.entries(school, after=start, limit=BATCH)
            if not entries:
                return start
            parked = self._parked(connection, school)
            earlier = self._earlier(school, entries)
            for model in self._models:
                changes, poisoned = _changes(model, entries, earlier, parked)
                poisoned += self._write(connection, school, model, changes, entries)
                _park(connection, school, poisoned)
                self._track(connection, model, school, entries[-1].position)
            return entries[-1].position

    def _earlier(self, school: UUID, entries: Sequence[Entry]) -> dict[UUID, tuple[Entry, ...]]:
        """What each touched stream held before the batch."""
        categories = {model.category for model in self._models}
        streams = list(dict.fromkeys(e.stream for e in entries if e.category in categories))
        first = entries[0].position
        whole = self._store.load(school, streams=streams).streams if streams else {}
        return {stream: tuple(e for e in every if e.position < first) for stream, every in whole.items()}

    def _write(
        self,
        connection: Connection[Any],
        school: UUID,
        model: Model,
        changes: Sequence[Change],
        entries: Sequence[Entry],
    ) -> list[Parked]:
        """All changes of a model under one savepoint; should the database refuse them, its scopes are parked."""
        try:
            with connection.transaction(), connection.pipeline(), connection.cursor() as cursor:
                write(cursor, school, changes)
        except Error as error:
            streams = {e.stream for e in entries if e.category is model.category}
            position = entries[-1].position
            return [Parked(model=model, scope=s, position=position, error=str(error)) for s in streams]
        return []

    def _track(self, connection: Connection[Any], model: Model, school: UUID, position: int) -> None:
        with connection.cursor(row_factory=dict_row) as cursor:
            self._tracking._insert_tracking(cursor, Tracking(tracked(model, school), position))

    def _parked(self, connection: Connection[Any], school: UUID) -> set[tuple[str, UUID]]:
        rows = connection.execute(
            "SELECT model, scope FROM pages.parked WHERE school_id = %s", (school,), prepare=True
        )
        return {(model, scope) for model, scope in rows}


def tracked(model: Model, school: UUID) -> str:
    """The name a model's position is kept under."""
    return f"{model.name}/{school}"


def lock_key(school: UUID) -> tuple[int, int]:
    """Two int4 of the school's id: the advisory lock of its pages."""
    high, low = school.int >> 96, school.int & 0xFFFFFFFF
    return high - (1 << 31), low - (1 << 31)


def write(cursor: Any, school: UUID, changes: Iterable[Change]) -> None:
    """End the rows that changed and add what they became."""
    for change in changes:
        table, *key = change.key
        if change.existed:
            cursor.execute(END_ROW[table], (change.position, school, *key), prepare=True)
        if change.after is not None:
            cursor.execute(ADD_ROW[table], (school, *key, *change.after, change.position), prepare=True)


def _changes(
    model: Model,
    entries: Sequence[Entry],
    earlier: dict[UUID, tuple[Entry, ...]],
    parked: set[tuple[str, UUID]],
) -> tuple[list[Change], list[Parked]]:
    """The changes of every healthy scope, and the scopes whose fold raised."""
    by_scope: dict[UUID, list[Entry]] = {}
    for entry in entries:
        if entry.category is model.category and (model.name, entry.stream) not in parked:
            by_scope.setdefault(entry.stream, []).append(entry)
    changes: list[Change] = []
    poisoned: list[Parked] = []
    for stream, news in by_scope.items():
        try:
            scope = Scope.of(model, stream, earlier.get(stream, ()))
            changes += [change for entry in news for change in scope.advance(entry)]
        except (
            Exception
        ) as error:  # a fold never raises: whatever does is a defect, and only this scope waits
            log.exception("page scope parked", model=model.name, scope=str(stream))
            poisoned.append(Parked(model=model, scope=stream, position=news[0].position, error=repr(error)))
    return changes, poisoned


def _park(connection: Connection[Any], school: UUID, parked: Sequence[Parked]) -> None:
    for each in parked:
        log.error("page scope parked", model=each.model.name, scope=str(each.scope), position=each.position)
        connection.execute(
            "INSERT INTO pages.parked (school_id, model, scope, position, error) VALUES (%s, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (school, each.model.name, each.scope, each.position, each.error),
        )
