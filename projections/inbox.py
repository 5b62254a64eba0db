"""The deputy's inbox: late entries that wait, those decided lately, and absences in dispute (R-144)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.lesson import ANSWER
from ledger.personal import opened
from ledger.windows import extended
from projections import disputes
from projections.as_of import AsOf
from projections.disputes import DisputeLine
from projections.reading import Reading

SHOWN = 50  # decided cases on the page
KeyOf = Callable[[UUID], bytes | None]


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxCase:
    """What, who asks, why (`reason`, decrypted), since when; `current` is what stands there now: "5", "н",
    a text, "" for nothing, None where it is no one thing (a column, the presence, a whole lesson).
    `status`: asked · permitted · declined · withdrawn; `until` is the permission's local end."""

    case: UUID
    lesson: UUID
    journal: UUID
    class_title: str
    subject: str
    date: date
    number: int
    target: str
    kind_title: str
    pupil: UUID | None
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


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxPage:
    waiting: tuple[InboxCase, ...]
    decided: tuple[InboxCase, ...]
    disputes: tuple[DisputeLine, ...]
    as_of: AsOf


def page(reading: Reading, key_of: KeyOf) -> InboxPage:
    """All cases that wait, oldest first, and the last fifty decided, newest first."""
    waiting = reading.rows("late_entries", "status = 'asked'")
    decided = reading.rows("late_entries", "status <> 'asked'")
    waiting.sort(key=lambda row: row.asked_at)
    decided = sorted(decided, key=lambda row: row.decided_at, reverse=True)[:SHOWN]
    current = _current([*waiting, *decided], reading)
    return InboxPage(
        waiting=tuple(_case(row, current, reading, key_of) for row in waiting),
        decided=tuple(_case(row, current, reading, key_of) for row in decided),
        disputes=disputes.waiting(reading, key_of),
        as_of=reading.as_of,
    )


def _current(cases: list[Any], reading: Reading) -> dict[UUID, str]:
    """By case, what stands in the place that is asked for."""
    ids = [case.lesson for case in cases]
    lessons = {row.lesson: row for row in reading.rows("lessons", "lesson = ANY(%(ids)s)", ids=ids)}
    found = reading.rows("cells", "lesson = ANY(%(ids)s)", ids=ids)
    cells = {(cell.lesson, cell.work, cell.pupil, cell.value_kind): cell.value for cell in found}
    return {
        case.case_id: standing
        for case in cases
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


def _case(row: Any, current: dict[UUID, str], reading: Reading, key_of: KeyOf) -> InboxCase:
    school = reading.school
    on, number = _when(row.lesson, reading)
    return InboxCase(
        case=row.case_id,
        lesson=row.lesson,
        journal=row.journal,
        class_title=school.klass_of(row.journal).title,
        subject=school.subject_of(row.journal).title,
        date=on,
        number=number,
        target=row.target,
        kind_title=_kind_title(row, reading),
        pupil=row.pupil,
        requester=row.requester,
        current=current.get(row.case_id),
        reason=opened(row.requester, row.reason_nonce, row.reason, key_of),
        asked_at=row.asked_at,
        status=row.status,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        decision_reason=opened(row.requester, row.decision_nonce, row.decision, key_of),
        until=open_until(row, reading),
        uses=row.uses,
        version=row.since,
    )


def open_until(row: Any, reading: Reading) -> datetime | None:
    """The local end of the permission a row of `late_entries` is, outages reckoned in (W-39); None: it is none."""
    if row.valid_until is None:
        return None
    school = reading.school
    return extended(row.valid_until, school.local(row.decided_at), school, reading.regulation())


def _when(lesson: UUID, reading: Reading) -> tuple[date, int]:
    """Day and number of a lesson, planned or, when it has left the timetable, as it was held."""
    planned = reading.school.timetable.by_id.get(lesson)
    if planned is not None:
        return planned.date, planned.number
    row = reading.rows("lessons", "lesson = %(lesson)s", lesson=lesson)[0]
    return row.date, row.number


def _kind_title(row: Any, reading: Reading) -> str:
    """The kind of the work a cell or column belongs to, "" for other targets."""
    if row.work is None:
        return ""
    works = reading.rows("works", "lesson = %(lesson)s AND work = %(work)s", lesson=row.lesson, work=row.work)
    kinds = reading.regulation().work_kinds
    kind = works[0].kind if works else ANSWER
    return kinds[kind].title if kind in kinds else kind
