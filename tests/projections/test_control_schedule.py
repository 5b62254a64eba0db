"""The schedule of control works (C-20): what one pupil writes at home is no load of the class and no family's but its
own (8.2, R-081)."""

from __future__ import annotations

from datetime import date

from commands.marks import AddWork
from ledger import streams
from ledger.events.journals import HomeJournalListed, WorkloadAssigned
from ledger.events.timetable import SlotScheduled
from projections import control_schedule
from tests.projections.pouring import Paper, caught_up
from tests.story import Story
from tests.world import FIRST, LAST, SCHOOL_ID, given_lesson, named

FRIDAY = date(2026, 10, 16)
HOME, SLOT, MARIYA = named("на дому"), named("слот на дому"), named("Каляна Мария")


def told() -> Story:
    """On Friday 7А writes a control work in algebra, and Мария one in physics at home."""
    listed = HomeJournalListed(class_id=named("7А"), pupil=MARIYA, subject=named("Физика"), year=2026)
    taught = WorkloadAssigned(teacher=named("Петров"), first=FIRST, until=None, hours=100)
    slot = SlotScheduled(journal=HOME, weekday=5, number=1, week="all", first=FIRST, last=LAST, room=None)
    story = Story((HOME, listed), (HOME, taught), (SLOT, slot))
    algebra, home = given_lesson("7А Алгебра", "2026-10-16").id, streams.lesson(SCHOOL_ID, SLOT, FRIDAY)
    for by, lesson in (("Соколова", algebra), ("Петров", home)):
        story.do(by, "2026-10-16 10:00", AddWork(lesson=lesson, kind="control", confirmed=True))
    return story


def test_a_family_sees_the_control_works_at_home_of_its_own_child_only(paper: Paper) -> None:
    paper.pour(told().store)
    caught_up(paper)
    paper.name_pupils()
    seen: dict[str, list[str]] = {}
    with paper.reading("2026-10-16 12:00") as reading:
        for whose, children in (("own", [MARIYA]), ("other", [named("Вуквукай Илья")]), ("staff", [])):
            page = control_schedule.page(reading, [named("7А")], FRIDAY, FRIDAY, children)
            (week,) = page.classes[0].weeks
            seen[whose] = [work.subject for work in week.days[0].works]
            assert week.days[0].too_many == (whose == "own")
    assert seen == {"own": ["Алгебра", "Физика"], "other": ["Алгебра"], "staff": ["Алгебра"]}
