"""Papers that are out of date (E-04): places they show that an Act or a correction changed after they were printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger.span import Span
from projections.difference import Scope, moved
from projections.reading import Reading

BY = ("act", "correction")  # of projections.difference.WHY: what changes a page that was finished
MOST = 5000  # places looked at; one is enough to say it


class Changes:
    """What Acts and corrections changed since the oldest of these papers: one look for all of them."""

    def __init__(self, reading: Reading, positions: Iterable[int]) -> None:
        self.school = reading.school
        oldest = min(positions, default=None)
        self.rows: list[Any] = [] if oldest is None else _changed(reading, oldest)

    def since(self, position: int, class_id: UUID, period: UUID | None, span: Span | None) -> int:
        """Places of a paper of the class printed at `position`: of one period and its days, or of the whole year."""
        return sum(
            row.entry > position
            and self.school.journals[row.journal].class_id == class_id
            and (span is None or row.period == period or (row.date is not None and row.date in span))
            for row in self.rows
        )


def _changed(reading: Reading, oldest: int) -> list[Any]:
    found = moved(reading, oldest, Scope(), whys=BY, shown=MOST)
    return [row for row in found if row.entry is not None]
