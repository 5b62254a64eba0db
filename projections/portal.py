"""What an outside diary is told (R-235): every place of the journal that says something else than at the last batch.

A void, a correction and a withdrawal need no code: the place says the former value again, or nothing (R-185)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections.difference import Scope, moved
from projections.reading import Reading

ALL = 10_000_000  # places of a batch: more than a year of a school has
Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """`kind` as in projections.difference.Changed; `value` "" takes back what was told before. `entry` is the position
    that made it so; a topic or homework is of the whole page and names no pupil."""

    kind: str
    journal: UUID
    class_id: UUID
    subject: str
    lesson: UUID | None
    period: UUID | None
    work: UUID | None
    pupil: UUID | None
    date: Day | None
    value: str
    entry: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch:
    """After the position `since` up to `position`, in an order that is always the same."""

    school: UUID
    since: int
    position: int
    records: tuple[Record, ...]


def batch(reading: Reading, since: int) -> Batch:
    """The same two positions give the same batch for ever."""
    rows = moved(reading, since, Scope(), whys=None, shown=ALL)
    records = (_record(row, reading) for row in rows if row.entry is not None)
    return Batch(
        school=reading.school.id,
        since=since,
        position=reading.as_of.position,
        records=tuple(sorted(records, key=_order)),
    )


def _record(row: Any, reading: Reading) -> Record:
    school = reading.school
    return Record(
        kind=row.kind,
        journal=row.journal,
        class_id=school.journals[row.journal].class_id,
        subject=school.subject_of(row.journal).title,
        lesson=row.lesson,
        period=row.period,
        work=row.work,
        pupil=row.pupil,
        date=row.date,
        value=row.after,
        entry=row.entry,
    )


def _order(record: Record) -> tuple[str, ...]:
    place = (record.journal, record.lesson, record.period, record.work, record.pupil)
    return (record.kind, *(str(each) for each in place))
