"""The library's own recorder, as it comes: the negative control of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict


@contextmanager
def stock_recorder(
    dsn: str, *, enable_db_functions: bool = False, pool_size: int = 2
) -> Iterator[PostgresApplicationRecorder]:
    """Tables of its own in schema public; `dsn` must be allowed to create them."""
    words = conninfo_to_dict(dsn)
    datastore = PostgresDatastore(
        dbname=str(words["dbname"]),
        host=str(words["host"]),
        port=str(words.get("port", 5432)),
        user=str(words["user"]),
        password=str(words.get("password", "")),
        pool_size=pool_size,
        enable_db_functions=enable_db_functions,
    )
    with datastore:
        recorder = PostgresApplicationRecorder(datastore, events_table_name="stock_events")
        recorder.create_table()
        yield recorder
