"""The marks a period mark is made of, each with every value its cell had: who entered it, when, in time or late, by
whose leave, and what became of it. Of one pupil only: his rows and entries, not the lessons' whole streams."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.attestation import is_control_work
from ledger.entry import Entry
from ledger.events.late_entries import LateEntryPermitted
from ledger.events.marks import LiteracyMarkGiven, MarkGiven
from ledger.events.voids import EntriesTakenBack, EntriesVoided
from ledger.personal import KeyOf, unseal
from ledger.regulation import Regulation
from ledger.span import Span
from ledger.windows import extended
from projections.columns import title_of
from projections.correction_notes import CorrectionNote, shown
from projections.reading import Reading

CELLS = (
    "lesson, work, journal, date, value, entry, entered_at, entered_by, delay, imported, correction, until"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """One value of a cell. `fate`: stands, replaced, withdrawn, taken back or voided (by `act`), `ended_at` when.
    `delay` in seconds after the deadline; `permit_reason` is said of the teacher: "" for a family. `absent` whom the
    person stood in for; `correction` the case that brought it."""

    entry: int
    value: str
    person: UUID
    role: str
    absent: UUID | None
    at: datetime
    delay: int | None
    imported: bool
    permitted_by: UUID | None
    permit_reason: str
    correction: UUID | None
    fate: str
    ended_at: datetime | None
    act: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MarkLine:
    """A work; `value` is what stands, "" where nothing does any more. `values` newest first; `due` is local. `moved`:
    the mark came with the pupil from the page of that class (E-06)."""

    lesson: UUID
    work: UUID
    journal: UUID
    moved: str
    date: date
    kind_title: str
    control: bool
    value: str
    due: datetime | None
    values: tuple[Value, ...]
    cases: tuple[CorrectionNote, ...]

    @property
    def standing(self) -> Value | None:
        return next((each for each in self.values if each.fate == "stands"), None)


def lines(
    reading: Reading,
    journals: tuple[UUID, ...],
    pupil: UUID,
    span: Span,
    regulation: Regulation,
    key_of: KeyOf | None,
) -> tuple[MarkLine, ...]:
    """Every work of these pages the pupil has or had a mark for, by date; the first page is the one that asks.
    `key_of` opens what is said of staff, None for a family."""
    where = "pupil = %(pupil)s AND date BETWEEN %(first)s AND %(last)s AND journal = ANY(%(journals)s)"
    place: dict[str, Any] = {
        "pupil": pupil,
        "journals": list(journals),
        "first": span.first,
        "last": span.last,
    }
    rows = reading.ever("cells", f"{where} AND value_kind = 'mark'", columns=CELLS, **place)
    entries = _entries(reading, rows)
    cells: dict[UUID, list[Any]] = {}
    for row in rows:
        cells.setdefault(row.work, []).append(row)
    columns = "work, kind, title, due, date"
    found = reading.ever("works", "work = ANY(%(works)s)", columns=columns, works=list(cells))
    works = {row.work: row for row in found}
    cases = _cases(reading, journals, pupil, tuple(cells), key_of)
    told = (
        _line(own, works.get(work), cases.get(work, ()), entries, journals[0], reading, regulation, key_of)
        for work, own in cells.items()
    )
    return tuple(sorted(told, key=lambda line: (line.date, line.values[-1].entry)))


def _cases(
    reading: Reading, journals: tuple[UUID, ...], pupil: UUID, works: tuple[UUID, ...], key_of: KeyOf | None
) -> dict[UUID, tuple[CorrectionNote, ...]]:
    """By work, the cases about the pupil's mark and about the kind of the work, the oldest first."""
    where = "journal = ANY(%(journals)s) AND work = ANY(%(works)s) AND (pupil = %(pupil)s OR target = 'kind')"
    found: dict[UUID, tuple[CorrectionNote, ...]] = {}
    for note in shown(reading, where, key_of, journals=list(journals), works=list(works), pupil=pupil):
        if note.work is not None:
            found[note.work] = (*found.get(note.work, ()), note)
    return found


def _entries(reading: Reading, rows: Iterable[Any]) -> Mapping[int, Entry]:
    """What gave the values, what ended them, and what permitted them."""
    wanted = {row.entry for row in rows} | {row.until for row in rows if row.until is not None}
    found = reading.entries(wanted)
    caused = {entry.causation for entry in found.values() if entry.causation is not None}
    return found | reading.entries(caused - found.keys()) if caused - found.keys() else found


def _line(
    rows: list[Any],
    work: Any,
    cases: tuple[CorrectionNote, ...],
    entries: Mapping[int, Entry],
    page: UUID,
    reading: Reading,
    regulation: Regulation,
    key_of: KeyOf | None,
) -> MarkLine:
    latest = {
        row.entry: row for row in rows
    }  # a value that came back has two rows, and the last says what it is
    values = [
        _value(row, entries, reading, key_of) for row in sorted(latest.values(), key=lambda r: -r.entry)
    ]
    row = rows[-1]
    return MarkLine(
        lesson=row.lesson,
        work=row.work,
        journal=row.journal,
        moved="" if row.journal == page else reading.school.klass_of(row.journal).title,
        date=row.date,
        kind_title="" if work is None else title_of(work, row.date, regulation),
        control=work is not None and is_control_work(work.kind, regulation),
        value=next((each.value for each in values if each.fate == "stands"), ""),
        due=None if work is None else _due(row.lesson, work, reading, regulation),
        values=tuple(values),
        cases=cases,
    )


def _due(lesson: UUID, work: Any, reading: Reading, regulation: Regulation) -> datetime:
    planned = reading.school.timetable.by_id.get(lesson)
    due: datetime = work.due
    return due if planned is None else extended(due, planned.starts, reading.school, regulation)


def _value(row: Any, entries: Mapping[int, Entry], reading: Reading, key_of: KeyOf | None) -> Value:
    entry, ended = entries[row.entry], _ended(row, entries, reading)
    permit = entries.get(entry.causation or 0)
    event = permit.event if permit is not None else None
    reason = event.reason if isinstance(event, LateEntryPermitted) and key_of is not None else None
    return Value(
        entry=row.entry,
        value=row.value,
        person=row.entered_by,
        role=entry.stamp.role.value,
        absent=entry.stamp.on_behalf_of,
        at=row.entered_at,
        delay=row.delay,
        imported=row.imported,
        permitted_by=permit.stamp.person
        if permit is not None and isinstance(event, LateEntryPermitted)
        else None,
        permit_reason=unseal(reason, key_of) if reason is not None and key_of is not None else "",
        correction=row.correction,
        fate="stands" if ended is None else _fate(ended),
        ended_at=None if ended is None else ended.at,
        act=ended.event.act if ended is not None and isinstance(ended.event, EntriesVoided) else None,
    )


def _ended(row: Any, entries: Mapping[int, Entry], reading: Reading) -> Entry | None:
    """What ended the value; None while it stands at the page's moment."""
    return None if row.until is None or row.until > reading.as_of.position else entries[row.until]


def _fate(ended: Entry) -> str:
    match ended.event:
        case EntriesTakenBack():
            return "taken back"
        case EntriesVoided():
            return "voided"
        case MarkGiven() | LiteracyMarkGiven():
            return "replaced"
    return "withdrawn"
