"""C-05 and C-12: the programme by page, and by subject, parallel and level (Усть-Белая 9.2)."""

from __future__ import annotations

from datetime import date
from uuid import uuid5

from commands.plan_binding import BindPlan
from commands.plans import DrawUpPlan, PlanLine
from ledger.entry import Category
from ledger.events.journals import StudyPlanSet
from ledger.events.lessons import TopicRecorded
from ledger.timetable import Lesson
from tests.correction_cases import voided, written
from tests.projections.control.reported import asked, behind, figures, line, lines, poured, report
from tests.projections.pouring import Paper
from tests.story import Story
from tests.world import FIRST, SCHOOL, SCHOOL_ID, held, named

ALGEBRA, PHYSICS = named("7А Алгебра"), named("7А Физика")
FIRST_FRIDAY = date(2026, 9, 4)
WEEK = asked(FIRST, FIRST_FRIDAY)
EVENING = "2026-09-04 20:00"


def lessons(page: str) -> list[Lesson]:
    """Of the first week: algebra on 2 and 4 September, physics on the same days."""
    own = SCHOOL.timetable.by_journal[named(page)]
    return [each for each in own if each.date <= FIRST_FRIDAY]


def drawn(story: Story, when: str, subject: str, by: str, page: str) -> None:
    id = uuid5(SCHOOL_ID, f"КТП {subject}")
    items = tuple(PlanLine(topic=f"{subject} {n}") for n in range(1, 11))
    plan = DrawUpPlan(subject=named(subject), grade=7, title=subject, items=items)
    story.do(by, when, plan, id=id)
    story.do(by, when, BindPlan(plan=uuid5(id, "plan"), journals=(named(page),)))


def topic(story: Story, lesson: Lesson, text: str, item: int | None = None) -> None:
    plan = uuid5(uuid5(SCHOOL_ID, "КТП Алгебра"), "plan") if item else None
    written(
        story,
        "Соколова",
        lesson.ends.isoformat(" "),
        Category.LESSON,
        lesson.id,
        held(lesson),
        TopicRecorded(text=text, plan=plan, item=item),
    )


def told() -> Story:
    """Algebra gave its first line, then something else; nobody wrote a lesson of physics."""
    story = Story((named("7А"), StudyPlanSet(subject=named("Алгебра"), week_hours=300, year_hours=102)))
    drawn(story, "2026-09-01 07:00", "Алгебра", "Соколова", "7А Алгебра")
    drawn(story, "2026-09-01 07:05", "Физика", "Петров", "7А Физика")
    one, two = lessons("7А Алгебра")
    topic(story, one, "Алгебра 1", 1)
    topic(story, two, "Решение задач")
    return story


def test_hours_are_counted_page_by_page(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-05", asked(FIRST, FIRST_FRIDAY, class_id="7А"), EVENING)
    algebra, physics = line(found, subject="Алгебра"), line(found, subject="Физика")
    assert (algebra["curriculum"], algebra["whole"]) == (10200, 1000)
    assert (algebra["planned"], algebra["held"], algebra["lag"], algebra["percent"]) == (200, 200, 0, 100.0)
    assert (algebra["owed"], algebra["departures"]) == (1, 1)
    assert (physics["planned"], physics["held"], physics["lag"], physics["percent"]) == (200, 0, 200, 0.0)
    assert figures(found)["percent"] == (50.0, 2, 4)
    assert figures(found)["lagging"] == (1, 1, 2)


def test_behind_a_page_stand_the_lines_owed_and_the_topics_outside_the_plan(paper: Paper) -> None:
    poured(paper, told())
    found = behind(paper, "C-05", WEEK, str(ALGEBRA), EVENING)
    assert [each.words for each in found] == [
        "Не пройдена тема 2: Алгебра 2",
        "Решение задач (темы нет в КТП)",
    ]
    assert found[1].lesson == lessons("7А Алгебра")[1].id


def test_a_teacher_sees_the_own_pages_and_a_void_takes_an_hour_away(paper: Paper) -> None:
    story = told()
    one = lessons("7А Алгебра")[0]
    mine = asked(FIRST, FIRST_FRIDAY, teacher="Соколова")
    position = next(e.position for e in story.entries(one.id) if isinstance(e.event, TopicRecorded))
    voided(story, "2026-09-05 10:00", Category.LESSON, one.id, position)
    poured(paper, story)
    before, after = report(paper, "C-05", mine, EVENING), report(paper, "C-05", mine, "2026-09-05 11:00")
    assert [row["subject"] for row in lines(before)] == ["Алгебра"]
    assert (lines(before)[0]["held"], lines(after)[0]["held"]) == (200, 100)


def test_the_school_is_summed_by_subject_parallel_and_level(paper: Paper) -> None:
    poured(paper, told())
    found = report(paper, "C-12", WEEK, EVENING)
    algebra = line(found, grade=7, subject="Алгебра")
    assert (algebra["level"], algebra["pages"], algebra["planned"], algebra["held"]) == ("ООО", 1, 200, 200)
    whole = line(found, level="ООО", subject="Всего")
    assert (whole["planned"], whole["held"], whole["lag"], whole["percent"]) == (400, 200, 200, 50.0)
    key = next(each.key for each in found.lines if each.values[2] == "Всего")
    words = [each.words for each in behind(paper, "C-12", WEEK, key, EVENING)]
    assert "7А, Физика: отставание 2 ч" in words


def test_another_level_has_nothing_of_it(paper: Paper) -> None:
    poured(paper, told())
    assert lines(report(paper, "C-12", asked(FIRST, FIRST_FRIDAY, level="СОО"), EVENING)) == []
