"""What pages say of a breach of access: «оспаривается» until there is an Act, and where an Act took a value away which
Act it was (R-177, R-181). Where there never was a breach all of it is one query over an empty table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from ledger.span import Span
from projections.contested import UNDECIDED, contested
from projections.reading import Reading, standing
from projections.void_rows import asked_emptied, asked_voided

Day = date  # for fields after one that is called date
Cell = tuple[UUID, UUID, str]  # work, pupil, mark or absence


class Named(NamedTuple):
    """A finalised Act: `annulled` by the number of another one, «» while it is in force."""

    number: str
    date: Day
    annulled: str = ""

    def __str__(self) -> str:
        return f"Акт № {self.number} от {self.date:%d.%m.%Y}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Signs:
    """`contested` are positions of entries, `emptied` the cells such entries took a value from; `taken` those an Act in
    force took a value from, or brought it back to."""

    contested: frozenset[int] = frozenset()
    emptied: frozenset[Cell] = frozenset()
    taken: Mapping[Cell, Named] = field(default_factory=dict)
    acts: Mapping[UUID, Named] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.contested or self.taken)

    def of(self, lesson: UUID, work: UUID, pupil: UUID) -> tuple[bool, Named | None]:
        """Whether what is missing of a cell is contested, and which Act changed the cell."""
        places = ((work, pupil, "mark"), (lesson, pupil, "absence"))
        acts = [self.taken[place] for place in places if place in self.taken]
        return any(place in self.emptied for place in places), next(iter(acts), None)


NONE = Signs()
ASKED = standing("incidents", "status NOT IN ('reported', 'rejected')", columns="status", grouped="status")


def acts(reading: Reading) -> dict[UUID, Named]:
    """Every finalised Act that voids, by its id."""
    rows = reading.rows("acts", "finalised IS NOT NULL", columns="act, number, date, annuls")
    annulled = {row.annuls: row.number for row in rows if row.annuls is not None}
    return {
        row.act: Named(number=row.number, date=row.date, annulled=annulled.get(row.act, ""))
        for row in rows
        if row.annuls is None
    }


def signs(reading: Reading, where: str | None, **parameters: Any) -> Signs:
    """Of the cells `where` finds; None asks of no cells."""
    return signs_of(reading.asked(ASKED), reading, where, **parameters)


def signs_of(breaches: list[Any], reading: Reading, where: str | None = None, **parameters: Any) -> Signs:
    """As `signs`, of rows of ASKED."""
    states = {row.status for row in breaches}
    if not states:
        return NONE
    found = acts(reading) if states - UNDECIDED else {}
    in_force = {act: named for act, named in found.items() if not named.annulled}
    taken = []
    if in_force and where is not None:
        taken = reading.asked(asked_voided("cells", where, **parameters))
    disputed = contested(reading) if states & UNDECIDED else frozenset()
    missing = emptied(disputed, reading, where, **parameters) if where is not None else []
    return Signs(
        contested=disputed,
        emptied=frozenset((row.work, row.pupil, row.value_kind) for row in missing),
        taken={
            (row.work, row.pupil, row.value_kind): in_force[row.act] for row in taken if row.act in in_force
        },
        acts=found,
    )


def emptied(disputed: frozenset[int], reading: Reading, where: str, **parameters: Any) -> list[Any]:
    """Those of the cells `where` finds that a contested entry took a value from, and nobody gave one since."""
    return reading.asked(asked_emptied(disputed, where, **parameters)) if disputed else []


def of_page(reading: Reading, journal: UUID, span: Span) -> Signs:
    """Of a page of the journal on these days."""
    where = "journal = %(journal)s AND date BETWEEN %(first)s AND %(last)s"
    return signs(reading, where, journal=journal, first=span.first, last=span.last)


Row = TypeVar("Row")


def marked(rows: tuple[Row, ...], columns: Sequence[Any], found: Signs) -> tuple[Row, ...]:
    """Rows of a grid (`pupil`, `cells` parallel to the columns) with what is to be said in their cells."""
    if not found:
        return rows
    places = [(column.work, column.lesson) for column in columns]
    return tuple(replace(row, cells=tuple(_cells(row, places, found))) for row in rows)  # type: ignore[type-var]


def _cells(row: Any, places: Iterable[tuple[UUID, UUID]], found: Signs) -> Iterable[Any]:
    for cell, (work, lesson) in zip(row.cells, places, strict=True):
        missing, act = found.of(lesson, work, row.pupil)
        said = missing or cell.seen in found.contested
        yield cell._replace(contested=said, voided=str(act) if act else "") if said or act else cell
