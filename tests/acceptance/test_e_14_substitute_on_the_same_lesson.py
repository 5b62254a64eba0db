"""E-14: a teacher's access is stolen while Лебедева stands in for Соколова on that very lesson (7А, 18.11.2026).

Ким teaches that page as well, so that whoever has his password may write where the substitute does."""

from __future__ import annotations

import pytest

from commands.attendance import TakeAttendance
from commands.completion import CompleteLesson
from commands.homework import SetNoHomework
from commands.lessons import RecordTopic
from commands.substitutions import RecordSubstitutions, SubstitutionItem
from ledger.events.journals import WorkloadAssigned
from tests.breach import Breach
from tests.world import FIRST, SCHOOL_ID, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-11-18")
DARIA, MARIA = "Антипина Дарья", "Каляна Мария"
DAY = "2026-11-18"


def stand_in(story: Breach, when: str) -> None:
    item = SubstitutionItem(
        lesson=LESSON.id, manner="same_subject", absent=named("Соколова"), substitute=named("Лебедева")
    )
    story.do("Кеулькут", when, RecordSubstitutions(items=(item,), confirmed=True))


@pytest.fixture
def story() -> Breach:
    too = WorkloadAssigned(teacher=named("Ким"), first=FIRST, until=None, hours=100)
    made = Breach((named("7А Алгебра"), too))
    stand_in(made, f"{DAY} 08:00")
    made.mark("Лебедева", f"{DAY} 09:30", LESSON, MARIA, "4")
    made.mark("Лебедева", f"{DAY} 09:31", LESSON, DARIA, "5")
    return made


def stolen(story: Breach, whose: str) -> None:
    incident = story.notice(whose, f"{DAY} 07:30", f"{DAY} 07:45", now=f"{DAY} 12:30")
    story.act(incident, f"{DAY} 14:00")


@pytest.mark.case("E-14")
def test_the_substitutes_4_resurfaces_where_the_intruder_replaced_it(story: Breach) -> None:
    story.mark("Ким", f"{DAY} 11:00", LESSON, MARIA, "2")
    assert story.value(LESSON, MARIA) == (2,)
    stolen(story, "Ким")
    assert story.value(LESSON, MARIA) == (4,)
    assert story.value(LESSON, DARIA) == (5,), "chosen by credential, not by lesson"


@pytest.mark.case("E-14")
def test_a_lesson_the_intruder_completed_is_open_again(story: Breach) -> None:
    for command in (
        RecordTopic(lesson=LESSON.id, text="Степень", seen=0, confirmed=True),
        TakeAttendance(lesson=LESSON.id, absent=()),
        SetNoHomework(lesson=LESSON.id, confirmed=True),
        CompleteLesson(lesson=LESSON.id, confirmed=True),
    ):
        story.do("Ким", f"{DAY} 11:10", command)
    assert story.sheet(LESSON).completed is not None
    stolen(story, "Ким")
    assert story.sheet(LESSON).completed is None
    assert story.sheet(LESSON).topic is None


@pytest.mark.case("E-14")
def test_marks_of_a_substitute_whose_substitution_is_void_are_contested_and_stay(story: Breach) -> None:
    incident = story.notice("Кеулькут", f"{DAY} 07:30", f"{DAY} 07:45", now=f"{DAY} 12:30")
    contested = {type(entry.event).__name__ for entry in story.selection(incident).contested}
    assert {"LessonHeld", "MarkGiven"} <= contested
    assert {e.stamp.person for e in story.selection(incident).contested} == {named("Лебедева")}
    story.act(incident, f"{DAY} 14:00")
    assert story.house.schools.current(SCHOOL_ID).substitution(LESSON.id) is None
    assert story.value(LESSON, MARIA) == (4,)
