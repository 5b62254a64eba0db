"""What an Act made void of one's own, to be asked for again (R-184): place by place, with what stands there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger import streams
from ledger.correction import Place
from ledger.correction_cell import MARK, says, stands
from ledger.entry import Category, Entry
from ledger.lesson import Sheet, fold_lesson
from ledger.period_sheet import PeriodSheet, fold_period_sheet
from ledger.rules import APPLIED
from ledger.windows import reinstatement_until
from projections.as_of import AsOf
from projections.case_place import CasePlace, places
from projections.reading import NoSuchPage, Reading
from projections.void_rows import named_by
from projections.void_signs import Named, acts

CELLS = tuple(APPLIED)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnVoid:
    """`was` the value the Act took, `now` what stands there by the entry `seen`. `status`: open, asked, done (brought
    back), same (the same value stands there anyhow), or column (its column is void too: entered anew, not brought
    back)."""

    place: CasePlace
    was: str
    now: str
    seen: int
    entered_at: datetime
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReinstatementPage:
    """`until` when it may be asked for, local; `over` that this is past."""

    act: UUID
    incident: UUID
    named: Named
    until: datetime
    over: bool
    voids: tuple[OwnVoid, ...]
    as_of: AsOf


@dataclass(frozen=True, kw_only=True)
class _Lost:
    """The last void entry of a place, in the words of rows that have a place."""

    entry: Entry
    cell: Place
    was: str
    journal: UUID
    lesson: UUID | None
    period: UUID | None

    @property
    def target(self) -> str:
        return self.cell[0]

    @property
    def work(self) -> UUID | None:
        return self.cell[1]

    @property
    def pupil(self) -> UUID | None:
        return self.cell[2]

    @property
    def kind(self) -> str:
        return self.cell[3]

    @property
    def stream(self) -> UUID:
        return self.entry.stream


def owner(reading: Reading, act: UUID) -> UUID:
    """Whose access it was. Raises NoSuchPage for an Act that is none, or is not in force."""
    return _incident(reading, act).owner  # type: ignore[no-any-return]


def page(reading: Reading, act: UUID) -> ReinstatementPage:
    incident = _incident(reading, act)
    until = until_of(reading, act)
    lost = _lost(reading, act, incident.owner)
    return ReinstatementPage(
        act=act,
        incident=incident.incident,
        named=acts(reading)[act],
        until=until,
        over=reading.now > until,
        voids=tuple(_own(reading, act, lost)),
        as_of=reading.as_of,
    )


def until_of(reading: Reading, act: UUID) -> datetime:
    """The end of the days P-66 gives, local."""
    (row,) = reading.rows("acts", "act = %(act)s", columns="finalised_at", act=act)
    day = reading.school.local(row.finalised_at).date()
    return reinstatement_until(day, reading.school, reading.regulation())


def _incident(reading: Reading, act: UUID) -> Any:
    named = acts(reading).get(act)
    if named is None or named.annulled:
        raise NoSuchPage(str(act))
    (row,) = reading.rows("acts", "act = %(act)s", columns="incident", act=act)
    (incident,) = reading.rows("incidents", "incident = %(incident)s", incident=row.incident)
    return incident


def _lost(reading: Reading, act: UUID, person: UUID) -> list[_Lost]:
    """Of the owner's entries the last of every place; what a case cannot bring is not there."""
    found: dict[tuple[UUID, Place], _Lost] = {}
    for entry in reading.entries(named_by(reading, (act,))).values():
        if entry.stamp.person != person or not isinstance(entry.event, CELLS):
            continue
        cell, was = says(entry.event)
        if entry.category is Category.PERIOD:
            event: Any = entry.event
            where = {"journal": event.journal, "lesson": None, "period": event.period}
        else:
            where = {"journal": _journal(entry.stream, reading), "lesson": entry.stream, "period": None}
        if where["journal"] is not None:
            found[entry.stream, cell] = _Lost(entry=entry, cell=cell, was=was, **where)
    return list(found.values())


def _journal(lesson: UUID, reading: Reading) -> UUID | None:
    """Its page; a lesson that has left the timetable (a holiday was put over it) is where it was held."""
    planned = reading.school.timetable.by_id.get(lesson)
    if planned is not None:
        return planned.journal
    held = reading.rows("lessons", "lesson = %(lesson)s", columns="journal", lesson=lesson)
    return held[0].journal if held else None


def _own(reading: Reading, act: UUID, lost: list[_Lost]) -> Iterator[OwnVoid]:
    whole = reading.streams({each.stream for each in lost})
    asked = _asked(reading, act)
    for each, place in zip(lost, places(lost, reading), strict=True):
        entries = whole.get(each.stream, ())
        of_sheet = each.period is not None
        sheet = Sheet(lesson=each.stream) if of_sheet else fold_lesson(each.stream, entries)
        marks: PeriodSheet | None = fold_period_sheet(entries) if of_sheet else None
        standing, now = stands(each.cell, sheet, marks)
        status = asked.get((each.stream, each.cell)) or _open(each, now, sheet)
        yield OwnVoid(
            place=place,
            was=each.was,
            now=now,
            seen=0 if standing is None else standing.position,
            entered_at=each.entry.stamp.declared_at or each.entry.stamp.received_at,
            status=status,
        )


def _open(lost: _Lost, now: str, sheet: Sheet) -> str:
    if now == lost.was:
        return "same"
    of_column = lost.target == MARK and lost.work != lost.stream
    return "column" if of_column and lost.work not in sheet.works else "open"


def _asked(reading: Reading, act: UUID) -> Mapping[tuple[UUID, Place], str]:
    """Cases of this Act that wait or were agreed."""
    words = {"asked": "asked", "approved": "done"}
    rows = reading.rows("corrections", "act = %(act)s AND ground = 'reinstatement'", act=act)
    return {
        (
            row.lesson or streams.period_sheet(reading.school.id, row.journal, row.period),
            (row.target, row.work, row.pupil, row.kind),
        ): words[row.status]
        for row in rows
        if row.status in words
    }
