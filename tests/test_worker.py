"""The worker brings up what no request did; one school's defect neither stops it nor fills the log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import active_count
from uuid import UUID, uuid4

import psycopg
import pytest
import structlog

from ledger.schools import Schools
from ledger.store import PostgresStore, open_pool
from projections.runner import Runner
from tests.databases import Database
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import SCHOOL_ID
from web import worker


@pytest.fixture
def paper(database: Database) -> Iterator[Paper]:
    with open_pool(database.app_dsn) as pool:
        yield Paper(
            pool=pool, store=PostgresStore(pool), runner=Runner(pool), schools=Schools(PostgresStore(pool))
        )


def position(paper: Paper) -> int:
    with paper.pool.connection() as connection:
        return paper.runner.position(connection, SCHOOL_ID)


def test_the_worker_brings_up_what_no_request_caught_up_and_stops_when_told(paper: Paper) -> None:
    paper.pour(Story().store)
    threads = active_count()
    stop = worker.start(paper.runner, lambda: [SCHOOL_ID])
    deadline = time.monotonic() + 10
    while position(paper) == 0 and time.monotonic() < deadline:
        time.sleep(0.05)
    stop()
    assert position(paper) == paper.store.head(SCHOOL_ID).position
    assert active_count() == threads


def test_a_school_that_ails_is_alarmed_once_and_the_others_go_on(paper: Paper) -> None:
    paper.pour(Story().store)
    ill = uuid4()

    class Ill(Runner):
        def advance(self, school: UUID, *, patience: float) -> bool:
            if school == ill:
                raise psycopg.OperationalError("no")
            return super().advance(school, patience=patience)

    runner = Ill(paper.pool)
    with structlog.testing.capture_logs() as alarms:
        ailing = worker.turn(runner, lambda: [ill, SCHOOL_ID])
        again = worker.turn(runner, lambda: [ill, SCHOOL_ID], ailing)
        well = worker.turn(paper.runner, lambda: [ill, SCHOOL_ID], again)
    assert (ailing, again, well) == (frozenset({ill}), frozenset({ill}), frozenset())
    assert [a["event"] for a in alarms] == ["pages worker failed", "pages follow again"]
    assert position(paper) == paper.store.head(SCHOOL_ID).position


def test_a_database_that_is_away_ends_no_worker(paper: Paper) -> None:
    def gone() -> list[UUID]:
        raise psycopg.OperationalError("no")

    with structlog.testing.capture_logs() as alarms:
        assert worker.turn(paper.runner, gone) == frozenset({None})
    assert [a["event"] for a in alarms] == ["pages worker cannot list schools"]
