"""Class reports of a study year: what was handed over and accepted, and what is late (W-24, R-219)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ledger.late_entry import in_time
from ledger.papers import reports_due, reports_open, reports_wanted
from ledger.period_sheet import YEAR
from ledger.school_records import Klass, Period
from ledger.sheet_periods import as_period
from projections.as_of import AsOf
from projections.class_list import in_order
from projections.outdated import Changes
from projections.reading import NoSuchPage, Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedLine:
    """A class and a period whose last week has begun, or its year («» as `period_title`). `column` is the key of the
    register's column the papers are printed of. Times are local; `over`: nothing was handed over in time; `late`: it
    was handed over after the period's last day; `outdated`: places an Act or a correction changed since then (E-04)."""

    class_id: UUID
    class_title: str
    period: UUID
    period_title: str
    column: str
    opens: datetime
    due: datetime
    papers: tuple[str, ...]
    position: int
    handed_by: UUID | None
    handed_at: datetime | None
    accepted_by: UUID | None
    accepted_at: datetime | None
    over: bool
    late: bool
    outdated: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class HandedPage:
    """`wanted` papers by P-85, none where the act asks for none."""

    year: int
    wanted: tuple[str, ...]
    lines: tuple[HandedLine, ...]
    as_of: AsOf

    @property
    def people(self) -> tuple[UUID, ...]:
        found = (who for line in self.lines for who in (line.handed_by, line.accepted_by))
        return tuple(dict.fromkeys(who for who in found if who is not None))


def page(reading: Reading, year: int, classes: Iterable[UUID]) -> HandedPage:
    """Of these classes of the study year, the latest period first. Raises NoSuchPage: no such year."""
    if year not in reading.school.years:
        raise NoSuchPage(str(year))
    known = [reading.school.classes[each] for each in classes if each in reading.school.classes]
    own = sorted((klass for klass in known if klass.year == year), key=in_order)
    rows = _rows(reading, own)
    lines = list(_checked(reading, (line for klass in own for line in of_class(reading, klass, rows))))
    lines.sort(key=lambda line: line.due, reverse=True)
    return HandedPage(
        year=year,
        wanted=reports_wanted(reading.regulation()),
        lines=tuple(lines),
        as_of=reading.as_of,
    )


def _checked(reading: Reading, lines: Iterable[HandedLine]) -> Iterator[HandedLine]:
    """With what happened to each since it was handed over (E-04)."""
    found = tuple(lines)
    changes = Changes(reading, (line.position for line in found if line.position))
    for line in found:
        period = reading.school.periods.get(line.period)
        span = period.span if period is not None else None
        changed = changes.since(line.position, line.class_id, line.period, span) if line.position else 0
        yield replace(line, outdated=changed)


def lines_of(reading: Reading, classes: Iterable[Klass]) -> list[HandedLine]:
    own = list(classes)
    rows = _rows(reading, own)
    return [line for klass in own for line in of_class(reading, klass, rows)]


def _rows(reading: Reading, classes: Iterable[Klass]) -> dict[tuple[UUID, UUID], Any]:
    ids = [klass.id for klass in classes]
    found = reading.rows("handed_reports", "class_id = ANY(%(ids)s)", ids=ids)
    return {(row.class_id, row.period): row for row in found}


def of_class(reading: Reading, klass: Klass, rows: dict[tuple[UUID, UUID], Any]) -> Iterator[HandedLine]:
    for period in _periods(reading, klass):
        opens, due = reports_open(period, reading.regulation()), reports_due(period)
        if opens is not None and due is not None and opens <= reading.now:
            yield _line(reading, klass, period, opens, due, rows.get((klass.id, period.id)))


def _periods(reading: Reading, klass: Klass) -> Iterator[Period]:
    school = reading.school
    own = (p for p in school.periods.values() if (p.level, p.year) == (klass.level, klass.year))
    yield from sorted(own, key=lambda each: each.span.first)
    yield as_period(school, klass.year, klass.level)


def _line(
    reading: Reading, klass: Klass, period: Period, opens: datetime, due: datetime, row: Any
) -> HandedLine:
    school = reading.school
    handed = None if row is None else school.local(row.handed_at)
    accepted = None if row is None or row.accepted_at is None else school.local(row.accepted_at)
    return HandedLine(
        class_id=klass.id,
        class_title=klass.title,
        period=period.id,
        period_title=period.title,
        column=YEAR if period.kind == YEAR else str(period.id),
        opens=opens,
        due=due,
        papers=() if row is None else tuple(row.papers),
        position=0 if row is None else row.position,
        handed_by=None if row is None else row.handed_by,
        handed_at=handed,
        accepted_by=None if row is None else row.accepted_by,
        accepted_at=accepted,
        over=handed is None and not in_time(reading.now, due),
        late=handed is not None and not in_time(handed, due),
    )
