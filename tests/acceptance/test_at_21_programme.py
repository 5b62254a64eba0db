"""AT-21, C-05 (Perm 2.2, 3.6): the plan has come to 33 hours by the morning of 28.10.2026 and 31 were held."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid5

import pytest

from commands.plan_binding import BindPlan
from commands.plans import DrawUpPlan, PlanLine
from ledger.entry import Category
from ledger.events.calendar import BellsAssigned
from ledger.events.journals import JournalListed, WorkloadAssigned
from ledger.events.lessons import TopicRecorded
from ledger.events.roster import ClassFormed
from ledger.events.timetable import SlotScheduled
from ledger.streams import calendar
from ledger.timetable import Lesson
from projections.control.report import Asked
from tests.correction_cases import written
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.control.reported import behind, figures, line, poured, report
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import FIRST, LAST, SCHOOL_ID, given_school, held, named

EIGHTH, PAGE = named("8Б"), named("8Б Алгебра")
DRAWN = uuid5(SCHOOL_ID, "КТП 8")
PLAN = uuid5(DRAWN, "plan")
DAYS = (1, 2, 3, 4)  # algebra on the first lesson from Monday to Thursday
ADDED = (
    (EIGHTH, ClassFormed(year=2026, title="8Б", grade=8, level="ООО")),
    *(
        (
            calendar(SCHOOL_ID),
            BellsAssigned(class_id=EIGHTH, weekday=day, schedule=named("звонки"), first=FIRST),
        )
        for day in DAYS
    ),
    (PAGE, JournalListed(class_id=EIGHTH, group=None, subject=named("Алгебра"), year=2026)),
    (PAGE, WorkloadAssigned(teacher=named("Соколова"), first=FIRST, until=None, hours=400)),
    *(
        (
            named(f"8Б Алгебра {day}"),
            SlotScheduled(journal=PAGE, weekday=day, number=1, week="all", first=FIRST, last=LAST, room=None),
        )
        for day in DAYS
    ),
)
SCHOOL = given_school(*ADDED)
NOW = "2026-10-28 08:00"
OVER = [each for each in SCHOOL.timetable.by_journal[PAGE] if each.ends <= datetime.fromisoformat(NOW)]
ASKED = Asked(first=FIRST, last=date(2026, 10, 28), class_id=EIGHTH, subject=named("Алгебра"))


def told() -> Story:
    """A plan of a hundred hours; of 33 lessons the last two have no topic."""
    story = Story(*ADDED)
    items = tuple(PlanLine(topic=f"Тема {n}") for n in range(1, 101))
    drawn = DrawUpPlan(subject=named("Алгебра"), grade=8, title="Алгебра 8", items=items)
    story.do("Соколова", "2026-09-01 07:00", drawn, id=DRAWN)
    story.do("Соколова", "2026-09-01 07:05", BindPlan(plan=PLAN, journals=(PAGE,)))
    for n, lesson in enumerate(OVER[:31], start=1):
        give_topic(story, lesson, n)
    return story


def give_topic(story: Story, lesson: Lesson, n: int) -> None:
    topic = TopicRecorded(text=f"Тема {n}", plan=PLAN, item=n)
    written(
        story,
        "Соколова",
        lesson.ends.isoformat(" "),
        Category.LESSON,
        lesson.id,
        held(lesson, SCHOOL),
        topic,
    )


@pytest.mark.case("AT-21")
def test_two_hours_of_thirty_three_are_owed_and_93_9_percent_fulfilled(paper: Paper) -> None:  # noqa: F811
    assert len(OVER) == 33
    poured(paper, told())
    found = report(paper, "C-05", ASKED, NOW)
    row = line(found, subject="Алгебра")
    assert (row["planned"], row["held"], row["lag"], row["percent"]) == (3300, 3100, 200, 93.9)
    assert (row["class"], row["teacher"], row["whole"], row["owed"]) == ("8Б", "Соколова", 10000, 2)
    assert figures(found)["percent"] == (93.9, 31, 33)
    owed = behind(paper, "C-05", ASKED, str(PAGE), NOW)
    assert [each.words for each in owed] == [
        "Не пройдена тема 32: Тема 32",
        "Не пройдена тема 33: Тема 33",
    ]


@pytest.mark.case("AT-21")
def test_a_day_earlier_one_hour_was_owed(paper: Paper) -> None:  # noqa: F811
    """The lesson of Tuesday the 27th ends at 09:10: before it 32 hours were due."""
    poured(paper, told())
    before = line(report(paper, "C-05", ASKED, "2026-10-27 09:09"), subject="Алгебра")
    after = line(report(paper, "C-05", ASKED, "2026-10-27 09:10"), subject="Алгебра")
    assert (before["planned"], before["lag"]) == (3200, 100)
    assert (after["planned"], after["lag"]) == (3300, 200)
