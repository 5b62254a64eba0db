"""«Ознакомлен» of a diary (R-194, P-72): what the family is asked to say it of, and who has said it.

Asked of, where the act wants it said: marks for a period («н/а» among them), unsatisfactory marks, and the corrections
of either. A corrected value is another entry, so it is asked for anew."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger import streams
from ledger.school import School
from projections import diary_corrections
from projections.case_place import CasePlace, places
from projections.reading import Ask, Reading, standing
from projections.years import year_now

EXPLICIT = "explicit"
CELLS = "entry, lesson, work, pupil, journal, value, correction, 'mark' AS target"
PERIOD_MARKS = "entry, journal, period, kind, pupil, value, correction, 'period_mark' AS target"


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadBy:
    """Who said it, as what («мать»; "" of the pupil and where it is not known) and when (aware)."""

    person: UUID
    kinship: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ToRead:
    """An entry the act wants read: `stream` and `entry` are what Acknowledge asks for; `old` of a correction."""

    stream: UUID
    entry: int
    place: CasePlace
    value: str
    corrected: bool
    old: str = ""


def asked_who_read(school: School, pupil: UUID) -> Ask:
    return standing("acknowledgements", "pupil_stream = %(stream)s", stream=streams.family(school.id, pupil))


def read_by(rows: list[Any], pupil: UUID, school: School) -> dict[int, tuple[ReadBy, ...]]:
    """Who has said it of which entry, in order."""
    kin = school.pupils[pupil].kinship
    found: dict[int, tuple[ReadBy, ...]] = {}
    for row in sorted(rows, key=lambda row: row.at):
        said = ReadBy(person=row.person, kinship=kin.get(row.person, ""), at=row.at)
        found[row.entry] = (*found.get(row.entry, ()), said)
    return found


def awaiting(
    reading: Reading, pupil: UUID, reader: UUID, said: Mapping[int, Collection[ReadBy]]
) -> tuple[ToRead, ...]:
    """What this reader has not said it of yet, the newest entry first; nothing where the act does not ask."""
    rows = _rows(reading, [pupil])
    waits = [row for row in rows if all(each.person != reader for each in said.get(row.entry, ()))]
    return _to_read(reading, waits)


def asked_of(reading: Reading, pupils: Iterable[UUID]) -> tuple[ToRead, ...]:
    """What the act wants said of all of these pupils, whoever has said it, the newest entry first."""
    return _to_read(reading, _rows(reading, list(pupils)))


def _rows(reading: Reading, pupils: list[UUID]) -> list[Any]:
    year = year_now(reading.school, reading.today)
    if reading.regulation().acquaintance != EXPLICIT or year is None:
        return []
    found = [
        *_marks(reading, pupils, reading.school.years[year].first),
        *_period_marks(reading, pupils, year),
    ]
    return sorted(found, key=lambda row: -row.entry)


def _marks(reading: Reading, pupils: list[UUID], first: date) -> Iterable[Any]:
    """Unsatisfactory ones, and others a correction brought: whether it corrected such a one is seen later."""
    return reading.rows(
        "cells",
        "pupil = ANY(%(pupils)s) AND date >= %(first)s AND value_kind = 'mark'"
        " AND (value ~ %(low)s OR correction IS NOT NULL)",
        columns=CELLS,
        pupils=pupils,
        first=first,
        low=_low(reading),
    )


def _low(reading: Reading) -> str:
    return f"[{''.join(map(str, reading.regulation().unsatisfactory))}]"


def _period_marks(reading: Reading, pupils: list[UUID], year: int) -> Iterable[Any]:
    rows = reading.rows("period_marks", "pupil = ANY(%(pupils)s)", columns=PERIOD_MARKS, pupils=pupils)
    return (row for row in rows if reading.school.journals[row.journal].year == year)


def _to_read(reading: Reading, rows: list[Any]) -> tuple[ToRead, ...]:
    cases = diary_corrections.of_cases(reading, {row.correction for row in rows} - {None})
    low = {str(mark) for mark in reading.regulation().unsatisfactory}
    found = []
    for row, place in zip(rows, places(rows, reading), strict=True):
        old = cases[row.correction].old if row.correction in cases else ""
        if place.target == "period_mark" or low & {*row.value, *old}:
            found.append(_one(row, place, old, reading))
    return tuple(found)


def _one(row: Any, place: CasePlace, old: str, reading: Reading) -> ToRead:
    sheet = place.target == "period_mark"
    return ToRead(
        stream=streams.period_sheet(reading.school.id, row.journal, row.period) if sheet else row.lesson,
        entry=row.entry,
        place=place,
        value=row.value,
        corrected=row.correction is not None,
        old=old,
    )
