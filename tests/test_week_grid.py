"""The week's timetable by class, teacher and room, with everything that happened to its lessons said."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import pytest

from ledger import streams
from ledger.events.calendar import DistanceDeclared
from ledger.events.days import ExtraLessonScheduled, LessonCancelled, LessonMoved, SubstitutionRecorded
from ledger.events.journals import HomeJournalListed
from ledger.events.orders import OrderIssued
from ledger.events.timetable import SlotJoined, SlotScheduled
from ledger.school import School
from projections.as_of import AsOf
from projections.reading import NoSuchPage
from projections.week_grid import Chosen, GridLesson, WeekGrid, of_class, of_room, of_teacher, page, rooms
from tests.world import FIRST, LAST, SCHOOL, SCHOOL_ID, at, given_lesson, given_school, named

MONDAY = date(2026, 10, 12)
PHYSICS = given_lesson("7А Физика", "2026-10-14")
ALGEBRA = given_lesson("7А Алгебра", "2026-10-14")
NOW = AsOf(position=1, instant=at("2026-10-14 08:00"), live=True)


def day_of(title: str, on: str) -> UUID:
    return streams.day(SCHOOL_ID, named(title), date.fromisoformat(on))


def grid(school: School, chosen: Chosen, monday: date = MONDAY) -> WeekGrid:
    return page(school, NOW, chosen, monday)


def seventh(school: School = SCHOOL) -> WeekGrid:
    return grid(school, of_class(school, named("7А")))


def lessons(found: WeekGrid, on: str, number: int | None = None) -> list[GridLesson]:
    day = next(each for each in found.days if each.date.isoformat() == on)
    return [each for each in day.lessons if number in (None, each.number)]


ORDER = (named("приказ 90"), OrderIssued(kind="rescheduling", number="90", date=date(2026, 10, 12)))
MOVED = (
    day_of("7А", "2026-10-14"),
    LessonMoved(
        lesson=PHYSICS.id,
        date=date(2026, 10, 17),
        number=1,
        starts=time(10),
        ends=time(10, 40),
        room="12",
        order=named("приказ 90"),
    ),
)


def test_the_week_of_a_class_has_its_days_and_the_numbers_of_its_lessons() -> None:
    found = seventh()
    assert (found.title, [each.date.day for each in found.days]) == ("7А", [12, 13, 14, 15, 16])
    assert found.numbers == (1, 2, 3, 4, 5, 6)
    third = lessons(found, "2026-10-14", 3)[0]
    assert (third.subject, third.teachers, third.gone, third.weekly) == (
        "Физика",
        (named("Петров"),),
        "",
        True,
    )


def test_a_lesson_of_a_group_stands_with_its_group() -> None:
    assert lessons(seventh(), "2026-10-15", 2)[0].group_title == "1"


def test_a_cancelled_lesson_stays_in_its_place_with_the_reason() -> None:
    cancelled = LessonCancelled(lesson=PHYSICS.id, reason="актированный день", order=named("приказ 90"))
    found = lessons(seventh(given_school(ORDER, (day_of("7А", "2026-10-14"), cancelled))), "2026-10-14", 3)
    assert [(x.gone, x.reason, x.order) for x in found] == [("cancelled", "актированный день", "приказ № 90")]


def test_a_moved_lesson_is_shown_where_it_was_and_where_it_is() -> None:
    found = seventh(given_school(ORDER, MOVED))
    was, now = lessons(found, "2026-10-14", 3)[0], lessons(found, "2026-10-17")[0]
    assert (was.gone, was.other) == ("moved", (date(2026, 10, 17), 1))
    assert (now.gone, now.other, now.room, now.order) == ("", (date(2026, 10, 14), 3), "12", "приказ № 90")


def test_a_lesson_moved_out_of_the_week_is_seen_in_both() -> None:
    there = given_school(ORDER, MOVED)
    chosen = of_class(there, named("7А"))
    assert [each.date.day for each in grid(there, chosen).days] == [12, 13, 14, 15, 16, 17]
    assert lessons(grid(there, chosen, date(2026, 10, 19)), "2026-10-21", 3)[0].gone == ""


def test_an_extracurricular_lesson_says_its_form_and_order_and_whom_it_replaces() -> None:
    extra = ExtraLessonScheduled(
        slot=named("экскурсия"),
        journal=named("7А Физика"),
        date=date(2026, 10, 17),
        number=1,
        starts=time(10),
        ends=time(10, 40),
        room=None,
        mode="8.3",
        form="экскурсия",
        replaces=PHYSICS.id,
        order=named("приказ 90"),
    )
    found = seventh(given_school(ORDER, (day_of("7А", "2026-10-17"), extra)))
    own = lessons(found, "2026-10-17")[0]
    assert (own.mode, own.form, own.order, own.weekly) == ("8.3", "экскурсия", "приказ № 90", False)
    assert lessons(found, "2026-10-14", 3)[0].gone == "replaced"


def substituted(manner: str, substitute: str | None) -> School:
    recorded = SubstitutionRecorded(
        substitution=named("замена"),
        lesson=PHYSICS.id,
        absent=named("Петров"),
        substitute=named(substitute) if substitute else None,
        manner=manner,
        order=None,
    )
    return given_school((day_of("7А", "2026-10-14"), recorded))


def test_a_substitution_is_seen_by_class_by_the_substitute_and_by_the_absent() -> None:
    there = substituted("same_subject", "Соколова")
    for chosen in (
        of_class(there, named("7А")),
        of_teacher(named("Соколова"), "Соколова И. В."),
        of_teacher(named("Петров"), "Петров О. А."),
    ):
        third = lessons(grid(there, chosen), "2026-10-14", 3)[0]
        assert (third.manner, third.substitute) == ("same_subject", named("Соколова"))


def test_a_dropped_lesson_is_said_not_to_be_held() -> None:
    third = lessons(seventh(substituted("dropped", None)), "2026-10-14", 3)[0]
    assert (third.gone, third.manner) == ("dropped", "dropped")


def test_a_teacher_has_the_lessons_of_all_classes_in_one_week() -> None:
    found = grid(SCHOOL, of_teacher(named("Лебедева"), "Лебедева"))
    assert {each.class_title for each in lessons(found, "2026-10-12")} == {"6А", "7А", "10А"}


def test_a_room_has_whatever_is_held_there() -> None:
    slot = SlotScheduled(
        journal=named("7А Геометрия"),
        weekday=5,
        number=1,
        week="odd",
        first=FIRST,
        last=LAST,
        room="Спортзал",
    )
    there = given_school((named("новый"), slot))
    assert rooms(there, 2026) == ("Спортзал",)
    found = [x for d in grid(there, of_room("спортзал")).days for x in d.lessons]
    assert [(x.class_title, x.date.day, x.week) for x in found] == [("7А", 16, "odd")]


def test_a_joint_lesson_names_the_other_classes() -> None:
    def at_five(journal: str) -> SlotScheduled:
        return SlotScheduled(
            journal=named(journal), weekday=5, number=4, week="all", first=FIRST, last=LAST, room=None
        )

    there = given_school(
        (named("раз"), at_five("6А Русский язык")),
        (named("два"), at_five("10А Русский язык")),
        (named("раз"), SlotJoined(joint=named("вместе"))),
        (named("два"), SlotJoined(joint=named("вместе"))),
    )
    found = grid(there, of_class(there, named("6А")))
    assert lessons(found, "2026-10-16", 4)[0].with_classes == ("10А",)


def test_a_day_at_a_distance_says_the_class_and_the_order() -> None:
    declared = DistanceDeclared(
        distance=named("мороз"),
        mode="activated",
        first=date(2026, 10, 14),
        last=date(2026, 10, 14),
        classes=(named("7А"),),
        order=named("приказ 90"),
    )
    found = seventh(given_school(ORDER, (streams.calendar(SCHOOL_ID), declared)))
    assert [each.distance for each in found.days if each.distance] == [("7А, приказ № 90",)]


def test_a_holiday_is_named_in_its_day() -> None:
    found = grid(SCHOOL, of_class(SCHOOL, named("7А")), date(2026, 11, 2))
    assert [each.holiday for each in found.days if each.holiday] == ["День народного единства"]


@pytest.mark.parametrize(
    ("of", "seen"), [("Каляна Мария", True), ("Вуквукай Илья", False)], ids=["its own", "another's"]
)
def test_a_family_sees_no_home_tuition_but_its_own(of: str, seen: bool) -> None:
    own = HomeJournalListed(
        class_id=named("7А"), pupil=named("Каляна Мария"), subject=named("Алгебра"), year=2026
    )
    slot = SlotScheduled(
        journal=named("на дому"), weekday=5, number=1, week="all", first=FIRST, last=LAST, room=None
    )
    there = given_school((named("на дому"), own), (named("слот"), slot))
    chosen = of_class(there, named("7А"), home_of=named(of), family=True)
    assert [x.home for x in lessons(grid(there, chosen), "2026-10-16", 1)] == ([True] if seen else [])
    staff = lessons(seventh(there), "2026-10-16", 1)
    assert [x.home for x in staff] == [True]


def test_a_class_there_is_not_has_no_week() -> None:
    with pytest.raises(NoSuchPage):
        of_class(SCHOOL, named("5Я"))
