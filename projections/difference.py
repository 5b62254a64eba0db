"""«Что изменилось» between two moments: every place that says something else now, and why (R-254).

A comparison of rows, not a replay: a row that held at the one moment and not at the other has `since` or `until`
between them (design 5). A place that changed and came back is counted, not listed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from projections.moved_places import DIFFERENCE
from projections.reading import Reading

# By an Act, by a correction case, after its time with or without a permission, taken back by its author, within its
# time: replaced, removed, new; moved in by a file.
WHY = ("act", "correction", "permitted", "late", "taken_back", "replaced", "removed", "new", "imported")
SHOWN = 500  # places on a page; there may be more


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What is compared: pages of these `journals` (None: of all), of one `pupil`, what one `person` entered."""

    journals: tuple[UUID, ...] | None = None
    pupil: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """`kind`: mark, absence, late, topic, homework, or that of a period mark: period, year, attestation, final.
    `before` and `after` are "" where nothing stood. `entry` is the position that made the difference, `cause` its
    event's topic («entries-voided», «mark-given» …), `by` and `at` (aware) its author and instant; `case` of a
    correction, `act` of a void; `permitted_by` who allowed it after its time. `why` is one of WHY."""

    kind: str
    journal: UUID
    lesson: UUID | None
    period: UUID | None
    work: UUID | None
    pupil: UUID | None
    date: date | None
    before: str
    after: str
    entry: int
    cause: str
    by: UUID
    at: datetime
    case: UUID | None
    act: UUID | None
    permitted_by: UUID | None
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """`total` counts the changed places, `restless` those that changed and say the same again; `counts` by WHY."""

    earlier: int
    later: int
    changed: tuple[Changed, ...]
    total: int
    restless: int
    counts: dict[str, int]


def between(reading: Reading, earlier: int, scope: Scope, why: str = "") -> Difference:
    """From the position `earlier` to the reading's own, in order of what happened last; only what changed `why`, one
    of WHY, when it is named: `counts` are of all."""
    rows = moved(reading, earlier, scope, whys=(why,) if why else None, shown=SHOWN)
    counts = rows[0].counts or {}
    shown = [row for row in rows if row.entry is not None]
    causes = reading.stamps(sorted({row.entry for row in shown}))
    return Difference(
        earlier=earlier,
        later=reading.as_of.position,
        changed=tuple(_changed(row, causes[row.entry]) for row in shown),
        total=counts.get(why, 0) if why else sum(counts.values()),
        restless=rows[0].restless,
        counts={each: counts[each] for each in WHY if each in counts},
    )


def moved(
    reading: Reading, earlier: int, scope: Scope, *, whys: Collection[str] | None, shown: int
) -> list[Any]:
    """Rows of projections.moved_places, no more than `shown` of them and never none."""
    with reading.planned_anew():
        return reading.query(
            DIFFERENCE,
            earlier=earlier,
            journals=None if scope.journals is None else list(scope.journals),
            pupil=scope.pupil,
            person=scope.person,
            whys=None if whys is None else list(whys),
            shown=shown,
        )


def _changed(row: Any, cause: Any) -> Changed:
    return Changed(
        kind=row.kind,
        journal=row.journal,
        lesson=row.lesson,
        period=row.period,
        work=row.work,
        pupil=row.pupil,
        date=row.date,
        before=row.before,
        after=row.after,
        entry=row.entry,
        cause=cause.topic,
        by=cause.person,
        at=cause.at,
        case=cause.case_id,
        act=cause.act,
        permitted_by=cause.permitted_by,
        why=row.why,
    )
