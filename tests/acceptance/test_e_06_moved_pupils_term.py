"""E-06, the period: marks and absences of the old class travel with the pupil into the mark the new teacher gives."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.lessons import RecordTopic
from commands.marks import GiveMark
from commands.movement import MovePupil
from commands.period_marks import PeriodMarkItem
from ledger.period_sheet import PERIOD
from tests.story import Story
from tests.told_term import PAGE_B, PARALLEL, Term, during, setting, sheet_of
from tests.world import SCHOOL_ID, named

MARIA, MOVED = "Каляна Мария", date(2026, 10, 19)


def told() -> tuple[Story, Any]:
    """Six lessons missed and four marks in 7А, four marks in 7Б."""
    story = Story(*PARALLEL)
    old = Term(marks={MARIA: ("3",) * 4}, away={MARIA: 6})
    old.tell(story, old.lessons(last="2026-10-16"))
    move = MovePupil(
        pupil=named(MARIA),
        class_id=named("7Б"),
        first=MOVED,
        order=OrderNamed(number="91", on=date(2026, 10, 16)),
        confirmed=True,
    )
    story.do("Носов", "2026-10-16 15:00", move)
    school = story.house.schools.current(SCHOOL_ID)
    lessons = [
        each for each in school.timetable.by_journal[PAGE_B] if MOVED <= each.date <= date(2026, 11, 20)
    ]

    for n, lesson in enumerate(lessons):
        if n < 4:
            give = GiveMark(lesson=lesson.id, work=lesson.id, pupil=named(MARIA), value="5", confirmed=True)
            story.do("Петров", during(lesson, 10), give)
        story.do("Петров", during(lesson, 30), RecordTopic(lesson=lesson.id, text=f"Тема {n}"))
    return story, lessons


@pytest.mark.case("E-06")
def test_the_new_teachers_mark_rests_on_both_classes() -> None:
    story, lessons = told()
    item = PeriodMarkItem(pupil=named(MARIA), value="4")
    with pytest.raises(Refusal) as asked:
        story.do("Петров", "2026-11-20 12:00", setting(item, page="7Б Алгебра"))
    before = len(Term().lessons(last="2026-10-16"))
    assert f"Отметок 8 на {before + len(lessons)} уроков" in asked.value.sentence
    story.do("Петров", "2026-11-20 12:01", setting(item, page="7Б Алгебра", confirmed=True))
    event: Any = sheet_of(story, "7Б Алгебра").marks[PERIOD, named(MARIA)].event
    assert (event.value, event.proposed) == ("4", "4")  # (4·3 + 4·5) / 8 = 4.00
    assert len(event.rests_on) == 4 + 6 + 4


@pytest.mark.case("E-06")
def test_the_old_teacher_gives_no_period_mark_to_who_has_left_the_class() -> None:
    story, _ = told()
    term = Term()
    term.tell(story, ())
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-11-20 12:00", setting((MARIA, "4"), confirmed=True))
    assert refused.value.code == "period-pupil"
