"""`letopis rebuild` and `letopis check`: all rows of a school's pages made anew from its entries (design 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby
from typing import Any
from uuid import UUID

from psycopg import Connection

from ledger.entry import Entry
from ledger.scanning import by_stream
from ledger.store import Pool, PostgresStore
from projections import tables
from projections.changes import Change, Scope
from projections.models import MODELS, Model
from projections.runner import Runner, lock_key, tracked


def rebuild(store: PostgresStore, pool: Pool, runner: Runner, school: UUID) -> int:
    """Fold everything into staging while others write; then, under the school's lock, catch up and replace.

    Returns the position the pages now stand at. Parked scopes are tried again.
    """
    with pool.connection() as connection:
        connection.execute("SELECT pg_advisory_lock(%s, %s)", STAGING_LOCK)
        try:
            position = stage(connection, store, pool, school)
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", lock_key(school))
                connection.execute("DELETE FROM pages.parked WHERE school_id = %s", (school,))
                for table in tables.TABLES.values():
                    connection.execute(tables.drop_rows(table), (school,))
                    connection.execute(tables.take_staging(table))
                _reset_positions(connection, school, position)
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s, %s)", STAGING_LOCK)
    while not runner.catch_up(school, patience=60.0):
        pass
    return position


def check(store: PostgresStore, pool: Pool, runner: Runner, school: UUID) -> dict[str, tuple[int, int]]:
    """(only live, only rebuilt) rows of every table at the pages' position: all zeros, or the pages lie."""
    with pool.connection() as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", STAGING_LOCK)
        connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", lock_key(school))
        stage(connection, store, pool, school, upto=runner.position(connection, school))
        found = {}
        for name, table in tables.TABLES.items():
            row = connection.execute(tables.differing(table), (school, school)).fetchone()
            assert row is not None
            found[name] = (int(row[0]), int(row[1]))
        return found


STAGING_LOCK = (0x1E70, 0x57A6)  # one rebuild at a time: the staging tables are shared


def stage(
    connection: Connection[Any], store: PostgresStore, pool: Pool, school: UUID, upto: int | None = None
) -> int:
    """Fill the staging tables with every row the entries up to `upto` (default: the head) give."""
    position = store.head(school).position if upto is None else upto
    for table in tables.TABLES.values():
        connection.execute(tables.empty_staging(table))
    for model in MODELS:
        _stage_model(connection, pool, school, model, position)
    return position


def _stage_model(connection: Connection[Any], pool: Pool, school: UUID, model: Model, position: int) -> None:
    """One table after another: a connection does one COPY at a time, so other tables' rows wait in memory by
    the stream, and are written in blocks."""
    blocks: dict[str, list[tuple[Any, ...]]] = {table.name: [] for table in model.tables}
    for stream, entries in groupby(by_stream(pool, school, model.category, position), lambda e: e.stream):
        for name, row in history(model, stream, entries, school):
            blocks[name].append(row)
        if sum(map(len, blocks.values())) > BLOCK:
            _copy(connection, blocks)
    _copy(connection, blocks)


BLOCK = 20_000  # rows held before they are copied


def _copy(connection: Connection[Any], blocks: dict[str, list[tuple[Any, ...]]]) -> None:
    for name, rows in blocks.items():
        with ExitStack() as stack:
            cursor = stack.enter_context(connection.cursor())
            copy = stack.enter_context(cursor.copy(tables.copy_into_staging(tables.TABLES[name])))
            for row in rows:
                copy.write_row(row)
        rows.clear()


def history(
    model: Model, stream: UUID, entries: Iterable[Entry], school: UUID
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(table, row) of every row the stream ever had, with the positions it held from and to."""
    scope = Scope.of(model, stream, ())
    open_rows: dict[tuple[Any, ...], Change] = {}
    for entry in entries:
        for change in scope.advance(entry):
            before = open_rows.pop(change.key, None)
            if before is not None:
                yield _row(before, school, change.position)
            if change.after is not None:
                open_rows[change.key] = change
    for change in open_rows.values():
        yield _row(change, school, None)


def _row(change: Change, school: UUID, until: int | None) -> tuple[str, tuple[Any, ...]]:
    table, *key = change.key
    return table, (school, *key, *(change.after or ()), change.position, until)


def _reset_positions(connection: Connection[Any], school: UUID, position: int) -> None:
    """The tracking recorder only moves forward; a rebuild may go back to where its staging began."""
    for model in MODELS:
        connection.execute(
            "INSERT INTO pages.tracking VALUES (%s, %s)"
            " ON CONFLICT (application_name) DO UPDATE SET notification_id = EXCLUDED.notification_id",
            (tracked(model, school), position),
        )
