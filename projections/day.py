"""«Сегодня»: a teacher's lessons of a day, what is missing and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from ledger import windows
from ledger.column import expected
from ledger.regulation import Regulation
from ledger.school import School
from ledger.timetable import Lesson
from projections.as_of import AsOf, Filled
from projections.filling import fillings
from projections.lesson_fate import Fate, fate_of, left_on
from projections.plan_next import next_items
from projections.reading import Reading
from projections.topic_words import distance_words

Day = date  # for fields after one that is called date
LOOK_BACK = timedelta(days=60)  # how far back the last topic is looked for


@dataclass(frozen=True, kw_only=True, slots=True)
class DayLesson:
    """`topic`, `homework` ("не задано" counts) and `attendance` say whether they are there; the `…_due` are the
    local deadlines of what is not. `absentees` have an «н», `attendance_seen` are the entries that say so. `now` is
    upcoming, running or over at the page's instant. `fate`: taken over, moved here, put in another's place; of one
    taken over `last_topic` is what was covered before, on the day `last_on`. `distance`: of a
    distance day. `plan_topic` is the plan's line whose turn it is, while there is no topic."""

    lesson: UUID
    journal: UUID
    number: int
    starts: datetime
    ends: datetime
    class_title: str
    group_title: str
    subject: str
    room: str
    now: str
    topic: bool
    homework: bool
    homework_wanted: bool
    attendance: bool
    absent: int
    absentees: tuple[UUID, ...]
    attendance_seen: tuple[int, ...]
    marks: int
    pupils: int
    topic_due: datetime
    homework_due: datetime
    attendance_due: datetime
    filled: Filled | None
    fate: Fate | None = None
    distance: str = ""
    last_topic: str = ""
    last_on: Day | None = None
    plan_topic: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenAway:
    """A lesson of this teacher's page that somebody else gives or that is not held in its place."""

    lesson: UUID
    number: int
    starts: datetime
    ends: datetime
    class_title: str
    group_title: str
    subject: str
    fate: Fate


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenWork:
    """A column whose deadline is still ahead, with pupils who have neither a mark nor an «н»."""

    journal: UUID
    work: UUID
    class_title: str
    subject: str
    kind_title: str
    date: date
    due: datetime
    without_mark: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPage:
    date: date
    is_today: bool
    teacher: UUID
    lessons: tuple[DayLesson, ...]
    given_away: tuple[GivenAway, ...]
    works: tuple[OpenWork, ...]
    as_of: AsOf


def page(reading: Reading, teacher: UUID, on: date) -> DayPage:
    """The lessons `teacher` is to give on `on`, taken over ones among them, and what is still open."""
    school, regulation = reading.school, reading.regulation()
    planned = [lesson for lesson in school.timetable.by_day.get(on, ()) if school.writes(teacher, lesson)]
    written = {row.lesson: row for row in reading.rows("lessons", "date = %(on)s", on=on)}
    ids = [lesson.id for lesson in planned]
    cells = reading.rows("cells", "lesson = ANY(%(ids)s)", ids=ids)
    covered = _covered_before(
        [lesson.journal for lesson in planned if _taken_over(lesson, school)], on, reading
    )
    filled = fillings(reading, ids)
    lessons = (
        replace(
            _day_lesson(
                lesson, written.get(lesson.id), cells, covered.get(lesson.journal), reading, regulation
            ),
            filled=filled.get(lesson.id),
        )
        for lesson in planned
    )
    coming = next_items(reading, (each for each in planned if not _has_topic(written.get(each.id))))
    return DayPage(
        date=on,
        is_today=on == reading.today,
        teacher=teacher,
        lessons=tuple(
            replace(each, plan_topic=coming[each.lesson].topic) if each.lesson in coming else each
            for each in lessons
        ),
        given_away=tuple(_given_away(school, teacher, on)),
        works=_open_works(reading, teacher, regulation),
        as_of=reading.as_of,
    )


def _has_topic(row: Any) -> bool:
    return row is not None and row.topic is not None


def _taken_over(lesson: Lesson, school: School) -> bool:
    return school.substitution(lesson.id) is not None


def _covered_before(journals: list[UUID], on: date, reading: Reading) -> dict[UUID, Any]:
    """The last lesson before the day that has a topic, of each journal."""
    if not journals:
        return {}
    where = "journal = ANY(%(journals)s) AND date BETWEEN %(since_day)s AND %(before)s AND topic IS NOT NULL"
    days: dict[str, Any] = {"since_day": on - LOOK_BACK, "before": on - timedelta(days=1)}
    rows = reading.rows("lessons", where, columns="journal, date, starts, topic", journals=journals, **days)
    return {row.journal: row for row in sorted(rows, key=lambda row: row.starts)}


def _given_away(school: School, teacher: UUID, on: date) -> Iterator[GivenAway]:
    here = [
        (lesson, fate)
        for lesson in school.timetable.by_day.get(on, ())
        if not school.writes(teacher, lesson) and (fate := fate_of(lesson, school)) is not None
    ]
    for lesson, fate in sorted((*here, *left_on(school, on)), key=lambda each: each[0].starts):
        if not school.teaches(teacher, lesson.journal, on):
            continue
        yield GivenAway(
            lesson=lesson.id,
            number=lesson.number,
            starts=lesson.starts,
            ends=lesson.ends,
            class_title=school.klass_of(lesson.journal).title,
            group_title=school.group_title(lesson.journal),
            subject=school.subject_of(lesson.journal).title,
            fate=fate,
        )


def _day_lesson(
    lesson: Lesson, row: Any, cells: list[Any], before: Any, reading: Reading, regulation: Regulation
) -> DayLesson:
    """`filled` is the page's to say, for all its lessons at once."""
    school = reading.school
    own = [cell for cell in cells if cell.lesson == lesson.id]
    absences = [cell for cell in own if cell.value_kind == "absence"]
    return DayLesson(
        lesson=lesson.id,
        journal=lesson.journal,
        number=lesson.number,
        starts=lesson.starts,
        ends=lesson.ends,
        class_title=school.klass_of(lesson.journal).title,
        group_title=school.group_title(lesson.journal),
        subject=school.subject_of(lesson.journal).title,
        room=lesson.room or "",
        now=_when(lesson, reading.now),
        topic=_has_topic(row),
        homework=row is not None and (row.homework is not None or row.not_set),
        homework_wanted=school.klass_of(lesson.journal).grade not in regulation.unmarked_grades,
        attendance=row is not None and row.taken,
        absent=len(absences),
        absentees=tuple(cell.pupil for cell in absences),
        attendance_seen=tuple(cell.entry for cell in absences),
        marks=sum(cell.value_kind == "mark" for cell in own),
        pupils=len(school.pupils_of(lesson.journal, lesson.date)),
        topic_due=windows.topic_window(lesson, school, regulation).hard,
        homework_due=windows.homework_window(lesson, school, regulation).soft,
        attendance_due=windows.absence_window(lesson, school, regulation).soft,
        filled=None,
        fate=fate_of(lesson, school),
        distance=distance_words(lesson.journal, lesson.date, school, regulation),
        last_topic=before.topic if before is not None else "",
        last_on=before.date if before is not None else None,
    )


def _when(lesson: Lesson, now: datetime) -> str:
    if now < lesson.starts:
        return "upcoming"
    return "running" if now < lesson.ends else "over"


def _open_works(reading: Reading, teacher: UUID, regulation: Regulation) -> tuple[OpenWork, ...]:
    """Works of the teacher's pages, other than the ready column, whose deadline is not past; an outage may hold one
    open that would have passed (W-39)."""
    school, now = reading.school, reading.now.replace(microsecond=0)
    journals = [j.id for j in school.journals_of_teacher(teacher, reading.today)]
    works = reading.rows(
        "works",
        "journal = ANY(%(journals)s) AND work <> lesson AND source IS NULL AND due >= %(since)s",
        journals=journals,
        since=min((now, *(outage.first for outage in school.outages.values()))),
    )
    dues = {work.work: _due(work, school, regulation) for work in works}
    works = sorted((work for work in works if dues[work.work] >= now), key=lambda work: dues[work.work])
    lessons = [work.lesson for work in works]
    cells = reading.rows("cells", "lesson = ANY(%(lessons)s)", lessons=lessons)
    return tuple(_open_work(work, dues[work.work], cells, school, regulation) for work in works)


def _due(work: Any, school: School, regulation: Regulation) -> datetime:
    planned = school.timetable.by_id.get(work.lesson)
    opens = datetime.combine(work.date, time()) if planned is None else planned.starts
    return windows.extended(work.due, opens, school, regulation)


def _open_work(
    work: Any, due: datetime, cells: list[Any], school: School, regulation: Regulation
) -> OpenWork:
    there = {cell.pupil for cell in cells if cell.work == work.work}
    there |= {cell.pupil for cell in cells if cell.lesson == work.lesson and cell.value_kind == "absence"}
    kind = regulation.work_kinds.get(work.kind)
    return OpenWork(
        journal=work.journal,
        work=work.work,
        class_title=school.klass_of(work.journal).title,
        subject=school.subject_of(work.journal).title,
        kind_title=kind.title if kind is not None else work.kind,
        date=work.date,
        due=due,
        without_mark=len(expected(school, work.journal, work.date, there)),
    )
