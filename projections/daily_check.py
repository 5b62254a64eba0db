"""The class teacher's daily look (R-211, W-25): which lessons of the class's day are not written down, and whose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger import streams
from ledger.substitutes import givers
from ledger.timetable import Lesson
from projections.control.held import Held, held
from projections.control.report import Asked
from projections.control.timeliness import COLUMNS_READ, PARTS, missing_parts
from projections.reading import Reading

LOOKS_BACK = 14  # days in which the last day with lessons is looked for
DAILY = "daily"


@dataclass(frozen=True, kw_only=True, slots=True)
class UnwrittenLesson:
    """`missing` names parts (topic, homework, attendance); `teachers` were to write it."""

    lesson: UUID
    number: int
    subject: str
    group: str
    teachers: tuple[UUID, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DayCheck:
    """Of a class and a day: `held` lessons were over at the page's moment of `planned` ones. `checked_at` is local:
    when the class teacher last looked; `daily`: the act demands it (P-81)."""

    class_id: UUID
    class_title: str
    day: date
    planned: int
    held: int
    unwritten: tuple[UnwrittenLesson, ...]
    checked_at: datetime | None
    checked_by: UUID | None
    daily: bool
    position: int

    @property
    def people(self) -> frozenset[UUID]:
        found = {who for each in self.unwritten for who in each.teachers}
        return frozenset(found | ({self.checked_by} if self.checked_by else set()))


def of_class(reading: Reading, class_id: UUID) -> DayCheck | None:
    """Of the last day whose lessons have begun; None where two weeks have none."""
    day = next((day for day in _days(reading) if _begun(reading, class_id, day)), None)
    if day is None:
        return None
    planned = _lessons(reading, class_id, day)
    asked = Asked(first=day, last=day, class_id=class_id)
    given = [each for each in held(reading, asked, COLUMNS_READ) if each.teachers]
    row = _row(reading, class_id, day)
    return DayCheck(
        class_id=class_id,
        class_title=reading.school.classes[class_id].title,
        day=day,
        planned=len(planned),
        held=len(given),
        unwritten=tuple(_unwritten(reading, given)),
        checked_at=None if row is None else reading.school.local(row.checked_at),
        checked_by=None if row is None else row.checked_by,
        daily=_daily(reading),
        position=reading.as_of.position,
    )


def unchecked(reading: Reading, class_id: UUID) -> tuple[date, datetime] | None:
    """The last day whose lessons are all over, and when they were, where the act demands a look and there was none."""
    if not _daily(reading):
        return None
    for day in _days(reading):
        lessons = _lessons(reading, class_id, day)
        if lessons and max(each.ends for each in lessons) <= reading.now:
            ended = max(each.ends for each in lessons)
            return None if _row(reading, class_id, day) is not None else (day, ended)
    return None


def _daily(reading: Reading) -> bool:
    return reading.regulation().control_frequency.class_teacher == DAILY


def _days(reading: Reading) -> Iterator[date]:
    return (reading.today - timedelta(days=n) for n in range(LOOKS_BACK))


def _begun(reading: Reading, class_id: UUID, day: date) -> bool:
    lessons = _lessons(reading, class_id, day)
    return bool(lessons) and min(each.starts for each in lessons) <= reading.now


def _lessons(reading: Reading, class_id: UUID, day: date) -> list[Lesson]:
    """Those that somebody is to give: a dropped one nobody writes."""
    school = reading.school
    return [each for each in school.lessons_of_class(class_id, day) if givers(each, school)]


def _row(reading: Reading, class_id: UUID, day: date) -> Any | None:
    stream = streams.daily_checks(reading.school.id, class_id)
    where = "check_stream = %(stream)s AND day = %(day)s"
    found = reading.rows("daily_checks", where, stream=stream, day=day)
    return found[0] if found else None


def _unwritten(reading: Reading, given: list[Held]) -> Iterator[UnwrittenLesson]:
    parts, school = missing_parts(reading), reading.school
    for each in sorted(given, key=lambda each: each.lesson.number):
        missing = parts(each)
        if missing:
            yield UnwrittenLesson(
                lesson=each.lesson.id,
                number=each.lesson.number,
                subject=school.subject_of(each.lesson.journal).title,
                group=school.group_title(each.lesson.journal),
                teachers=each.teachers,
                missing=tuple(part for part in PARTS if part in missing),
            )
