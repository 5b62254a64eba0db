"""What has changed under a period mark since somebody last looked at it, named mark by mark (R-172)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.attestation import Evidence
from projections.reading import Reading

ABSENT = "н"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Of a mark or an «н» of that day, or of the mark `title` names, a period's or by its
    kind: «» was or is nothing; the same was entered anew."""

    date: date
    was: str
    now: str
    title: str = ""


def changes(
    reading: Reading, rested: Mapping[UUID, Collection[int]], evidence: Mapping[UUID, Evidence]
) -> dict[UUID, tuple[Change, ...]]:
    """By pupil, where the positions a decision `rested` on are no longer those of the evidence."""
    now = {pupil: evidence[pupil].entries for pupil in rested}
    gone = {pupil: set(before) - set(now[pupil]) for pupil, before in rested.items()}
    new = {pupil: set(now[pupil]) - set(before) for pupil, before in rested.items()}
    stirred = [pupil for pupil in rested if gone[pupil] or new[pupil]]
    if not stirred:
        return {}
    ended = _ended(reading, stirred, gone)
    return {pupil: _of(evidence[pupil], ended.get(pupil, ()), new[pupil]) for pupil in stirred}


def _ended(
    reading: Reading, pupils: list[UUID], gone: Mapping[UUID, Collection[int]]
) -> dict[UUID, list[Any]]:
    """The rows of what no longer stands, as they last were."""
    wanted = [position for pupil in pupils for position in gone[pupil]]
    rows = reading.ended(pupils, wanted) if wanted else []
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.pupil, []).append(row)
    return found


def _of(evidence: Evidence, ended: Iterable[Any], new: Collection[int]) -> tuple[Change, ...]:
    """What was replaced stands in one line with what replaced it: a mark has the same work, an «н» the lesson."""
    was = {(row.work, row.value_kind): row for row in ended}
    found: dict[tuple[UUID, str], Change] = {
        place: Change(date=row.date, was=_value(row), now="") for place, row in was.items()
    }
    for mark in evidence.marks:
        if mark.entry in new:
            place = (mark.work, "mark")
            before = _value(was[place]) if place in was else ""
            found[place] = Change(date=mark.date, was=before, now="/".join(map(str, mark.value)))
    for absence in evidence.missed:
        if absence.entry in new:
            found[absence.lesson, "absence"] = Change(date=absence.date, was="", now=ABSENT)
    return tuple(sorted(found.values(), key=lambda change: change.date))


def _value(row: Any) -> str:
    return ABSENT if row.value_kind == "absence" else str(row.value)
