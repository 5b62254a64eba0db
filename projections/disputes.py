"""Disputes about an «н» (R-144): those of a class, and those that wait for a teacher's or the deputy's word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf, opened
from projections.reading import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class DisputeLine:
    """Who says (`asker`) that the pupil was there, and why (decrypted). `status`: waiting, upheld or declined;
    `stands` whether the «н» is still there. `asked_at` is aware."""

    case: UUID
    lesson: UUID
    journal: UUID
    class_title: str
    subject: str
    date: date | None
    number: int
    pupil: UUID
    asker: UUID
    reason: str
    asked_at: datetime
    status: str
    decided_by: UUID | None
    decision: str
    stands: bool


def waiting(reading: Reading, key_of: KeyOf) -> tuple[DisputeLine, ...]:
    """Of the whole school, the oldest first."""
    return _lines(reading, "status = 'waiting'", key_of)


def of_teacher(reading: Reading, teacher: UUID, key_of: KeyOf) -> tuple[DisputeLine, ...]:
    """Those that wait about lessons this person writes in, asked by somebody else."""
    lessons, school = reading.school.timetable.by_id, reading.school
    return tuple(
        line
        for line in waiting(reading, key_of)
        if line.asker != teacher
        and (planned := lessons.get(line.lesson)) is not None
        and school.writes(teacher, planned)
    )


def of_class(reading: Reading, class_id: UUID, key_of: KeyOf) -> tuple[DisputeLine, ...]:
    """All of the class's pages, the oldest first."""
    journals = [page.id for page in reading.school.pages_of_class(class_id)]
    return _lines(reading, "journal = ANY(%(journals)s)", key_of, journals=journals)


def _lines(reading: Reading, where: str, key_of: KeyOf, **parameters: Any) -> tuple[DisputeLine, ...]:
    rows = reading.rows("disputes", where, **parameters)
    ids = [row.lesson for row in rows]
    lessons = {row.lesson: row for row in reading.rows("lessons", "lesson = ANY(%(ids)s)", ids=ids)}
    cells = reading.rows("cells", "lesson = ANY(%(ids)s) AND value_kind = 'absence'", ids=ids)
    standing = {(cell.lesson, cell.pupil) for cell in cells}
    return tuple(
        _line(row, lessons.get(row.lesson), (row.lesson, row.pupil) in standing, reading, key_of)
        for row in sorted(rows, key=lambda row: row.asked_at)
    )


def _line(row: Any, lesson: Any | None, stands: bool, reading: Reading, key_of: KeyOf) -> DisputeLine:
    return DisputeLine(
        case=row.case_id,
        lesson=row.lesson,
        journal=row.journal,
        class_title=reading.school.klass_of(row.journal).title,
        subject=reading.school.subject_of(row.journal).title,
        date=lesson.date if lesson is not None else None,
        number=lesson.number if lesson is not None else 0,
        pupil=row.pupil,
        asker=row.asked_by,
        reason=opened(row.pupil, row.reason_nonce, row.reason, key_of),
        asked_at=row.asked_at,
        status=row.status,
        decided_by=row.decided_by,
        decision=opened(row.pupil, row.decision_nonce, row.decision, key_of),
        stands=stands,
    )
