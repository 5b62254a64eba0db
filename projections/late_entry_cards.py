"""Requests to enter something after its time, as the inbox shows them (W-40)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.events.late_entries import LateEntryPermitted
from ledger.personal import KeyOf, opened
from ledger.windows import extended
from projections.case_place import CasePlace, places
from projections.reading import Reading
from projections.verdicts import Verdicts


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxCase:
    """What, who asks, why (`reason`, decrypted), since when; `current` is what stands there now: "5", "н",
    a text, "" for nothing, None where it is no one thing (a column, the presence, a whole lesson).
    `status`: asked · permitted · declined · withdrawn; `until` is the permission's local end. `stopped`: why this
    reader may not permit it, None when they may."""

    case: UUID
    place: CasePlace
    requester: UUID
    current: str | None
    reason: str
    asked_at: datetime
    status: str
    decided_by: UUID | None
    decided_at: datetime | None
    decision_reason: str
    until: datetime | None
    uses: int
    version: int
    stopped: str | None = None


def cards(
    rows: list[Any], reading: Reading, key_of: KeyOf, verdicts: Verdicts | None = None
) -> tuple[InboxCase, ...]:
    """Of rows of `late_entries`, in their order; `verdicts` where somebody is to decide them."""
    current = _current(rows, reading)
    return tuple(
        _card(row, place, current.get(row.case_id), reading, key_of, verdicts)
        for row, place in zip(rows, places(rows, reading), strict=True)
    )


def _current(rows: Iterable[Any], reading: Reading) -> dict[UUID, str]:
    """By case, what stands in the place that is asked for."""
    ids = [case.lesson for case in rows]
    lessons = {row.lesson: row for row in reading.rows("lessons", "lesson = ANY(%(ids)s)", ids=ids)}
    found = reading.rows("cells", "lesson = ANY(%(ids)s)", ids=ids)
    cells = {(cell.lesson, cell.work, cell.pupil, cell.value_kind): cell.value for cell in found}
    return {
        case.case_id: standing
        for case in rows
        if (standing := _standing(case, lessons.get(case.lesson), cells)) is not None
    }


def _standing(case: Any, lesson: Any, cells: dict[tuple[Any, ...], str]) -> str | None:
    if case.target == "mark":
        mark = cells.get((case.lesson, case.work, case.pupil, "mark"), "")
        return f"{cells.get((case.lesson, case.lesson, case.pupil, 'absence'), '')} {mark}".strip()
    if case.target == "topic":
        return "" if lesson is None else lesson.topic or ""
    if case.target == "homework":
        return "" if lesson is None else "не задано" if lesson.not_set else lesson.homework or ""
    return None


def _card(
    row: Any,
    place: CasePlace,
    current: str | None,
    reading: Reading,
    key_of: KeyOf,
    verdicts: Verdicts | None,
) -> InboxCase:
    return InboxCase(
        case=row.case_id,
        place=place,
        requester=row.requester,
        current=current,
        reason=opened(row.requester, row.reason_nonce, row.reason, key_of),
        asked_at=row.asked_at,
        status=row.status,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision_reason=opened(row.requester, row.decision_nonce, row.decision, key_of),
        until=open_until(row, reading),
        uses=row.uses,
        version=row.since,
        stopped=None if verdicts is None else _stopped(row, verdicts),
    )


def _stopped(row: Any, verdicts: Verdicts) -> str | None:
    permitted = LateEntryPermitted(case=row.case_id, until=verdicts.reading.now, reason=None)
    return verdicts.against("decide_late_entry", permitted, (row.lesson, row.journal, None))


def open_until(row: Any, reading: Reading) -> datetime | None:
    """The local end of the permission a row of `late_entries` is, outages reckoned in (W-39); None: it is none."""
    if row.valid_until is None:
        return None
    school = reading.school
    return extended(row.valid_until, school.local(row.decided_at), school, reading.regulation())
