"""Homework: 9.5(b7), within an hour after the end of all lessons of the class."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.entry import Role
from ledger.events.homework import HomeworkNotSet, IndividualHomeworkSet
from ledger.parameter_values import Moment
from ledger.personal import PersonalText
from ledger.windows import homework_window
from tests.world import SCHOOL, UST_BELAYA, codes, given_lesson, homework_for, judged, named

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
TEXT = "§ 7, № 121–124"


@pytest.mark.parametrize(
    ("when", "said", "delay"),
    [
        ("2026-10-12 09:25:00", [], None),
        ("2026-10-12 15:04:00", [], None),
        ("2026-10-12 15:05:00.9", [], None),
        ("2026-10-12 15:05:01", ["W-04 late"], 1),
        ("2026-10-12 15:30:00", ["W-04 late"], 25 * 60),
        ("2026-10-12 23:59:59.9", ["W-04 late"], 8 * 3600 + 54 * 60 + 59),
        ("2026-10-13 00:00:00", ["W-04 permit"], 1),
        ("2026-10-13 08:00:00", ["W-04 permit"], 8 * 3600 + 1),
    ],
)
def test_homework_is_in_time_for_an_hour_after_all_lessons_then_late_then_refused(when, said, delay):
    for event in (homework_for(ALGEBRA, TEXT, "written"), HomeworkNotSet()):
        found = judged(event, ALGEBRA, when)
        assert codes(found) == said
        assert [each.finding.delay for each in found] == [delay] * len(said)


def test_the_soft_end_never_lies_after_the_hard_one():
    terms = replace(UST_BELAYA.homework_terms, soft=Moment(anchor="class_end", minutes=600))
    window = homework_window(ALGEBRA, SCHOOL, replace(UST_BELAYA, homework_terms=terms))
    assert window.soft == window.hard


def test_a_late_homework_is_told_its_deadline():
    found = judged(homework_for(ALGEBRA, TEXT), ALGEBRA, "2026-10-12 15:30")
    assert "после срока 12.10.2026 15:05" in found[0].sentence


def test_homework_is_not_set_before_the_lesson():
    found = judged(homework_for(ALGEBRA, TEXT), ALGEBRA, "2026-10-12 09:24:59")
    assert codes(found) == ["W-20 refuse"]


def test_homework_says_how_it_is_done_in_words_of_the_list():
    assert judged(homework_for(ALGEBRA, TEXT, "written", "oral"), ALGEBRA, "2026-10-12 10:00") == ()
    found = judged(homework_for(ALGEBRA, TEXT, "singing"), ALGEBRA, "2026-10-12 10:00")
    assert codes(found) == ["homework-manner refuse"]
    assert "singing" in found[0].sentence


def test_homework_is_due_at_a_later_lesson_of_the_same_page():
    right = homework_for(ALGEBRA, TEXT)
    friday, physics = given_lesson("7А Алгебра", "2026-10-16"), given_lesson("7А Физика", "2026-10-14")
    wrong = (
        replace(right, due=friday.date),  # the date of another lesson
        replace(right, due=physics.date, due_lesson=physics.id),  # another page
        replace(right, due=ALGEBRA.date, due_lesson=ALGEBRA.id),  # this very lesson
        replace(right, due_lesson=None),
        replace(right, due_lesson=named("нет такого урока")),
    )
    assert judged(replace(right, due=friday.date, due_lesson=friday.id), ALGEBRA, "2026-10-12 10:00") == ()
    for event in wrong:
        assert codes(judged(event, ALGEBRA, "2026-10-12 10:00")) == ["homework-due refuse"]


def test_the_last_lesson_of_the_year_may_have_homework_without_a_day():
    last = given_lesson("7А Алгебра", "2027-05-28")
    event = replace(homework_for(ALGEBRA, TEXT), due=None, due_lesson=None)
    assert judged(event, last, "2027-05-28 10:00") == ()


def test_class_one_usually_has_no_homework_so_it_is_asked_to_be_confirmed():
    lesson = given_lesson("1А Математика", "2026-10-12")
    event = homework_for(lesson, "Прописи, с. 4")
    found = judged(event, lesson, "2026-10-12 09:00", by="Дьячкова", role=Role.TEACHER)
    assert codes(found) == ["R-114 confirm"]


def test_individual_homework_is_for_a_pupil_of_the_page_and_keeps_the_same_hour():
    def given(pupil):
        sealed = PersonalText(person=named(pupil), nonce=bytes(12), sealed=bytes(40))
        return IndividualHomeworkSet(pupil=named(pupil), text=sealed, due=None, due_lesson=None)

    assert judged(given("Каляна Мария"), ALGEBRA, "2026-10-12 15:05") == ()
    assert codes(judged(given("Каляна Мария"), ALGEBRA, "2026-10-12 15:06")) == ["W-04 late"]
    assert codes(judged(given("Омрына Анна"), ALGEBRA, "2026-10-12 15:00")) == ["enrolled refuse"]
