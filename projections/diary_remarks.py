"""What teachers wrote to a family: comments to lessons and works, recommendations (matrix row 7, R-190)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf, opened
from projections.reading import Ask, Reading, standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """`kind` is comment or recommendation; `journal` and `subject` None and "" of the class teacher's own; `lesson` and
    `work` of a comment. `at` is aware."""

    remark: UUID
    kind: str
    journal: UUID | None
    subject: str
    lesson: UUID | None
    work: UUID | None
    text: str
    by: UUID
    at: datetime


def asked_of_week(pupil: UUID, lessons: list[UUID], first: datetime, last: datetime) -> Ask:
    """Comments to these lessons and recommendations written from `first` on and before `last` (aware)."""
    return standing(
        "remarks",
        "pupil = %(pupil)s AND (lesson = ANY(%(ids)s)"
        " OR kind = 'recommendation' AND written_at >= %(first)s AND written_at < %(last)s)",
        pupil=pupil,
        ids=lessons,
        first=first,
        last=last,
    )


def of_cell(reading: Reading, pupil: UUID, lesson: UUID, work: UUID, key_of: KeyOf) -> tuple[Remark, ...]:
    """Those to this work and to the lesson as a whole, in order."""
    where = "lesson = %(lesson)s AND (work IS NULL OR work = %(work)s)"
    return _remarks(reading, where, key_of, pupil=pupil, lesson=lesson, work=work)


def since(reading: Reading, pupil: UUID, first: datetime, key_of: KeyOf) -> tuple[Remark, ...]:
    """Those written after `first` (aware), in order."""
    return _remarks(reading, "written_at > %(first)s", key_of, pupil=pupil, first=first)


def after(reading: Reading, pupil: UUID, position: int, key_of: KeyOf) -> tuple[Remark, ...]:
    """Those written after the entry at this position, in order."""
    return _remarks(reading, "since > %(after)s", key_of, pupil=pupil, after=position)


def recommendations(reading: Reading, pupil: UUID, key_of: KeyOf) -> tuple[Remark, ...]:
    """All that stand, the newest first."""
    return recommendations_to(reading, [pupil], key_of).get(pupil, ())


def recommendations_to(
    reading: Reading, pupils: Iterable[UUID], key_of: KeyOf
) -> dict[UUID, tuple[Remark, ...]]:
    """All that stand by pupil, the newest first."""
    where = "pupil = ANY(%(pupils)s) AND kind = 'recommendation'"
    rows = sorted(reading.rows("remarks", where, pupils=list(pupils)), key=lambda row: row.written_at)
    found: dict[UUID, tuple[Remark, ...]] = {}
    for row in rows:
        found[row.pupil] = (_remark(row, reading, key_of), *found.get(row.pupil, ()))
    return found


def _remarks(reading: Reading, where: str, key_of: KeyOf, **asked: Any) -> tuple[Remark, ...]:
    return told(reading.rows("remarks", f"pupil = %(pupil)s AND {where}", **asked), reading, key_of)


def told(rows: list[Any], reading: Reading, key_of: KeyOf) -> tuple[Remark, ...]:
    """In the order they were written."""
    return tuple(_remark(row, reading, key_of) for row in sorted(rows, key=lambda row: row.written_at))


def _remark(row: Any, reading: Reading, key_of: KeyOf) -> Remark:
    known = row.journal in reading.school.journals
    return Remark(
        remark=row.remark,
        kind=row.kind,
        journal=row.journal,
        subject=reading.school.subject_of(row.journal).title if known else "",
        lesson=row.lesson,
        work=row.work,
        text=opened(row.pupil, row.text_nonce, row.text, key_of),
        by=row.written_by,
        at=row.written_at,
    )
