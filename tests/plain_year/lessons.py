"""What the teacher of each lesson writes: on time, late, with a permission, or never."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from ledger import streams, windows
from ledger.entry import Draft
from ledger.events import attendance, homework, late_entries, lessons, marks, voids
from ledger.late_entry import use_of
from ledger.school import School
from ledger.substitutes import givers
from ledger.timetable import Lesson
from tests.plain_year.telling import MINUTE, Telling, found_late, of_case, of_lesson
from tests.world import ROLES, SCHOOL_ID, UST_BELAYA, named
from tests.world import held as held_of

NAME_OF = {named(who): who for who in ROLES}
RUSSIAN = named("7А Русский язык")
KINDS = {
    "Русский язык": ("dictation", "dictation_grammar", "exposition", "control", "monitoring"),
    "Литература": ("recitation", "essay", "test", "control"),
    "Физика": ("laboratory", "practical", "control", "monitoring"),
    "Физкультура": ("physical_test",),
}
OTHERS = ("control", "independent", "check", "monitoring", "homework_check")


def held(lesson: Lesson, school: School) -> lessons.LessonHeld:
    return replace(held_of(lesson, school), mode=lesson.mode)


def tell(telling: Telling, lesson: Lesson, n: int) -> None:
    """`n`: how many lessons the page had before."""
    person = next(iter(givers(lesson, telling.school)), None)
    if person is None or telling.chance(0.03):
        return
    who = NAME_OF[person]
    if lesson.mode == "7.13":
        begun = (held(lesson, telling.school), lessons.TopicRecorded(text="Внеурочное занятие"))
        telling.at(lesson.ends, who, *(of_lesson(lesson, each) for each in begun))
    elif telling.chance(0.04):
        _asked_for(telling, lesson, who)
    else:
        _ordinary(telling, lesson, who, n)


def there(telling: Telling, lesson: Lesson) -> list[UUID]:
    """Who may get a mark or «н»."""
    school = telling.school
    listed = school.pupils_of(lesson.journal, lesson.date)
    return [pupil for pupil in listed if school.liable(pupil, lesson.journal, lesson.date)]


def _ordinary(telling: Telling, lesson: Lesson, who: str, n: int) -> None:
    school = telling.school
    pupils = there(telling, lesson)
    away = [each for each in pupils if telling.chance(_ill(each, lesson))]
    if _distance(telling, lesson):  # «н» is a mistake there
        away = away[:1]
    late = telling.chance(0.06)
    at = lesson.ends + 7 * MINUTE if late else lesson.starts + 2 * MINUTE
    due = windows.absence_window(lesson, school, UST_BELAYA).soft
    found = found_late("W-05", at, due)
    begun = of_lesson(lesson, held(lesson, school))
    if telling.chance(0.05):  # a topic first, and presence never
        telling.at(at, who, begun, of_lesson(lesson, lessons.TopicRecorded(text=f"Тема {n + 1}")))
        away = []
    else:
        drafts = [begun, of_lesson(lesson, attendance.AttendanceTaken(), *found)]
        drafts += [of_lesson(lesson, attendance.AbsenceNoted(pupil=pupil), *found) for pupil in away]
        telling.at(at, who, *drafts)
        if telling.chance(0.92):
            _topic(telling, lesson, who, n, at)
    _homework(telling, lesson, who, n, at)
    mistaken = away[-1:] if telling.chance(0.1) else []  # a mark where «н» stands
    _marks(telling, lesson, who, n, [each for each in pupils if each not in away or each in mistaken], at)
    if away and telling.chance(0.12):
        came = attendance.AbsenceWithdrawn(pupil=away[0], came_late=True)
        telling.at(at + 3 * MINUTE, who, of_lesson(lesson, came))


def _distance(telling: Telling, lesson: Lesson) -> bool:
    class_id = telling.school.journals[lesson.journal].class_id
    return telling.school.distance(class_id, lesson.date) is not None


def _ill(pupil: UUID, lesson: Lesson) -> float:
    """A week of each pupil's now and then; two subjects one of them hardly visits."""
    if (pupil, lesson.journal) == (named("Тынетегин Павел"), named("7А Физика")):
        return 0.6
    week = int(lesson.date.strftime("%W"))
    return 0.8 if (pupil.int + week) % 11 == 0 else 0.03


def _topic(telling: Telling, lesson: Lesson, who: str, n: int, begun: datetime) -> None:
    school = telling.school
    at = max(begun + MINUTE, telling.after(lesson.starts, 35))
    page = school.journals[lesson.journal]
    planned = page.plan is not None and not telling.chance(0.1)
    event = lessons.TopicRecorded(
        text=f"Тема {n + 1}",
        plan=page.plan if planned else None,
        item=n + 1 if planned else None,
        deviation=planned and telling.chance(0.05),
    )
    drafts = [of_lesson(lesson, event)]
    if "laboratory" in school.subject_of(lesson.journal).attributes and telling.chance(0.3):
        drafts.append(of_lesson(lesson, lessons.BriefingRecorded(text="Инструктаж проведён")))
    telling.at(at, who, *drafts)
    if telling.chance(0.02):
        said = of_lesson(lesson, lessons.TopicRecorded(text=f"Тема {n + 1}, повторение"))
        telling.at(at + 2 * MINUTE, who, said)


def _homework(telling: Telling, lesson: Lesson, who: str, n: int, begun: datetime) -> None:
    chance = telling.random.random()
    at = max(begun + MINUTE, telling.after(lesson.starts, 38))
    first_grade = telling.school.klass_of(lesson.journal).grade == 1  # no homework there
    if chance < 0.1 or first_grade:
        return
    if chance < 0.18:
        telling.at(at, who, of_lesson(lesson, homework.HomeworkNotSet()))
        return
    if chance < 0.3:
        at = datetime.combine(lesson.date, time(19, n % 50))
    following = telling.school.timetable.next_after(lesson.journal, lesson.date)
    event = homework.HomeworkSet(
        text=f"§ {n + 1}",
        manner=("written",),
        due=following.date if following else None,
        due_lesson=following.id if following else None,
    )
    due = windows.homework_window(lesson, telling.school, UST_BELAYA).soft
    telling.at(at, who, of_lesson(lesson, event, *found_late("W-04", at, due)))


def _marks(telling: Telling, lesson: Lesson, who: str, n: int, pupils: list[UUID], begun: datetime) -> None:
    page = telling.school.journals[lesson.journal]
    subject = telling.school.subjects[page.subject]
    if telling.school.classes[page.class_id].grade == 1 or "unmarked" in subject.attributes:
        return
    for pupil in pupils:
        if telling.chance(_answers(pupil, subject.title)):
            _answer(telling, lesson, who, pupil, begun)
    if n % 6 == 4:
        kinds = KINDS.get(subject.title, OTHERS)
        _work(telling, lesson, who, kinds[n // 6 % len(kinds)], pupils, begun)


def _answers(pupil: UUID, subject: str) -> float:
    """Somebody is hardly ever asked in literature, and nobody much in geometry."""
    if subject == "Литература" and pupil.int % 3 == 0:
        return 0.01
    return 0.12 if subject == "Геометрия" else 0.35


def _value(telling: Telling, pupil: UUID) -> int:
    return max(2, min(5, round(telling.random.gauss(3.2 + pupil.int % 5 * 0.4, 0.8))))


def _answer(telling: Telling, lesson: Lesson, who: str, pupil: UUID, begun: datetime) -> None:
    at = max(begun + MINUTE, telling.after(lesson.starts, 39))
    given = marks.MarkGiven(work=lesson.id, pupil=pupil, value=(_value(telling, pupil),))
    telling.at(at, who, of_lesson(lesson, given))
    chance, key = telling.random.random(), (lesson.id, lesson.id, pupil)
    if chance < 0.02:
        again = marks.MarkGiven(work=lesson.id, pupil=pupil, value=(_value(telling, pupil),))
        telling.at(at + 2 * MINUTE, who, of_lesson(lesson, again))
    elif chance < 0.03:
        gone = of_lesson(lesson, marks.MarkWithdrawn(work=lesson.id, pupil=pupil))
        telling.then(at + 2 * MINUTE, who, lambda: (gone,) if key in telling.cells else ())
    elif chance < 0.05:
        telling.then(at + MINUTE / 6, who, lambda: _taken_back(telling, lesson, key))


def _taken_back(telling: Telling, lesson: Lesson, key: tuple[UUID, UUID, UUID]) -> tuple[Draft, ...]:
    stood = telling.cells.get(key)
    return (of_lesson(lesson, voids.EntriesTakenBack(positions=(stood[0],))),) if stood else ()


def _work(telling: Telling, lesson: Lesson, who: str, kind: str, pupils: list[UUID], begun: datetime) -> None:
    due, code = windows.work_due(lesson, kind, telling.school, UST_BELAYA)
    work = uuid5(lesson.id, kind)
    added = marks.WorkAdded(work=work, kind=kind, title="", due=due, window=code, tzdb=windows.tzdb_version())
    telling.at(begun + MINUTE, who, of_lesson(lesson, added))
    fraction = UST_BELAYA.work_kinds[kind].fraction
    when = telling.after(lesson.ends, 200)
    if telling.chance(0.5) and due.date() > lesson.date:
        when += timedelta(days=1)
    if telling.chance(0.12):
        when = due + timedelta(hours=15)
    for n, pupil in enumerate(pupils):
        if telling.chance(0.08):
            continue
        parts = (_value(telling, pupil), _value(telling, pupil))
        given = marks.MarkGiven(work=work, pupil=pupil, value=parts if fraction else parts[:1])
        at = when + n * MINUTE / 4
        telling.at(at, who, of_lesson(lesson, given, *found_late(code, at, due)))
    if kind == "essay" and telling.school.journals[lesson.journal].class_id == named("7А"):
        for pupil in pupils:
            literacy = marks.LiteracyMarkGiven(
                work=work, journal=RUSSIAN, pupil=pupil, value=(_value(telling, pupil),)
            )
            telling.at(when + 20 * MINUTE, who, of_lesson(lesson, literacy))


def _asked_for(telling: Telling, lesson: Lesson, who: str) -> None:
    """Not written on its day; permitted the day after, or declined, or never decided."""
    case, stream = uuid5(lesson.id, "late"), streams.late_entries(SCHOOL_ID, lesson.id)
    asked = late_entries.LateEntryRequested(
        case=case,
        lesson=lesson.id,
        journal=lesson.journal,
        target="lesson",
        work=None,
        pupil=None,
        reason=telling.text("Не было связи", who),
    )
    morning = lesson.starts + timedelta(days=1)
    telling.at(morning, who, of_case(stream, asked))
    chance = telling.random.random()
    if chance < 0.2:
        no = late_entries.LateEntryDeclined(case=case, reason=telling.text("Связь была", who))
        telling.at(morning + 60 * MINUTE, "Ефимова", of_case(stream, no))
    elif chance < 0.9:
        until = windows.day_end((morning + timedelta(days=1)).date())
        yes = late_entries.LateEntryPermitted(case=case, until=until, reason=None)
        telling.at(morning + 60 * MINUTE, "Ефимова", of_case(stream, yes))
        at = morning + 90 * MINUTE
        telling.then(at, who, lambda: _permitted(telling, lesson, case, at))


def _permitted(telling: Telling, lesson: Lesson, case: UUID, at: datetime) -> tuple[Draft, ...]:
    school, stream = telling.school, streams.late_entries(SCHOOL_ID, lesson.id)
    pupils = [] if _distance(telling, lesson) else there(telling, lesson)[:1]
    absence = windows.absence_window(lesson, school, UST_BELAYA).hard
    written: list[tuple[object, str, datetime]] = [
        (attendance.AttendanceTaken(), "W-05", absence),
        *((attendance.AbsenceNoted(pupil=pupil), "W-05", absence) for pupil in pupils),
        (
            lessons.TopicRecorded(text="Тема, записанная позже"),
            "W-03",
            windows.topic_window(lesson, school, UST_BELAYA).hard,
        ),
        (homework.HomeworkNotSet(), "W-04", windows.homework_window(lesson, school, UST_BELAYA).hard),
    ]
    drafts = [of_lesson(lesson, held(lesson, school))]
    for event, code, due in written:
        permission = telling.permitted[case]
        drafts.append(of_lesson(lesson, event, *found_late(code, at, due), causation=permission))
        drafts.append(of_case(stream, late_entries.LateEntryUsed(case=case, use=use_of(event) or "")))
    return tuple(drafts)
