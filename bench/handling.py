"""The whole handle(GiveMark) with its catch-up against a bare committed INSERT: warm and interleaved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from statistics import median
from uuid import uuid4

import psycopg

from bench.appending import insert_bare
from bench.results import Numbers, row, timed
from bench.school import BenchSchool
from commands.handle import Asking, handle
from commands.marks import GiveMark
from ledger.entry import Origin
from web.premises import Premises

WARM, ROUNDS, EACH = 60, 300, 12  # marks a lesson


def measure(plain: psycopg.Connection, here: Premises, school: BenchSchool) -> Numbers:
    commands = new_marks(school)
    bare, whole = [], []
    for number in range(WARM + ROUNDS):
        command = next(commands)
        taken = timed(partial(insert_bare, plain)), timed(partial(_give, command, here, school))
        if number >= WARM:
            bare.append(taken[0])
            whole.append(taken[1])
    return {
        "handle_give_mark_ms": row(median(whole) * 1000, "ms", None, "lower"),
        "handle_give_mark_ratio": row(median(whole) / median(bare), "× bare INSERT", 14, "lower"),
    }


def new_marks(school: BenchSchool, skip: int = 0) -> Iterator[GiveMark]:
    """Twelve to a lesson of today."""
    for lesson in school.today[skip:]:
        for pupil in school.pupils[lesson.journal][:EACH]:
            yield GiveMark(lesson=lesson.id, work=lesson.id, pupil=pupil, value="4")


def _give(command: GiveMark, here: Premises, school: BenchSchool) -> None:
    asking = Asking(
        school=school.id,
        account=school.account,
        person=school.teacher,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
        body_sha256=sha256(b"bench").digest(),
    )
    answer = handle(command, asking, here.house(school.id))
    assert answer.pages_current
