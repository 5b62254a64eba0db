"""A pupil's marks of a study year, subjects × periods, as his diary and his page show them (R-161)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from ledger.evidence import is_owed, periods_of
from ledger.late_entry import in_time
from ledger.period_sheet import ATTESTATION, FINAL, PERIOD, YEAR
from ledger.regulation import Regulation
from ledger.school import School
from ledger.school_records import Journal, Period
from ledger.span import Span
from ledger.windows import extended, period_mark_window
from projections.contested import contested
from projections.period_year import year_id
from projections.reading import Ask, Reading, standing

Rows = Mapping[tuple[UUID, UUID, str], Any]

COLUMNS = "journal, period, kind, value, rewritten, correction, entry"


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodCell:
    """`state`: set; overdue («не выставлена»); runs; ahead, its time has not come; none, no mark is owed there.
    `journal` is the page it stands or will stand on; `rewritten` counts earlier values. `contested`: set with an access
    whose breach was notified, and no Act yet (R-177). `entry` that says it, 0 of none."""

    kind: str
    period: UUID
    journal: UUID
    value: str
    state: str
    rewritten: int
    corrected: bool
    contested: bool = False
    entry: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SubjectMarks:
    """`cells` as the table's periods, `year` as its kinds; `journals` are the pages the pupil was on, his own first."""

    subject: UUID
    title: str
    journals: tuple[UUID, ...]
    cells: tuple[PeriodCell, ...]
    year: tuple[PeriodCell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodHead:
    period: UUID
    title: str
    span: Span
    runs: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MarksTable:
    """`kinds` of the marks of the whole year any subject has."""

    year: int
    periods: tuple[PeriodHead, ...]
    kinds: tuple[str, ...]
    subjects: tuple[SubjectMarks, ...]

    @property
    def begun(self) -> bool:
        """Whether there is anything to show a family: a mark, or a period that ended without one."""
        cells = (cell for row in self.subjects for cell in (*row.cells, *row.year))
        return any(cell.state in ("set", "overdue", "runs") for cell in cells)


def asked(pupil: UUID) -> Ask:
    return standing("period_marks", "pupil = %(pupil)s", columns=COLUMNS, pupil=pupil)


def of_pupil(reading: Reading, pupil: UUID, year: int) -> MarksTable:
    """As `table`."""
    rows = reading.asked(asked(pupil))
    return table(reading, pupil, year, rows, contested(reading) if rows else ())


def table(
    reading: Reading, pupil: UUID, year: int, found: Iterable[Any], disputed: Collection[int]
) -> MarksTable:
    """Of every subject with marks, by title; no rows where the pupil's class has none. `found` are the rows of `asked`,
    `disputed` as projections.contested has them."""
    school, regulation = reading.school, reading.regulation()
    pages = _pages(school, pupil, year, regulation)
    level = max(pages, key=lambda page: _first_day(school, pupil, page), default=None)
    periods = periods_of(school, level.id) if level is not None else ()
    rows = {(row.journal, row.period, row.kind): row for row in found}
    kinds = tuple(kind for kind in (ATTESTATION, YEAR, FINAL) if any(key[2] == kind for key in rows))
    subjects: dict[UUID, list[Journal]] = {}
    for page in pages:
        subjects.setdefault(page.subject, []).append(page)
    lines = (_subject(reading, pupil, own, periods, kinds, rows, disputed) for own in subjects.values())
    return MarksTable(
        year=year,
        periods=tuple(_head(period, reading) for period in periods),
        kinds=kinds,
        subjects=tuple(sorted(lines, key=lambda row: row.title.casefold())),
    )


def _pages(school: School, pupil: UUID, year: int, regulation: Regulation) -> list[Journal]:
    """Marked pages of the year on whose list he was, those of his own (8.2) first."""
    known = school.pupils[pupil]
    places = dict.fromkeys(place for place, _ in (*known.classes, *known.groups))
    classes = dict.fromkeys(
        school.groups[each].class_id if each in school.groups else each for each in places
    )
    found = [
        page
        for class_id in classes
        for page in school.pages_of_class(class_id, year)
        if page.pupil in (None, pupil) and (page.group or page.class_id) in places
    ]
    marked = [page for page in found if _is_marked(page, school, regulation)]
    return sorted(marked, key=lambda page: page.pupil is None)


def _is_marked(page: Journal, school: School, regulation: Regulation) -> bool:
    """P-12 and subjects without marks."""
    unmarked = school.klass_of(page.id).grade in regulation.unmarked_grades
    return not unmarked and "unmarked" not in school.subject_of(page.id).attributes


def _first_day(school: School, pupil: UUID, page: Journal) -> date:
    """Since when he is in the class of the page: the periods are those of the latest."""
    own = (span.first for place, span in school.pupils[pupil].classes if place == page.class_id)
    return max(own, default=date.min)


def _head(period: Period, reading: Reading) -> PeriodHead:
    return PeriodHead(
        period=period.id, title=period.title, span=period.span, runs=reading.today in period.span
    )


def _subject(
    reading: Reading,
    pupil: UUID,
    pages: list[Journal],
    periods: Iterable[Period],
    kinds: Iterable[str],
    rows: Rows,
    disputed: Collection[int],
) -> SubjectMarks:
    school, ids = reading.school, tuple(page.id for page in pages)
    whole, span = year_id(school, ids[0]), school.years[pages[0].year]
    return SubjectMarks(
        subject=pages[0].subject,
        title=school.subject_of(ids[0]).title,
        journals=ids,
        cells=tuple(_cell(reading, pupil, ids, PERIOD, p.id, p.span, rows, disputed) for p in periods),
        year=tuple(_cell(reading, pupil, ids, kind, whole, span, rows, disputed) for kind in kinds),
    )


def _cell(
    reading: Reading,
    pupil: UUID,
    pages: tuple[UUID, ...],
    kind: str,
    period: UUID,
    span: Span,
    rows: Rows,
    disputed: Collection[int],
) -> PeriodCell:
    row = next((rows[page, period, kind] for page in pages if (page, period, kind) in rows), None)
    return PeriodCell(
        kind=kind,
        period=period,
        journal=row.journal if row is not None else _place(reading, pupil, pages, span),
        value="" if row is None else row.value,
        state="set" if row is not None else _state(reading, pupil, pages, kind, span),
        rewritten=0 if row is None else row.rewritten,
        corrected=row is not None and row.correction is not None,
        contested=row is not None and row.entry in disputed,
        entry=0 if row is None else row.entry,
    )


def _place(reading: Reading, pupil: UUID, pages: tuple[UUID, ...], span: Span) -> UUID:
    """The page he is on at the end of the span, or today."""
    day = min(reading.today, span.last or reading.today)
    return next((page for page in pages if reading.school.enrolled(pupil, page, day)), pages[-1])


def _state(reading: Reading, pupil: UUID, pages: tuple[UUID, ...], kind: str, span: Span) -> str:
    school = reading.school
    if kind != PERIOD or not is_owed(pupil, pages[0], span, school):
        return "none"
    if reading.today < span.first:
        return "ahead"
    window = period_mark_window(span.last or span.first, reading.regulation())
    due = extended(window.soft, window.opens, school, reading.regulation())
    if not in_time(reading.now, due):
        return "overdue"
    return "runs" if reading.today in span else "ahead"
