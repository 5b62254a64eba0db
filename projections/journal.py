"""The journal page: the spread every teacher knows — pupils × columns, and what was covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from ledger.people import Name
from ledger.regulation import Regulation
from ledger.school import Period, School, Span
from ledger.timetable import Lesson
from projections import journal_signs, void_signs
from projections.as_of import AsOf, Filled
from projections.column_status import counted
from projections.columns import Column, columns_of
from projections.filling import latest
from projections.foreign_columns import ForeignColumn, foreign_columns, lessons_elsewhere
from projections.journal_lines import Line, lines_of
from projections.journal_signs import PeriodColumn
from projections.means import shown_mean
from projections.pupil_notes import PupilNote, notes
from projections.reading import NoSuchPage, Reading
from projections.unwritten import ready_work, unwritten
from projections.void_signs import Signs
from projections.years import day_of


class Cell(NamedTuple):  # a page has 1,800 of them, and a frozen dataclass takes three times as long to make
    """`value` is "", "4" or "4/3". `seen` is the position of the cell's last entry (0: never written): what a
    command sends back so that a colleague's newer value is shown and never overwritten. `outside`: the
    pupil was not on the list that day. `corrected`: by a case. `delay` in seconds when it was entered late, else None.
    `rewritten` counts earlier values of the cell, of an emptied one too. `manner` of a mark of a distance
    day: online or independent. `contested`: written with an access whose breach was notified; `voided` names the Act
    that took a value of the cell away or brought it back."""

    value: str = ""
    absent: bool = False
    outside: bool = False
    delay: int | None = None
    permitted: bool = False
    rewritten: int = 0
    imported: bool = False
    manner: str = ""
    corrected: bool = False
    contested: bool = False
    voided: str = ""
    seen: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilRow:
    """`cells` run parallel to the page's columns. `mean` of all parts of all marks shown, «4,25», or ""."""

    pupil: UUID
    name: str
    cells: tuple[Cell, ...]
    mean: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodChoice:
    id: UUID
    title: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalPage:
    journal: UUID
    class_id: UUID
    class_title: str
    group_title: str
    home: bool
    subject: str
    year: int
    periods: tuple[PeriodChoice, ...]
    teachers: tuple[UUID, ...]
    columns: tuple[Column, ...]
    foreign: tuple[ForeignColumn, ...]
    rows: tuple[PupilRow, ...]
    sheet: PeriodColumn
    notes: tuple[PupilNote, ...]
    lines: tuple[Line, ...]
    filled: Filled | None
    as_of: AsOf


def page(reading: Reading, journal: UUID, period: UUID | None = None) -> JournalPage:
    """The page of a reporting period, the running one when none is chosen. Raises NoSuchPage."""
    school, regulation, now = reading.school, reading.regulation(), reading.now
    known = school.journals.get(journal)
    if known is None:
        raise NoSuchPage(str(journal))
    klass, subject = school.klass_of(journal), school.subject_of(journal)
    today = day_of(school.years[known.year], reading.today)
    span = chosen_span(school, journal, period, today)
    between: dict[str, Any] = {"journal": journal, "first": span.first, "last": span.last}
    where = "journal = %(journal)s AND date BETWEEN %(first)s AND %(last)s"
    written = {row.lesson: row for row in reading.rows("lessons", where, **between)}
    planned = planned_lessons(school, journal, span, reading.today)
    lessons = written | unwritten(planned, written)
    works = reading.rows("works", where, **between) + ready_works(planned, written, reading, regulation)
    cells = reading.rows("cells", where, columns=CELL_COLUMNS, **between)
    cells += reading.emptied(cells, where, **between)
    elsewhere = lessons_elsewhere(works, reading)
    columns = columns_of(lessons | elsewhere, works, school, regulation, now)
    signs = void_signs.of_page(reading, journal, span)
    rows = pupil_rows(school, journal, columns, cells, reading, span, regulation, signs)
    return JournalPage(
        journal=journal,
        class_id=klass.id,
        class_title=klass.title,
        group_title=school.group_title(journal),
        home=known.pupil is not None,
        subject=subject.title,
        year=known.year,
        periods=_choices(school, klass.level, known.year, span),
        teachers=school.teachers_of(journal, today),
        columns=counted(columns, rows, school, journal),
        foreign=foreign_columns(columns, elsewhere, school),
        rows=rows,
        sheet=journal_signs.column(reading, journal, span, columns, rows, written, cells, signs.contested),
        notes=notes(school, journal, [row.pupil for row in rows], span, today, regulation),
        lines=lines_of(lessons.values(), planned, reading, regulation, signs.contested),
        filled=latest(reading, written),
        as_of=reading.as_of,
    )


def chosen_span(school: School, journal: UUID, period: UUID | None, today: date) -> Span:
    """The days shown: the chosen period, else the one running today, else the year."""
    klass, year = school.klass_of(journal), school.journals[journal].year
    found = school.periods.get(period) if period else school.period_on(klass.level, today)
    whole = found.span if found is not None else school.years[year]
    return Span(first=whole.first, last=whole.last or whole.first)


def _choices(school: School, level: str, year: int, span: Span) -> tuple[PeriodChoice, ...]:
    periods = [p for p in school.periods.values() if p.level == level and p.year == year]
    return tuple(
        PeriodChoice(id=p.id, title=p.title, chosen=p.span.first == span.first)
        for p in sorted(periods, key=_begins)
    )


def _begins(period: Period) -> date:
    return period.span.first


# A term has 1,200 of them: only what a cell shows, and ids as text, which Python compares ten times as fast.
CELL_COLUMNS = (
    "work::text AS work, pupil::text AS pupil, value_kind,"
    " value, entry, delay, permitted, rewritten, imported, manner, correction"
)


def pupil_rows(
    school: School,
    journal: UUID,
    columns: Sequence[Column],
    cells: Iterable[Any],
    reading: Reading,
    span: Span,
    regulation: Regulation,
    signs: Signs,
) -> tuple[PupilRow, ...]:
    """Everybody who was on the list on any day shown, or has something written here."""
    names = reading.names(school.members_ever(journal))
    by_pupil: dict[str, list[Any]] = {}
    for cell in cells:
        by_pupil.setdefault(cell.pupil, []).append(cell)
    today = min(max(reading.today, span.first), span.last or span.first)
    days = tuple(sorted({column.date for column in columns} | {today}))
    listed = {pupil: listed_days(school, journal, pupil, days) for pupil in school.members_ever(journal)}
    present = {pupil for pupil, on in listed.items() if on} | set(map(UUID, by_pupil))
    places = _Places.of(columns)
    rows = tuple(
        _pupil_row(
            pupil,
            names[pupil],
            _blank(columns, listed.get(pupil, frozenset()), len(days)),
            by_pupil.get(str(pupil), ()),
            places,
            regulation,
        )
        for pupil in reading.sorted(tuple(p for p in present if p in names), names)
    )
    return void_signs.marked(rows, columns, signs)


def listed_days(school: School, journal: UUID, pupil: UUID, days: Sequence[date]) -> frozenset[date]:
    """Those of `days` (ascending) on which the pupil was on the list; nearly always all of them."""
    page, known = school.journals[journal], school.pupils[pupil]
    first, last = days[0], days[-1]

    def throughout(place: UUID, stretches: Iterable[tuple[UUID, Span]]) -> bool:
        return any(where == place and first in span and last in span for where, span in stretches)

    # A page of home tuition lists its pupil on the days of the tuition only (8.2).
    if (
        page.pupil is None
        and throughout(page.class_id, known.classes)
        and (page.group is None or throughout(page.group, known.groups))
    ):
        return frozenset(days)
    return frozenset(day for day in days if school.enrolled(pupil, journal, day))


def _blank(columns: Sequence[Column], listed: frozenset[date], days: int) -> list[Cell]:
    """A row nothing is written in."""
    if len(listed) == days:
        return [EMPTY] * len(columns)
    return [EMPTY if column.date in listed else OUTSIDE for column in columns]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Places:
    """Where a work and where a lesson stand among the columns: cells are laid into a row, not looked for."""

    works: dict[str, int]
    lessons: dict[str, tuple[int, ...]]

    @classmethod
    def of(cls, columns: Sequence[Column]) -> _Places:
        lessons: dict[str, tuple[int, ...]] = {}
        for n, column in enumerate(columns):
            lessons[str(column.lesson)] = (*lessons.get(str(column.lesson), ()), n)
        return cls(works={str(column.work): n for n, column in enumerate(columns)}, lessons=lessons)


def _pupil_row(
    pupil: UUID, name: Name, row: list[Cell], own: Iterable[Any], places: _Places, regulation: Regulation
) -> PupilRow:
    """`row` is the blank one and is written in."""
    marks = [cell for cell in own if cell.value_kind == "mark"]
    absences: dict[int, Any] = {}
    for cell in own:
        if cell.value_kind == "absence":  # its work is the lesson: it stands in every column of it
            absences |= dict.fromkeys(places.lessons.get(cell.work, ()), cell)
    for mark in marks:
        if (n := places.works.get(mark.work)) is not None:
            row[n] = cell_of(mark, absences.pop(n, None), outside=row[n].outside)
    for n, absence in absences.items():
        row[n] = cell_of(None, absence, outside=row[n].outside)
    values = [mark.value for mark in marks if mark.value]
    return PupilRow(pupil=pupil, name=name.listed, cells=tuple(row), mean=shown_mean(values, regulation))


EMPTY, OUTSIDE = Cell(), Cell(outside=True)


def cell_of(mark: Any, absence: Any, *, outside: bool) -> Cell:
    """The cell of a mark's row (of an emptied cell too) and of the lesson's absence row, either None."""
    shown = mark if (mark is not None and mark.value) or absence is None else absence
    if shown is None:
        return OUTSIDE if outside else EMPTY
    value = mark.value if mark is not None else ""
    manner: Any = mark.manner if mark is not None else ""
    return Cell(  # by place: twice as fast as by name
        *(value, absence is not None, outside),
        *(
            shown.delay,
            shown.permitted,
            shown.rewritten,
            shown.imported,
            manner,
            shown.correction is not None,
            False,
            "",
            shown.entry,
        ),
    )


def planned_lessons(school: School, journal: UUID, span: Span, today: date) -> list[Lesson]:
    """The timetable's lessons of these days, up to a week ahead."""
    ahead = today + timedelta(days=7)
    return [
        lesson
        for lesson in school.timetable.by_journal.get(journal, ())
        if lesson.date in span and lesson.date <= ahead
    ]


def ready_works(
    planned: Iterable[Lesson], written: Mapping[UUID, Any], reading: Reading, regulation: Regulation
) -> list[Any]:
    """A column to type in for every lesson up to today that has no entry yet."""
    return [
        ready_work(lesson, reading.school, regulation)
        for lesson in planned
        if lesson.id not in written and lesson.date <= reading.today
    ]
