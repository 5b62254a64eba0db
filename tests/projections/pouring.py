"""What was told in memory, poured into PostgreSQL: the same entries and positions, their times declared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from ledger.appending import Append, Store
from ledger.entry import Draft
from ledger.people import Name, put_many
from ledger.schools import Schools
from ledger.store import Pool, PostgresStore, open_pool
from projections import reading as pages
from projections.reading import Reading
from projections.runner import Runner
from tests.world import PUPILS, SCHOOL_ID, at, named

KEY_OF = lambda person: bytes(32)  # noqa: E731  the key tests.story seals with


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A database with pages, and what brings them up."""

    pool: Pool
    store: PostgresStore
    runner: Runner
    schools: Schools

    def pour(self, told: Store) -> None:
        """Append whatever `told` has and we do not, one append for each of its commands."""
        news = told.entries(SCHOOL_ID, after=self.store.head(SCHOOL_ID).position, limit=1_000_000)
        for _, entries in groupby(news, lambda e: e.stamp.command_id):
            own = tuple(entries)
            drafts = tuple(
                Draft(
                    category=e.category,
                    stream=e.stream,
                    version=e.version,
                    event=e.event,
                    causation=e.causation,
                    findings=e.findings,
                )
                for e in own
            )
            stamp = replace(own[0].stamp, received_at=datetime.now(UTC), declared_at=own[0].stamp.received_at)
            self.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))

    def name_pupils(self) -> None:
        named_so = {
            named(who): Name(last=who.split()[0], first=who.split()[1]) for k in PUPILS.values() for who in k
        }
        with self.pool.connection() as connection:
            put_many(connection, SCHOOL_ID, named_so, since=datetime(2020, 1, 1, tzinfo=UTC))

    @contextmanager
    def reading(self, when: str | None) -> Iterator[Reading]:
        instant = None if when is None else at(when)
        with pages.reading(
            self.pool, self.schools, self.runner, SCHOOL_ID, now=datetime.now(UTC), at=instant
        ) as found:
            yield found

    def rows(self, table: str, where: str = "TRUE", order: str = "since") -> list[dict[str, Any]]:
        """Every row there ever was."""
        with self.pool.connection() as connection, connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM pages.{table} WHERE {where} ORDER BY {order}")
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]


@contextmanager
def paper_over(dsn: str) -> Iterator[Paper]:
    with open_pool(dsn) as pool:
        store = PostgresStore(pool)
        yield Paper(pool=pool, store=store, runner=Runner(pool), schools=Schools(store))


def caught_up(paper: Paper, school: UUID = SCHOOL_ID) -> None:
    assert paper.runner.advance(school, patience=60.0)


Told = Callable[[], Store]
