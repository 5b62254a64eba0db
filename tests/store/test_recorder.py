"""The library's own published recorder cases, run against our recorder as the application's role."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
)

from ledger.recorder import Datastore, EntryRecorder
from ledger.store import PostgresStore, open_pool
from tests.databases import Database
from tests.store.batches import PETROV, SCHOOL, action, stamp


class OnOurDatabase:
    """A recorder of a school of its own for each case. The cases count versions from 0 in places."""

    INITIAL_VERSION = 0

    @pytest.fixture(autouse=True)
    def _connect(self, database: Database) -> Any:
        with open_pool(database.app_dsn, max_size=12) as pool:
            self.datastore = Datastore(pool)
            yield

    def create_recorder(self) -> EntryRecorder:
        recorder = EntryRecorder(self.datastore, school=uuid4(), first_version=0)
        recorder.create_table()
        return recorder


class TestApplicationCases(OnOurDatabase, ApplicationRecorderTestCase[EntryRecorder]):
    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(OnOurDatabase, NonInterleavingNotificationIDsBaseCase):
    pass


class WithoutPositions(EntryRecorder):
    """An aggregate recorder answers None where an application recorder answers positions."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **more: Any) -> None:
        super().insert_events(stored_events, **more)


class TestAggregateCases(OnOurDatabase, AggregateRecorderTestCase):
    def create_recorder(self) -> EntryRecorder:
        return WithoutPositions(self.datastore, school=uuid4(), first_version=0)


def event(version: int = 1, stream: Any = None) -> StoredEvent:
    return StoredEvent(stream or uuid4(), version, "topic", b"state")


def test_a_recorder_sees_its_own_school_alone(store: PostgresStore) -> None:
    datastore = Datastore(store.pool)
    ours, theirs = (EntryRecorder(datastore, school=uuid4()) for _ in range(2))
    shared = uuid4()
    assert ours.insert_events([event(1, shared), event(2, shared)]) == [1, 2]
    assert theirs.insert_events([event(1, shared)]) == [1]
    assert (ours.max_notification_id(), theirs.max_notification_id()) == (2, 1)
    assert len(theirs.select_events(shared)) == len(theirs.select_notifications(None, 10)) == 1


def test_events_go_in_under_the_stamp_of_an_append(store: PostgresStore) -> None:
    recorder = EntryRecorder(Datastore(store.pool), school=SCHOOL)
    recorder.insert_events([event()], append=action(stamp(datetime.now(UTC), account=PETROV)))
    recorder.insert_events([event()])
    assert [entry.stamp.role.value for entry in store.entries(SCHOOL)] == ["teacher", "system"]
    assert store.entries(SCHOOL)[0].stamp.account == PETROV
    with pytest.raises(IntegrityError):
        recorder.insert_events([event()], append=action(stamp(datetime.now(UTC)), guards=((uuid4(), 1),)))


def test_the_tracking_recorder_of_the_library_reads_dicts_on_our_connections(
    store: PostgresStore, database: Database
) -> None:
    with open_pool(database.superuser_dsn) as pool:
        recorder = PostgresTrackingRecorder(Datastore(pool, schema="public"))
        recorder.create_table()
        assert recorder.max_tracking_id("journal") is None
        with pool.connection() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
