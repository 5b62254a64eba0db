"""A follower that only asks for what is after its last position loses nothing (design 3, traps)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event, Thread
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.store import PostgresStore
from tests.databases import Database
from tests.store.batches import SCHOOL, action, draft, stamp
from tests.store.stock import stock_recorder

WRITERS, ACTIONS = 8, 60


def followed(look: Callable[[int], Sequence[int]], write: Callable[[int], None]) -> list[int]:
    """Positions a follower sees, polling `look(after)` while eight writers write."""
    seen: list[int] = []
    over = Event()

    def follow() -> None:
        while True:
            last_look = over.is_set()
            found = look(seen[-1] if seen else 0)
            seen.extend(found)
            if last_look and not found:
                return

    follower = Thread(target=follow)
    follower.start()
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(lambda writer: [write(n) for n in range(ACTIONS)], range(WRITERS)))
    over.set()
    follower.join()
    return seen


def test_a_follower_sees_every_entry_once_and_in_order(store: PostgresStore) -> None:
    def write(number: int) -> None:
        drafts = [draft(uuid4(), 1) for _ in range(1 + number % 4 * 10)]
        store.append(action(stamp(datetime.now(UTC)), *drafts))

    def look(after: int) -> list[int]:
        return [entry.position for entry in store.entries(SCHOOL, after=after)]

    written = WRITERS * sum(1 + n % 4 * 10 for n in range(ACTIONS))
    assert followed(look, write) == list(range(1, written + 1))


def test_negative_control_database_functions_of_the_library_lose_entries(database: Database) -> None:
    """POSTGRES_ENABLE_DB_FUNCTIONS=y drops the table lock: ids are committed out of their order."""
    with stock_recorder(database.superuser_dsn, enable_db_functions=True, pool_size=WRITERS + 1) as recorder:

        def write(number: int) -> None:
            size = 1 + number % 4 * 10
            recorder.insert_events([StoredEvent(uuid4(), 1, "t", b"") for _ in range(size)])

        def look(after: int) -> list[int]:
            found = recorder.select_notifications(start=after, limit=500, inclusive_of_start=False)
            return [notification.id for notification in found]

        for _ in range(10):
            before = recorder.max_notification_id() or 0
            seen = followed(lambda after, start=before: look(after or start), write)  # type: ignore[misc]
            if len(seen) < (recorder.max_notification_id() or 0) - before:
                return
    pytest.fail("the stock recorder lost nothing in ten runs: this test would not have seen a loss")
