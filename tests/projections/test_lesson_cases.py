"""Corrections on the lesson page: what was corrected, what waits, what may be asked for (R-164)."""

from __future__ import annotations

from datetime import date

from commands.corrections import CorrectionItem
from commands.lessons import RecordTopic
from commands.marks import AddWork
from projections import lesson
from tests.correction_cases import DIVIDED, approves, asks
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.world import given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-10-12")
ASKED, DECIDED, LATER = "2026-10-19 12:00", "2026-10-19 15:00", "2026-10-19 16:00"


def test_the_lesson_tells_what_was_corrected_and_what_waits(paper: Paper) -> None:
    story, id_ = Story(*DIVIDED), LESSON.id
    story.do("Соколова", "2026-10-12 10:10", RecordTopic(lesson=id_, text="Степень"))
    story.do("Соколова", "2026-10-12 10:11", AddWork(lesson=id_, kind="test"))
    (work,) = [each for each in story.sheet(LESSON).works if each != id_]
    topic = story.sheet(LESSON).topic
    assert topic is not None
    words = CorrectionItem(target="topic", lesson=id_, new="Степень числа", seen=topic.position)
    approves(story, "Ефимова", DECIDED, *asks(story, "Соколова", ASKED, words))
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(LATER) as reading:
        page = lesson.page(reading, id_, KEY_OF)
    assert page.cases.topic is not None
    assert (page.topic, page.cases.topic.old) == ("Степень числа", "Степень")
    assert page.cases.topic.people == (named("Соколова"), named("Ефимова"))

    kind = CorrectionItem(target="kind", lesson=id_, work=work, new="control", seen=page.cases.works[work])
    move = CorrectionItem(target="move", lesson=id_, to_date=date(2026, 10, 15), to_number=6)
    asks(story, "Соколова", "2026-10-19 16:10", kind, move)  # what the page says was seen is what stands
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading("2026-10-19 17:00") as reading:
        later = lesson.page(reading, id_, KEY_OF)
    waiting = later.cases.waiting("kind", work)
    assert waiting is not None
    assert (waiting.old, waiting.new) == ("test", "control")
    assert later.cases.waiting("move") is not None
    assert later.cases.waiting("topic") is None


def test_a_kind_is_corrected_again_from_the_page(paper: Paper) -> None:
    """What the page says was seen is the entry the kind stands by, the last correction of it."""
    story, id_ = Story(*DIVIDED), LESSON.id
    story.do("Соколова", "2026-10-12 10:11", AddWork(lesson=id_, kind="test"))
    (work,) = [each for each in story.sheet(LESSON).works if each != id_]
    for day, new in ((19, "control"), (20, "independent")):
        paper.pour(story.store)
        caught_up(paper)
        with paper.reading(f"2026-10-{day} 11:00") as reading:
            seen = lesson.page(reading, id_, KEY_OF).cases.works[work]
        kind = CorrectionItem(target="kind", lesson=id_, work=work, new=new, seen=seen)
        (ref,) = asks(story, "Соколова", f"2026-10-{day} 12:00", kind)
        approves(story, "Ефимова", f"2026-10-{day} 15:00", ref)
        assert story.sheet(LESSON).works[work].kind == new
