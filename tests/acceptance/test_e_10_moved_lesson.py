"""E-10: the lesson of 14.10 has marks and is moved to 17.10 through a correction case, by a deputy's word only."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from commands.corrections import (
    ApproveCorrections,
    CorrectionItem,
    CorrectionRef,
    DeclineCorrections,
    RequestCorrections,
)
from commands.deciding import Refusal
from commands.homework import SetHomework
from commands.marks import AddWork, GiveMark
from commands.single_lessons import MoveLesson
from ledger.correction import fold_corrections
from ledger.events.days import LessonMoved
from ledger.lesson import known_lesson
from ledger.school import School
from ledger.streams import corrections
from projections.changes import rows_of
from projections.models import SHEETS
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

PHYSICS = given_lesson("7А Физика", "2026-10-14")  # Wednesday, third
THERE = date(2026, 10, 15)  # Thursday, sixth hour: nobody has a lesson then
PUPIL = named("Каляна Мария")


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        story.do(by, when, command)
    return caught.value


def asking(**fields: object) -> RequestCorrections:
    where = {"target": "move", "lesson": PHYSICS.id, "to_date": THERE, "to_number": 6, **fields}
    item = CorrectionItem(**where)  # type: ignore[arg-type]
    return RequestCorrections(items=(item,), ground="erroneous_entry", reason="урок был в четверг")


def school_of(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


@pytest.fixture
def story() -> Story:
    """A mark in the ready column, a test with its own deadline, homework of Monday due at this lesson."""
    made = Story()
    monday = given_lesson("7А Физика", "2026-10-12")
    due = SetHomework(lesson=monday.id, text="§ 7", manner=("written",), due_lesson=PHYSICS.id)
    made.do("Петров", "2026-10-12 14:00", due)
    mark = GiveMark(lesson=PHYSICS.id, work=PHYSICS.id, pupil=PUPIL, value="4")
    made.do("Петров", "2026-10-14 10:40", mark)
    made.do("Петров", "2026-10-14 10:45", AddWork(lesson=PHYSICS.id, kind="test"))
    return made


def case_of(story: Story) -> CorrectionRef:
    (case,) = fold_corrections(story.entries(corrections(SCHOOL_ID, PHYSICS.id))).cases
    return CorrectionRef(case=case, lesson=PHYSICS.id)


def dues(story: Story) -> dict[UUID, datetime]:
    return {work.id: work.due for work in story.sheet(PHYSICS).works.values()}


@pytest.mark.case("E-10")
def test_a_lesson_with_marks_is_not_simply_moved_and_the_refusal_names_the_way_out(story: Story) -> None:
    said = refused(story, "Дьячкова", "2026-10-14 15:00", MoveLesson(lesson=PHYSICS.id, on=THERE, number=6))
    assert said.code == "E-10"
    assert "запрашивает учитель этого урока как исправление" in said.sentence
    assert "согласует заместитель директора" in said.sentence


@pytest.mark.case("E-10")
def test_an_approved_case_moves_it_and_what_was_recorded_and_its_deadlines_stay(story: Story) -> None:
    fixed, before = dues(story), story.entries(PHYSICS.id)
    story.do("Петров", "2026-10-14 16:00", asking())
    assert school_of(story).timetable.by_id[PHYSICS.id].date == PHYSICS.date  # asked is not done
    story.do("Дьячкова", "2026-10-14 17:00", ApproveCorrections(cases=(case_of(story),)))
    lesson = known_lesson(story.sheet(PHYSICS), school_of(story))
    assert lesson is not None
    assert (lesson.id, lesson.date, lesson.number, lesson.moved_from) == (PHYSICS.id, THERE, 6, PHYSICS.date)
    sheet = story.sheet(PHYSICS)
    assert (sheet.mark(PHYSICS.id, PUPIL), sheet.date) == ((4,), THERE)
    assert dues(story) == fixed
    assert story.entries(PHYSICS.id)[: len(before)] == before
    rows = rows_of(SHEETS, sheet)
    assert rows["cells", PHYSICS.id, PHYSICS.id, PUPIL, "mark"][2] == THERE
    moves = [e.event for e in story.entries(PHYSICS.id) if isinstance(e.event, LessonMoved)]
    assert [move.correction for move in moves] == [case_of(story).case]


@pytest.mark.case("E-10")
def test_homework_due_at_the_moved_lesson_comes_along(story: Story) -> None:
    story.do("Петров", "2026-10-14 16:00", asking())
    story.do("Дьячкова", "2026-10-14 17:00", ApproveCorrections(cases=(case_of(story),)))
    homework = story.sheet(given_lesson("7А Физика", "2026-10-12")).homework
    assert homework is not None
    due = school_of(story).timetable.by_id[homework.event.due_lesson]  # type: ignore[attr-defined]
    assert due.date == THERE


@pytest.mark.case("E-10")
def test_the_next_lesson_of_other_works_does_not_come_earlier(story: Story) -> None:
    """A test of Monday is open to the lesson of the 14th; that one gone, nothing that was decided is decided anew."""
    monday = given_lesson("7А Физика", "2026-10-12")
    story.do("Петров", "2026-10-14 15:00", AddWork(lesson=monday.id, kind="test"))
    fixed = {work.id: work.due for work in story.sheet(monday).works.values()}
    story.do("Петров", "2026-10-14 16:00", asking())
    story.do("Дьячкова", "2026-10-14 17:00", ApproveCorrections(cases=(case_of(story),)))
    assert {work.id: work.due for work in story.sheet(monday).works.values()} == fixed


@pytest.mark.case("E-10")
def test_a_declined_case_leaves_the_lesson_where_it_was(story: Story) -> None:
    story.do("Петров", "2026-10-14 16:00", asking())
    decline = DeclineCorrections(cases=(case_of(story),), reason="урок был в среду")
    story.do("Дьячкова", "2026-10-14 17:00", decline)
    assert school_of(story).timetable.by_id[PHYSICS.id] == PHYSICS
    assert story.sheet(PHYSICS).date == PHYSICS.date


@pytest.mark.case("E-10")
@pytest.mark.parametrize(
    ("place", "code"),
    [
        ({"to_date": None}, "correction-items"),
        ({"to_number": 99}, "slots"),
        ({"to_date": date(2026, 10, 16), "to_number": 2}, "timetable-clash"),  # the class has algebra then
        ({"to_date": date(2026, 11, 4)}, "timetable-holiday"),
        ({"to_date": date(2027, 9, 2)}, "date-in-year"),
        ({"to_date": PHYSICS.date, "to_number": 3}, "correction-same"),
    ],
)
def test_a_place_where_it_cannot_be_held_is_refused_when_asked(
    story: Story, place: dict[str, object], code: str
) -> None:
    assert refused(story, "Петров", "2026-10-14 16:00", asking(**place)).code in (code, "timetable-bell")
    assert story.entries(corrections(SCHOOL_ID, PHYSICS.id)) == ()


@pytest.mark.case("E-10")
def test_a_place_taken_meanwhile_is_refused_when_decided(story: Story) -> None:
    story.do("Петров", "2026-10-14 16:00", asking())
    later = given_lesson("7А Алгебра", "2026-10-16")
    story.do("Кеулькут", "2026-10-14 16:30", MoveLesson(lesson=later.id, on=THERE, number=6))
    said = refused(story, "Дьячкова", "2026-10-14 17:00", ApproveCorrections(cases=(case_of(story),)))
    assert said.code == "timetable-clash"
    assert story.sheet(PHYSICS).date == PHYSICS.date


@pytest.mark.case("E-10")
def test_only_the_teacher_of_the_lesson_asks_and_only_a_lesson_with_records_needs_it(story: Story) -> None:
    assert refused(story, "Соколова", "2026-10-14 16:00", asking()).status == 403
    empty = given_lesson("7А Физика", "2026-10-16")
    said = refused(story, "Петров", "2026-10-14 16:00", asking(lesson=empty.id))
    assert said.code == "correction-nothing"


@pytest.mark.case("E-10")
def test_two_moves_approved_together_do_not_land_in_one_place(story: Story) -> None:
    """Each finds the place free without the other; one of them goes there."""
    algebra = given_lesson("7А Алгебра", "2026-10-14")
    mark = GiveMark(lesson=algebra.id, work=algebra.id, pupil=PUPIL, value="4")
    story.do("Соколова", "2026-10-14 15:30", mark)
    story.do("Петров", "2026-10-14 16:00", asking())
    story.do("Соколова", "2026-10-14 16:01", asking(lesson=algebra.id))
    (other,) = fold_corrections(story.entries(corrections(SCHOOL_ID, algebra.id))).cases
    both = (case_of(story), CorrectionRef(case=other, lesson=algebra.id))
    said = refused(story, "Дьячкова", "2026-10-14 17:00", ApproveCorrections(cases=both))
    assert said.code == "timetable-clash"
    assert story.sheet(PHYSICS).date == PHYSICS.date
    story.do("Дьячкова", "2026-10-14 17:05", ApproveCorrections(cases=both[1:]))
    assert school_of(story).timetable.by_id[algebra.id].date == THERE
