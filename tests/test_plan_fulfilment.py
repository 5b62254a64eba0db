"""Plan against fact (C-05): what was due, what was held and how, what departs from the plan (R-079, R-080)."""

from __future__ import annotations

from datetime import date, datetime, time
from types import SimpleNamespace
from typing import Any

from ledger import streams
from ledger.events import calendar, days, journals
from ledger.plan import Plan, PlanItem
from ledger.school import School
from ledger.timetable import Lesson
from projections.plan_fulfilment import Fulfilment, fulfilment
from projections.plan_items import due, left, passed, planned_lessons
from tests.world import SCHOOL, SCHOOL_ID, given_lesson, given_school, named

ALGEBRA, PLAN = named("7А Алгебра"), named("КТП")
BOUND = (ALGEBRA, journals.PlanBound(plan=PLAN))


def item(number: int, on: str = "", hours: int = 100) -> PlanItem:
    day = date.fromisoformat(on) if on else None
    return PlanItem(
        number=number,
        section="",
        topic=f"Тема {number}",
        hours=hours,
        date=day,
        kind="",
        control=False,
        homework="",
    )


def plan(*items: PlanItem) -> Plan:
    return Plan(version=1, items=items, history=(), next_number=len(items) + 1)


def hundred() -> Plan:
    return plan(*(item(n) for n in range(1, 101)))


def written(lesson: Lesson, number: int | None = None, **more: object) -> Any:
    """A row of `lessons`."""
    fields: dict[str, object] = {
        "lesson": lesson.id,
        "date": lesson.date,
        "number": lesson.number,
        "starts": lesson.starts,
        "topic": f"Тема {number}",
        "plan": PLAN if number else None,
        "plan_item": number,
        "deviation": False,
        "mode": lesson.mode,
    }
    return SimpleNamespace(**fields | more)


def given(lessons: list[Lesson]) -> list[Any]:
    return [written(lesson, n) for n, lesson in enumerate(lessons, start=1)]


def of(school: School, known: Plan, rows: list[Any], cut: datetime) -> Fulfilment:
    return fulfilment(ALGEBRA, known, rows, cut, school)


def algebra(school: School = SCHOOL) -> list[Lesson]:
    return planned_lessons(school, ALGEBRA)


def test_thirty_one_lessons_of_thirty_three_are_a_lag_of_two_and_93_9_percent() -> None:
    """The figures of AT-21."""
    school = given_school(BOUND)
    lessons = algebra(school)
    found = of(school, hundred(), given(lessons[:31]), lessons[32].ends)
    assert (found.planned, found.held, found.lag, found.percent) == (3300, 3100, 200, 93.9)
    assert [each.place for each in found.owed] == [32, 33]
    assert found.departures == ()


def test_a_line_is_due_when_its_lesson_ends() -> None:
    school = given_school(BOUND)
    last = algebra(school)[4]
    before = datetime.combine(last.date, time(10, 4, 59))
    assert last.ends == datetime.combine(last.date, time(10, 5))
    assert of(school, hundred(), [], before).planned == 400
    assert of(school, hundred(), [], last.ends).planned == 500


def test_a_line_of_a_day_is_due_on_that_day_and_those_after_it_follow() -> None:
    """16.10.2026 is a Friday with algebra, 17.10 a Saturday without lessons."""
    lessons = algebra()
    found = [
        each.at for each in due(plan(item(1), item(2, "2026-10-16"), item(3), item(4, "2026-10-17")), lessons)
    ]
    assert found == [
        lessons[0].ends,
        datetime.fromisoformat("2026-10-16 10:05"),
        datetime.fromisoformat("2026-10-19 10:05"),
        datetime.combine(date(2026, 10, 17), time.max),
    ]


def test_a_line_of_two_hours_takes_two_lessons_and_half_an_hour_takes_one() -> None:
    lessons = algebra()
    found = [each.at for each in due(plan(item(1, hours=200), item(2, hours=50), item(3)), lessons)]
    assert found == [lessons[1].ends, lessons[2].ends, lessons[3].ends]
    coming = left(plan(item(1, hours=200), item(2)), {1: 1})
    assert [each.number for each in coming] == [1, 2]


def test_lines_beyond_the_last_lesson_of_the_year_are_never_due() -> None:
    lessons = algebra()
    whole = plan(*(item(n) for n in range(1, len(lessons) + 3)))
    assert [each.at for each in due(whole, lessons)][-3:] == [lessons[-1].ends, None, None]


def test_a_cancelled_lesson_was_planned_and_an_added_one_was_not() -> None:
    lesson = given_lesson("7А Алгебра", "2026-10-14")
    day = streams.day(SCHOOL_ID, named("7А"), lesson.date)
    cancelled = days.LessonCancelled(lesson=lesson.id, reason="мороз", order=None)
    extra = days.ExtraLessonScheduled(
        slot=named("занятие"),
        journal=ALGEBRA,
        date=date(2026, 10, 17),
        number=1,
        starts=time(8, 30),
        ends=time(9, 10),
        room=None,
        mode="8.3",
        form="экскурсия",
        replaces=None,
        order=None,
    )
    school = given_school((day, cancelled), (streams.day(SCHOOL_ID, named("7А"), date(2026, 10, 17)), extra))
    assert [each.id for each in algebra(school)] == [each.id for each in algebra()]


def test_a_moved_lesson_was_planned_for_its_first_day() -> None:
    lesson = given_lesson("7А Алгебра", "2026-10-14")
    moved = days.LessonMoved(
        lesson=lesson.id,
        date=date(2026, 10, 22),
        number=6,
        starts=time(13, 25),
        ends=time(14, 5),
        room=None,
        order=None,
    )
    school = given_school(BOUND, (streams.day(SCHOOL_ID, named("7А"), lesson.date), moved))
    assert [each.starts for each in algebra(school)] == [each.starts for each in algebra()]
    now = school.timetable.by_id[lesson.id]
    found = of(school, hundred(), [written(now, 1)], datetime.fromisoformat("2026-10-28 23:59"))
    assert (found.held, found.moved) == (100, 1)


def test_substituted_and_distance_lessons_are_counted_among_the_held() -> None:
    lesson = given_lesson("7А Алгебра", "2026-10-14")
    stood_in = days.SubstitutionRecorded(
        substitution=named("замена"),
        lesson=lesson.id,
        absent=named("Соколова"),
        substitute=named("Ефимова"),
        manner="same_subject",
        order=None,
    )
    away = calendar.DistanceDeclared(
        distance=named("карантин"),
        mode="quarantine",
        first=date(2026, 10, 16),
        last=date(2026, 10, 16),
        classes=(named("7А"),),
        order=named("приказ 87"),
    )
    school = given_school(
        BOUND,
        (streams.day(SCHOOL_ID, named("7А"), lesson.date), stood_in),
        (streams.calendar(SCHOOL_ID), away),
    )
    friday = given_lesson("7А Алгебра", "2026-10-16")
    rows = [written(lesson, 1), written(friday, 2), written(given_lesson("7А Алгебра", "2026-10-19"), 3)]
    found = of(school, hundred(), rows, datetime.fromisoformat("2026-10-28 23:59"))
    assert (found.held, found.substituted, found.distance) == (300, 1, 1)


def test_a_departure_is_told_whether_the_teacher_called_it_one_or_not() -> None:
    school = given_school(BOUND)
    first, second, third = algebra(school)[:3]
    rows = [
        written(first, 1),
        written(second, None, topic="Экскурсия", deviation=True),
        written(third, None, topic="Повторение"),
    ]
    found = of(school, hundred(), rows, third.ends)
    assert [(each.topic, each.marked) for each in found.departures] == [
        ("Экскурсия", True),
        ("Повторение", False),
    ]
    assert [each.place for each in found.owed] == [2, 3]


def test_a_line_of_another_plan_is_not_passed_in_this_one() -> None:
    lesson = algebra()[0]
    assert not passed([written(lesson, 1, plan=named("другой план"))], PLAN)
    assert passed([written(lesson, 1)], PLAN) == {1: 1}


def test_a_page_without_a_plan_has_hours_held_and_nothing_due() -> None:
    found = of(SCHOOL, plan(), [written(algebra()[0], None)], datetime.fromisoformat("2026-10-28 12:00"))
    assert (found.plan, found.planned, found.held, found.percent) == (None, 0, 100, None)
    assert found.departures == ()
