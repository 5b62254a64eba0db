"""The family's diary: the week every family knows (UstBelaya 7.3). It shows no other pupil's data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from ledger.personal import KeyOf
from ledger.substitutes import givers
from ledger.timetable import Lesson
from projections import (
    absence_facts,
    diary_acquaintance,
    diary_agreements,
    diary_corrections,
    diary_lessons,
    diary_reports,
    diary_sections,
    diary_voids,
    filling,
    pupil_marks,
)
from projections.as_of import AsOf, Filled
from projections.columns import title_of
from projections.diary_acquaintance import ReadBy, ToRead
from projections.diary_agreements import Agreement
from projections.diary_corrections import DiaryCorrection
from projections.diary_homework import HomeworkDue
from projections.diary_lessons import Facts, Planned
from projections.diary_remarks import Remark
from projections.diary_reports import OwnReport
from projections.diary_voids import DiaryVoid
from projections.lesson_fate import Fate, fate_of
from projections.materials import Material
from projections.pupil_marks import MarksTable
from projections.reading import NoSuchPage, Reading
from projections.topic_words import distance_words, extra_of, shown_topic
from projections.void_signs import Signs
from projections.years import year_now


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryMark:
    """`at` is when it was entered (aware); `delay` in seconds when after its deadline; `corrected` by which case.
    `contested` while a commission decides on it; `read` by whom it was said of (R-194)."""

    value: str
    kind_title: str
    at: datetime
    delay: int | None
    rewritten: int
    imported: bool
    work: UUID
    corrected: DiaryCorrection | None = None
    contested: bool = False
    read: tuple[ReadBy, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryLesson:
    """`fate` says what happened to it; not `held`: it does not stand in its place, which is shown. `distance`: the
    words of a distance day, which stand after its topic; a lesson that is not held has none. `activity`: an
    extracurricular one; `comments` of teachers to it and its works. `withdrawn_contested`: a mark or an absence that
    stood here was taken away, and a commission decides on that."""

    lesson: UUID
    journal: UUID
    number: int
    starts: datetime
    ends: datetime
    subject: str
    room: str
    teacher: UUID | None
    topic: str | None
    marks: tuple[DiaryMark, ...]
    absent: bool
    homework: tuple[HomeworkDue, ...]
    homework_set: str | None
    not_set: bool
    materials: tuple[Material, ...] = ()
    fate: Fate | None = None
    held: bool = True
    category: str = ""
    late: bool = False
    distance: str = ""
    topic_corrected: DiaryCorrection | None = None
    absence_corrected: DiaryCorrection | None = None
    absence_contested: bool = False
    topic_contested: bool = False
    withdrawn_contested: bool = False
    activity: bool = False
    comments: tuple[Remark, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryDay:
    """`title` is the holiday's, "" on other days."""

    date: date
    title: str
    holiday: bool
    lessons: tuple[DiaryLesson, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DiaryWeek:
    """`marks` for the periods of its study year, None where none is begun. `corrections` of this week's lessons and,
    of others, those agreed in it (R-171); `reports` of who reads; `agreements` that wait for a parent's word;
    `voids`: what an Act made void of what stands in this week or was said in it (R-185). `awaits`: what the act wants
    this reader to say «Ознакомлен» of; `sections` are those the act names (P-73); `recommendations` of this week."""

    pupil: UUID
    class_title: str
    monday: date
    days: tuple[DiaryDay, ...]
    marks: MarksTable | None
    filled: Filled | None
    as_of: AsOf
    corrections: tuple[DiaryCorrection, ...] = ()
    reports: tuple[OwnReport, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    voids: tuple[DiaryVoid, ...] = ()
    awaits: tuple[ToRead, ...] = ()
    read: Mapping[int, tuple[ReadBy, ...]] = field(default_factory=dict)
    sections: frozenset[str] = frozenset()
    recommendations: tuple[Remark, ...] = ()


def week(reading: Reading, pupil: UUID, monday: date, key_of: KeyOf, reader: UUID | None = None) -> DiaryWeek:
    """The week that begins on `monday`, for `reader`. Raises NoSuchPage."""
    school, known = reading.school, reading.school.pupils.get(pupil)
    if known is None:
        raise NoSuchPage(str(pupil))
    days = [monday + timedelta(days=n) for n in range(7)]
    planned = diary_lessons.planned(school, pupil, days)
    rows = _rows(reading, pupil, planned, reader)
    said = diary_acquaintance.read_by(rows.said, pupil, school)
    facts = diary_lessons.facts(reading, pupil, planned, rows, key_of, said)
    sections = diary_sections.of(reading)
    klass = known.class_on(min(max(monday, reading.today), days[-1])) or known.class_on(days[-1])
    shown = [day for day in days if day.isoweekday() <= 6 or planned.by_day[day]]
    return DiaryWeek(
        pupil=pupil,
        class_title=school.classes[klass].title if klass else "",
        monday=monday,
        days=diary_sections.days(tuple(_day(reading, day, planned, facts) for day in shown), sections),
        marks=_marks(reading, pupil, monday, rows.attested, facts.signs)
        if "attestation" in sections
        else None,
        filled=filling.last_of(rows.filled),
        as_of=reading.as_of,
        corrections=diary_corrections.told(rows.corrections, pupil, reading),
        reports=diary_reports.told(rows.reports, reading, key_of),
        agreements=diary_agreements.told(rows.agreements, reading),
        voids=diary_voids.of_week(reading, pupil, days[0], days[-1], facts.signs.acts, key_of),
        awaits=diary_acquaintance.awaiting(reading, pupil, reader, said) if reader is not None else (),
        read=said,
        sections=sections,
        recommendations=tuple(each for each in facts.remarks if each.kind == "recommendation")
        if "recommendations" in sections
        else (),
    )


def _rows(reading: Reading, pupil: UUID, planned: Planned, reader: UUID | None) -> SimpleNamespace:
    """All that is known to be asked of a week, at once."""
    school, ids = reading.school, planned.ids
    span = planned.week(school)
    return reading.together(
        **diary_lessons.asks(pupil, planned, school),
        said=diary_acquaintance.asked_who_read(school, pupil),
        attested=pupil_marks.asked(pupil),
        filled=filling.asked(ids),
        corrections=diary_corrections.asked_of_week(school, pupil, ids, *span),
        reports=diary_reports.asked(reader, pupil),
        agreements=diary_agreements.asked(pupil),
    )


def days_of(reading: Reading, pupil: UUID, days: Sequence[date], key_of: KeyOf) -> tuple[DiaryDay, ...]:
    """These days of the diary, in order."""
    planned = diary_lessons.planned(reading.school, pupil, days)
    rows = reading.together(**diary_lessons.asks(pupil, planned, reading.school))
    facts = diary_lessons.facts(reading, pupil, planned, rows, key_of, {})
    found = tuple(_day(reading, day, planned, facts) for day in days)
    return diary_sections.days(found, diary_sections.of(reading))


def _marks(reading: Reading, pupil: UUID, monday: date, rows: list[Any], signs: Signs) -> MarksTable | None:
    year = year_now(reading.school, monday)
    found = pupil_marks.table(reading, pupil, year, rows, signs.contested) if year is not None else None
    return found if found is not None and found.begun else None


def _day(reading: Reading, day: date, planned: Planned, facts: Facts) -> DiaryDay:
    free = next((h for h in reading.school.holidays.values() if day in h), None)
    held = [_lesson(reading, lesson, facts) for lesson in planned.by_day[day]]
    return DiaryDay(
        date=day,
        title=free.title if free is not None else "",
        holiday=free is not None,
        lessons=tuple(
            sorted(
                (*held, *_left(reading, planned.left[day], facts)),
                key=lambda each: (each.starts, not each.held),
            )
        ),
    )


def _left(reading: Reading, left: Iterable[tuple[Lesson, Fate]], facts: Facts) -> Iterator[DiaryLesson]:
    """Lessons that are not held in their place. What another subject took shows there as that subject, and for itself
    only while homework is due at it."""
    nothing = Facts(lessons={}, cells={}, said=(), due={}, works={}, materials={}, cases={})
    for lesson, fate in left:
        known = nothing if fate.kind == "moved_away" else facts
        made = replace(_lesson(reading, lesson, known), fate=fate, held=False, distance="")
        if made.homework or fate.kind != "another_subject":
            yield made


def _lesson(reading: Reading, lesson: Lesson, facts: Facts) -> DiaryLesson:
    row, cells = facts.lessons.get(lesson.id), facts.cells.get(lesson.id, [])
    absence = next((cell for cell in cells if cell.value_kind == "absence"), None)
    return DiaryLesson(
        lesson=lesson.id,
        journal=lesson.journal,
        number=lesson.number,
        starts=lesson.starts,
        ends=lesson.ends,
        subject=reading.school.subject_of(lesson.journal).title,
        room=lesson.room or "",
        teacher=next(iter(givers(lesson, reading.school)), None),
        topic=_topic(row, lesson, reading),
        distance=distance_words(lesson.journal, lesson.date, reading.school, reading.regulation()),
        marks=tuple(_mark(cell, facts, reading) for cell in cells if cell.value_kind == "mark"),
        absent=absence is not None,
        absence_corrected=facts.cases.get(absence.correction) if absence is not None else None,
        absence_contested=absence is not None and absence.entry in facts.signs.contested,
        withdrawn_contested=lesson.id in facts.withdrawn,
        topic_contested=row is not None and row.topic_entry in facts.signs.contested,
        topic_corrected=facts.cases.get(row.topic_correction) if row is not None else None,
        homework=tuple(facts.due.get(lesson.id, ())),
        homework_set=row.homework if row is not None else None,
        not_set=bool(row is not None and row.not_set),
        materials=_of_lesson(facts.materials.get(lesson.id, ()), row),
        fate=fate_of(lesson, reading.school),
        category=absence_facts.category_on(facts.said, lesson.date),
        late=any(cell.value_kind == "late" for cell in cells),
        activity=(extra := extra_of(lesson.id, reading.school)) is not None and bool(extra.mode),
        comments=tuple(each for each in facts.remarks if each.lesson == lesson.id),
    )


def _topic(row: Any, lesson: Lesson, reading: Reading) -> str | None:
    if row is None:
        return None
    where: dict[str, Any] = {"lesson": lesson.id, "journal": lesson.journal, "on": lesson.date}
    return shown_topic(row.topic, **where, school=reading.school, regulation=reading.regulation())


def _of_lesson(materials: tuple[Material, ...], row: Any) -> tuple[Material, ...]:
    """What hangs on homework stands with it, at the lesson it is due; before any is set, at this one."""
    none_set = row is None or row.homework is None
    return tuple(each for each in materials if each.to == "lesson" or none_set)


def _mark(cell: Any, facts: Facts, reading: Reading) -> DiaryMark:
    work = facts.works.get(cell.work)
    return DiaryMark(
        value=cell.value,
        kind_title="" if work is None else title_of(work, work.date, reading.regulation()),
        at=cell.entered_at,
        delay=cell.delay,
        rewritten=cell.rewritten,
        imported=cell.imported,
        work=cell.work,
        corrected=facts.cases.get(cell.correction),
        contested=cell.entry in facts.signs.contested,
        read=facts.read.get(cell.entry, ()),
    )
