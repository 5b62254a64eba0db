"""«Что изменилось» between two moments: every place that says something else now, and why (R-254).

A comparison of rows, not a replay: a row that held at the one moment and not at the other has `since` or `until`
between them (design 5). A place that changed and came back is counted, not listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from projections.reading import Reading

MARK, ABSENCE, LATE, TOPIC, HOMEWORK, PERIOD = "mark", "absence", "late", "topic", "homework", "period"
SHOWN = 2000  # places on a page; there may be more


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What is compared: pages of these `journals` (None: of all), of one `pupil`, what one `person` entered."""

    journals: tuple[UUID, ...] | None = None
    pupil: UUID | None = None
    person: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Changed:
    """`before` and `after` are "" where nothing stood. `entry` is the position that made the difference, `cause` its
    event's topic («entries-voided», «mark-given» …), `by` and `at` (aware) its author and instant; `case` of a
    correction, `act` of a void."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """`total` counts the changed places, `restless` those that changed and say the same again."""

    earlier: int
    later: int
    changed: tuple[Changed, ...]
    total: int
    restless: int


Place = tuple[Any, ...]  # kind, journal, lesson, period, work, pupil, date


def between(reading: Reading, earlier: int, scope: Scope) -> Difference:
    """From the position `earlier` to the reading's own, in order of what happened last."""
    found: dict[Place, list[Any]] = {}
    for row in reading.changed_since(earlier, scope.journals, scope.pupil):
        place = (row.kind, row.journal, row.lesson, row.period, row.work, row.pupil, row.date)
        found.setdefault(place, []).append(row)
    later = reading.as_of.position
    differing = [
        (place, before, after, entry)
        for place, rows in found.items()
        for before, after, entry in (_ends(rows, earlier, later),)
        if before != after
    ]
    differing.sort(key=lambda each: -each[3])
    causes = reading.stamps(sorted({entry for *_, entry in differing}))
    changed = [_changed(each, causes) for each in differing]
    own = [each for each in changed if scope.person is None or each.by == scope.person]
    return Difference(
        earlier=earlier,
        later=later,
        changed=tuple(own[:SHOWN]),
        total=len(own),
        restless=len(found) - len(differing),
    )


def _ends(rows: Iterable[Any], earlier: int, later: int) -> tuple[str, str, int]:
    """What stood at the two moments, and the last position between them that touched the place."""
    before = after = ""
    touched = 0
    for row in rows:
        if _holds(row, earlier):
            before = row.value
        if _holds(row, later):
            after = row.value
        for position in (row.since, row.until):
            if position is not None and earlier < position <= later:
                touched = max(touched, position)
    return before, after, touched


def _holds(row: Any, position: int) -> bool:
    return bool(row.since <= position and (row.until is None or row.until > position))


def _changed(found: tuple[Place, str, str, int], causes: dict[int, Any]) -> Changed:
    (kind, journal, lesson, period, work, pupil, on), before, after, entry = found
    cause = causes[entry]
    return Changed(
        kind=kind,
        journal=journal,
        lesson=lesson,
        period=period,
        work=work,
        pupil=pupil,
        date=on,
        before=before,
        after=after,
        entry=entry,
        cause=cause.topic,
        by=cause.person,
        at=cause.at,
        case=cause.case_id,
        act=cause.act,
    )
