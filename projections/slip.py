"""What one weekly paper slip shows (7.2, R-197): the week as the diary shows it, and what changes in the next one,
and what was entered after the slip before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from ledger.people import NO_NAME
from ledger.personal import KeyOf, opened
from projections import diary, slip_news
from projections.as_of import AsOf
from projections.diary import DiaryDay, DiaryLesson, DiaryWeek
from projections.diary_remarks import Remark
from projections.lesson_fate import Fate
from projections.pupil_marks import MarksTable
from projections.reading import Reading
from projections.slip_news import SlipNews

Day = date
DAYS = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipMark:
    """`kind` is what the work was."""

    date: Day
    value: str
    kind: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipSubject:
    """`periods` run as Slip.periods do, "" where there is no mark."""

    title: str
    marks: tuple[SlipMark, ...]
    periods: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipAbsence:
    """Lessons of one day missed for one reason, "" while none is known; `late`: came, but late."""

    date: Day
    subjects: tuple[str, ...]
    category: str
    late: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipTask:
    """Homework set this week; `personal`: to this pupil alone."""

    subject: str
    due: Day | None
    text: str
    personal: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipChange:
    """A lesson of the next week that is not as it always is; with `number` 0 a day without lessons, named `subject`."""

    date: Day
    number: int
    subject: str
    fate: Fate | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipRemark:
    """`subject` is "" of the class teacher's own; `on` is the lesson's day, or the day it was written."""

    on: Day
    subject: str
    text: str
    by: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip:
    """`periods` are the periods and kinds there are marks for: a title, or a kind of mark. `last` is the week's last
    day. `news` is what was entered after the slip before; its remarks stand among the `remarks`."""

    pupil: UUID
    name: str
    class_id: UUID | None
    class_title: str
    monday: Day
    last: Day
    periods: tuple[tuple[str, str], ...]
    subjects: tuple[SlipSubject, ...]
    absences: tuple[SlipAbsence, ...]
    homework: tuple[SlipTask, ...]
    remarks: tuple[SlipRemark, ...]
    changes: tuple[SlipChange, ...]
    news: SlipNews
    as_of: AsOf


def page(reading: Reading, pupil: UUID, monday: date, key_of: KeyOf) -> Slip:
    """Of the week that begins on `monday`. Raises NoSuchPage."""
    week = diary.week(reading, pupil, monday, key_of)
    next_days = [monday + timedelta(days=DAYS + n) for n in range(DAYS)]
    periods = tuple(_periods(week.marks))
    last = week.days[-1].date if week.days else monday
    news = slip_news.of_week(reading, pupil, monday, key_of)
    return Slip(
        pupil=pupil,
        name=reading.names([pupil]).get(pupil, NO_NAME).full,
        class_id=reading.school.pupils[pupil].class_on(min(reading.today, last)),
        class_title=week.class_title,
        monday=monday,
        last=last,
        periods=tuple(head for head, _ in periods),
        subjects=_subjects(week, [n for _, n in periods]),
        absences=tuple(_absences(week.days)),
        homework=tuple(_homework(reading, week, key_of)) if "homework" in week.sections else (),
        remarks=(*(_remark(each, on) for on, each in news.remarks), *_remarks(week, reading)),
        changes=tuple(_changes(diary.days_of(reading, pupil, next_days, key_of), reading)),
        news=news,
        as_of=reading.as_of,
    )


def _lessons(days: Sequence[DiaryDay]) -> Iterator[tuple[DiaryDay, DiaryLesson]]:
    for day in days:
        for lesson in day.lessons:
            yield day, lesson


def _periods(table: MarksTable | None) -> Iterator[tuple[tuple[str, str], int]]:
    """(title, kind) of the columns with a mark in them, and their place among a subject's cells."""
    if table is None:
        return
    heads = [(head.title, "") for head in table.periods] + [("", kind) for kind in table.kinds]
    for n, head in enumerate(heads):
        if any((*row.cells, *row.year)[n].value for row in table.subjects):
            yield head, n


def _subjects(week: DiaryWeek, columns: Sequence[int]) -> tuple[SlipSubject, ...]:
    """Those with a mark of this week or for a period, by title."""
    marks: dict[str, list[SlipMark]] = {}
    for day, lesson in _lessons(week.days):
        for mark in lesson.marks:
            said = SlipMark(date=day.date, value=mark.value, kind=mark.kind_title)
            marks.setdefault(lesson.subject, []).append(said)
    rows = {row.title: row for row in (week.marks.subjects if week.marks else ())}
    found = []
    for title in sorted({*marks, *rows}, key=str.casefold):
        cells = (*rows[title].cells, *rows[title].year) if title in rows else ()
        periods = tuple(cells[n].value if cells else "" for n in columns)
        if title in marks or any(periods):
            found.append(SlipSubject(title=title, marks=tuple(marks.get(title, ())), periods=periods))
    return tuple(found)


def _absences(days: Sequence[DiaryDay]) -> Iterator[SlipAbsence]:
    found: dict[tuple[date, str, bool], list[str]] = {}
    for day, lesson in _lessons(days):
        if lesson.absent:
            found.setdefault((day.date, lesson.category, False), []).append(lesson.subject)
        elif lesson.late:
            found.setdefault((day.date, "", True), []).append(lesson.subject)
    for (on, category, late), subjects in found.items():
        yield SlipAbsence(date=on, subjects=tuple(subjects), category=category, late=late)


def _homework(reading: Reading, week: DiaryWeek, key_of: KeyOf) -> Iterator[SlipTask]:
    """Set at the lessons of the week, the first due first."""
    subjects = {lesson.lesson: lesson.subject for _, lesson in _lessons(week.days)}
    ids = list(subjects)
    rows = reading.rows("lessons", "lesson = ANY(%(ids)s) AND homework IS NOT NULL", ids=ids)
    found = [_task(row, subjects, row.homework, False) for row in rows]
    own = "pupil = %(pupil)s AND lesson = ANY(%(ids)s)"
    for row in reading.rows("personal_homework", own, pupil=week.pupil, ids=ids):
        found.append(_task(row, subjects, opened(row.pupil, row.nonce, row.sealed, key_of), True))
    yield from sorted(found, key=lambda each: (each.due or date.max, each.subject, each.personal))


def _task(row: Any, subjects: Mapping[UUID, str], text: str, personal: bool) -> SlipTask:
    return SlipTask(subject=subjects[row.lesson], due=row.due, text=text, personal=personal)


def _remarks(week: DiaryWeek, reading: Reading) -> Iterator[SlipRemark]:
    for day, lesson in _lessons(week.days):
        for comment in lesson.comments:
            yield _remark(comment, day.date)
    for each in week.recommendations:
        yield _remark(each, reading.school.local(each.at).date())


def _remark(remark: Remark, on: date) -> SlipRemark:
    return SlipRemark(on=on, subject=remark.subject, text=remark.text, by=remark.by)


def _changes(days: Sequence[DiaryDay], reading: Reading) -> Iterator[SlipChange]:
    """Holidays, and lessons that are not where and by whom they always are."""
    for day in days:
        if day.holiday and day.date.isoweekday() < DAYS:
            yield SlipChange(date=day.date, number=0, subject=day.title)
        for lesson in day.lessons:
            if lesson.fate is not None:
                yield SlipChange(
                    date=day.date, number=lesson.number, subject=lesson.subject, fate=lesson.fate
                )
