"""The calendar (R-065…R-068): periods per level, holidays, bells, distance days, outages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest

from commands.bells import AssignBells, Bell, SetBells, SetDayBells
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.distance import DeclareDistance, EndDistance
from commands.holidays import ScheduleHoliday, WithdrawHoliday
from commands.outages import RegisterOutage
from commands.periods import DefinePeriod, WithdrawPeriod
from ledger.school import School
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named


def day(text: str) -> date:
    return date.fromisoformat(text)


def school_of(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as found:
        story.do(by, when, command)
    return found.value


def period(first: str, last: str, **more: Any) -> DefinePeriod:
    wanted: dict[str, Any] = {"year": 2026, "level": "НОО", "title": "II триместр", **more}
    return DefinePeriod(first=day(first), last=day(last), **wanted)


def test_a_period_of_one_level_stands_beside_those_of_the_others_and_takes_the_kind_of_its_level():
    story = Story()
    story.do("Дьячкова", "2026-09-01 12:00", period("2026-11-30", "2027-02-19"))
    new = school_of(story).period_on("НОО", day("2026-12-01"))
    assert new is not None
    assert (new.kind, new.title) == ("trimester", "II триместр")
    half = period("2026-11-30", "2027-02-19", level="СОО")
    assert refused(story, "Дьячкова", "2026-09-01 12:01", half).code == "period-overlap"


def test_overlapping_periods_of_a_level_are_refused_and_both_are_named():
    story = Story()
    found = refused(story, "Дьячкова", "2026-09-01 12:00", period("2026-11-20", "2027-02-19"))
    assert found.code == "period-overlap"
    assert "II триместр (НОО, 20.11.2026 – 19.02.2027)" in found.sentence
    assert "I триместр (НОО, 01.09.2026 – 20.11.2026)" in found.sentence
    story.do("Дьячкова", "2026-09-01 12:01", period("2026-11-21", "2027-02-19"))  # the day after


def test_a_period_may_be_moved_until_it_is_closed_and_not_after():
    known = named("ООО I триместр")
    move = period("2026-09-01", "2026-11-22", level="ООО", title="I триместр", period=known)
    story = Story()
    story.do("Дьячкова", "2026-11-20 23:59:59", move)
    assert school_of(story).periods[known].span.last == day("2026-11-22")
    story = Story()
    assert refused(story, "Дьячкова", "2026-11-21 00:00:00", move).code == "period-closed"
    assert (
        refused(story, "Дьячкова", "2026-11-21 00:00:00", WithdrawPeriod(period=known)).code
        == "period-closed"
    )


def test_a_running_period_is_not_closed_backwards():
    known = named("ООО I триместр")
    shorter = period("2026-09-01", "2026-10-11", level="ООО", title="I триместр", period=known)
    assert refused(Story(), "Дьячкова", "2026-10-12 12:00", shorter).code == "period-closed"


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (period("2026-11-30", "2027-05-29"), "date-in-year"),
        (period("2026-11-30", "2027-05-28", year=2031), "date-in-year"),
        (period("2026-12-30", "2026-12-01"), "dates-in-order"),
        (period("2026-11-30", "2027-02-19", level="ПОО"), "period-level"),
        (period("2026-11-30", "2027-02-19", title=" "), "plain-text"),
        (period("2026-11-30", "2027-02-19", period=named("нет")), "period-exists"),
    ],
)
def test_a_period_that_cannot_be_is_refused(command, code):
    assert refused(Story(), "Дьячкова", "2026-09-01 12:00", command).code == code


def test_the_same_period_again_writes_nothing_and_one_withdrawn_is_gone():
    story = Story()
    same = period(
        "2027-03-01", "2027-05-28", level="ООО", title="III триместр", period=named("ООО III триместр")
    )
    assert story.do("Дьячкова", "2026-09-01 12:00", same).first is None
    story.do("Дьячкова", "2026-09-01 12:01", WithdrawPeriod(period=named("ООО III триместр")))
    assert school_of(story).period_on("ООО", day("2027-03-01")) is None


@pytest.mark.parametrize("by", ["Соколова", "Кеулькут", "Орлова"])
def test_who_does_not_keep_the_calendar_is_refused(by):
    found = refused(Story(), by, "2026-09-01 12:00", period("2026-11-30", "2027-02-19"))
    assert (found.code, found.status) == ("not-allowed", 403)


BREAK = ScheduleHoliday(title="Дополнительные каникулы", first=day("2026-10-19"), last=day("2026-10-23"))


def test_a_holiday_inside_a_period_takes_its_lessons_out_of_the_timetable():
    story, lesson = Story(), given_lesson("7А Алгебра", "2026-10-19")
    story.do("Дьячкова", "2026-10-16 15:00", BREAK)
    school = school_of(story)
    assert lesson.id not in school.timetable.by_id
    assert school.timetable.next_after(lesson.journal, day("2026-10-16")).date == day("2026-10-26")
    (holiday,) = (id_ for id_, each in school.holidays.items() if each.title == BREAK.title)
    story.do("Дьячкова", "2026-10-18 15:00", WithdrawHoliday(holiday=holiday))
    assert lesson.id in school_of(story).timetable.by_id


def test_a_day_whose_lessons_have_begun_stays_a_day_of_lessons_and_they_are_named():
    first = given_lesson("7А Разговоры о важном", "2026-10-19")  # 8:30
    assert first.starts.time() == time(8, 30)
    story = Story()
    story.do("Дьячкова", "2026-10-19 08:29:59", BREAK)
    found = refused(Story(), "Дьячкова", "2026-10-19 08:30", BREAK)
    assert (found.code, found.status) == ("holiday-lessons", 409)
    assert "7А Разговоры о важном 19.10.2026" in found.sentence


def test_past_holidays_do_not_become_days_of_lessons_nobody_held():
    story = Story()
    found = refused(
        story, "Дьячкова", "2026-11-05 00:00", WithdrawHoliday(holiday=named("День народного единства"))
    )
    assert found.code == "holiday-past"
    story.do("Дьячкова", "2026-11-04 07:00", WithdrawHoliday(holiday=named("День народного единства")))


def test_overlapping_holidays_are_refused_and_both_are_named():
    longer = ScheduleHoliday(title="Каникулы", first=day("2026-11-02"), last=day("2026-11-04"))
    found = refused(Story(), "Дьячкова", "2026-10-01 12:00", longer)
    assert found.code == "holiday-overlap"
    assert "«Каникулы» (02.11.2026 – 04.11.2026)" in found.sentence
    assert "«День народного единства» (04.11.2026)" in found.sentence


SHORT_HOURS = (
    ("08:30", "09:00"),
    ("09:40", "10:10"),
    ("10:20", "10:50"),
    ("11:00", "11:30"),
    ("11:40", "12:10"),
)
SHORT = SetBells(
    title="Сокращённые",
    bells=tuple(
        Bell(number=n, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))
        for n, (starts, ends) in enumerate(SHORT_HOURS, start=1)
    ),
)


def with_short_bells() -> tuple[Story, Any]:
    story = Story()
    story.do("Дьячкова", "2026-10-01 12:00", SHORT)
    (schedule,) = (id_ for id_, bells in school_of(story).bells.items() if bells.title == "Сокращённые")
    return story, schedule


def test_a_shortened_day_moves_the_hours_of_its_lessons_and_the_deadline_of_homework():
    story, schedule = with_short_bells()
    on = day("2026-10-16")  # 7А has physics as its sixth lesson on Fridays: for it no bell rings
    command = SetDayBells(on=on, schedule=schedule, classes=(named("7А"),))
    asked = refused(story, "Дьячкова", "2026-10-15 12:00", command)
    assert (asked.mode, "7А Физика (6-й)" in asked.sentence) == ("confirm", True)
    confirmed = SetDayBells(on=on, schedule=schedule, classes=(named("7А"),), confirmed=True)
    story.do("Дьячкова", "2026-10-15 12:01", confirmed)
    school = school_of(story)
    assert given_lesson("7А Алгебра", "2026-10-16", school=school).starts.time() == time(9, 40)
    assert [
        lesson.number for lesson in school.timetable.by_day[on] if lesson.journal == named("7А Физика")
    ] == []
    assert given_lesson("7А Алгебра", "2026-10-19", school=school).starts.time() == time(9, 25)
    story.do("Дьячкова", "2026-10-15 12:02", SetDayBells(on=on, schedule=None, classes=(named("7А"),)))
    assert given_lesson("7А Физика", "2026-10-16", school=school_of(story)).number == 6


def test_bells_that_put_a_teacher_in_two_places_are_asked_about():
    """Friday 16.10: Лебедева has 9А on the fifth lesson, 12:20–13:00; 10А is to ring its first one then."""
    story = Story()
    noon = SetBells(title="Полдень", bells=(Bell(number=1, starts=time(12, 30), ends=time(13, 10)),))
    story.do("Дьячкова", "2026-10-01 12:00", noon)
    (schedule,) = (id_ for id_, bells in school_of(story).bells.items() if bells.title == "Полдень")
    command = SetDayBells(on=day("2026-10-16"), schedule=schedule, classes=(named("10А"),))
    asked = refused(story, "Дьячкова", "2026-10-15 12:00", command)
    assert asked.mode == "confirm"
    assert "10А Литература" in asked.sentence
    assert "9А Литература (12:20–13:00)" in asked.sentence
    weekly = AssignBells(classes=(named("10А"),), weekdays=(5,), schedule=schedule, first=day("2026-10-16"))
    assert "9А Литература (12:20–13:00)" in refused(story, "Дьячкова", "2026-10-15 12:01", weekly).sentence
    story.do("Дьячкова", "2026-10-15 12:02", replace(weekly, confirmed=True))
    lesson = given_lesson("10А Литература", "2026-10-16", school=school_of(story))
    assert lesson.starts.time() == time(12, 30)


def test_a_shortened_day_of_the_whole_school_is_declared_until_its_first_lesson():
    story, schedule = with_short_bells()
    whole = SetDayBells(on=day("2026-10-16"), schedule=schedule, confirmed=True)
    assert refused(story, "Дьячкова", "2026-10-16 08:30", whole).code == "bells-past"
    story.do("Дьячкова", "2026-10-16 08:29", whole)
    assert {schedule} == {s for (_, on), s in school_of(story).day_bells.items() if on == day("2026-10-16")}


def test_bells_change_from_tomorrow_and_what_rang_by_the_old_ones_stays():
    story, schedule = with_short_bells()

    def assign(first: str) -> AssignBells:
        classes = (named("7А"),)
        return AssignBells(
            classes=classes, weekdays=(1,), schedule=schedule, first=day(first), confirmed=True
        )

    assert refused(story, "Дьячкова", "2026-10-12 12:00", assign("2026-10-12")).code == "bells-past"
    story.do("Дьячкова", "2026-10-12 12:01", assign("2026-10-13"))
    school = school_of(story)
    assert given_lesson("7А Алгебра", "2026-10-12", school=school).starts.time() == time(9, 25)
    assert given_lesson("7А Алгебра", "2026-10-19", school=school).starts.time() == time(9, 40)


@pytest.mark.parametrize(
    "bells",
    [
        (),
        ((1, "08:30", "08:30"),),
        ((1, "08:30", "09:10"), (2, "09:05", "09:45")),
        ((1, "08:30", "09:10"), (1, "09:25", "10:05")),
        ((99, "08:30", "09:10"),),
    ],
)
def test_bells_that_cannot_ring_are_refused(bells):
    made = tuple(
        Bell(number=n, starts=time.fromisoformat(a), ends=time.fromisoformat(b)) for n, a, b in bells
    )
    assert (
        refused(Story(), "Дьячкова", "2026-10-01 12:00", SetBells(title="Звонки", bells=made)).code == "bells"
    )


def quarantine(first: str, last: str, **reach: Any) -> DeclareDistance:
    return DeclareDistance(mode="quarantine", first=day(first), last=day(last), **reach)


def test_a_quarantine_reaches_classes_grades_or_the_whole_school():
    for reach, wanted in (
        ({"classes": (named("7А"),)}, {"7А"}),
        ({"grades": (7, 10)}, {"7А", "10А"}),
        ({"grades": (10,), "classes": (named("6А"),)}, {"6А", "10А"}),
        ({}, {"1А", "6А", "7А", "9А", "10А"}),
    ):
        story = Story()
        story.do("Кеулькут", "2026-10-19 07:00", quarantine("2026-10-19", "2026-10-23", **reach))
        school = school_of(story)
        (declared,) = school.distances.values()
        assert {school.classes[each].title for each in declared.classes} == wanted


def test_an_order_the_school_knows_is_not_written_down_twice():
    story, order = Story(), OrderNamed(number="87", on=day("2026-10-16"))
    story.do(
        "Дьячкова",
        "2026-10-16 12:00",
        quarantine("2026-10-19", "2026-10-20", classes=(named("7А"),), order=order),
    )
    story.do(
        "Дьячкова",
        "2026-10-16 12:01",
        quarantine("2026-10-19", "2026-10-20", classes=(named("6А"),), order=order),
    )
    school = school_of(story)
    assert len(school.orders) == 1
    assert {each.order for each in school.distances.values()} == set(school.orders)


def test_a_class_is_not_quarantined_twice():
    story = Story()
    story.do("Дьячкова", "2026-10-16 12:00", quarantine("2026-10-19", "2026-10-23", grades=(7,)))
    found = refused(story, "Дьячкова", "2026-10-16 12:01", quarantine("2026-10-23", "2026-10-26"))
    assert found.code == "distance-overlap"
    assert "7А: уже учатся дистанционно 19.10.2026 – 23.10.2026 (приказ — номер позже)" in found.sentence
    story.do("Дьячкова", "2026-10-16 12:02", quarantine("2026-10-24", "2026-10-26"))


def test_a_quarantine_ends_earlier_or_never_was_and_is_not_made_longer():
    story = Story()
    story.do("Дьячкова", "2026-10-16 12:00", quarantine("2026-10-19", "2026-10-23", grades=(7,)))
    (declared,) = school_of(story).distances
    longer = EndDistance(distance=declared, last=day("2026-10-24"))
    assert refused(story, "Дьячкова", "2026-10-20 12:00", longer).code == "distance-longer"
    story.do("Дьячкова", "2026-10-20 12:01", EndDistance(distance=declared, last=day("2026-10-20")))
    school = school_of(story)
    assert school.distance(named("7А"), day("2026-10-20")) is not None
    assert school.distance(named("7А"), day("2026-10-21")) is None
    story.do("Дьячкова", "2026-10-20 12:02", EndDistance(distance=declared, last=day("2026-10-18")))
    assert school_of(story).distances == {}


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (quarantine("2026-10-23", "2026-10-19"), "dates-in-order"),
        (quarantine("2027-06-01", "2027-06-02"), "date-in-year"),
        (quarantine("2026-10-19", "2026-10-23", grades=(8,)), "class-exists"),
        (quarantine("2026-10-19", "2026-10-23", classes=(named("нет"),)), "class-exists"),
        (DeclareDistance(mode="holiday", first=day("2026-10-19"), last=day("2026-10-19")), "distance-mode"),
    ],
)
def test_distance_days_that_cannot_be_are_refused(command, code):
    assert refused(Story(), "Кеулькут", "2026-10-16 12:00", command).code == code


def test_a_teacher_declares_no_quarantine():
    assert (
        refused(Story(), "Соколова", "2026-10-16 12:00", quarantine("2026-10-19", "2026-10-23")).status == 403
    )


def outage(first: str, last: str) -> RegisterOutage:
    return RegisterOutage(first=datetime.fromisoformat(first), last=datetime.fromisoformat(last))


def test_an_outage_is_registered_by_the_administrator_when_it_is_over_and_once():
    story = Story()
    down = outage("2026-10-12 20:00", "2026-10-13 02:00")
    assert refused(story, "Носов", "2026-10-13 01:59:59", down).code == "outage"
    story.do("Носов", "2026-10-13 02:00", down)
    assert (
        refused(story, "Носов", "2026-10-13 02:01", outage("2026-10-13 01:59", "2026-10-13 02:00")).status
        == 409
    )
    assert (
        refused(story, "Носов", "2026-10-13 02:02", outage("2026-10-13 02:00", "2026-10-13 02:00")).code
        == "outage"
    )
    assert (
        refused(story, "Соколова", "2026-10-13 02:03", outage("2026-10-11 20:00", "2026-10-11 21:00")).status
        == 403
    )
    assert len(school_of(story).outages) == 1
