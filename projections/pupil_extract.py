"""An extract of the journal for one pupil: marks of the year and of the running period, absences, movement; what goes
with him when he leaves (R-060, R-220)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from projections import pupil_card, pupil_record
from projections.as_of import AsOf
from projections.pupil_card import PupilCard
from projections.pupil_record import PupilRecord
from projections.reading import NoSuchPage, Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilExtract:
    """`current` marks of the running period by subject, oldest first, of fractions both parts."""

    card: PupilCard
    record: PupilRecord
    current: tuple[tuple[UUID, tuple[str, ...]], ...]
    as_of: AsOf


def page(reading: Reading, pupil: UUID) -> PupilExtract:
    """Without certificates: an extract says nothing of health. Raises NoSuchPage."""
    card = pupil_card.page(reading, pupil, None, marks=True)
    record = pupil_record.record(reading, pupil)
    if record is None:
        raise NoSuchPage(str(pupil))
    return PupilExtract(
        card=card, record=record, current=_current(reading, pupil, record), as_of=reading.as_of
    )


def _current(reading: Reading, pupil: UUID, record: PupilRecord) -> tuple[tuple[UUID, tuple[str, ...]], ...]:
    running = next((each for each in record.table.periods if each.runs), None)
    if running is None:
        return ()
    rows: list[Any] = reading.rows(
        "cells",
        "pupil = %(pupil)s AND value_kind = 'mark' AND date BETWEEN %(first)s AND %(last)s",
        columns="journal, date, value, entry",
        pupil=pupil,
        first=running.span.first,
        last=running.span.last,
    )
    found: dict[UUID, list[str]] = {}
    for row in sorted(rows, key=lambda each: (each.date, each.entry)):
        found.setdefault(reading.school.journals[row.journal].subject, []).append(row.value)
    return tuple((subject, tuple(values)) for subject, values in found.items())
