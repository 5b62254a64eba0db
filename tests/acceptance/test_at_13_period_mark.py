"""AT-13: the mark for the trimester in algebra, three lessons a week: window, proposal, tie-break, reason, close."""

from __future__ import annotations

from typing import Any

import pytest

from commands.deciding import Refusal
from commands.marks import GiveMark
from commands.period_marks import PeriodMarkItem
from ledger.period_sheet import PERIOD
from tests.story import Story
from tests.told_term import Term, setting, sheet_of
from tests.world import SCHOOL_ID, named

DARYA = "Антипина Дарья"
VARIANTS = {
    "A": ("control 4", "3", "control 4", "3", "4", "3", "4", "3"),
    "B": ("4", "control 3", "4", "control 3", "4", "3", "4", "3"),
}
FOUR = setting((DARYA, "4"), confirmed=True)  # eight marks are fewer than a quarter of 34 lessons: W-34 asks


def told(variant: str, last: str = "2026-11-18") -> tuple[Story, Term]:
    story, term = Story(), Term(marks={DARYA: VARIANTS[variant]})
    term.tell(story, term.lessons(last=last))
    return story, term


def ended(variant: str) -> Story:
    story, term = told(variant)
    term.tell(story, term.lessons("2026-11-20"))
    return story


def event_of(story: Story) -> Any:
    return sheet_of(story).marks[PERIOD, named(DARYA)].event


@pytest.mark.case("AT-13")
def test_before_the_last_week_and_before_the_last_lesson_is_recorded_the_mark_is_refused() -> None:
    story, term = told("A", last="2026-11-13")
    with pytest.raises(Refusal) as early:
        story.do("Соколова", "2026-11-13 23:59:59.900", FOUR)
    assert (early.value.code, early.value.mode) == ("W-14", "refuse")
    assert "с 14.11.2026 по 20.11.2026" in early.value.sentence
    for when in ("2026-11-14 00:00", "2026-11-19 12:00"):
        if when > "2026-11-18":
            term.tell(story, term.lessons("2026-11-16", "2026-11-18"))
        with pytest.raises(Refusal) as refused:
            story.do("Соколова", when, FOUR)
        assert (refused.value.code, refused.value.clause) == ("W-14", "9.5(b8, b9)")
        assert "20.11.2026, 2-й урок" in refused.value.sentence
    assert sheet_of(story).marks == {}


@pytest.mark.case("AT-13")
def test_control_works_with_a_mean_of_four_make_three_and_a_half_a_four() -> None:
    story = ended("A")
    answer = story.do("Соколова", "2026-11-20 10:05", FOUR)
    event = event_of(story)
    assert (event.value, event.proposed, event.reason) == ("4", "4", None)
    assert [found["code"] for found in answer.findings] == ["W-34"]
    assert len(event.rests_on) == 8
    said = {entry.position: entry.event for entry in story.store.entries(SCHOOL_ID, limit=10_000)}
    values = sorted(said[position].value for position in event.rests_on)  # type: ignore[attr-defined]
    assert values == [(3,)] * 4 + [(4,)] * 4


@pytest.mark.case("AT-13")
def test_control_works_with_a_mean_of_three_make_it_a_three_and_a_four_needs_a_reason() -> None:
    story = ended("B")
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-11-20 10:05", FOUR)
    assert refused.value.code == "P-26"
    assert "«3»" in refused.value.sentence
    why = PeriodMarkItem(pupil=named(DARYA), value="4", reason="Устные ответы последних недель")
    answer = story.do("Соколова", "2026-11-20 10:06", setting(why, confirmed=True))
    event = event_of(story)
    assert (event.value, event.proposed) == ("4", "3")
    assert event.reason is not None
    assert [found["code"] for found in answer.findings] == [
        "W-34"
    ]  # a difference of one is not shown in C-29
    five = PeriodMarkItem(pupil=named(DARYA), value="5", reason="Олимпиада", seen=answer.last or 0)
    answer = story.do("Соколова", "2026-11-20 10:07", setting(five, confirmed=True))
    assert [found["code"] for found in answer.findings] == ["W-34", "P-26"]


@pytest.mark.case("AT-13")
def test_after_the_period_the_mark_is_changed_by_a_correction_only() -> None:
    story = ended("A")
    given = story.do("Соколова", "2026-11-20 23:59:59.900", FOUR)
    for value in ("3", ""):
        later = PeriodMarkItem(pupil=named(DARYA), value=value, seen=given.last or 0)
        with pytest.raises(Refusal) as refused:
            story.do("Соколова", "2026-11-21 00:00", setting(later, confirmed=True))
        assert (refused.value.code, refused.value.mode) == ("W-14", "refuse")
        assert "исправление" in refused.value.sentence
    assert sheet_of(story).value(PERIOD, named(DARYA)) == "4"


@pytest.mark.case("AT-13")
def test_a_mark_given_in_the_meantime_is_counted() -> None:
    """The decision rests on the marks as they stood when it was written."""
    story, term = told("A")
    last = term.lessons("2026-11-20")
    term.tell(story, last)
    give = GiveMark(lesson=last[0].id, work=last[0].id, pupil=named(DARYA), value="2", confirmed=True)
    mark = story.do("Соколова", "2026-11-20 10:01", give)
    why = PeriodMarkItem(pupil=named(DARYA), value="4", reason="Контрольные на 4")
    story.do("Соколова", "2026-11-20 10:05", setting(why, confirmed=True))
    event = event_of(story)
    assert event.proposed == "3"  # 30 / 9 = 3.33
    assert mark.last in event.rests_on
