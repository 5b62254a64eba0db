"""Every mark and «н» of a page of the journal as lines: what another program reads of a year's archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from projections.reading import Reading

Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkLine:
    """`kind` of the work by its key, "" of the ready column; `entered` the school's own time, `delay` seconds after the
    deadline or None; `entry` the position that says so."""

    date: Day
    number: int
    subject: str
    group: str
    kind: str
    pupil: str
    value: str
    entered: datetime
    delay: int | None
    entry: int


def lines(reading: Reading, journal: UUID) -> Iterator[MarkLine]:
    """In order of day, lesson and name."""
    school = reading.school
    kinds = {row.work: row.kind for row in reading.rows("works", "journal = %(journal)s", journal=journal)}
    rows = reading.rows("cells", "journal = %(journal)s", journal=journal)
    numbers = {
        row.lesson: row.number
        for row in reading.rows("lessons", "journal = %(journal)s", columns="lesson, number", journal=journal)
    }
    names = reading.names({row.pupil for row in rows})
    places = {pupil: n for n, pupil in enumerate(reading.sorted(list(names), names))}
    ordered = sorted(
        rows, key=lambda row: (row.date, numbers.get(row.lesson, 0), places.get(row.pupil, 0), str(row.work))
    )
    for row in ordered:
        yield MarkLine(
            date=row.date,
            number=numbers.get(row.lesson, 0),
            subject=school.subject_of(journal).title,
            group=school.group_title(journal),
            kind=kinds.get(row.work, ""),
            pupil=names[row.pupil].listed if row.pupil in names else "",
            value=row.value,
            entered=school.local(row.entered_at).replace(microsecond=0),
            delay=row.delay,
            entry=row.entry,
        )
