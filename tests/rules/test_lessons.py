"""Whose page it is, whether there is a lesson, and who may write at all: 7.12, 9.1, 9.2, 9.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.entry import Role
from ledger.events.attendance import AbsenceNoted, AttendanceTaken
from ledger.events.homework import HomeworkNotSet
from ledger.events.journals import WorkloadAssigned, WorkloadEnded
from ledger.events.lessons import TopicRecorded
from ledger.events.marks import MarkWithdrawn
from ledger.judging import gate
from tests.world import (
    UST_BELAYA,
    answer,
    codes,
    given_lesson,
    given_school,
    given_work,
    held,
    judged,
    named,
)

ALGEBRA = given_lesson("7А Алгебра", "2026-10-12")
RECORDS = (
    answer(ALGEBRA, "Каляна Мария", 4),
    MarkWithdrawn(work=ALGEBRA.id, pupil=named("Каляна Мария")),
    TopicRecorded(text="Степень с натуральным показателем"),
    HomeworkNotSet(),
    AttendanceTaken(),
    AbsenceNoted(pupil=named("Каляна Мария")),
    given_work(ALGEBRA, "control"),
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda event: type(event).__name__)
def test_each_record_is_made_by_the_teacher_of_the_page(record):
    assert judged(record, ALGEBRA, "2026-10-12 09:30", by="Соколова") == ()
    assert codes(judged(record, ALGEBRA, "2026-10-12 09:30", by="Петров")) == ["W-19 refuse"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda event: type(event).__name__)
@pytest.mark.parametrize("person", ["Орлова", "Ефимова", "Кеулькут", "Носов"])
def test_director_deputy_methodist_and_administrator_never_write_records(record, person):
    found = judged(record, ALGEBRA, "2026-10-12 09:30", by=person)
    assert codes(found)[0] == "P-58 refuse"
    assert gate(found, permitted=True, confirmed=True) is found[0]


def test_a_deputy_who_teaches_writes_on_her_own_page_as_a_teacher():
    lesson = given_lesson("7А Геометрия", "2026-10-15")
    event = answer(lesson, "Каляна Мария", 4)

    assert judged(event, lesson, "2026-10-15 10:30", by="Ефимова", role=Role.TEACHER) == ()
    assert codes(judged(event, lesson, "2026-10-15 10:30", by="Ефимова"))[0] == "P-58 refuse"


def test_a_school_may_let_its_deputy_write():
    open_school = replace(UST_BELAYA, edit_marks_as=frozenset({"deputy"}))
    event = answer(ALGEBRA, "Каляна Мария", 4)
    assert judged(event, ALGEBRA, "2026-10-12 09:30", by="Ефимова", regulation=open_school) == ()


@pytest.mark.parametrize("record", RECORDS, ids=lambda event: type(event).__name__)
def test_nothing_is_recorded_on_a_lesson_that_is_not_in_the_timetable(record):
    assert codes(judged(record, None, "2026-10-12 09:30"))[0] == "lesson-exists refuse"


def test_a_lesson_is_held_where_and_when_the_timetable_says():
    assert judged(held(ALGEBRA), ALGEBRA, "2026-10-12 09:30") == ()
    elsewhere = replace(held(ALGEBRA), number=3)
    assert codes(judged(elsewhere, ALGEBRA, "2026-10-12 09:30")) == ["lesson-exists refuse"]


def test_the_workload_on_the_lessons_date_decides_not_the_one_on_the_day_of_writing():
    page = named("7А Алгебра")
    school = given_school(
        (page, WorkloadEnded(teacher=named("Соколова"), last=date(2026, 10, 12))),
        (page, WorkloadAssigned(teacher=named("Петров"), first=date(2026, 10, 13), until=None, hours=300)),
    )
    monday = given_lesson("7А Алгебра", "2026-10-12", school=school)
    wednesday = given_lesson("7А Алгебра", "2026-10-14", school=school)

    def found(lesson, when, by):
        topic = TopicRecorded(text="Свойства степени")
        return codes(judged(topic, lesson, when, by=by, school=school))

    assert found(monday, "2026-10-12 20:00", "Соколова") == []
    assert found(monday, "2026-10-12 20:00", "Петров") == ["W-19 refuse"]
    assert found(monday, "2026-10-13 08:00", "Соколова") == ["W-03 permit"]
    assert found(wednesday, "2026-10-14 10:00", "Соколова") == ["W-19 refuse"]
    assert found(wednesday, "2026-10-14 10:00", "Петров") == []


def test_the_sentence_says_who_opens_a_colleagues_page():
    found = judged(RECORDS[0], ALGEBRA, "2026-10-12 09:30", by="Петров")
    assert "12.10.2026" in found[0].sentence
    assert "п. 7.12" in found[0].sentence
