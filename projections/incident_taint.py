"""What honest people decided on top of void entries, and on top of that: it stands, and asks to be looked at again
(R-183, E-04, E-05)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.period_sheet import YEAR
from ledger.void_selection import Selection
from projections.case_place import CasePlace
from projections.reading import Reading
from projections.task import sheet_place


@dataclass(frozen=True, kw_only=True, slots=True)
class Tainted:
    """A mark for a period, or for the year, that rests on `count` void entries and marks that rest on such; `at` local.
    `promotion` is what was decided of the pupil on a year's mark, "" for nothing."""

    place: CasePlace
    value: str
    person: UUID
    at: datetime
    count: int
    promotion: str


def tainted(reading: Reading, selection: Selection) -> tuple[Tainted, ...]:
    """The marks of others; those set with the access itself are void and no taint."""
    void = frozenset(entry.position for entry in selection.entries)
    found: dict[int, Any] = {}
    causes: Collection[int] = void
    while causes:
        resting = {row.entry: row for row in _resting(reading, causes, void) if row.entry not in found}
        found |= resting
        causes = resting
    return tuple(_tainted(row, void | found.keys(), reading) for row in found.values())


def _resting(reading: Reading, causes: Collection[int], void: Collection[int]) -> list[Any]:
    return reading.rows(
        "period_marks",
        "rests_on && %(causes)s::bigint[] AND NOT entry = ANY(%(void)s::bigint[])",
        columns="journal, period, kind, pupil, value, entered_by, entered_at, rests_on, entry",
        causes=list(causes),
        void=list(void),
    )


def _tainted(row: Any, causes: frozenset[int], reading: Reading) -> Tainted:
    return Tainted(
        place=sheet_place(reading.school, row.journal, row.period, row.pupil, row.kind),
        value=row.value,
        person=row.entered_by,
        at=reading.school.local(row.entered_at),
        count=len(causes.intersection(row.rests_on)),
        promotion=_promotion(row, reading) if row.kind == YEAR else "",
    )


def _promotion(row: Any, reading: Reading) -> str:
    known = reading.school.pupils[row.pupil].promotion(reading.school.journals[row.journal].year)
    return known.decision if known is not None and known.decided else ""
