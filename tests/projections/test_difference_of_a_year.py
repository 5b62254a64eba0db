"""«Что изменилось» over a generated year equals a comparison of all rows at the two moments in plain Python, and says
why by the entry itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from random import Random
from typing import Any

import pytest

from ledger.entry import Entry, Origin
from ledger.events.late_entries import LateEntryPermitted
from ledger.events.voids import EntriesTakenBack, EntriesVoided
from projections import reading as pages
from projections.difference import Scope, moved
from tests.databases import Database, copy_of
from tests.plain_year.year import NOW, write_year
from tests.projections.pouring import Paper, caught_up, paper_over
from tests.world import SCHOOL_ID, ZONE
from web.embedded import Server

PLACE = "kind, journal, lesson, period, work, pupil, date"
ROWS = (
    "SELECT value_kind, journal, lesson, NULL, work, pupil, date, value, since, until, NULL FROM pages.cells",
    "SELECT kind, journal, NULL, period, NULL, pupil, NULL, value, since, until, NULL FROM pages.period_marks",
    "SELECT 'topic', journal, lesson, NULL, NULL, NULL, date, topic, since, until, topic_entry FROM pages.lessons",
    "SELECT 'homework', journal, lesson, NULL, NULL, NULL, date,"
    " CASE WHEN not_set THEN 'не задано' ELSE homework END, since, until, homework_entry FROM pages.lessons",
)


class Year:
    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.entries = {each.position: each for each in paper.store.entries(SCHOOL_ID, after=0, limit=10**6)}
        with paper.pool.connection() as connection:
            self.rows = [row for sql in ROWS for row in connection.execute(sql).fetchall() if row[7]]

    def plain(self, earlier: int, later: int) -> tuple[Counter[Any], dict[Any, tuple[str, str]]]:
        """How many changed and why, and each changed place with what it said."""
        before, after, touched = {}, {}, {}
        for *place, value, since, until, said in self.rows:
            key = tuple(place)
            if since <= earlier < (until or later + 1):
                before[key] = value
            if since <= later < (until or later + 1):
                after[key] = value
            # a topic or a homework begins with the entry that says it, whatever else of the lesson's row changed
            ends = [each for each in (since, until) if each is not None and earlier < each <= later]
            if key[0] in ("topic", "homework"):
                ends = [each for each in ends if self._turns(key, said, each)]
            touched[key] = max(touched.get(key, 0), *ends, 0)
        places = {
            key: (before.get(key, ""), after.get(key, ""))
            for key in touched
            if before.get(key) != after.get(key)
        }
        return Counter(self._why(self.entries[touched[key]], *places[key]) for key in places), places

    def _turns(self, key: Any, said: int, end: int) -> bool:
        """Whether another statement begins or this one ends there, not only another row of the lesson."""
        own = [row for row in self.rows if tuple(row[:7]) == key and row[10] == said]
        stands = any(row[9] is None for row in own)
        return end == min(row[8] for row in own) or (not stands and end == max(row[9] for row in own))

    def _why(self, entry: Entry, before: str, after: str) -> str:
        event, cause = entry.event, self.entries.get(entry.causation or 0)
        if isinstance(event, EntriesVoided):
            return "act"
        if getattr(event, "correction", None):
            return "correction"
        if isinstance(event, EntriesTakenBack):
            return "taken_back"
        if cause is not None and isinstance(cause.event, LateEntryPermitted):
            return "permitted"
        if any(each.delay for each in entry.findings):
            return "late"
        if before:
            return "replaced" if after else "removed"
        return "imported" if entry.stamp.origin is Origin.IMPORT else "new"


@pytest.fixture(scope="module")
def year(server: Server, template: Database) -> Iterator[Year]:
    with copy_of(server, template.name) as database:
        write_year(database.superuser_dsn)
        with paper_over(database.app_dsn) as paper:
            caught_up(paper)
            yield Year(paper)


def spans() -> list[tuple[float, float]]:
    random = Random(6)
    return [(0, 1), *(tuple(sorted((random.random(), random.random()))) for _ in range(11))]


@pytest.mark.parametrize("span", spans())
def test_every_changed_place_and_its_reason_are_those_of_a_plain_comparison(
    year: Year, span: tuple[float, float]
) -> None:
    head = max(year.entries)
    earlier, later = int(head * span[0]), int(head * span[1])
    paper = year.paper
    now = NOW.replace(tzinfo=ZONE)
    with pages.reading(
        paper.pool, paper.schools, paper.runner, SCHOOL_ID, now=now, at=datetime.now(ZONE), entry=later
    ) as found:
        rows = moved(found, earlier, Scope(), whys=None, shown=10**6)
    counts, places = year.plain(earlier, later)
    assert rows[0].counts == dict(counts)
    said = [row for row in rows if row.entry is not None]
    names = PLACE.split(", ")
    assert {tuple(getattr(row, n) for n in names): (row.before, row.after) for row in said} == places
    assert len(said) == len(places)
