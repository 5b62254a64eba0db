"""What an Act made void, as a family reads it (R-185): the counter-notice to marks they may have been told of. It says
what stood there, what stands now and which Act; nothing of whose access it was or who looked into it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections import void_signs
from projections.case_place import CasePlace, places
from projections.reading import Reading
from projections.void_rows import voided
from projections.void_signs import Named


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryVoid:
    """`was` and `now` are values («» nothing); `act` an annulled one too: then the value stands again, unless somebody
    changed it since."""

    place: CasePlace
    was: str
    now: str
    act: Named


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """What projections.case_place asks of a row."""

    journal: UUID
    pupil: UUID
    target: str
    lesson: UUID | None = None
    work: UUID | None = None
    period: UUID | None = None
    kind: str = ""


def of_week(reading: Reading, pupil: UUID, first: date, last: date) -> tuple[DiaryVoid, ...]:
    """Of lessons of these days, and of whatever an Act of these days took away; of the pupil only."""
    acts = void_signs.acts(reading)
    lately = [act for act, named in acts.items() if first <= named.date <= last]
    cells = voided(reading, "cells", "pupil = %(pupil)s AND value_kind <> 'late'", pupil=pupil)
    shown = [row for row in cells if row.act in lately or first <= row.date <= last]
    marks = voided(reading, "period_marks", "pupil = %(pupil)s", pupil=pupil)
    rows = [*shown, *(row for row in marks if row.act in lately)]
    return tuple(_told(rows, acts, pupil, reading))


def _told(rows: Iterable[Any], acts: dict[UUID, Named], pupil: UUID, reading: Reading) -> Iterable[DiaryVoid]:
    """The last value of each place that an Act took away."""
    lost = {_place(row): row for row in rows if row.act in acts}
    if not lost:
        return
    now = _standing(pupil, reading)
    for (key, row), place in zip(lost.items(), places(list(lost), reading), strict=True):
        yield DiaryVoid(place=place, was=row.value, now=now.get(key, ""), act=acts[row.act])


def _standing(pupil: UUID, reading: Reading) -> dict[_Row, str]:
    cells = reading.rows("cells", "pupil = %(pupil)s AND value_kind <> 'late'", pupil=pupil)
    marks = reading.rows("period_marks", "pupil = %(pupil)s", pupil=pupil)
    return {_place(row): row.value for row in (*cells, *marks)}


def _place(row: Any) -> _Row:
    if hasattr(row, "period"):
        return _Row(
            journal=row.journal, pupil=row.pupil, target="period_mark", period=row.period, kind=row.kind
        )
    work = row.work if row.value_kind == "mark" else None
    return _Row(journal=row.journal, pupil=row.pupil, target=row.value_kind, lesson=row.lesson, work=work)
