"""A connection that dies after COMMIT: the retry must answer success, with the same positions (design 3)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from ledger.appending import Appended
from ledger.codec import UnknownEvent
from ledger.recorder import Datastore, EntryRecorder
from ledger.store import PostgresStore, open_pool
from tests.databases import Database
from tests.store.batches import SCHOOL, action, draft, stamp
from tests.store.proxy import losing_replies
from tests.store.stock import stock_recorder


def test_two_hundred_lost_replies_are_two_hundred_successes(database: Database) -> None:
    with losing_replies(database.app_dsn) as (dsn, proxy), open_pool(dsn, min_size=8) as pool:
        store = PostgresStore(pool)

        def write(number: int) -> Appended:
            event = UnknownEvent(topic=f"lose-reply-{number}.", state=b"")
            drafts = [draft(uuid4(), 1, event=event) for _ in range(1 + number % 3)]
            return store.append(action(stamp(datetime.now(UTC)), *drafts))

        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(write, range(200)))
        assert len(proxy.lost) == 200
        entries = store.entries(SCHOOL, limit=1000)

    assert all(answer.repeated for answer in answers)
    for number, answer in enumerate(answers):
        topics = [e.event.topic for e in entries if answer.first <= e.position <= answer.last]  # type: ignore[operator, attr-defined]
        assert topics == [f"lose-reply-{number}."] * (1 + number % 3)
    assert [entry.position for entry in entries] == list(range(1, sum(1 + n % 3 for n in range(200)) + 1))


def lost_event(number: int) -> StoredEvent:
    return StoredEvent(
        originator_id=uuid4(), originator_version=1, topic=f"lose-reply-{number}.", state=b"{}"
    )


def test_the_librarys_door_answers_success_too(database: Database) -> None:
    with losing_replies(database.app_dsn) as (dsn, proxy), open_pool(dsn) as pool:
        recorder = EntryRecorder(Datastore(pool), school=SCHOOL)
        assert [recorder.insert_events([lost_event(n)]) for n in range(10)] == [[n + 1] for n in range(10)]
        assert len(proxy.lost) == 10


def test_negative_control_the_stock_recorder_calls_it_a_conflict(database: Database) -> None:
    with (
        losing_replies(database.superuser_dsn, then=b"COMMIT") as (dsn, proxy),
        stock_recorder(dsn) as recorder,
    ):
        with pytest.raises(IntegrityError):
            recorder.insert_events([lost_event(1)])
        assert len(recorder.select_notifications(start=None, limit=10)) == 1
        assert len(proxy.lost) == 1
