"""How far the columns are where everybody is to be marked, and who still has to write the work (R-127, K-31, E-11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from ledger.column import expected, for_all, to_make_up
from ledger.late_entry import in_time
from ledger.people import Name
from ledger.school import School, Span
from ledger.windows import extended
from projections.columns import Column, title_of
from projections.reading import Reading


def counted(
    columns: tuple[Column, ...], rows: Iterable[Any], school: School, journal: UUID
) -> tuple[Column, ...]:
    """The columns with their counts: «4 из 5» is who has a mark of those present and liable that day. `rows` have a
    pupil and cells parallel to the columns."""
    places = [n for n, column in enumerate(columns) if column.for_all]
    if not places:
        return columns
    totals = {n: [0, 0] for n in places}
    for row in rows:
        spared = _may_be_spared(school, row.pupil)
        for n in places:
            cell = row.cells[n]
            if cell.outside or cell.absent:
                continue
            if spared and not school.liable(row.pupil, journal, columns[n].date):
                continue
            totals[n][0] += bool(cell.value)
            totals[n][1] += 1
    shown = list(columns)
    for n, (marked, of) in totals.items():
        shown[n] = replace(columns[n], marked=marked, expected=of)
    return tuple(shown)


def _may_be_spared(school: School, pupil: UUID) -> bool:
    """Nearly nobody: whoever was ever exempt or taught at home is asked for each day."""
    known = school.pupils.get(pupil)
    return known is not None and bool(known.exemptions or known.tuitions)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unfinished:
    """A work somebody has no mark for. `missing` are the names of those who wrote it, `owed` of those who were away
    and have not written it since; `open`: a mark of now would be in time."""

    lesson: UUID
    work: UUID
    date: date
    kind_title: str
    due: datetime
    open: bool
    marked: int
    expected: int
    missing: tuple[str, ...]
    owed: tuple[str, ...]


def unfinished(reading: Reading, journal: UUID, span: Span) -> tuple[Unfinished, ...]:
    """Those of the journal's works in these days that are not complete, in order of time."""
    names = reading.names(reading.school.members_ever(journal))
    return tuple(_unfinished(each, reading, names) for each in incomplete(reading, [journal], span))


@dataclass(frozen=True, kw_only=True, slots=True)
class Incomplete:
    """A work, a row of `works`, that `missing` have not though they were there, and `owed` were away from; `waited`
    for how many marks."""

    work: Any
    waited: int
    missing: tuple[UUID, ...]
    owed: tuple[UUID, ...]


def incomplete(reading: Reading, journals: Sequence[UUID], span: Span) -> tuple[Incomplete, ...]:
    """Of many pages at once, in order of time."""
    regulation = reading.regulation()
    works = [
        work
        for work in reading.rows(
            "works",
            "journal = ANY(%(journals)s) AND date BETWEEN %(first)s AND %(last)s",
            journals=list(journals),
            first=span.first,
            last=min(span.last or reading.today, reading.today),
        )
        if for_all(work.kind, work.assess, work.makes_up, regulation)
    ]
    if not works:
        return ()
    facts = _Facts.of(reading, works)
    found = (
        _incomplete(work, facts, reading.school) for work in sorted(works, key=lambda w: (w.date, w.due))
    )
    return tuple(each for each in found if each.missing or each.owed)


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """Who was absent at a lesson, who has a mark in a work, who made a work up."""

    absent: Mapping[UUID, set[UUID]]
    marked: Mapping[UUID, set[UUID]]
    made_up: Mapping[UUID, set[UUID]]

    @classmethod
    def of(cls, reading: Reading, works: Sequence[Any]) -> _Facts:
        ids, lessons = [work.work for work in works], [work.lesson for work in works]
        later = {row.work: row.makes_up for row in reading.rows("works", "makes_up = ANY(%(ids)s)", ids=ids)}
        cells = reading.rows(
            "cells",
            "(lesson = ANY(%(lessons)s) OR work = ANY(%(later)s))",
            columns="lesson, work, pupil, value_kind",
            lessons=lessons,
            later=list(later),
        )
        absent: dict[UUID, set[UUID]] = {}
        marked: dict[UUID, set[UUID]] = {}
        made_up: dict[UUID, set[UUID]] = {}
        for cell in cells:
            if cell.value_kind == "absence":
                absent.setdefault(cell.lesson, set()).add(cell.pupil)
            elif cell.value_kind == "mark":
                marked.setdefault(cell.work, set()).add(cell.pupil)
                if cell.work in later:
                    made_up.setdefault(later[cell.work], set()).add(cell.pupil)
        return cls(absent=absent, marked=marked, made_up=made_up)


def _incomplete(work: Any, facts: _Facts, school: School) -> Incomplete:
    absent = facts.absent.get(work.lesson, set())
    waited = expected(school, work.journal, work.date, absent)
    marked = facts.marked.get(work.work, set())
    later = facts.made_up.get(work.work, set()) | marked
    owed = to_make_up(school, work.journal, work.date, absent)
    return Incomplete(
        work=work,
        waited=len(waited),
        missing=tuple(pupil for pupil in waited if pupil not in marked),
        owed=tuple(pupil for pupil in owed if pupil not in later),
    )


def _unfinished(each: Incomplete, reading: Reading, names: Mapping[UUID, Name]) -> Unfinished:
    work, due = each.work, _due(each.work, reading)
    return Unfinished(
        lesson=work.lesson,
        work=work.work,
        date=work.date,
        kind_title=title_of(work, work.date, reading.regulation()),
        due=due,
        open=in_time(reading.now, due),
        marked=each.waited - len(each.missing),
        expected=each.waited,
        missing=_listed(each.missing, names, reading),
        owed=_listed(each.owed, names, reading),
    )


def _due(work: Any, reading: Reading) -> datetime:
    """An outage holds it open for longer (W-39)."""
    planned = reading.school.timetable.by_id.get(work.lesson)
    opens = datetime.combine(work.date, time()) if planned is None else planned.starts
    return extended(work.due, opens, reading.school, reading.regulation())


def _listed(pupils: Sequence[UUID], names: Mapping[UUID, Name], reading: Reading) -> tuple[str, ...]:
    return tuple(names[pupil].listed for pupil in reading.sorted(pupils, dict(names)) if pupil in names)
