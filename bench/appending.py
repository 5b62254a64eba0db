"""Append of one and of thirty entries against a bare committed INSERT: one run, warm, interleaved.

The bare INSERT writes the same columns into a table with the same primary key and no other index or check.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from statistics import median
from uuid import UUID, uuid4

import psycopg

from bench.results import Numbers, row, timed
from ledger.appending import Append
from ledger.codec import encode
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.marks import MarkGiven
from ledger.leaf import COLUMNS
from ledger.store import PostgresStore

WARM, ROUNDS = 100, 600
SCHOOL, ACCOUNT, PERSON, SESSION, CREDENTIAL = (uuid4() for _ in range(5))
BARE = f"INSERT INTO bench.bare VALUES ({', '.join(['%b'] * (len(COLUMNS) + 1))})"


def make_bare(plain: psycopg.Connection) -> None:
    plain.execute("CREATE SCHEMA bench")
    plain.execute(
        "CREATE TABLE bench.bare (LIKE ledger.entries, PRIMARY KEY (school_id, stream_id, stream_version))"
    )


def insert_bare(plain: psycopg.Connection) -> None:
    plain.execute(BARE, _bare_row(), prepare=True)


def measure(plain: psycopg.Connection, store: PostgresStore) -> Numbers:
    """`plain` is an autocommit connection of a role that may write into bench.bare (`make_bare`)."""
    seconds: tuple[list[float], list[float], list[float]] = ([], [], [])
    for number in range(WARM + ROUNDS):
        taken = (
            timed(partial(insert_bare, plain)),
            timed(partial(store.append, _action(1))),
            timed(partial(store.append, _action(30))),
        )
        if number >= WARM:
            for into, value in zip(seconds, taken, strict=True):
                into.append(value)
    bare, one, thirty = map(median, seconds)
    return {
        "bare_insert_ms": row(bare * 1000, "ms", None, "lower"),
        "append_1_ms": row(one * 1000, "ms", None, "lower"),
        "append_1_ratio": row(one / bare, "× bare INSERT", 2.5, "lower"),
        "append_30_per_s": row(30 / thirty, "entries/s", 10_000, "higher"),
    }


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
