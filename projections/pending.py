"""What a catch-up begins with, read in one round trip under the lock of the school's pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import tuple_row

from ledger.entry import Entry
from ledger.rows import ENTRY_COLUMNS, entries_of
from projections.models import Model

BATCH = 500  # entries of one transaction

# Pages follow from the ledger: a commit of theirs lost in a crash is made again, so it need not wait for the
# disk. Planning anew costs more than reading; a plan made while the tables were small must not outlive that.
SETTINGS = (
    "SELECT set_config('synchronous_commit', 'off', true), set_config('enable_seqscan', 'off', true),"
    " set_config('plan_cache_mode', 'force_generic_plan', true), set_config('lock_timeout', %s, true)"
)
LOCK = "SELECT pg_advisory_xact_lock(%s::int4, %s::int4)"
HEAD = "SELECT position FROM ledger.heads WHERE school_id = %s"
POSITIONS = "SELECT application_name, notification_id FROM pages.tracking WHERE application_name = ANY(%s)"
PARKED = "SELECT model, scope FROM pages.parked WHERE school_id = %s"
LEAST = (
    "SELECT CASE count(*) WHEN cardinality(%(names)s::text[]) THEN min(notification_id) ELSE 0 END"
    " FROM pages.tracking WHERE application_name = ANY(%(names)s)"
)
STREAMS = (
    "WITH news AS MATERIALIZED (SELECT stream_id, position FROM ledger.entries WHERE school_id = %(school)s"
    f" AND category = ANY(%(categories)s::text[]) AND position > ({LEAST}) ORDER BY position LIMIT {BATCH})"
    f" SELECT {ENTRY_COLUMNS} FROM ledger.entries WHERE school_id = %(school)s"
    " AND stream_id = ANY(ARRAY(SELECT DISTINCT stream_id FROM news))"
    " AND position <= (SELECT max(position) FROM news) ORDER BY position"
)


@dataclass(frozen=True, kw_only=True)
class Pending:
    """`start`: where the model furthest behind stands, `positions`: where each does; `streams`: whole streams
    that have news, up to `upto`, where the pages stand once the news are rows; `head`: the ledger's."""

    start: int
    positions: dict[str, int]
    streams: dict[UUID, list[Entry]]
    upto: int
    head: int
    parked: frozenset[tuple[str, UUID]]


def tracked(model: Model, school: UUID) -> str:
    """The name a model's position is kept under."""
    return f"{model.name}/{school}"


def lock_key(school: UUID) -> tuple[int, int]:
    """Two int4 of the school's id: the advisory lock of its pages."""
    high, low = school.int >> 96, school.int & 0xFFFFFFFF
    return high - (1 << 31), low - (1 << 31)


def parked(connection: Connection[Any], school: UUID) -> int:
    """How many scopes wait for `letopis rebuild`."""
    return len(connection.execute(PARKED, (school,)).fetchall())


def read_pending(
    connection: Connection[Any], school: UUID, models: Sequence[Model], patience: float
) -> Pending:
    """Within a transaction in a pipeline. Raises psycopg.errors.LockNotAvailable after `patience` seconds."""
    names = [tracked(model, school) for model in models]
    categories = list({model.category.value for model in models})
    connection.execute(SETTINGS, (str(max(1, round(patience * 1000))),), prepare=True)
    connection.execute(LOCK, lock_key(school), prepare=True)
    # The head first: each statement sees later commits than the one before, and nothing may be skipped.
    head = connection.execute(HEAD, (school,), prepare=True)
    positions = connection.execute(POSITIONS, (names,), prepare=True)
    parked = connection.execute(PARKED, (school,), prepare=True)
    streams = connection.cursor(binary=True, row_factory=tuple_row).execute(
        STREAMS, {"school": school, "names": names, "categories": categories}, prepare=True
    )
    return _pending(
        head=next((position for (position,) in head.fetchall()), 0),
        positions=dict.fromkeys(names, 0) | dict(positions.fetchall()),
        parked=frozenset(parked.fetchall()),
        entries=entries_of(school, streams.fetchall()),
    )


def _pending(
    head: int, positions: dict[str, int], parked: frozenset[tuple[str, UUID]], entries: Sequence[Entry]
) -> Pending:
    start = min(positions.values())
    streams: dict[UUID, list[Entry]] = {}
    for entry in entries:
        streams.setdefault(entry.stream, []).append(entry)
    last = entries[-1].position if entries else start
    full = sum(entry.position > start for entry in entries) >= BATCH
    return Pending(
        start=start,
        positions=positions,
        streams=streams,
        upto=last if full else max(last, head, start),
        head=head,
        parked=parked,
    )
