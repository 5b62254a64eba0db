"""«Завершить урок»: the safety briefing (P-75), nothing missing (9.5), a control work for all (W-11, 7.14(b5))."""

import pytest

from ledger.entry import Role
from ledger.events.attendance import AbsenceNoted, AttendanceTaken
from ledger.events.homework import HomeworkNotSet, HomeworkSet
from ledger.events.lessons import BriefingRecorded, LessonCompleted, TopicRecorded
from ledger.lesson import Sheet
from ledger.regulation import load
from ledger.timetable import Lesson
from tests.world import (
    PUPILS,
    REGULATIONS,
    UST_BELAYA,
    codes,
    given_lesson,
    given_sheet,
    given_work,
    judged,
    mark,
    named,
)

PHYSICS = given_lesson("7А Физика", "2026-10-14")
ALGEBRA = given_lesson("7А Алгебра", "2026-10-16")
FILLED = (TopicRecorded(text="Тема"), AttendanceTaken(), HomeworkNotSet())
PERM = load((REGULATIONS / "perm.toml").read_text(encoding="utf-8"), "perm.toml")


def completed(lesson: Lesson, *events: object, by: str = "Петров", regulation=UST_BELAYA) -> list[str]:
    sheet: Sheet = given_sheet(lesson, *events)
    when = f"{lesson.date} 15:00"
    return codes(judged(LessonCompleted(), lesson, when, by=by, sheet=sheet, regulation=regulation))


def all_marked(kind: str, *spared: str) -> tuple[object, ...]:
    return tuple(mark(pupil, 4, work=kind) for pupil in PUPILS["7А"] if pupil not in spared)


def laboratory(*events: object) -> tuple[object, ...]:
    return (*FILLED, given_work(PHYSICS, "laboratory"), *all_marked("laboratory"), *events)


def test_a_laboratory_lesson_of_physics_is_not_completed_without_the_briefing() -> None:
    assert completed(PHYSICS, *laboratory()) == ["P-75 refuse"]


def test_a_recorded_briefing_is_enough() -> None:
    assert completed(PHYSICS, *laboratory(BriefingRecorded(text="Инструктаж на рабочем месте"))) == []


@pytest.mark.parametrize(
    "said",
    [
        TopicRecorded(text="Лабораторная работа № 2. Инструктаж по ТБ"),
        TopicRecorded(text="Измерение объёма тела. ТБ"),
        HomeworkSet(text="Повторить правила техники безопасности", manner=(), due=None, due_lesson=None),
    ],
)
def test_so_are_its_words_in_the_topic_or_in_the_homework(said: object) -> None:
    assert completed(PHYSICS, *laboratory(said)) == []


@pytest.mark.parametrize("topic", ["Тбилиси", "Практическая работа № 1", "Лабораторная работа № 2"])
def test_a_topic_that_says_laboratory_wants_the_briefing_without_a_column_too(topic: str) -> None:
    expected = [] if topic == "Тбилиси" else ["P-75 refuse"]
    assert completed(PHYSICS, *FILLED, TopicRecorded(text=topic)) == expected


def test_other_subjects_want_no_briefing() -> None:
    events = (*FILLED, given_work(ALGEBRA, "practical"), *all_marked("practical"))
    assert completed(ALGEBRA, *events, by="Соколова") == []


def test_where_the_act_is_silent_the_briefing_is_asked_about() -> None:
    assert completed(PHYSICS, *laboratory(), regulation=PERM) == ["P-75 confirm"]


def test_what_is_missing_is_named() -> None:
    found = judged(
        LessonCompleted(), ALGEBRA, "2026-10-16 15:00", sheet=given_sheet(ALGEBRA, AttendanceTaken())
    )
    (said,) = found
    assert said.finding.code == "lesson-complete"
    assert "тема, домашнее задание" in said.sentence


def test_in_grade_one_no_homework_is_missing() -> None:
    lesson = given_lesson("1А Математика", "2026-10-12")
    sheet = given_sheet(lesson, TopicRecorded(text="Счёт"), AttendanceTaken())
    when = "2026-10-12 15:00"
    assert judged(LessonCompleted(), lesson, when, by="Дьячкова", role=Role.TEACHER, sheet=sheet) == ()


@pytest.mark.case("AT-07")
def test_a_control_column_without_a_mark_is_named_and_asked_about() -> None:
    events = (
        *FILLED,
        given_work(ALGEBRA, "control"),
        AbsenceNoted(pupil=named("Рультытегин Артём")),
        *all_marked("control", "Рультытегин Артём", "Ященко Ольга"),
    )
    (said,) = judged(LessonCompleted(), ALGEBRA, "2026-10-16 15:00", sheet=given_sheet(ALGEBRA, *events))
    assert (said.finding.code, said.mode.value) == ("W-11", "confirm")
    assert "«Контрольная работа» — 4 из 5" in said.sentence


@pytest.mark.case("AT-07")
def test_with_all_five_marks_nothing_is_asked() -> None:
    events = (
        *FILLED,
        given_work(ALGEBRA, "control"),
        AbsenceNoted(pupil=named("Рультытегин Артём")),
        *all_marked("control", "Рультытегин Артём"),
    )
    assert completed(ALGEBRA, *events, by="Соколова") == []


def test_a_work_that_is_not_for_all_is_not_waited_for() -> None:
    assert completed(ALGEBRA, *FILLED, given_work(ALGEBRA, "independent"), by="Соколова") == []
