"""What an Act makes void is gone from the reports the same moment, and back when the Act is annulled: hours held for
pay (C-17), plan against fact (C-05), attendance (C-14). None of them knows of voids: they read rows (R-181, E-18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from commands.attendance import TakeAttendance
from commands.lessons import RecordTopic
from projections import attendance_stats, held_register, plan_fulfilment
from tests.projections.pouring import Paper, caught_up
from tests.stolen_term import LESSON, NEW, PAGE, SECOND_DEPUTY, STOLEN, Told
from tests.told_term import Term
from tests.world import named

MARIA = named("Каляна Мария")
FIRST, LAST = date(2026, 11, 16), date(2026, 11, 18)
BEFORE, AFTER, ANNULLED = "2026-11-25 12:00", "2026-11-25 14:00", "2026-11-25 16:00"
HOUR = 100


@dataclass(frozen=True, kw_only=True)
class Said:
    """Of Соколова: lessons held in November and those without records. Of 7А Алгебра: hours with a topic. Of Каляна in
    the days of the story: lessons held and missed."""

    own: int
    missing: int
    hours: int
    held: int
    missed: int


@pytest.fixture
def story() -> Told:
    """The lessons before Wednesday are her own; on Wednesday the intruder writes a topic and an «н»."""
    made, term = Told(*SECOND_DEPUTY), Term()
    made.credential = NEW
    term.tell(made, term.lessons(first="2026-11-16", last="2026-11-17"))
    made.credential = STOLEN
    made.do("Соколова", "2026-11-18 10:57", RecordTopic(lesson=LESSON.id, text="Выдумка"))
    made.do("Соколова", "2026-11-18 10:58", TakeAttendance(lesson=LESSON.id, absent=(MARIA,)))
    made.notified()
    return made


def said(paper: Paper, when: str) -> Said:
    with paper.reading(when) as reading:
        (month,) = held_register.page(reading, date(2026, 11, 1), named("Соколова")).rows
        (hours,) = plan_fulfilment.page(reading, [PAGE], LAST).rows
        class_ = attendance_stats.page(reading, named("7А"), FIRST, LAST)
    tally = next(row.tally for row in class_.pupils if row.pupil == MARIA)
    return Said(own=month.own, missing=month.missing, hours=hours.held, held=tally.held, missed=tally.missed)


@pytest.mark.case("AT-19")
@pytest.mark.case("E-18")
def test_held_hours_plan_and_attendance_follow_an_act_and_the_one_that_annuls_it(
    paper: Paper, story: Told
) -> None:
    act = story.act()
    story.act("2", annuls=act, hour=15)
    paper.pour(story.store)
    caught_up(paper)
    paper.name_pupils()
    before, after = said(paper, BEFORE), said(paper, AFTER)
    assert (before.own - after.own, after.missing - before.missing) == (1, 1), "the hour has no records left"
    assert before.hours - after.hours == HOUR
    assert (before.missed, after.missed) == (1, 0)
    assert before.held - after.held == 1
    assert after.own >= 1, "what was recorded honestly stays"
    assert said(paper, ANNULLED) == before
