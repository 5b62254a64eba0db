"""What a decider sees is folded once, and what the gate does with a fold is seen by nobody else (design 2)."""

from __future__ import annotations

from commands.handle import sight_of
from commands.marks import GiveMark
from tests.story import Story
from tests.world import given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
GIVE = GiveMark(lesson=LESSON.id, work=LESSON.id, pupil=named("Каляна Мария"), value="4")


def test_a_stream_is_folded_once_for_a_decision() -> None:
    story = Story()
    sight = sight_of(GIVE, story.asking("Соколова", "2026-10-12 09:40", GIVE), story.house)
    assert sight.sheet(LESSON.id) is sight.sheet(LESSON.id)
    assert sight.corrections(LESSON.id) is sight.corrections(LESSON.id)


def test_a_period_sheet_and_the_lesson_of_one_stream_are_two_things() -> None:
    story = Story()
    sight = sight_of(GIVE, story.asking("Соколова", "2026-10-12 09:40", GIVE), story.house)
    page, period = named("7А Алгебра"), named("ООО I триместр")
    sheet = sight.period_sheet(page, period)
    assert sight.sheet(LESSON.id) is not sheet
    assert sight.period_sheet(page, period) is sheet
