"""kill -9 of writers and PostgreSQL in mid-write: an acknowledged append is there exactly once (issue 2)."""

from __future__ import annotations

import random
import time
from collections import defaultdict
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.store.crashing import (
    Acknowledged,
    Crashing,
    acknowledged,
    crashing_server,
    kill,
    start_writer,
)

CYCLES, WRITERS = 25, 8


def positions_of_commands(server: Crashing, school: UUID) -> dict[UUID, list[int]]:
    found: defaultdict[UUID, list[int]] = defaultdict(list)
    with psycopg.connect(server.app_dsn) as connection:
        query = "SELECT command_id, position FROM ledger.entries WHERE school_id = %s ORDER BY position"
        for command_id, position in connection.execute(query, [school]):
            found[command_id].append(position)
    return found


def lost(answers: list[Acknowledged], found: dict[UUID, list[int]]) -> list[Acknowledged]:
    return [answer for answer in answers if found.get(answer.command_id) != [answer.first, answer.last]]


@pytest.mark.slow
def test_each_acknowledged_append_survives_twenty_five_kills_exactly_once(tmp_path: Path) -> None:
    school, chance = uuid4(), random.Random(2026)
    with crashing_server(tmp_path / "home") as server:
        names = (tmp_path / f"{number}.ack" for number in range(10_000))
        writers = [start_writer(server.app_dsn, school, next(names)) for _ in range(WRITERS)]
        for cycle in range(CYCLES):
            before = len(acknowledged(tmp_path))
            while len(acknowledged(tmp_path)) < before + 40:
                time.sleep(0.02)
            time.sleep(chance.uniform(0, 0.05))
            if cycle % 2:
                server.kill()
                server.start()
            else:
                victims = chance.sample(writers, WRITERS // 2)
                kill(victims)
                writers = [writer for writer in writers if writer not in victims]
                writers += [start_writer(server.app_dsn, school, next(names)) for _ in victims]
        kill(writers)
        answers, found = acknowledged(tmp_path), positions_of_commands(server, school)

    assert len(answers) >= CYCLES * 40
    assert len({answer.command_id for answer in answers}) == len(answers)
    assert lost(answers, found) == []
    # Nothing half-applied, and no position without its entry, whatever was not acknowledged.
    assert {len(positions) for positions in found.values()} == {2}
    every = sorted(position for positions in found.values() for position in positions)
    assert every == list(range(1, len(every) + 1))


@pytest.mark.slow
def test_negative_control_without_synchronous_commit_acknowledged_appends_are_lost(tmp_path: Path) -> None:
    school = uuid4()
    with crashing_server(tmp_path / "home", "synchronous_commit=off", "wal_writer_delay=10s") as server:
        for cycle in range(5):
            writers = [start_writer(server.app_dsn, school, tmp_path / f"{cycle}-{n}.ack") for n in range(2)]
            before = len(acknowledged(tmp_path))
            while len(acknowledged(tmp_path)) < before + 40:
                time.sleep(0.01)
            server.kill()
            kill(writers)
            server.start()
            answers = acknowledged(tmp_path)
            if lost(answers, positions_of_commands(server, school)):
                return
    pytest.fail("nothing was lost in five kills: the test above would not have seen a loss")
