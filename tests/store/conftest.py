"""The two stores one contract is run against, each with a clock that can be seen to leap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from ledger.entry import Stamp
from ledger.memory import MemoryStore
from ledger.store import PostgresStore, open_pool
from tests.databases import Database
from tests.store.batches import stamp


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """A store; `now` is its clock; `leap(seconds)` puts that clock so far behind the head."""

    store: MemoryStore | PostgresStore
    now: Callable[[], datetime]
    leap: Callable[[float], None]

    def by(self, *, offset: float = 0.0, **who: object) -> Stamp:
        """A stamp received now, or `offset` seconds from now."""
        return stamp(self.now() + timedelta(seconds=offset), **who)  # type: ignore[arg-type]


@pytest.fixture
def store(database: Database) -> Iterator[PostgresStore]:
    with open_pool(database.app_dsn) as pool:
        pool.wait()
        yield PostgresStore(pool)


@pytest.fixture(params=["memory", "postgres"])
def ledger(request: pytest.FixtureRequest) -> Ledger:
    if request.param == "memory":
        return in_memory()
    database = request.getfixturevalue("database")
    return Ledger(
        store=request.getfixturevalue("store"),
        now=lambda: datetime.now(UTC),
        leap=lambda seconds: move_head(database, seconds),
    )


def in_memory() -> Ledger:
    behind = [timedelta(0)]

    def now() -> datetime:
        return datetime.now(UTC) - behind[0]

    def leap(seconds: float) -> None:
        behind[0] += timedelta(seconds=seconds)

    return Ledger(store=MemoryStore(clock=now), now=now, leap=leap)


def move_head(database: Database, seconds: float) -> None:
    """What a leap of the clock leaves behind; nobody but a superuser can make it up."""
    with psycopg.connect(database.superuser_dsn) as connection:
        connection.execute("ALTER TABLE ledger.heads DISABLE TRIGGER only_forward")
        connection.execute(
            "UPDATE ledger.heads SET recorded_at = clock_timestamp() + make_interval(secs => %s)", [seconds]
        )
        connection.execute("ALTER TABLE ledger.heads ENABLE ALWAYS TRIGGER only_forward")
