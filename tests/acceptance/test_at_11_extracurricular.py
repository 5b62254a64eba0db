"""AT-11 and E-10: extracurricular lessons by order № 91, and a lesson with records that somebody wants to move."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from commands.attendance import NoteAbsence, TakeAttendance
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.extra_lessons import ScheduleExtraLesson
from commands.homework import SetHomework
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from commands.single_lessons import CancelLesson, MoveLesson
from ledger import regulation, streams, windows
from ledger.events.attendance import AbsenceNoted, AttendanceTaken
from ledger.events.calendar import BellsAssigned
from ledger.events.journals import JournalListed, SubjectAdded, WorkloadAssigned
from ledger.events.roster import ClassFormed, PupilEnrolled
from ledger.events.timetable import SlotScheduled
from ledger.lesson import fold_lesson
from ledger.school import School
from ledger.timetable import Lesson
from projections.topic_words import shown_topic
from tests.story import Story
from tests.world import (
    FIRST,
    LAST,
    SCHOOL_ID,
    UST_BELAYA,
    answer,
    codes,
    given_lesson,
    given_school,
    given_sheet,
    homework_for,
    judged,
    named,
)

PHYSICS = given_lesson("7А Физика", "2026-10-14")
PUPIL = named("Вуквукай Илья")
SATURDAY = date(2026, 10, 17)
DURING, AFTER = "2026-10-17 10:10", "2026-10-17 11:30"


def by_order_91(mode: str, form: str = "", **more: object) -> ScheduleExtraLesson:
    return ScheduleExtraLesson(
        journal=named("7А Физика"),
        on=SATURDAY,
        number=1 if mode == "7.13" else 2,
        starts=time(10) if mode == "7.13" else time(11),
        ends=time(10, 40) if mode == "7.13" else time(11, 40),
        mode=mode,
        form=form,
        order=OrderNamed(number="91", on=date(2026, 10, 12)),
        **more,  # type: ignore[arg-type]
    )


def of_saturday(story: Story, mode: str) -> Lesson:
    day = story.house.schools.current(SCHOOL_ID).timetable.by_day[SATURDAY]
    return next(each for each in day if each.mode == mode)


def shown(story: Story, lesson: Lesson) -> str | None:
    """The topic as journal, lesson page and diary show it."""
    sheet, school = story.sheet(lesson), story.house.schools.current(SCHOOL_ID)
    text = sheet.topic.event.text if sheet.topic else None  # type: ignore[attr-defined]
    return shown_topic(
        text, lesson=lesson.id, journal=lesson.journal, on=lesson.date, school=school, regulation=UST_BELAYA
    )


@pytest.fixture
def story() -> Story:
    told = Story()
    told.do("Кеулькут", "2026-10-12 08:00", by_order_91("7.13"))
    told.do("Кеулькут", "2026-10-12 08:01", by_order_91("8.3", "экскурсия", replaces=PHYSICS.id))
    return told


@pytest.mark.case("AT-11")
def test_on_an_extracurricular_lesson_nobody_is_marked_or_noted_absent(story: Story) -> None:
    """(a) 7.13."""
    lesson = of_saturday(story, "7.13")
    for command, sentence in (
        (GiveMark(lesson=lesson.id, work=lesson.id, pupil=PUPIL, value="5"), "оценка не ставится"),
        (NoteAbsence(lesson=lesson.id, pupil=PUPIL), "отсутствующих не отмечают"),
        (TakeAttendance(lesson=lesson.id, absent=(PUPIL,)), "отсутствующих не отмечают"),
        (TakeAttendance(lesson=lesson.id), "отсутствующих не отмечают"),
        (SetHomework(lesson=lesson.id, text="§ 7", manner=("written",)), "домашне"),  # asked, not forbidden
    ):
        with pytest.raises(Refusal) as caught:
            story.do("Петров", DURING, command)
        assert caught.value.code == "P-21"
        assert sentence in caught.value.sentence
    assert story.sheet(lesson).held is None


@pytest.mark.case("AT-11")
def test_its_topic_is_the_words_of_the_act_and_its_date_the_actual_one(story: Story) -> None:
    lesson = of_saturday(story, "7.13")
    assert shown(story, lesson) is None
    story.do("Петров", DURING, RecordTopic(lesson=lesson.id, text="внеурочное"))
    assert shown(story, lesson) == "Внеурочное занятие"
    assert story.sheet(lesson).date == SATURDAY


@pytest.mark.case("AT-11")
def test_the_programme_outside_the_classroom_is_recorded_with_form_and_order(story: Story) -> None:
    """(b) 8.3: it stands for the physics of 14.10, with marks, «н» and homework."""
    lesson = of_saturday(story, "8.3")
    story.do("Петров", AFTER, RecordTopic(lesson=lesson.id, text="Тепловые явления"))
    story.do("Петров", AFTER, TakeAttendance(lesson=lesson.id, absent=(named("Ященко Ольга"),)))
    story.do("Петров", AFTER, GiveMark(lesson=lesson.id, work=lesson.id, pupil=PUPIL, value="5"))
    assert shown(story, lesson) == "Тепловые явления. Внеурочное занятие, экскурсия, приказ № 91, 17.10.2026"
    sheet = story.sheet(lesson)
    assert (sheet.date, sheet.mark(lesson.id, PUPIL)) == (SATURDAY, (5,))


@pytest.mark.case("AT-11")
def test_it_counts_as_held_in_the_place_of_the_lesson_it_replaces(story: Story) -> None:
    """C-05: as many lessons as before, the one of 14.10 not among them."""
    timetable = story.house.schools.current(SCHOOL_ID).timetable
    own = timetable.by_journal[named("7А Физика")]
    week = [each.date.day for each in own if date(2026, 10, 12) <= each.date <= SATURDAY]
    assert week == [12, 16, 17, 17]
    assert PHYSICS.id in timetable.dropped
    with pytest.raises(Refusal, match="нет в расписании"):
        story.do("Петров", "2026-10-14 10:30", RecordTopic(lesson=PHYSICS.id, text="Тепловые явления"))


def test_an_order_without_a_number_says_so(story: Story) -> None:
    command = ScheduleExtraLesson(
        journal=named("7А Физика"),
        on=date(2026, 10, 24),
        number=1,
        starts=time(10),
        ends=time(10, 40),
        mode="8.3",
        form="практикум",
        order=OrderNamed(),
    )
    story.do("Кеулькут", "2026-10-12 08:02", command)
    day = story.house.schools.current(SCHOOL_ID).timetable.by_day[date(2026, 10, 24)]
    story.do("Петров", "2026-10-24 10:10", RecordTopic(lesson=day[0].id, text="Плавление."))
    assert shown(story, day[0]) == "Плавление. Внеурочное занятие, практикум, приказ, номер позже, 24.10.2026"


# Perm 3-А: a course of primary school.

COURSE = named("3А Юный эколог")
REGULATIONS = Path(windows.__file__).parent / "regulations"
PERM = regulation.load((REGULATIONS / "perm.toml").read_text(encoding="utf-8"), "perm.toml")


def with_course(grade: int = 3, level: str = "НОО") -> School:
    bells = BellsAssigned(class_id=named("3А"), weekday=2, schedule=named("звонки"), first=FIRST)
    subject = SubjectAdded(
        subject=named("Юный эколог"), title="Юный эколог", short="ЮЭ", attributes=("course",)
    )
    slot = SlotScheduled(journal=COURSE, weekday=2, number=5, week="all", first=FIRST, last=LAST, room=None)
    return given_school(
        (named("3А"), ClassFormed(year=2026, title="3А", grade=grade, level=level)),
        (streams.calendar(SCHOOL_ID), bells),
        (streams.calendar(SCHOOL_ID), subject),
        (PUPIL, PupilEnrolled(class_id=named("3А"), first=FIRST, order=None)),
        (COURSE, JournalListed(class_id=named("3А"), group=None, subject=named("Юный эколог"), year=2026)),
        (COURSE, WorkloadAssigned(teacher=named("Соколова"), first=FIRST, until=None, hours=100)),
        (named("курс"), slot),
    )


def said(event: object, school: School) -> list[str]:
    lesson = given_lesson("3А Юный эколог", "2026-10-13", school=school)
    sheet = given_sheet(lesson) if not isinstance(event, AttendanceTaken) else fold_lesson(lesson.id, ())
    found = judged(event, lesson, "2026-10-13 12:30", sheet=sheet, school=school, regulation=PERM)
    return [code for code in codes(found) if code.startswith("P-21")]


@pytest.mark.case("AT-11")
def test_on_a_course_of_primary_school_in_perm_presence_is_kept_but_no_mark_and_no_homework() -> None:
    school = with_course()
    lesson = given_lesson("3А Юный эколог", "2026-10-13", school=school)
    assert said(AttendanceTaken(), school) == []
    assert said(AbsenceNoted(pupil=PUPIL), school) == []
    assert said(answer(lesson, "Вуквукай Илья", 5), school) == ["P-21 refuse"]
    assert said(homework_for(lesson, "наблюдать", school=school), school) == ["P-21 refuse"]


def test_perm_says_so_of_primary_school_only() -> None:
    school = with_course(grade=5, level="ООО")
    lesson = given_lesson("3А Юный эколог", "2026-10-13", school=school)
    assert said(answer(lesson, "Вуквукай Илья", 5), school) == []


# E-10.

MOVE = MoveLesson(lesson=PHYSICS.id, on=SATURDAY, number=1, starts=time(10), ends=time(10, 40))


@pytest.mark.case("E-10")
def test_a_lesson_with_marks_is_not_moved() -> None:
    story = Story()
    story.do(
        "Петров", "2026-10-14 10:40", GiveMark(lesson=PHYSICS.id, work=PHYSICS.id, pupil=PUPIL, value="4")
    )
    for command in (MOVE, CancelLesson(lesson=PHYSICS.id, reason="weather")):
        with pytest.raises(Refusal) as caught:
            story.do("Дьячкова", "2026-10-14 15:00", command)
        assert caught.value.code == "E-10"
        assert "уже есть записи" in caught.value.sentence
    assert story.sheet(PHYSICS).mark(PHYSICS.id, PUPIL) == (4,)
    assert story.house.schools.current(SCHOOL_ID).timetable.by_id[PHYSICS.id] == PHYSICS


@pytest.mark.case("E-10")
def test_homework_due_at_a_moved_lesson_moves_with_it() -> None:
    """The next lesson is meant, not the day that was thought to be its own."""
    story = Story()
    monday = given_lesson("7А Физика", "2026-10-12")
    story.do(
        "Петров",
        "2026-10-12 14:00",
        SetHomework(lesson=monday.id, text="§ 7", manner=("written",), due_lesson=PHYSICS.id),
    )
    story.do("Кеулькут", "2026-10-13 08:00", MOVE)
    sheet, timetable = story.sheet(monday), story.house.schools.current(SCHOOL_ID).timetable
    assert sheet.homework is not None
    due = timetable.by_id[sheet.homework.event.due_lesson]  # type: ignore[attr-defined]
    assert (due.date, due.moved_from) == (SATURDAY, date(2026, 10, 14))


@pytest.mark.case("E-10")
def test_a_mark_given_meanwhile_and_the_move_do_not_both_succeed() -> None:
    """Who comes second decides again on what the first has written."""
    story = Story()
    story.do("Кеулькут", "2026-10-14 10:30", MOVE)
    with pytest.raises(Refusal) as caught:
        story.do(
            "Петров", "2026-10-14 10:31", GiveMark(lesson=PHYSICS.id, work=PHYSICS.id, pupil=PUPIL, value="4")
        )
    assert caught.value.code == "W-20"
    assert "17.10.2026" in caught.value.sentence
