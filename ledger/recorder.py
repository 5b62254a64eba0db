"""The ledger's table as the eventsourcing library sees it: its published recorder cases, subscriptions and tracking
recorder work upon our entries."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    StoredEvent,
    Subscription,
)
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.rows import dict_row
from psycopg.sql import SQL, Literal

from ledger.appending import Append, CommandClash, Moved
from ledger.codec import UnknownEvent
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.store import MAX_BIGINT, SYSTEM, Pool, PostgresStore, rows

POLL_SECONDS = 0.1
NOTIFICATIONS = (
    "SELECT position, stream_id, stream_version, topic, state FROM ledger.entries WHERE school_id = %b"
    " AND position >= %b::bigint AND position <= %b::bigint"
    " AND (%b::text[] IS NULL OR topic = ANY(%b::text[])) ORDER BY position LIMIT %b::bigint"
)


class Datastore(PostgresDatastore):
    """The library's datastore over a pool of ours: a DATABASE_URL keeps all its parameters (sslmode …)."""

    def __init__(self, pool: Pool, *, schema: str = "ledger") -> None:
        super().__init__(dbname="", host="", port="", user="", password="", schema=schema)
        self.pool = pool  # type: ignore[assignment]  # instead of the library's, which was never opened

    @contextmanager
    def get_connection(self) -> Iterator[psycopg.Connection[dict[str, Any]]]:
        """The library reads rows as dicts, we as tuples; both from the same connections."""
        with super().get_connection() as connection:
            before, connection.row_factory = connection.row_factory, dict_row
            try:
                yield connection
            finally:
                connection.row_factory = before

    def close(self) -> None:
        """The pool is its opener's, who closes it (and the library closes datastores when collected)."""


class EntryRecorder(PostgresApplicationRecorder):
    """The entries of one school as stored events of the library; notification ids are positions.

    `first_version` is what the library calls the first version of a stream (entries count from 1).
    """

    def __init__(self, datastore: Datastore, *, school: UUID, first_version: int = 1) -> None:
        super().__init__(datastore, events_table_name="entries")
        self.store = PostgresStore(datastore.pool)  # type: ignore[arg-type]
        self.school = school
        self.shift = first_version - 1
        self.select_events_statement = SQL(
            "SELECT * FROM (SELECT stream_id AS originator_id, stream_version + {shift} AS originator_version"
            ", topic, state FROM ledger.entries WHERE school_id = {school}) AS e WHERE originator_id = %s"
        ).format(shift=Literal(self.shift), school=Literal(school))

    def create_table(self) -> None:
        """Nothing: tables come from `letopis migrate`, and the app role runs no DDL."""

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, append: Append | None = None, **_: Any
    ) -> Sequence[int] | None:
        """Append them, as the system or under the stamp, guards and answer of `append` (after its drafts).

        The command id is minted here, once: a retry after a lost reply is no conflict (design 3, traps).
        """
        if not stored_events and append is None:
            return None
        batch = append or _by_the_system(self.school)
        drafts = tuple(self._draft(stored) for stored in stored_events)
        try:
            written = self.store.append(replace(batch, drafts=batch.drafts + drafts))
        except (Moved, CommandClash) as error:
            raise IntegrityError(str(error)) from error
        return list(range(written.first, written.last + 1)) if written.first and written.last else []

    def _draft(self, stored: StoredEvent) -> Draft:
        return Draft(
            category=Category.SCHOOL,
            stream=UUID(str(stored.originator_id)),
            version=stored.originator_version - self.shift,
            event=UnknownEvent(topic=stored.topic, state=stored.state),
        )

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Notifications of this school alone, ascending."""
        least = 1 if start is None else start if inclusive_of_start else start + 1
        most = MAX_BIGINT if stop is None else stop
        names = list(topics) or None
        parameters = [self.school, least, most, names, names, limit]
        found = self.store.retrying(lambda connection: rows(connection, NOTIFICATIONS, parameters))
        return [self._notification(*row) for row in found]

    def _notification(
        self, position: int, stream: UUID, version: int, topic: str, state: bytes
    ) -> Notification:
        return Notification(
            id=position,
            originator_id=stream,
            originator_version=version + self.shift,
            topic=topic,
            state=state,
        )

    def max_notification_id(self) -> int | None:
        """The head of this school; None when it has no entries."""
        return self.store.head(self.school).position or None

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """By polling: NOTIFY would serialise the commits of the whole cluster (design 3)."""
        return PollingSubscription(recorder=self, gt=gt, topics=topics)


class PollingSubscription(Subscription[ApplicationRecorder]):
    """Positions are dense and visible in their order, so «greater than the last» misses nothing."""

    def __init__(
        self, recorder: ApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()
    ) -> None:
        super().__init__(recorder=recorder, gt=gt, topics=topics)
        self._ready: deque[Notification] = deque()
        self._stopped = Event()

    def stop(self) -> None:
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if self._ready:
                return self._ready.popleft()
            self._pull()
        raise StopIteration

    def _pull(self) -> None:
        found = self._recorder.select_notifications(
            self._last_notification_id or 0, 500, topics=self._topics, inclusive_of_start=False
        )
        if found:
            self._last_notification_id = found[-1].id
            self._ready.extend(found)
        else:
            self._stopped.wait(POLL_SECONDS)


def _by_the_system(school: UUID) -> Append:
    stamp = Stamp(
        school=school,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    return Append(stamp=stamp, body_sha256=sha256(b"").digest(), answer="{}")
