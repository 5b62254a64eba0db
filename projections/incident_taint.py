"""What honest people decided on top of void entries: it stands, and asks to be looked at again (R-183, E-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.void_selection import Selection
from projections.case_place import CasePlace
from projections.reading import Reading
from projections.task import sheet_place


@dataclass(frozen=True, kw_only=True, slots=True)
class Tainted:
    """A period mark that rests on `count` void entries; `at` local."""

    place: CasePlace
    value: str
    person: UUID
    at: datetime
    count: int


def tainted(reading: Reading, selection: Selection) -> tuple[Tainted, ...]:
    """The marks of others; those set with the access itself are void and no taint."""
    void = {entry.position for entry in selection.entries}
    rows = reading.rows(
        "period_marks",
        "rests_on && %(void)s::bigint[] AND NOT entry = ANY(%(void)s::bigint[])",
        columns="journal, period, kind, pupil, value, entered_by, entered_at, rests_on",
        void=list(void),
    )
    return tuple(
        Tainted(
            place=sheet_place(reading.school, row.journal, row.period, row.pupil, row.kind),
            value=row.value,
            person=row.entered_by,
            at=reading.school.local(row.entered_at),
            count=len(void.intersection(row.rests_on)),
        )
        for row in rows
    )
