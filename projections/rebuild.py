"""`letopis rebuild` and `letopis check`: all rows of a school's pages made anew from its entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.errors import LockNotAvailable
from psycopg.sql import SQL, Identifier

from ledger.entry import Category
from ledger.scanning import by_stream
from ledger.store import Pool, PostgresStore
from projections import tables
from projections.changes import intervals
from projections.models import MODELS, Model
from projections.pending import lock_key, tracked
from projections.runner import Parked, Runner, changes_of, park

STAGING_LOCK = (0x1E70, 0x57A6)  # one rebuild at a time: the staging tables are shared
BLOCK = 20_000  # rows held before they are copied

Blocks = dict[str, list[tuple[Any, ...]]]


def rebuild(
    store: PostgresStore, pool: Pool, runner: Runner, school: UUID, models: Sequence[Model] = MODELS
) -> int:
    """Fold everything into staging while others write; then, under the school's lock, replace the rows and
    catch up. Returns the position the pages then stand at. Parked scopes are tried again."""
    with _staging(pool) as connection:
        position = store.head(school).position
        parked = stage(connection, pool, school, position, models)
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s::int4, %s::int4)", lock_key(school))
            connection.execute("DELETE FROM pages.parked WHERE school_id = %s", (school,))
            for table in tables.TABLES.values():
                connection.execute(tables.drop_rows(table), (school,))
                connection.execute(tables.take_staging(table))
            park(connection, school, parked)
            for model in models:
                connection.execute(tables.SET_POSITION, (tracked(model, school), position))
            return runner.advance_within(connection, school)


def give_room_back(owner: Connection[Any], patience: str = "500ms") -> list[str]:
    """The room of the rows a rebuild replaced, given back to the disk: reports that read a whole year would read it
    too. `owner` may become letopis_owner, and is in autocommit. Each table is held for itself while it is written anew
    (seconds at a large school), and readers wait behind us for as long as we wait for it: `patience` is short. The
    names of those that were too busy for it."""
    busy = []
    with _as_owner(owner, patience):
        for name in tables.TABLES:
            try:
                owner.execute(SQL("VACUUM (FULL, ANALYZE) pages.{}").format(Identifier(name)))
            except LockNotAvailable:
                busy.append(name)
    return busy


@contextmanager
def _as_owner(connection: Connection[Any], patience: str) -> Iterator[None]:
    connection.execute("SET ROLE letopis_owner")
    connection.execute("SELECT set_config('lock_timeout', %s, false)", (patience,))
    try:
        yield
    finally:
        connection.execute("RESET lock_timeout")
        connection.execute("RESET ROLE")


def check(
    pool: Pool, runner: Runner, school: UUID, models: Sequence[Model] = MODELS
) -> dict[str, tuple[int, int]]:
    """(only live, only rebuilt) rows of every table at the pages' position, and under `parked` the scopes
    that wait and those that would: all zeros, or the pages lie. Nothing is written to them meanwhile."""
    with _staging(pool) as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s::int4, %s::int4)", lock_key(school))
        parked = stage(connection, pool, school, runner.position(connection, school), models)
        waiting = connection.execute("SELECT count(*) FROM pages.parked WHERE school_id = %s", (school,))
        found = {"parked": (_one(waiting), len(parked))}
        for name, table in tables.TABLES.items():
            live, rebuilt = tables.differing(table)
            parameters = {"school": school}
            found[name] = (
                _one(connection.execute(live, parameters)),
                _one(connection.execute(rebuilt, parameters)),
            )
        return found


def _one(cursor: Any) -> int:
    (number,) = cursor.fetchone()
    return int(number)


@contextmanager
def _staging(pool: Pool) -> Iterator[Connection[Any]]:
    with pool.connection() as connection:
        connection.execute("SELECT pg_advisory_lock(%s, %s)", STAGING_LOCK)
        try:
            yield connection
        finally:
            _empty(connection)
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", STAGING_LOCK)


def _empty(connection: Connection[Any]) -> None:
    for table in tables.TABLES.values():
        connection.execute(tables.empty_staging(table))


def stage(
    connection: Connection[Any], pool: Pool, school: UUID, upto: int, models: Sequence[Model] = MODELS
) -> list[Parked]:
    """Fill the staging tables with every row of the entries up to `upto`; who could not be folded."""
    _empty(connection)  # whatever a process that was killed has left there
    parked: list[Parked] = []
    for category in dict.fromkeys(model.category for model in models):
        own = [model for model in models if model.category is category]
        parked += _stage_category(connection, pool, school, category, own, upto)
    return parked


def _stage_category(
    connection: Connection[Any],
    pool: Pool,
    school: UUID,
    category: Category,
    models: Sequence[Model],
    upto: int,
) -> list[Parked]:
    """A connection does one COPY at a time, so rows wait in memory and are written in blocks."""
    parked: list[Parked] = []
    blocks: Blocks = {table.name: [] for model in models for table in model.tables}
    for stream, entries in groupby(by_stream(pool, school, category, upto), lambda e: e.stream):
        whole = list(entries)
        for model in models:
            found = changes_of(model, stream, whole)
            if isinstance(found, Parked):
                parked.append(found)
                continue
            for row in intervals(found)[1]:
                table, *key = row.key
                blocks[table].append((school, *key, *row.values, row.since, row.until))
        if sum(map(len, blocks.values())) > BLOCK:
            _copy(connection, blocks)
    _copy(connection, blocks)
    return parked


def _copy(connection: Connection[Any], blocks: Blocks) -> None:
    for name, rows in blocks.items():
        with (
            connection.cursor() as cursor,
            cursor.copy(tables.copy_into_staging(tables.TABLES[name])) as copy,
        ):
            for row in rows:
                copy.write_row(row)
        rows.clear()
