"""«Что изменилось» in a large school: a month of its entries, and one week, compared with its last moment."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from statistics import median
from uuid import UUID

from bench.results import Numbers, row, timed
from ledger.schools import Schools
from ledger.store import Pool, PostgresStore
from projections.difference import Difference, Scope, between
from projections.reading import reading
from projections.runner import Runner

ROUNDS = 5
WEEKS = 36  # of a study year


def measure(pool: Pool, school: UUID, entries: int) -> Numbers:
    """The pages are those of a rebuild; the moments are positions, for everything was written today."""
    week = entries // WEEKS
    return {
        "difference_week_s": row(_compared(pool, school, week), "s", 2, "lower"),
        "difference_month_s": row(_compared(pool, school, 4 * week), "s", 2, "lower"),
    }


def _compared(pool: Pool, school: UUID, entries: int) -> float:
    with reading(pool, Schools(PostgresStore(pool)), Runner(pool), school, now=datetime.now(UTC)) as found:
        earlier = found.as_of.position - entries
        difference: Difference = between(found, earlier, Scope())
        assert entries / 4 < difference.total < entries, "the difference is not of these entries"
        return median(timed(partial(between, found, earlier, Scope())) for _ in range(ROUNDS))
