"""Append of one and of thirty entries against a bare committed INSERT: one run, warm, interleaved (issue 2).

    python -m bench.bench_append

The bare INSERT writes the same columns into a table with the same primary key and no other index or check.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

import psycopg

from ledger.appending import Append
from ledger.codec import encode
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.marks import MarkGiven
from ledger.leaf import COLUMNS
from ledger.migrate import load_migrations, migrate
from ledger.store import PostgresStore, open_pool
from web.cluster import Dsns
from web.embedded import stop, try_start

WARM, ROUNDS = 100, 600
SCHOOL, ACCOUNT, PERSON, SESSION, CREDENTIAL = (uuid4() for _ in range(5))
BARE = f"INSERT INTO bench.bare VALUES ({', '.join(['%b'] * (len(COLUMNS) + 1))})"
Numbers = dict[str, dict[str, object]]


def main() -> None:
    for name, row in measure().items():
        print(f"{name}: {row['value']:g} {row['unit']} (limit {row['limit']})")


def measure() -> Numbers:
    """name → {value, unit, limit, better}, on an embedded PostgreSQL of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        Path(folder).chmod(0o711)
        server = try_start(Path(folder) / "home")
        assert server is not None
        try:
            return _measure(server.dsns)
        finally:
            stop(server)


def _measure(dsns: Dsns) -> Numbers:
    assert dsns.migrator is not None
    assert dsns.superuser is not None
    migrate(dsns.migrator, load_migrations())
    with psycopg.connect(dsns.superuser, autocommit=True) as plain, open_pool(dsns.app) as pool:
        plain.execute("CREATE SCHEMA bench")
        plain.execute(
            "CREATE TABLE bench.bare"
            " (LIKE ledger.entries, PRIMARY KEY (school_id, stream_id, stream_version))"
        )
        bare, one, thirty = _interleaved(plain, PostgresStore(pool))
    return {
        "bare_insert_ms": _row(bare * 1000, "ms", None, "lower"),
        "append_1_ms": _row(one * 1000, "ms", None, "lower"),
        "append_1_ratio": _row(one / bare, "× bare INSERT", 2.5, "lower"),
        "append_30_per_s": _row(30 / thirty, "entries/s", 10_000, "higher"),
    }


def _row(value: float, unit: str, limit: float | None, better: str) -> dict[str, object]:
    return {"value": round(value, 2), "unit": unit, "limit": limit, "better": better}


def _interleaved(plain: psycopg.Connection, store: PostgresStore) -> tuple[float, float, float]:
    """Median seconds of a bare INSERT, an append of one and an append of thirty."""
    seconds: tuple[list[float], list[float], list[float]] = ([], [], [])
    for number in range(WARM + ROUNDS):
        taken = (
            _timed(partial(plain.execute, BARE, _bare_row(), prepare=True)),
            _timed(partial(store.append, _action(1))),
            _timed(partial(store.append, _action(30))),
        )
        if number >= WARM:
            for into, value in zip(seconds, taken, strict=True):
                into.append(value)
    bare, one, thirty = map(median, seconds)
    return bare, one, thirty


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _mark(pupil: UUID) -> MarkGiven:
    return MarkGiven(work=PERSON, pupil=pupil, value=(5,))


def _action(size: int) -> Append:
    stamp = Stamp(
        school=SCHOOL,
        account=ACCOUNT,
        person=PERSON,
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
        session=SESSION,
        credential=CREDENTIAL,
    )
    lesson = uuid4()
    drafts = tuple(
        Draft(category=Category.LESSON, stream=lesson, version=version, event=_mark(uuid4()))
        for version in range(1, size + 1)
    )
    answer = '{"positions":[1]}'
    return Append(stamp=stamp, body_sha256=sha256(b"body").digest(), answer=answer, drafts=drafts)


def _bare_row() -> list[object]:
    now = datetime.now(UTC)
    topic, state = encode(_mark(uuid4()))
    return [  # format … leaf, in the order of the columns
        *(1, SCHOOL, 1, "lesson", uuid4(), 1, topic, state),
        *(ACCOUNT, PERSON, "teacher", None, SESSION, CREDENTIAL, uuid4(), 1, None),
        *("ui", None, None, None, now, now, bytes(32), bytes(32)),
    ]


if __name__ == "__main__":
    main()
