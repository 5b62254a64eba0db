"""What is missing on the pages of one subject in one class before a period is closed, line by line (R-162)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from ledger.people import Name
from ledger.school import Journal
from ledger.school_records import Period
from ledger.sheet_periods import sheet_of
from ledger.timetable import Lesson
from projections.as_of import AsOf
from projections.column_status import Unfinished, unfinished
from projections.plan_items import part_of
from projections.readiness_gaps import (
    Gaps,
    mark_lists,
    marks_from,
    short_of,
    unset_marks,
    unwritten_lessons,
)
from projections.reading import NoSuchPage, Reading

Day = date


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonGap:
    lesson: UUID
    date: Day
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortPupil:
    """A pupil with fewer marks than an attestation takes."""

    pupil: UUID
    name: str
    marks: int
    needed: int
    missed: int
    held: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PageGaps:
    """Of one page. `part`: its group or its pupil at home. `unmarked`: whose mark is not set, by name, and of
    which kind."""

    journal: UUID
    part: str
    teachers: tuple[UUID, ...]
    topics: tuple[LessonGap, ...]
    attendance: tuple[LessonGap, ...]
    works: tuple[Unfinished, ...]
    short: tuple[ShortPupil, ...]
    unmarked: tuple[tuple[UUID, str, str], ...]
    closed_at: datetime | None
    closed_by: UUID | None

    @property
    def gaps(self) -> Gaps:
        return Gaps(
            topics=len(self.topics),
            attendance=len(self.attendance),
            works=len(self.works),
            short=len(self.short),
            marks=len(self.unmarked),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class SquarePage:
    class_id: UUID
    class_title: str
    subject: UUID
    subject_title: str
    period: UUID
    period_title: str
    due: bool
    pages: tuple[PageGaps, ...]
    as_of: AsOf


def page(reading: Reading, class_id: UUID, subject: UUID, period: UUID) -> SquarePage:
    """Raises NoSuchPage: no such class, subject there, or period of that class."""
    school = reading.school
    klass, known = school.classes.get(class_id), school.subjects.get(subject)
    pages = school.pages_of_class(class_id, klass.year) if klass is not None else ()
    own = [page for page in pages if page.subject == subject]
    term = sheet_of(school, own[0].id, period) if own else None
    if term is None or known is None or klass is None:
        raise NoSuchPage(f"{class_id} {subject} {period}")
    members = {pupil for each in own for pupil in school.members_ever(each.id)}
    names = reading.names(members)
    return SquarePage(
        class_id=class_id,
        class_title=klass.title,
        subject=subject,
        subject_title=known.title,
        period=period,
        period_title=term.title,
        due=marks_from(reading, term) <= reading.now,
        pages=tuple(_page(reading, each, term, names) for each in own),
        as_of=reading.as_of,
    )


def _page(reading: Reading, journal: Journal, period: Period, names: dict[UUID, Name]) -> PageGaps:
    school, id = reading.school, journal.id
    topics, attendance = unwritten_lessons(reading, [id], period.span)
    wanted = mark_lists(reading, [id], period)
    due = marks_from(reading, period) <= reading.now
    asked = reading.sorted(wanted.get(id, ()), names)
    short = short_of(reading, wanted, period, due)
    unset = unset_marks(reading, wanted, period).get(id, []) if due else []
    closing = next(
        iter(reading.rows("period_closings", "journal = %(id)s AND period = %(p)s", id=id, p=period.id)), None
    )
    return PageGaps(
        journal=id,
        part=part_of(journal, reading),
        teachers=school.teachers_of(id, reading.today),
        topics=_lessons(topics.get(id, ())),
        attendance=_lessons(attendance.get(id, ())),
        works=unfinished(reading, id, period.span),
        short=tuple(
            ShortPupil(
                pupil=p, name=names[p].listed, marks=s.marks, needed=s.needed, missed=s.missed, held=s.held
            )
            for p in asked
            if (s := short.get((id, p))) is not None and p in names
        ),
        unmarked=tuple(
            (p, names[p].listed, kind) for p in asked if p in names for q, kind in unset if q == p
        ),
        closed_at=None if closing is None else closing.closed_at,
        closed_by=None if closing is None else closing.closed_by,
    )


def _lessons(found: list[Lesson] | tuple[()]) -> tuple[LessonGap, ...]:
    return tuple(LessonGap(lesson=each.id, date=each.date, number=each.number) for each in found)
