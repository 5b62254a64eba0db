"""What is missing on pages of the journal before the close of a period: lessons without a topic or presence, works not
complete, pupils short of marks, period marks not set; counted for many pages at once (R-161, R-162)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger.evidence import pupils_asked
from ledger.period_sheet import YEAR
from ledger.rules.marks import unmarked
from ledger.school import School
from ledger.school_records import Period
from ledger.sheet_periods import owed
from ledger.span import Span
from ledger.timetable import Lesson
from ledger.windows import period_mark_window
from projections.absence_facts import kept
from projections.column_status import incomplete
from projections.reading import Reading
from projections.standings import Standing, standings

TOPICS, ATTENDANCE, WORKS, SHORT, MARKS = KINDS = ("topics", "attendance", "works", "short", "marks")


@dataclass(frozen=True, kw_only=True, slots=True)
class Gaps:
    """What is missing: lessons without a topic, lessons whose presence nobody took, works not complete, pupils short
    of marks, marks of the period or the year not set."""

    topics: int = 0
    attendance: int = 0
    works: int = 0
    short: int = 0
    marks: int = 0

    def of(self, kind: str) -> int:
        return int(getattr(self, kind))

    @property
    def total(self) -> int:
        return sum(self.of(kind) for kind in KINDS)

    def __add__(self, other: Gaps) -> Gaps:
        return Gaps(**{kind: self.of(kind) + other.of(kind) for kind in KINDS})


def gaps_of(reading: Reading, journals: list[UUID], period: Period) -> dict[UUID, Gaps]:
    """Of each page, in the period of its classes' level."""
    if not journals:
        return {}
    topics, attendance = unwritten_lessons(reading, journals, period.span)
    works = Counter(each.work.journal for each in incomplete(reading, journals, period.span))
    wanted = mark_lists(reading, journals, period)
    due = marks_from(reading, period) <= reading.now
    short = Counter(journal for journal, _ in short_of(reading, wanted, period, due))
    unset = unset_marks(reading, wanted, period) if due else {}
    return {
        journal: Gaps(
            topics=len(topics.get(journal, ())),
            attendance=len(attendance.get(journal, ())),
            works=works[journal],
            short=short[journal],
            marks=len(unset.get(journal, ())),
        )
        for journal in journals
    }


def marks_from(reading: Reading, period: Period) -> datetime:
    """Since when marks for the period are waited for, and its sheets may be closed: its last week (W-14)."""
    return period_mark_window(period.span.last or date.max, reading.regulation()).opens


def lacks(standing: Standing, due: bool) -> bool:
    """Short of marks: of all the period takes once its marks are due, until then of those wanted by now (P-19)."""
    return standing.short if due else standing.behind


def mark_lists(reading: Reading, journals: Iterable[UUID], period: Period) -> dict[UUID, tuple[UUID, ...]]:
    """Whose marks are asked for on each page that has marks."""
    school, regulation = reading.school, reading.regulation()
    return {
        journal: pupils_asked(school, journal, period.span, reading.today)
        for journal in journals
        if unmarked(journal, school, regulation) is None
    }


Lists = Mapping[UUID, tuple[UUID, ...]]


def short_of(reading: Reading, wanted: Lists, period: Period, due: bool) -> dict[tuple[UUID, UUID], Standing]:
    """Of (page, pupil); a year has no least number of marks of its own."""
    if period.kind == YEAR:
        return {}
    found = standings(reading, wanted, period.span)
    return {cell: each for cell, each in found.items() if lacks(each, due)}


def unset_marks(reading: Reading, wanted: Lists, period: Period) -> dict[UUID, list[tuple[UUID, str]]]:
    """(pupil, kind) of the marks still to be set on each page, in the order of its list."""
    rows = reading.rows(
        "period_marks",
        "journal = ANY(%(journals)s) AND period = %(period)s",
        columns="journal, pupil, kind",
        journals=list(wanted),
        period=period.id,
    )
    school, regulation = reading.school, reading.regulation()
    given = {(row.journal, row.pupil, row.kind) for row in rows}
    return {
        journal: [
            (pupil, kind)
            for pupil in pupils
            for kind in owed(school.klass_of(journal), period, regulation)
            if (journal, pupil, kind) not in given
        ]
        for journal, pupils in wanted.items()
    }


Lessons = dict[UUID, list[Lesson]]


def unwritten_lessons(reading: Reading, journals: Iterable[UUID], span: Span) -> tuple[Lessons, Lessons]:
    """(those without a topic, those whose presence nobody took) of the lessons that are over, by page."""
    school, regulation, now = reading.school, reading.regulation(), reading.now
    over = [
        lesson
        for journal in journals
        for lesson in school.timetable.by_journal.get(journal, ())
        if lesson.date in span and lesson.ends <= now and not _dropped(lesson, school)
    ]
    written, taken = _written(reading, journals, span)
    topics: Lessons = {}
    attendance: Lessons = {}
    for lesson in over:
        if lesson.id not in written:
            topics.setdefault(lesson.journal, []).append(lesson)
        if lesson.id not in taken and kept(lesson, school, regulation):
            attendance.setdefault(lesson.journal, []).append(lesson)
    return topics, attendance


def _dropped(lesson: Lesson, school: School) -> bool:
    standing = school.substitution(lesson.id)
    return standing is not None and standing.drops


def _written(reading: Reading, journals: Iterable[UUID], span: Span) -> tuple[set[UUID], set[UUID]]:
    rows = reading.rows(
        "lessons",
        "journal = ANY(%(journals)s) AND date BETWEEN %(first)s AND %(last)s",
        columns="lesson, topic IS NOT NULL AS topic, taken",
        journals=list(journals),
        first=span.first,
        last=span.last or reading.today,
    )
    return {row.lesson for row in rows if row.topic}, {row.lesson for row in rows if row.taken}
