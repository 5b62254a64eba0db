"""«Класс за неделю»: pupil × day with the lessons missed, their category, and what of it waits (R-143, R-144, W-06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger import windows
from ledger.personal import KeyOf, opened
from ledger.span import monday_of
from ledger.timetable import Lesson
from projections import absence_facts, disputes
from projections.absence_facts import Facts
from projections.as_of import AsOf, Filled
from projections.disputes import DisputeLine
from projections.filling import latest
from projections.reading import NoSuchPage, Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class WeekLesson:
    """A lesson of the pupil that day: `missed` with the entry `seen`; `late` came during it. `dispute` is what became
    of the last one: "" for none, waiting, upheld or declined."""

    lesson: UUID
    journal: UUID
    number: int
    subject: str
    missed: bool
    late: bool
    seen: int
    dispute: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What was said of absences of a day: by whom (`by`) and when (`at`, aware); `document` decrypted, "" for none."""

    explanation: UUID
    category: str
    document: str
    first: date
    last: date
    by: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCell:
    """`lessons` are those that count for the pupil; `said` the word that holds for the day."""

    date: date
    lessons: tuple[WeekLesson, ...]
    said: Said | None

    @property
    def missed(self) -> int:
        return sum(lesson.missed for lesson in self.lessons)

    @property
    def waits(self) -> int:
        """Missed lessons without a category."""
        return 0 if self.said is not None else self.missed

    @property
    def late(self) -> int:
        return sum(lesson.late for lesson in self.lessons)

    @property
    def disputed(self) -> int:
        return sum(lesson.dispute == "waiting" for lesson in self.lessons)


@dataclass(frozen=True, kw_only=True, slots=True)
class PupilWeek:
    pupil: UUID
    name: str
    days: tuple[DayCell, ...]

    @property
    def missed(self) -> int:
        return sum(day.missed for day in self.days)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassWeek:
    """`due` is local (W-06); `waiting` counts missed lessons of the week without a category, `earlier` those of earlier
    weeks of the year by their Monday. `fills`: the class teacher may write «н» as well (P-52)."""

    class_id: UUID
    class_title: str
    monday: date
    days: tuple[date, ...]
    pupils: tuple[PupilWeek, ...]
    categories: tuple[str, ...]
    due: datetime
    waiting: int
    earlier: tuple[tuple[date, int], ...]
    disputes: tuple[DisputeLine, ...]
    fills: bool
    filled: Filled | None
    as_of: AsOf


def page(reading: Reading, class_id: UUID, monday: date, key_of: KeyOf) -> ClassWeek:
    """Raises NoSuchPage: no such class."""
    school, regulation = reading.school, reading.regulation()
    klass = school.classes.get(class_id)
    if klass is None:
        raise NoSuchPage(str(class_id))
    week = [monday + timedelta(days=n) for n in range(7)]
    planned = {day: reading.school.lessons_of_class(class_id, day) for day in week}
    days = tuple(day for day in week if day.isoweekday() <= 5 or planned[day])
    facts = absence_facts.of_class(reading, class_id, monday, week[-1])
    about = disputes.of_class(reading, class_id, key_of)
    status = {(each.lesson, each.pupil): each.status for each in about}
    pupils = _pupils(reading, class_id, days)
    rows = tuple(
        _row(reading, pupil, name, {day: planned[day] for day in days}, facts, status, key_of)
        for pupil, name in pupils
    )
    return ClassWeek(
        class_id=class_id,
        class_title=klass.title,
        monday=monday,
        days=days,
        pupils=rows,
        categories=regulation.absence_categories,
        due=windows.category_due(monday, reading.school, regulation),
        waiting=sum(day.waits for row in rows for day in row.days),
        earlier=_earlier(reading, class_id, monday),
        disputes=tuple(each for each in about if each.status == "waiting"),
        fills=regulation.class_teacher_edit == "absence_full",
        filled=latest(reading, (row.lesson for row in facts.lessons)),
        as_of=reading.as_of,
    )


def _pupils(reading: Reading, class_id: UUID, days: Sequence[date]) -> list[tuple[UUID, str]]:
    """Whoever was in the class on any of the days, in order of the list."""
    found = {pupil for day in days for pupil in reading.school.pupils_of_class(class_id, day)}
    names = reading.names(found)
    return [(pupil, names[pupil].listed) for pupil in reading.sorted(tuple(found), names)]


def _row(
    reading: Reading,
    pupil: UUID,
    name: str,
    planned: Mapping[date, tuple[Lesson, ...]],
    facts: Facts,
    status: Mapping[tuple[UUID, UUID], str],
    key_of: KeyOf,
) -> PupilWeek:
    cells = tuple(
        DayCell(
            date=day,
            lessons=_lessons(reading, pupil, lessons, facts, status),
            said=_said(facts.explained(pupil, day), key_of),
        )
        for day, lessons in planned.items()
    )
    return PupilWeek(pupil=pupil, name=name, days=cells)


def _lessons(
    reading: Reading,
    pupil: UUID,
    planned: Sequence[Lesson],
    facts: Facts,
    status: Mapping[tuple[UUID, UUID], str],
) -> tuple[WeekLesson, ...]:
    school, regulation = reading.school, reading.regulation()
    return tuple(
        WeekLesson(
            lesson=lesson.id,
            journal=lesson.journal,
            number=lesson.number,
            subject=school.subject_of(lesson.journal).title,
            missed=(lesson.id, pupil) in facts.absent,
            late=(lesson.id, pupil) in facts.late,
            seen=facts.absent.get((lesson.id, pupil), 0),
            dispute=status.get((lesson.id, pupil), ""),
        )
        for lesson in planned
        if absence_facts.counts(pupil, lesson, school, regulation)
    )


def _said(row: Any | None, key_of: KeyOf) -> Said | None:
    if row is None:
        return None
    return Said(
        explanation=row.explanation,
        category=row.category,
        document=opened(row.pupil, row.document_nonce, row.document, key_of),
        first=row.first,
        last=row.last,
        by=row.entered_by,
        at=row.entered_at,
    )


def _earlier(reading: Reading, class_id: UUID, monday: date) -> tuple[tuple[date, int], ...]:
    """Weeks of the class's year before this one with missed lessons that still have no category."""
    school = reading.school
    first = school.years[school.classes[class_id].year].first
    if first >= monday:
        return ()
    facts = absence_facts.of_class(reading, class_id, first, monday - timedelta(days=1))
    rows, regulation = {row.lesson: row for row in facts.lessons}, reading.regulation()
    found: dict[date, int] = {}
    for lesson, pupil in facts.absent:
        row = rows.get(lesson)
        if row is None or facts.explained(pupil, row.date) is not None:
            continue
        if absence_facts.counts(pupil, row, school, regulation):
            week = monday_of(row.date)
            found[week] = found.get(week, 0) + 1
    return tuple(sorted(found.items()))
