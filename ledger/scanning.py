"""The whole ledger of a school, stream after stream, in bounded memory: what a rebuild folds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row

from ledger.entry import Category, Entry
from ledger.leaf import COLUMNS
from ledger.rows import ENTRY_COLUMNS, entries_of
from ledger.store import Pool

AT_ONCE = 2000  # rows fetched from the server's cursor at a time

BY_STREAM = (
    f"SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %s AND category = %s AND position <= %s"
    " ORDER BY stream_id, stream_version"
)


def by_stream(pool: Pool, school: UUID, category: Category, upto: int) -> Iterator[Entry]:
    """Entries of `category` up to position `upto`, the streams one after another, versions ascending."""
    with (
        pool.connection() as connection,
        connection.transaction(),
        connection.cursor(name="by_stream", binary=True) as cursor,
    ):
        cursor.execute(BY_STREAM, (school, category.value, upto))
        while rows := cursor.fetchmany(AT_ONCE):
            yield from entries_of(school, rows)


WHOLE = (
    f"SELECT {', '.join(COLUMNS)}, leaf FROM ledger.entries"
    " WHERE school_id = %s AND stream_id = ANY(%s) AND position <= %s ORDER BY position"
)


def whole_rows(pool: Pool, school: UUID, streams: Iterable[UUID], upto: int) -> Iterator[dict[str, Any]]:
    """Entries of these streams up to position `upto` as they are stored, by column, in order of position."""
    with pool.connection() as connection, connection.cursor(row_factory=dict_row, binary=True) as cursor:
        yield from cursor.execute(WHOLE, (school, list(streams), upto)).fetchall()
