"""The archive register of the school (R-224), and what is due after a study year: from the first day of the month its
term ends in, which is 1 June (W-31)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ledger.papers import kept_until, year_papers
from ledger.school_records import Klass
from projections.as_of import AsOf
from projections.class_list import in_order
from projections.outdated import Changes
from projections.reading import NoSuchPage, Reading

SECOND = 10  # days before the term ends everybody who has not printed is reminded again (20 June)


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchiveItem:
    """A line of the register. `registered_at` is local; `until` the year it is kept to (P-86); `outdated`:
    places an Act or a correction changed since it was printed (E-04)."""

    item: UUID
    number: str
    kind: str
    title: str
    year: int
    class_id: UUID | None
    sheets: int
    copies: int
    stitched: date
    place: str
    position: int
    sha256: str
    registered_by: UUID
    registered_at: datetime
    until: int
    outdated: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class DuePaper:
    """`number` in the register, «» while it is not there; `over`: the term has passed; `soon`: it ends within ten
    days."""

    kind: str
    class_id: UUID
    class_title: str
    due: date
    number: str
    over: bool
    soon: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ArchivePage:
    """Of a study year. `due` is empty before the month its terms end in; `paper_until` and `electronic_until` are the
    years to which the year's journal is kept (P-86, P-87); `copies` is the usual number (R-229)."""

    year: int
    years: tuple[int, ...]
    items: tuple[ArchiveItem, ...]
    due: tuple[DuePaper, ...]
    due_from: date | None
    paper_until: int
    electronic_until: int
    copies: int
    as_of: AsOf


COPIES = 2  # «архивное хранение … в двух экземплярах» (Perm 3.7)


def page(reading: Reading, year: int) -> ArchivePage:
    """Raises NoSuchPage: no such study year."""
    school, regulation = reading.school, reading.regulation()
    if year not in school.years:
        raise NoSuchPage(str(year))
    items = tuple(_checked(reading, _items(reading, year)))
    terms = dict(year_papers(school, year, regulation))
    paper, electronic = kept_until(year, regulation)
    return ArchivePage(
        year=year,
        years=tuple(sorted(school.years, reverse=True)),
        items=items,
        due=tuple(due_papers(reading, year)),
        due_from=min((day.replace(day=1) for day in terms.values()), default=None),
        paper_until=paper,
        electronic_until=electronic,
        copies=COPIES,
        as_of=reading.as_of,
    )


def item(reading: Reading, id: UUID) -> ArchiveItem:
    """One line. Raises NoSuchPage."""
    found = reading.rows("archive", "item = %(item)s", item=id)
    if not found:
        raise NoSuchPage(str(id))
    return _item(found[0], reading)


def due_papers(reading: Reading, year: int) -> Iterator[DuePaper]:
    """What the act wants of every class of the year (P-85), once its month has begun."""
    school = reading.school
    done = {(each.kind, each.class_id): each.number for each in _items(reading, year)}
    classes = sorted((k for k in school.classes.values() if k.year == year), key=in_order)
    for kind, due in year_papers(school, year, reading.regulation()):
        if reading.today >= due.replace(day=1):
            for klass in classes:
                yield _due(reading, klass, kind, due, done.get((kind, klass.id), ""))


def _due(reading: Reading, klass: Klass, kind: str, due: date, number: str) -> DuePaper:
    return DuePaper(
        kind=kind,
        class_id=klass.id,
        class_title=klass.title,
        due=due,
        number=number,
        over=not number and reading.today > due,
        soon=not number and 0 <= (due - reading.today).days <= SECOND,
    )


def _items(reading: Reading, year: int) -> list[ArchiveItem]:
    """In the order they were registered."""
    rows = reading.rows("archive", "year = %(year)s", year=year)
    return [_item(row, reading) for row in sorted(rows, key=lambda row: row.registered_at)]


def _checked(reading: Reading, items: list[ArchiveItem]) -> Iterator[ArchiveItem]:
    changes = Changes(reading, (each.position for each in items))
    for each in items:
        of_class = each.class_id is not None and changes.since(each.position, each.class_id, None, None)
        yield replace(each, outdated=int(of_class))


def _item(row: Any, reading: Reading) -> ArchiveItem:
    return ArchiveItem(
        item=row.item,
        number=row.number,
        kind=row.kind,
        title=row.title,
        year=row.year,
        class_id=row.class_id,
        sheets=row.sheets,
        copies=row.copies,
        stitched=row.stitched,
        place=row.place,
        position=row.position,
        sha256=row.sha256,
        registered_by=row.registered_by,
        registered_at=reading.school.local(row.registered_at),
        until=kept_until(row.year, reading.regulation())[0],
    )
