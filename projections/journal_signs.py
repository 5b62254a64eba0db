"""What the journal's page says of the period beside the marks: the mark that stands for it, and quietly who was not
asked for the regulation's number of lessons (P-17) or falls short of the marks an attestation takes (W-35)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from ledger.evidence import periods_of
from ledger.period_sheet import PERIOD, YEAR
from ledger.school import Span
from projections.columns import Column
from projections.period_year import year_id
from projections.reading import Reading
from projections.standings import Counts, Standing, standings


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilSigns:
    """`value` of the mark for the period, «» for none; `contested` until there is an Act (R-177). `unasked`: lessons he
    was at since his last mark, 0 while they are few; `due`: marks he would have by now at the pace `needed` takes, 0
    while he is not behind it."""

    pupil: UUID
    value: str = ""
    corrected: bool = False
    contested: bool = False
    unasked: int = 0
    marks: int = 0
    due: int = 0
    needed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodColumn:
    """The sheet of the days shown: `kind` of its marks, `title` «I», «год». `interval` lessons without a question are
    too many (P-17). `signs` of those there is something to say of."""

    period: UUID
    kind: str
    title: str
    interval: int
    signs: tuple[PupilSigns, ...] = ()


def column(
    reading: Reading,
    journal: UUID,
    span: Span,
    columns: Sequence[Column],
    rows: Iterable[Any],
    held: Mapping[UUID, Any],
    cells: Iterable[Any],
    disputed: frozenset[int],
) -> PeriodColumn:
    """Of the period whose days are shown, or of the year. `rows` have a pupil and cells parallel to the columns; `held`
    are the rows of the lessons with records, `cells` those of all cells of the page, with pupils as text; `disputed`
    the entries that are contested."""
    shown = _sheet(reading, journal, span)
    asked = _marked(reading, journal) and shown.kind == PERIOD and reading.today in span
    pupils = {row.pupil for row in rows if asked and reading.school.liable(row.pupil, journal, reading.today)}
    counts = _counts(journal, pupils, held, cells)
    behind = standings(reading, {journal: pupils}, span, counts) if pupils else {}
    signs = _all_signs(reading, journal, shown, columns, rows, held, behind, disputed)
    return replace(shown, signs=signs)


def _sheet(reading: Reading, journal: UUID, span: Span) -> PeriodColumn:
    school, regulation = reading.school, reading.regulation()
    interval = regulation.question_interval
    for period in periods_of(school, journal):
        if period.span.first == span.first:
            title = period.title.split()[0]
            return PeriodColumn(period=period.id, kind=PERIOD, title=title, interval=interval)
    return PeriodColumn(period=year_id(school, journal), kind=YEAR, title="год", interval=interval)


def _all_signs(
    reading: Reading,
    journal: UUID,
    shown: PeriodColumn,
    columns: Sequence[Column],
    rows: Iterable[Any],
    held: Mapping[UUID, Any],
    behind: Mapping[tuple[UUID, UUID], Standing],
    disputed: frozenset[int],
) -> tuple[PupilSigns, ...]:
    """`behind` of those of whom marks are waited for."""
    found = reading.rows(
        "period_marks",
        "journal = %(journal)s AND period = %(period)s AND kind = %(kind)s",
        columns="pupil, value, correction, entry",
        journal=journal,
        period=shown.period,
        kind=shown.kind,
    )
    given = {row.pupil: row for row in found}
    lessons = _places(columns, held)
    said = []
    for row in rows:
        standing = behind.get((journal, row.pupil))
        unasked = _unasked(row.cells, lessons, shown.interval) if standing is not None else 0
        said.append(_signs(row, given.get(row.pupil), standing, unasked, disputed))
    return tuple(each for each in said if each.value or each.unasked or each.due)


def _counts(journal: UUID, pupils: Iterable[UUID], held: Mapping[UUID, Any], cells: Iterable[Any]) -> Counts:
    """What the page has read already need not be counted again by the database."""
    found: dict[str, list[int]] = {}
    for cell in cells:
        own = found.setdefault(cell.pupil, [0, 0, 0])
        if cell.value_kind == "absence":
            own[2] += 1
        elif cell.value_kind == "mark" and cell.value:
            own[0] += 1
            own[1] += 2 if "/" in cell.value else 1
    modes: dict[str, list[date]] = {}
    for row in held.values():
        modes.setdefault(row.mode, []).append(row.date)
    return Counts(
        lessons=[(journal, mode, len(days), min(days), max(days)) for mode, days in modes.items()],
        cells={(journal, p): (n[0], n[1], n[2]) for p in pupils if (n := found.get(str(p)))},
    )


def _marked(reading: Reading, journal: UUID) -> bool:
    """Where no marks are given nobody waits for one."""
    school = reading.school
    unmarked = school.klass_of(journal).grade in reading.regulation().unmarked_grades
    return not unmarked and "unmarked" not in school.subject_of(journal).attributes


def _places(columns: Sequence[Column], held: Mapping[UUID, Any]) -> list[list[int]]:
    """The columns of each lesson with records, the latest lesson first."""
    lessons: dict[UUID, list[int]] = {}
    for n, each in enumerate(columns):
        if each.source is None and each.lesson in held:
            lessons.setdefault(each.lesson, []).append(n)
    return list(reversed(lessons.values()))


def _unasked(cells: Sequence[Any], lessons: Iterable[Sequence[int]], interval: int) -> int:
    """Lessons since the last mark at which he was there to be asked; 0 when they are fewer than `interval`."""
    count = 0
    for places in lessons:
        own = [cells[n] for n in places]
        if any(cell.value for cell in own):
            break
        count += not (own[0].absent or own[0].outside)
    return count if count >= interval else 0


def _signs(
    row: Any, given: Any | None, standing: Standing | None, unasked: int, disputed: frozenset[int]
) -> PupilSigns:
    behind = standing is not None and standing.behind
    return PupilSigns(
        pupil=row.pupil,
        value="" if given is None else given.value,
        corrected=given is not None and given.correction is not None,
        contested=given is not None and given.entry in disputed,
        unasked=unasked,
        marks=standing.marks if standing is not None and behind else 0,
        due=standing.due if standing is not None and behind else 0,
        needed=standing.needed if standing is not None and behind else 0,
    )
