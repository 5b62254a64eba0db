"""The lesson panel: topic, homework, presence and works of one lesson, cell by cell (R-096)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from ledger import windows
from ledger.late_entry import in_time
from ledger.people import Name
from ledger.personal import KeyOf, opened
from ledger.regulation import Regulation
from ledger.school import School, Span
from ledger.timetable import Lesson
from projections import void_signs
from projections.as_of import AsOf, Filled
from projections.column_status import Unfinished, counted, unfinished
from projections.columns import Column, columns_of
from projections.contested_marks import ContestedMark, contested_marks
from projections.journal import Cell, cell_of, chosen_span
from projections.journal_lines import due_day
from projections.lesson_cases import LessonCases, cases
from projections.lesson_content import Content, content
from projections.lesson_fate import Fate, fate_of
from projections.materials import Material, of_lessons
from projections.plan_next import PlanOffer, offer
from projections.pupil_notes import PupilNote, notes
from projections.reading import NoSuchPage, Reading
from projections.topic_words import distance_words
from projections.unwritten import ready_work, unwritten

Day = date  # for fields after one that is called date


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalHomework:
    pupil: UUID
    name: str
    text: str
    seen: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonPupil:
    """`cells` run parallel to the page's columns (the ready column first)."""

    pupil: UUID
    name: str
    absent: bool
    seen: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Parallel:
    """A lesson of the same subject and grade that topic and homework may be repeated to."""

    lesson: UUID
    journal: UUID
    class_title: str
    date: date
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NextLesson:
    lesson: UUID
    date: date
    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonPage:
    """`…_seen` is what a command that replaces it must say it saw: the entry of the topic and of the homework
    (0: none), every entry of an «н». `contested` are honest marks whose ground an Act took away."""

    lesson: UUID
    journal: UUID
    class_title: str
    group_title: str
    subject: str
    grade: int
    date: date
    number: int
    starts: datetime
    ends: datetime
    room: str
    version: int
    topic: str | None
    topic_seen: int
    topic_due: datetime
    distance: str
    fate: Fate | None
    content: Content
    plan: PlanOffer | None
    materials: tuple[Material, ...]
    homework: str | None
    homework_seen: int
    manner: tuple[str, ...]
    not_set: bool
    homework_for: Day | None
    homework_due: datetime
    homework_wanted: bool
    personal: tuple[PersonalHomework, ...]
    attendance_taken: bool
    attendance_seen: tuple[int, ...]
    attendance_due: datetime
    columns: tuple[Column, ...]
    pupils: tuple[LessonPupil, ...]
    notes: tuple[PupilNote, ...]
    next_lessons: tuple[NextLesson, ...]
    parallels: tuple[Parallel, ...]
    unfinished: tuple[Unfinished, ...]
    cases: LessonCases
    contested: tuple[ContestedMark, ...]
    filled: Filled | None
    as_of: AsOf


def page(reading: Reading, lesson_id: UUID, key_of: KeyOf) -> LessonPage:
    """Raises NoSuchPage: neither planned nor held."""
    school, regulation = reading.school, reading.regulation()
    written = reading.rows("lessons", "lesson = %(lesson)s", lesson=lesson_id)
    lesson = _known(school, lesson_id, written)
    row = written[0] if written else unwritten([lesson], {})[lesson_id]
    works = _works(lesson, reading, regulation)
    cells = reading.rows("cells", "lesson = %(lesson)s", lesson=lesson_id)
    columns = columns_of({lesson_id: row}, works, school, regulation, reading.now)
    names = reading.names({*school.members_ever(lesson.journal), *(cell.pupil for cell in cells)})
    pupils, contested = _signed(_pupils(school, lesson, columns, cells, names, reading), columns, reading)
    return LessonPage(
        **_place(school, lesson),
        **_by_the_act(lesson, school, regulation),
        **_filled(reading, lesson_id),
        lesson=lesson_id,
        topic=row.topic,
        topic_seen=row.topic_entry or 0,
        fate=fate_of(lesson, school),
        content=content(row, lesson, reading),
        plan=offer(reading, lesson),
        materials=of_lessons(reading, (lesson_id,)).get(lesson_id, ()),
        homework=row.homework,
        homework_seen=row.homework_entry or 0,
        manner=tuple(row.manner or ()),
        not_set=row.not_set,
        homework_for=due_day(row, school),
        personal=_personal(reading, lesson_id, names, key_of),
        attendance_taken=row.taken,
        attendance_seen=tuple(sorted(cell.entry for cell in cells if cell.value_kind == "absence")),
        columns=counted(columns, pupils, school, lesson.journal),
        pupils=pupils,
        next_lessons=_next_lessons(school, lesson),
        parallels=_parallels(reading, lesson),
        unfinished=_unfinished(reading, lesson),
        cases=cases(reading, row, lesson_id, key_of),
        contested=contested,
        as_of=reading.as_of,
    )


def _filled(reading: Reading, lesson: UUID) -> dict[str, Any]:
    """By whom and when last, and by which entry: the version of all that stands in it."""
    for row in reading.rows("fillings", "lesson = %(lesson)s", lesson=lesson):
        return {"filled": Filled(at=row.filled_at, by=row.filled_by), "version": row.since}
    return {"filled": None, "version": 0}


def _works(lesson: Lesson, reading: Reading, regulation: Regulation) -> list[Any]:
    """The ready column of a lesson nothing is written in."""
    works = reading.rows("works", "lesson = %(lesson)s", lesson=lesson.id)
    return works or [ready_work(lesson, reading.school, regulation)]


def _signed(
    pupils: tuple[LessonPupil, ...], columns: tuple[Column, ...], reading: Reading
) -> tuple[tuple[LessonPupil, ...], tuple[ContestedMark, ...]]:
    """With what a breach of access or an Act says of the cells."""
    lesson = columns[0].lesson
    found = void_signs.signs(reading, "lesson = %(lesson)s", lesson=lesson)
    without = contested_marks(reading, lesson, found)
    found = replace(found, contested=found.contested | {each.entry for each in without})
    return void_signs.marked(pupils, columns, found), without


def _unfinished(reading: Reading, lesson: Lesson) -> tuple[Unfinished, ...]:
    """Of the lesson's reporting period."""
    span = chosen_span(reading.school, lesson.journal, None, lesson.date)
    return unfinished(reading, lesson.journal, span)


def _known(school: School, lesson: UUID, written: list[Any]) -> Lesson:
    """As planned; one that has left the timetable since as its row says it was held."""
    planned = school.timetable.by_id.get(lesson)
    if planned is not None:
        return planned
    if not written:
        raise NoSuchPage(str(lesson))
    row = written[0]
    return Lesson(
        id=lesson,
        slot=lesson,  # of a slot that is no more
        journal=row.journal,
        date=row.date,
        number=row.number,
        starts=row.starts,
        ends=row.ends,
    )


def _place(school: School, lesson: Lesson) -> dict[str, Any]:
    """Where and when the lesson is."""
    klass = school.klass_of(lesson.journal)
    return {
        "journal": lesson.journal,
        "class_title": klass.title,
        "group_title": school.group_title(lesson.journal),
        "subject": school.subject_of(lesson.journal).title,
        "grade": klass.grade,
        "date": lesson.date,
        "number": lesson.number,
        "starts": lesson.starts,
        "ends": lesson.ends,
        "room": lesson.room or "",
    }


def _by_the_act(lesson: Lesson, school: School, regulation: Regulation) -> dict[str, Any]:
    day, listed = Span(first=lesson.date, last=lesson.date), school.pupils_of(lesson.journal, lesson.date)
    return {
        "notes": notes(school, lesson.journal, listed, day, lesson.date, regulation),
        "distance": distance_words(lesson.journal, lesson.date, school, regulation),
        "topic_due": windows.topic_window(lesson, school, regulation).hard,
        "homework_due": windows.homework_window(lesson, school, regulation).soft,
        "homework_wanted": school.klass_of(lesson.journal).grade not in regulation.unmarked_grades,
        "attendance_due": windows.absence_window(lesson, school, regulation).soft,
    }


def _personal(
    reading: Reading, lesson: UUID, names: dict[UUID, Name], key_of: KeyOf
) -> tuple[PersonalHomework, ...]:
    rows = {row.pupil: row for row in reading.rows("personal_homework", "lesson = %(lesson)s", lesson=lesson)}
    return tuple(
        PersonalHomework(
            pupil=pupil,
            name=names[pupil].listed,
            text=opened(pupil, rows[pupil].nonce, rows[pupil].sealed, key_of),
            seen=rows[pupil].entry,
        )
        for pupil in reading.sorted(tuple(p for p in rows if p in names), names)
    )


def _pupils(
    school: School,
    lesson: Lesson,
    columns: tuple[Column, ...],
    cells: list[Any],
    names: dict[UUID, Name],
    reading: Reading,
) -> tuple[LessonPupil, ...]:
    gone = reading.emptied(cells, "lesson = %(lesson)s", lesson=lesson.id)
    found = {(UUID(cell.pupil), UUID(cell.work), "mark"): cell for cell in gone}
    found |= {(cell.pupil, cell.work, cell.value_kind): cell for cell in cells}
    listed = set(school.pupils_of(lesson.journal, lesson.date))
    shown = reading.sorted(tuple(listed | {cell.pupil for cell in cells}), names)
    return tuple(
        _pupil(p, lesson, columns, found, names, outside=p not in listed) for p in shown if p in names
    )


def _pupil(
    pupil: UUID,
    lesson: Lesson,
    columns: tuple[Column, ...],
    found: dict[tuple[UUID, UUID, str], Any],
    names: dict[UUID, Name],
    *,
    outside: bool,
) -> LessonPupil:
    absence = found.get((pupil, lesson.id, "absence"))
    return LessonPupil(
        pupil=pupil,
        name=names[pupil].listed,
        absent=absence is not None,
        seen=absence.entry if absence is not None else 0,
        cells=tuple(
            cell_of(found.get((pupil, column.work, "mark")), absence, outside=outside) for column in columns
        ),
    )


def _next_lessons(school: School, lesson: Lesson) -> tuple[NextLesson, ...]:
    """The next six lessons of the journal: what homework may be due at."""
    later = [
        each for each in school.timetable.by_journal.get(lesson.journal, ()) if each.starts > lesson.starts
    ]
    return tuple(NextLesson(lesson=each.id, date=each.date, number=each.number) for each in later[:6])


def _parallels(reading: Reading, lesson: Lesson) -> tuple[Parallel, ...]:
    """Lessons of the same teacher, subject and grade that may be written in, one for each other journal."""
    school = reading.school
    grade, subject = school.klass_of(lesson.journal).grade, school.journals[lesson.journal].subject
    teachers = {t for t, span in school.journals[lesson.journal].teachers if lesson.date in span}
    found = []
    for journal in school.journals.values():
        same = journal.subject == subject and school.classes[journal.class_id].grade == grade
        if journal.id == lesson.journal or not same:
            continue
        if not any(t in teachers and lesson.date in span for t, span in journal.teachers):
            continue
        found += [_parallel(school, each) for each in nearest_open(reading, journal.id, lesson)]
    return tuple(found)


def nearest_open(reading: Reading, journal: UUID, lesson: Lesson) -> list[Lesson]:
    """The other journal's lesson nearest in time, not more than three days away, whose topic may be written now:
    W-20 refuses one that is still ahead, W-03 one whose deadline is past."""
    school, regulation, now = reading.school, reading.regulation(), reading.now
    others = [
        each
        for each in school.timetable.by_journal.get(journal, ())
        if each.starts <= now
        and abs(each.date - lesson.date) <= timedelta(days=3)
        and in_time(now, windows.topic_window(each, school, regulation).hard)
    ]
    return sorted(others, key=lambda each: abs(each.starts - lesson.starts))[:1]


def _parallel(school: School, lesson: Lesson) -> Parallel:
    return Parallel(
        lesson=lesson.id,
        journal=lesson.journal,
        class_title=school.klass_of(lesson.journal).title,
        date=lesson.date,
        number=lesson.number,
    )
