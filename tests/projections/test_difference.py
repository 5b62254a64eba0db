"""«Что изменилось»: the difference of two moments is what a plain comparison of the pages at both says."""

from __future__ import annotations

import pytest

from commands.lessons import RecordTopic
from commands.marks import GiveMark, WithdrawMark
from projections.difference import Scope, between
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")


def mark(story: Story, when: str, name: str, value: str) -> None:
    standing = story.sheet(LESSON).marks.get((LESSON.id, named(name)))
    command = GiveMark(
        lesson=LESSON.id,
        work=LESSON.id,
        pupil=named(name),
        value=value,
        seen=standing.position if standing else 0,
    )
    story.do("Соколова", f"2026-10-12 {when}", command)


@pytest.fixture
def told(paper: Paper) -> tuple[Paper, int]:
    """The position after the first marks; then one is replaced, one taken away, one given and taken away."""
    story = Story()
    mark(story, "10:00", "Каляна Мария", "3")
    mark(story, "10:01", "Антипина Дарья", "4")
    earlier = story.store.head(SCHOOL_ID).position
    mark(story, "10:10", "Каляна Мария", "5")
    seen = story.sheet(LESSON).marks[LESSON.id, named("Антипина Дарья")].position
    away = WithdrawMark(lesson=LESSON.id, work=LESSON.id, pupil=named("Антипина Дарья"), seen=seen)
    story.do("Соколова", "2026-10-12 10:11", away)
    mark(story, "10:12", "Вуквукай Илья", "4")
    seen = story.sheet(LESSON).marks[LESSON.id, named("Вуквукай Илья")].position
    gone = WithdrawMark(lesson=LESSON.id, work=LESSON.id, pupil=named("Вуквукай Илья"), seen=seen)
    story.do("Соколова", "2026-10-12 10:13", gone)
    story.do("Соколова", "2026-10-12 10:14", RecordTopic(lesson=LESSON.id, text="Степень"))
    paper.pour(story.store)
    caught_up(paper)
    return paper, earlier


def test_what_stands_otherwise_is_told_with_before_and_after(told: tuple[Paper, int]) -> None:
    paper, earlier = told
    with paper.reading(None) as reading:
        found = between(reading, earlier, Scope())
    said = {(each.kind, each.pupil): (each.before, each.after) for each in found.changed}
    assert said == {
        ("mark", named("Каляна Мария")): ("3", "5"),
        ("mark", named("Антипина Дарья")): ("4", ""),
        ("topic", None): ("", "Степень"),
    }
    assert {each.by for each in found.changed} == {named("Соколова")}
    assert found.restless == 1, "a mark given and taken away again"


def test_a_scope_narrows_it_to_a_pupil_and_to_pages(told: tuple[Paper, int]) -> None:
    paper, earlier = told
    with paper.reading(None) as reading:
        own = between(reading, earlier, Scope(pupil=named("Каляна Мария")))
        elsewhere = between(reading, earlier, Scope(journals=(named("7А Физика"),)))
    assert [each.after for each in own.changed] == ["5"]
    assert elsewhere.total == 0


def test_between_a_moment_and_itself_nothing_changed(told: tuple[Paper, int]) -> None:
    paper, _ = told
    with paper.reading(None) as reading:
        assert between(reading, reading.as_of.position, Scope()).total == 0
