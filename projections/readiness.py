"""Readiness of a school for the close of a period (R-161, R-162): classes × subjects, how much is missing where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from uuid import UUID

from ledger.alphabet import plain
from ledger.school import Journal, School
from ledger.school_records import Period
from ledger.sheet_periods import years_of
from ledger.span import Span
from projections.as_of import AsOf
from projections.class_list import in_order
from projections.readiness_gaps import Gaps, gaps_of, marks_from
from projections.reading import NoSuchPage, Reading
from projections.years import day_of, year_now


@dataclass(frozen=True, kw_only=True, slots=True)
class Square:
    """The pages of a subject in a class. `closed_at` and `closed_by` once every page is closed, the latest of them;
    `closed` are those that are."""

    subject: UUID
    journals: tuple[UUID, ...]
    teachers: tuple[UUID, ...]
    gaps: Gaps
    closed: tuple[UUID, ...] = ()
    closed_at: datetime | None = None
    closed_by: UUID | None = None

    @property
    def open(self) -> tuple[UUID, ...]:
        return tuple(journal for journal in self.journals if journal not in self.closed)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassRow:
    class_id: UUID
    title: str
    period: UUID
    squares: tuple[Square, ...]

    @property
    def open(self) -> tuple[UUID, ...]:
        return tuple(journal for square in self.squares for journal in square.open)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reminded:
    """A reminder that was sent: of how many pages."""

    at: datetime
    by: UUID
    journals: int
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadinessPage:
    """`periods` to choose from, one of each title, that of the year «»; a class is shown with that of its level. Until
    `marks_from` (local) no marks are waited for and nothing is closed: not `due`. `subjects`: (id, title, short)."""

    period: UUID
    title: str
    span: Span
    marks_from: datetime
    due: bool
    periods: tuple[Period, ...]
    rows: tuple[ClassRow, ...]
    subjects: tuple[tuple[UUID, str, str], ...]
    reminders: tuple[Reminded, ...]
    as_of: AsOf

    @property
    def gaps(self) -> Gaps:
        return sum((square.gaps for row in self.rows for square in row.squares), Gaps())


def page(reading: Reading, period: UUID | None, classes: Iterable[UUID]) -> ReadinessPage:
    """Of those classes. Raises NoSuchPage when there is no such period."""
    school = reading.school
    chosen = _chosen(reading, period)
    fellows = {each.level: each for each in _fellows(chosen, school)}
    own = [school.classes[c] for c in classes if c in school.classes]
    shown = sorted((k for k in own if k.year == chosen.year and k.level in fellows), key=in_order)
    pages = _by_class(school, chosen.year, {klass.id for klass in shown})
    gaps: dict[UUID, Gaps] = {}
    for each in fellows.values():
        of_level = [p.id for k in shown if k.level == each.level for p in pages[k.id]]
        gaps |= gaps_of(reading, of_level, each)
    closings = _closings(reading, fellows.values())
    rows = tuple(
        ClassRow(
            class_id=klass.id,
            title=klass.title,
            period=fellows[klass.level].id,
            squares=_squares(pages[klass.id], gaps, closings, reading, fellows[klass.level]),
        )
        for klass in shown
    )
    return ReadinessPage(
        period=chosen.id,
        title=chosen.title,
        span=chosen.span,
        marks_from=marks_from(reading, chosen),
        due=marks_from(reading, chosen) <= reading.now,
        periods=periods_of_year(school, chosen.year),
        rows=rows,
        subjects=_subjects(rows, school),
        reminders=_reminders(reading, fellows.values()),
        as_of=reading.as_of,
    )


def _chosen(reading: Reading, period: UUID | None) -> Period:
    """The one asked for; else the latest that has begun."""
    school = reading.school
    if period is not None:
        known = next((each for each in _sheets(school) if each.id == period), None)
        if known is None:
            raise NoSuchPage(str(period))
        return known
    year = year_now(school, reading.today)
    begun = [p for p in school.periods.values() if p.year == year and p.span.first <= reading.today]
    if not begun:
        raise NoSuchPage("no period has begun")
    return max(begun, key=lambda p: (p.span.first, _classes(p, school)))


def _classes(period: Period, school: School) -> int:
    return sum((k.level, k.year) == (period.level, period.year) for k in school.classes.values())


def _fellows(chosen: Period, school: School) -> list[Period]:
    same = (chosen.year, chosen.kind, chosen.title)
    return [each for each in _sheets(school) if (each.year, each.kind, each.title) == same]


def _sheets(school: School) -> Iterator[Period]:
    return chain(school.periods.values(), years_of(school))


def periods_of_year(school: School, year: int) -> tuple[Period, ...]:
    """One of each title, in order; the year is the last."""
    found: dict[str, Period] = {}
    in_turn = sorted(school.periods.values(), key=lambda p: (p.span.first, p.span.last or p.span.first))
    for each in (*in_turn, *years_of(school)):
        if each.year == year:
            found.setdefault(each.title, each)
    return tuple(found.values())


def _by_class(school: School, year: int, classes: set[UUID]) -> dict[UUID, list[Journal]]:
    found: dict[UUID, list[Journal]] = {class_id: [] for class_id in classes}
    for each in school.journals.values():
        if each.year == year and each.class_id in classes:
            found[each.class_id].append(each)
    return found


def _closings(reading: Reading, periods: Iterable[Period]) -> dict[UUID, tuple[datetime, UUID]]:
    ids = [each.id for each in periods]
    rows = reading.rows("period_closings", "period = ANY(%(ids)s)", ids=ids)
    return {row.journal: (row.closed_at, row.closed_by) for row in rows}


def _squares(
    pages: Iterable[Journal],
    gaps: Mapping[UUID, Gaps],
    closings: Mapping[UUID, tuple[datetime, UUID]],
    reading: Reading,
    period: Period,
) -> tuple[Square, ...]:
    by_subject: dict[UUID, list[UUID]] = {}
    for each in pages:
        by_subject.setdefault(each.subject, []).append(each.id)
    on = day_of(period.span, reading.today)
    squares = []
    for subject, journals in by_subject.items():
        teachers = dict.fromkeys(t for j in journals for t in reading.school.teachers_of(j, on))
        closed = tuple(j for j in journals if j in closings)
        square = Square(
            subject=subject,
            journals=tuple(journals),
            teachers=tuple(teachers),
            gaps=sum((gaps[j] for j in journals), Gaps()),
            closed=closed,
        )
        if len(closed) == len(journals):
            at, by = max(closings[j] for j in closed)
            square = replace(square, closed_at=at, closed_by=by)
        squares.append(square)
    return tuple(squares)


def _subjects(rows: Iterable[ClassRow], school: School) -> tuple[tuple[UUID, str, str], ...]:
    ids = {square.subject for row in rows for square in row.squares}
    known = sorted((school.subjects[id] for id in ids), key=lambda each: plain(each.title))
    return tuple((each.id, each.title, each.short) for each in known)


def _reminders(reading: Reading, periods: Iterable[Period]) -> tuple[Reminded, ...]:
    rows = reading.rows("reminders", "period = ANY(%(ids)s)", ids=[each.id for each in periods])
    latest = sorted(rows, key=lambda row: row.sent_at, reverse=True)[:5]
    return tuple(
        Reminded(at=row.sent_at, by=row.sent_by, journals=len(row.journals), text=row.text) for row in latest
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What of the matrix is shown; None and «» mean all."""

    class_id: UUID | None = None
    subject: UUID | None = None
    teacher: UUID | None = None
    gap: str = ""


def narrowed(page: ReadinessPage, wanted: Filter, school: School) -> ReadinessPage:
    """Only the squares asked for, and the rows and heads that have any."""
    rows = tuple(
        replace(row, squares=own)
        for row in page.rows
        if wanted.class_id in (None, row.class_id)
        if (own := tuple(square for square in row.squares if _fits(square, wanted)))
    )
    return replace(page, rows=rows, subjects=_subjects(rows, school))


def _fits(square: Square, wanted: Filter) -> bool:
    if wanted.subject not in (None, square.subject):
        return False
    if wanted.teacher is not None and wanted.teacher not in square.teachers:
        return False
    return not wanted.gap or square.gaps.of(wanted.gap) > 0
