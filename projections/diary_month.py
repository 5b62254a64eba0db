"""A month of the diary: its calendar with marks and absences by day, and each subject's sum of it. No other pupil's
data stands in it: an average is of the pupil's own marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.attestation import propose
from ledger.evidence import Facts, evidence_of
from ledger.span import Span, monday_of
from projections import absence_facts, diary_sections, pupil_marks
from projections.as_of import AsOf
from projections.columns import title_of
from projections.means import written
from projections.period_evidence import facts_of
from projections.pupil_marks import MarksTable, PeriodHead, SubjectMarks
from projections.reading import NoSuchPage, Reading
from projections.years import year_now

Day = date  # for fields after one that is called date
LATE, ABSENT, MARK = "late", "absence", "mark"


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthItem:
    """One record of a day: `kind` is mark, absence or late; `detail` the kind of work, or why absent; `changed`: it is
    not the first value there."""

    kind: str
    subject: str
    short: str
    value: str
    detail: str
    changed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthDay:
    """`inside`: of this month, not of a week it shares with another one; `title` of a holiday."""

    date: Day
    inside: bool
    title: str
    lessons: int
    items: tuple[MonthItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthSubject:
    """`marks` (day, value) and lessons `missed` by category of this month; `mean` of the period the month is seen in,
    from how many marks; "" of none."""

    title: str
    marks: tuple[tuple[Day, str], ...]
    missed: tuple[tuple[str, int], ...]
    mean: str
    counted: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryMonth:
    """`period` is the reporting period the averages are of, "" outside one."""

    pupil: UUID
    class_title: str
    first: Day
    last: Day
    weeks: tuple[tuple[MonthDay, ...], ...]
    subjects: tuple[MonthSubject, ...]
    period: str
    sections: frozenset[str]
    as_of: AsOf


def page(reading: Reading, pupil: UUID, first: date) -> DiaryMonth:
    """The month that begins on `first`. Raises NoSuchPage."""
    school, known = reading.school, reading.school.pupils.get(pupil)
    if known is None:
        raise NoSuchPage(str(pupil))
    last = last_of(first)
    sections = diary_sections.of(reading)
    days = _grid(first, last)
    cells = _cells(reading, pupil, days[0], days[-1], sections)
    items = _by_day(cells, reading)
    table, head = _table(reading, pupil, first, last)
    klass = known.class_on(min(max(first, reading.today), last)) or known.class_on(last)
    shown = tuple(_day(reading, pupil, day, first, items.get(day, ())) for day in days)
    return DiaryMonth(
        pupil=pupil,
        class_title=school.classes[klass].title if klass else "",
        first=first,
        last=last,
        weeks=_weeks(shown),
        subjects=_subjects(reading, pupil, table, head, [c for c in cells if first <= c.date <= last]),
        period=head.title if head is not None else "",
        sections=sections,
        as_of=reading.as_of,
    )


def last_of(first: date) -> date:
    """The last day of the month that begins on `first`."""
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _grid(first: date, last: date) -> list[date]:
    start, end = monday_of(first), monday_of(last) + timedelta(days=6)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _weeks(days: tuple[MonthDay, ...]) -> tuple[tuple[MonthDay, ...], ...]:
    """Sundays stand only where one of them has a lesson."""
    wide = any(day.lessons or day.items for day in days if day.date.isoweekday() == 7)
    width = 7 if wide else 6
    return tuple(days[n : n + width] for n in range(0, len(days), 7))


@dataclass(frozen=True, kw_only=True)
class _Cell:
    """A row of cells, with what it is a mark of, or why the pupil was away."""

    row: Any
    detail: str

    @property
    def date(self) -> date:
        day: date = self.row.date
        return day


def _cells(
    reading: Reading, pupil: UUID, first: date, last: date, sections: frozenset[str]
) -> tuple[_Cell, ...]:
    where = "pupil = %(pupil)s AND date BETWEEN %(first)s AND %(last)s"
    rows = reading.rows("cells", where, pupil=pupil, first=first, last=last)
    shown = [row for row in rows if ("marks" if row.value_kind == MARK else "attendance") in sections]
    ids = [row.lesson for row in shown if row.value_kind == MARK]
    works = {row.work: row for row in reading.rows("works", "lesson = ANY(%(ids)s)", ids=ids)}
    said = absence_facts.explanations(reading, [pupil], first, last).get(pupil, ())
    found = (_Cell(row=row, detail=_detail(row, works, said, reading)) for row in shown)
    return tuple(sorted(found, key=lambda cell: (cell.date, cell.row.entry)))


def _detail(row: Any, works: Mapping[UUID, Any], said: Iterable[Any], reading: Reading) -> str:
    if row.value_kind == MARK:
        work = works.get(row.work)
        return "" if work is None else title_of(work, work.date, reading.regulation())
    return absence_facts.category_on(said, row.date)


def _by_day(cells: Iterable[_Cell], reading: Reading) -> dict[date, list[MonthItem]]:
    found: dict[date, list[MonthItem]] = {}
    for cell in cells:
        subject = reading.school.subject_of(cell.row.journal)
        item = MonthItem(
            kind=cell.row.value_kind,
            subject=subject.title,
            short=subject.short or subject.title,
            value=cell.row.value,
            detail=cell.detail,
            changed=bool(cell.row.rewritten) or cell.row.correction is not None,
        )
        found.setdefault(cell.date, []).append(item)
    return found


def _day(reading: Reading, pupil: UUID, day: date, first: date, items: Iterable[MonthItem]) -> MonthDay:
    school = reading.school
    free = next((holiday for holiday in school.holidays.values() if day in holiday), None)
    return MonthDay(
        date=day,
        inside=(day.year, day.month) == (first.year, first.month),
        title=free.title if free is not None else "",
        lessons=len(school.lessons_of_pupil(pupil, day)),
        items=tuple(sorted(items, key=lambda item: (item.subject, item.kind))),
    )


def _table(
    reading: Reading, pupil: UUID, first: date, last: date
) -> tuple[MarksTable | None, PeriodHead | None]:
    """The subjects of the month's year, and the period its averages are of: the one that holds its last day so far."""
    year = year_now(reading.school, last)
    if year is None:
        return None, None
    table = pupil_marks.of_pupil(reading, pupil, year)
    day = max(first, min(last, reading.today))
    return table, next((head for head in table.periods if day in head.span), None)


def _subjects(
    reading: Reading, pupil: UUID, table: MarksTable | None, head: PeriodHead | None, cells: list[_Cell]
) -> tuple[MonthSubject, ...]:
    if table is None:
        return ()
    pages = [page for row in table.subjects for page in row.journals]
    facts = facts_of(reading, pages, head.span, [pupil]) if head is not None else Facts()
    rows = (_subject(reading, pupil, row, head, facts, cells) for row in table.subjects)
    return tuple(row for row in rows if row.marks or row.missed or row.counted)


def _subject(
    reading: Reading,
    pupil: UUID,
    row: SubjectMarks,
    head: PeriodHead | None,
    facts: Facts,
    cells: list[_Cell],
) -> MonthSubject:
    own = [cell for cell in cells if cell.row.journal in row.journals]
    missed = Counter(cell.detail for cell in own if cell.row.value_kind == ABSENT)
    mean, counted = _mean(reading, pupil, row, head.span, facts) if head is not None else ("", 0)
    return MonthSubject(
        title=row.title,
        marks=tuple((cell.date, cell.row.value) for cell in own if cell.row.value_kind == MARK),
        missed=tuple(missed.most_common()),
        mean=mean,
        counted=counted,
    )


def _mean(reading: Reading, pupil: UUID, row: SubjectMarks, span: Span, facts: Facts) -> tuple[str, int]:
    """As the explanation of the mark for the period counts it, so that both say the same."""
    regulation = reading.regulation()
    evidence = evidence_of(pupil, row.journals[0], span, facts, reading.school, regulation)
    return written(propose(evidence, regulation).mean), len(evidence.marks)
