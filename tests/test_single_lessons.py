"""Single lessons and weekly slots by hand: cancelled, moved, extra, put, ended (R-084, R-085, R-090, R-091)."""

from __future__ import annotations

from datetime import date, time
from uuid import UUID

import pytest

from commands.attendance import TakeAttendance
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.extra_lessons import ScheduleExtraLesson, WithdrawExtraLesson
from commands.lessons import RecordTopic
from commands.single_lessons import REASONS, CancelLesson, MoveLesson, RestoreLesson
from commands.timetable_slots import EndSlot, MoveSlot, NewSlot, ScheduleSlots
from ledger.school import School
from ledger.timetable import Lesson
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named
from web.titles import CANCELLED

ON = "2026-10-12 08:00"  # a Monday
PHYSICS = given_lesson("7А Физика", "2026-10-14")  # third lesson
ALGEBRA = given_lesson("7А Алгебра", "2026-10-14")  # second


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def lesson(story: Story, id: UUID) -> Lesson | None:
    return school(story).timetable.by_id.get(id)


def refused(story: Story, command: object, when: str = ON, by: str = "Кеулькут") -> Refusal:
    with pytest.raises(Refusal) as caught:
        story.do(by, when, command)
    return caught.value


def cancel(of: Lesson) -> CancelLesson:
    return CancelLesson(lesson=of.id, reason="weather", order=OrderNamed(number="90"))


def move(of: Lesson, on: str, number: int, **more: object) -> MoveLesson:
    return MoveLesson(lesson=of.id, on=date.fromisoformat(on), number=number, **more)  # type: ignore[arg-type]


def test_a_cancelled_lesson_is_not_held_and_a_restored_one_is() -> None:
    story = Story()
    story.do("Кеулькут", ON, cancel(PHYSICS))
    assert lesson(story, PHYSICS.id) is None
    assert [order.number for order in school(story).orders.values()] == ["90"]
    story.do("Кеулькут", "2026-10-12 08:05", RestoreLesson(lesson=PHYSICS.id))
    assert lesson(story, PHYSICS.id) == PHYSICS


def test_the_teacher_of_a_cancelled_lesson_writes_nothing_there() -> None:
    story = Story()
    story.do("Кеулькут", ON, cancel(PHYSICS))
    topic = RecordTopic(lesson=PHYSICS.id, text="Тепловые явления")
    assert refused(story, topic, "2026-10-14 10:30", by="Петров").code == "lesson-exists"


def test_a_lesson_is_cancelled_once() -> None:
    story = Story()
    story.do("Кеулькут", ON, cancel(PHYSICS))
    assert refused(story, cancel(PHYSICS)).code == "lesson-dropped"


def test_of_a_past_day_the_deputy_says_that_there_was_no_lesson() -> None:
    story = Story()
    late = "2026-10-15 08:00"
    assert "заместитель" in refused(story, cancel(PHYSICS), late).sentence
    story.do("Дьячкова", late, cancel(PHYSICS))
    assert lesson(story, PHYSICS.id) is None


def test_the_day_itself_is_not_past() -> None:
    story = Story()
    story.do("Кеулькут", "2026-10-14 23:59", cancel(PHYSICS))
    assert lesson(story, PHYSICS.id) is None


def test_a_moved_lesson_keeps_its_id_and_its_first_day() -> None:
    story = Story()
    story.do("Кеулькут", ON, move(PHYSICS, "2026-10-15", 5, room="12"))
    moved = lesson(story, PHYSICS.id)
    assert moved is not None
    assert (moved.date, moved.number, moved.room, moved.moved_from) == (
        date(2026, 10, 15),
        5,
        "12",
        date(2026, 10, 14),
    )
    assert moved.starts.time() == time(12, 20)
    story.do("Кеулькут", ON, move(PHYSICS, "2026-10-16", 4))
    again = lesson(story, PHYSICS.id)
    assert again is not None
    assert (again.date, again.moved_from) == (date(2026, 10, 16), date(2026, 10, 14))


def test_a_lesson_moves_into_no_other_and_the_sentence_names_whom_where_and_when() -> None:
    story = Story()
    clash = refused(story, move(PHYSICS, "2026-10-16", 2))
    assert clash.code == "timetable-clash"
    for word in ("7А Физика", "16.10.2026", "2-й урок", "7А Алгебра", "09:25–10:05"):
        assert word in clash.sentence


def test_the_place_a_cancelled_lesson_left_may_be_taken_and_then_it_does_not_come_back() -> None:
    story = Story()
    story.do("Кеулькут", ON, cancel(ALGEBRA))
    story.do("Кеулькут", ON, move(PHYSICS, "2026-10-14", 2))
    assert refused(story, RestoreLesson(lesson=ALGEBRA.id)).code == "timetable-clash"
    story.do("Кеулькут", ON, RestoreLesson(lesson=PHYSICS.id))
    story.do("Кеулькут", ON, RestoreLesson(lesson=ALGEBRA.id))
    assert lesson(story, ALGEBRA.id) == ALGEBRA


@pytest.mark.parametrize(
    ("when", "accepted"), [("2026-10-14 11:19:59", True), ("2026-10-14 11:20:00", False)]
)
def test_a_lesson_moves_to_what_is_ahead(when: str, accepted: bool) -> None:
    """The fourth lesson, free on Wednesdays, begins at 11:20."""
    story = Story()
    if accepted:
        story.do("Кеулькут", when, move(PHYSICS, "2026-10-14", 4))
    else:
        assert refused(story, move(PHYSICS, "2026-10-14", 4), when).code == "timetable-past"


def test_a_lesson_that_could_not_be_held_moves_to_a_later_day() -> None:
    """R-091."""
    story = Story()
    story.do("Кеулькут", "2026-10-14 23:59:59", move(PHYSICS, "2026-10-16", 4))
    assert lesson(story, PHYSICS.id) is not None


def test_a_lesson_moves_to_no_holiday_and_not_out_of_the_year() -> None:
    story = Story()
    assert "День народного единства" in refused(story, move(PHYSICS, "2026-11-04", 4)).sentence
    assert refused(story, move(PHYSICS, "2027-06-01", 4)).code == "date-in-year"


def test_where_no_bell_rings_the_time_is_asked_for() -> None:
    story = Story()
    assert refused(story, move(PHYSICS, "2026-10-17", 1)).code == "timetable-bell"
    story.do("Кеулькут", ON, move(PHYSICS, "2026-10-17", 1, starts=time(10), ends=time(10, 40)))
    backwards = move(PHYSICS, "2026-10-17", 1, starts=time(11), ends=time(10, 40))
    assert refused(story, backwards).code == "timetable-bell"


def test_whom_the_table_lets_not_move_is_refused() -> None:
    story = Story()
    for by in ("Петров", "Громова", "Носов"):
        assert refused(story, move(PHYSICS, "2026-10-15", 5), by=by).status == 403
    story.do("Орлова", ON, move(PHYSICS, "2026-10-15", 5))


def extra(**more: object) -> ScheduleExtraLesson:
    given: dict[str, object] = {
        "journal": named("7А Физика"),
        "on": date(2026, 10, 17),
        "number": 1,
        "starts": time(10),
        "ends": time(10, 40),
        **more,
    }
    return ScheduleExtraLesson(**given)  # type: ignore[arg-type]


def test_an_extra_lesson_takes_the_hour_of_another_and_gives_it_back() -> None:
    story = Story()
    story.do("Кеулькут", ON, extra(replaces=PHYSICS.id))
    assert lesson(story, PHYSICS.id) is None
    own = next(each for each in school(story).timetable.by_day[date(2026, 10, 17)])
    assert own.journal == named("7А Физика")
    story.do("Кеулькут", ON, WithdrawExtraLesson(lesson=own.id))
    assert lesson(story, own.id) is None
    assert lesson(story, PHYSICS.id) == PHYSICS


def test_an_hour_is_not_replaced_twice() -> None:
    story = Story()
    story.do("Кеулькут", ON, extra(replaces=PHYSICS.id))
    assert (
        refused(story, extra(replaces=PHYSICS.id, number=2, starts=time(11), ends=time(11, 40))).status == 409
    )


def test_an_extra_lesson_with_records_is_not_withdrawn() -> None:
    story = Story()
    story.do("Кеулькут", ON, extra())
    own = school(story).timetable.by_day[date(2026, 10, 17)][0]
    story.do("Петров", "2026-10-17 10:05", RecordTopic(lesson=own.id, text="Тепловые явления"))
    taken = WithdrawExtraLesson(lesson=own.id)
    assert refused(story, taken, "2026-10-17 12:00").code == "E-10"


def test_extracurricular_lessons_are_by_order_and_the_programme_has_a_form() -> None:
    story = Story()
    assert refused(story, extra(mode="7.13")).code == "lesson-order"
    assert refused(story, extra(mode="8.3", order=OrderNamed(number="91"))).code == "lesson-form"
    assert refused(story, extra(mode="9.9", order=OrderNamed(number="91"))).code == "lesson-mode"
    story.do("Кеулькут", ON, extra(mode="7.13", order=OrderNamed()))
    assert [order.number for order in school(story).orders.values()] == [None]


def test_one_order_for_two_lessons_is_one_order() -> None:
    story = Story()
    for number, (starts, ends) in enumerate(((time(10), time(10, 40)), (time(11), time(11, 40))), start=1):
        story.do(
            "Кеулькут",
            ON,
            extra(number=number, starts=starts, ends=ends, mode="7.13", order=OrderNamed(number="91")),
        )
    assert [order.number for order in school(story).orders.values()] == ["91"]


def test_a_lesson_is_replaced_in_its_own_class_only() -> None:
    story = Story()
    foreign = given_lesson("6А Русский язык", "2026-10-14")
    assert refused(story, extra(replaces=foreign.id)).code == "lesson-replaces"


# The weekly timetable.


def put(journal: str, weekday: int, number: int, **more: object) -> NewSlot:
    return NewSlot(journal=named(journal), weekday=weekday, number=number, **more)  # type: ignore[arg-type]


def test_a_slot_stands_from_its_first_day_to_the_end_of_the_year() -> None:
    story = Story()
    before = len(school(story).timetable.by_journal[named("7А Геометрия")])
    first = date(2026, 10, 16)
    story.do("Кеулькут", ON, ScheduleSlots(slots=(put("7А Геометрия", 5, 1, first=first, room="14"),)))
    new = [x for x in school(story).timetable.by_journal[named("7А Геометрия")] if x.number == 1]
    assert (new[0].date, new[-1].date, new[0].room) == (first, date(2027, 5, 28), "14")
    assert len(school(story).timetable.by_journal[named("7А Геометрия")]) == before + len(new)


def test_a_double_lesson_is_two_records() -> None:
    """R-098: two slots, each with its own topic."""
    story = Story()
    story.do("Кеулькут", ON, ScheduleSlots(slots=(put("7А Геометрия", 4, 4), put("7А Геометрия", 4, 5))))
    day = [
        x for x in school(story).timetable.by_day[date(2026, 10, 15)] if x.journal == named("7А Геометрия")
    ]
    assert [x.number for x in day] == [3, 4, 5]
    story.do("Ефимова", "2026-10-15 12:30", RecordTopic(lesson=day[1].id, text="Признаки равенства"))
    assert story.sheet(day[1].id).topic is not None
    assert story.sheet(day[2].id).topic is None


def test_a_collision_leaves_nothing_of_several_slots() -> None:
    story = Story()
    both = ScheduleSlots(slots=(put("7А Геометрия", 5, 1), put("7А Геометрия", 5, 2)))
    assert refused(story, both).code == "timetable-clash"
    assert all(x.number == 3 for x in school(story).timetable.by_journal[named("7А Геометрия")])


@pytest.mark.parametrize(("first", "accepted"), [("2026-10-11", False), ("2026-10-12", True)])
def test_the_timetable_changes_from_today_on(first: str, accepted: bool) -> None:
    story = Story()
    command = ScheduleSlots(slots=(put("7А Геометрия", 5, 1, first=date.fromisoformat(first)),))
    if accepted:
        story.do("Кеулькут", ON, command)
    else:
        assert refused(story, command).code == "timetable-past"


def test_a_lesson_that_has_begun_today_is_not_put_into_today() -> None:
    story = Story()
    command = ScheduleSlots(slots=(put("1А Математика", 1, 2),))
    assert refused(story, command, "2026-10-12 09:25").code == "timetable-past"
    story.do("Кеулькут", "2026-10-12 09:24:59", command)


def test_joint_lessons_are_one_hour_with_a_page_for_each_class() -> None:
    story = Story()
    pages = (put("6А Русский язык", 5, 6, room="5"), put("10А Русский язык", 5, 6, room="5"))
    assert refused(story, ScheduleSlots(slots=pages)).code == "timetable-clash"
    story.do("Кеулькут", ON, ScheduleSlots(slots=pages, joint=True))
    first, second = school(story).timetable.by_day[date(2026, 10, 16)][-2:]
    when = "2026-10-16 13:30"
    story.do("Лебедева", when, RecordTopic(lesson=first.id, text="Имя числительное"))
    story.do("Лебедева", when, RecordTopic(lesson=second.id, text="Сложное предложение"))
    assert {story.sheet(x.id).journal for x in (first, second)} == {
        named("6А Русский язык"),
        named("10А Русский язык"),
    }


def test_a_joint_lesson_has_one_teacher() -> None:
    story = Story()
    pages = (put("7А Геометрия", 5, 1), put("1А Математика", 5, 1))
    assert refused(story, ScheduleSlots(slots=pages, joint=True)).code == "joint-lesson"


def test_a_joint_lesson_moves_and_ends_for_all_its_classes() -> None:
    story = Story()
    pages = (put("6А Русский язык", 5, 6), put("10А Русский язык", 5, 6))
    story.do("Кеулькут", ON, ScheduleSlots(slots=pages, joint=True))
    one = school(story).timetable.by_day[date(2026, 10, 16)][-1]
    since = date(2026, 10, 19)
    story.do("Кеулькут", ON, MoveSlot(slot=one.slot, since=since, weekday=5, number=4))
    day = [x for x in school(story).timetable.by_day[date(2026, 10, 23)] if x.number == 4]
    assert len(day) == 2
    story.do("Кеулькут", ON, EndSlot(slot=day[0].slot, since=date(2026, 10, 30)))
    assert not [x for x in school(story).timetable.by_day[date(2026, 10, 30)] if x.number == 4]


def test_a_moved_slot_keeps_what_was_held_and_its_lessons_before() -> None:
    story = Story()
    slot = named("7А Геометрия 4 3")
    story.do("Кеулькут", ON, MoveSlot(slot=slot, since=date(2026, 10, 19), weekday=5, number=1, room="9"))
    planned = [x.date for x in school(story).timetable.by_journal[named("7А Геометрия")]]
    assert date(2026, 10, 15) in planned
    assert date(2026, 10, 22) not in planned
    assert date(2026, 10, 23) in planned


def test_a_slot_does_not_end_under_a_lesson_of_today_that_has_begun() -> None:
    story = Story()
    end = EndSlot(slot=named("7А Алгебра 1 2"), since=date(2026, 10, 12))
    assert refused(story, end, "2026-10-12 09:25").code == "timetable-past"
    story.do("Кеулькут", "2026-10-12 09:24:59", end)
    assert not [x for x in school(story).timetable.by_day[date(2026, 10, 12)] if x.slot == end.slot]


def test_a_slot_does_not_end_under_a_lesson_that_was_moved_ahead_and_held() -> None:
    story = Story()
    late = given_lesson("7А Физика", "2026-10-21")
    story.do("Кеулькут", ON, move(late, "2026-10-13", 4))
    story.do("Петров", "2026-10-13 11:25", TakeAttendance(lesson=late.id))
    end = EndSlot(slot=late.slot, since=date(2026, 10, 14))
    assert refused(story, end, "2026-10-13 15:00").code == "timetable-past"


def test_who_edits_the_timetable_is_the_schools_word() -> None:
    """P-31: in Усть-Белая the methodist, the deputy and the administrator."""
    command = ScheduleSlots(slots=(put("7А Геометрия", 5, 1),))
    for by in ("Кеулькут", "Дьячкова", "Носов"):
        Story().do(by, ON, command)
    assert refused(Story(), command, by="Петров").status == 403


def test_unknown_slots_weeks_and_days_are_named() -> None:
    story = Story()
    for slot in (
        put("7А Геометрия", 8, 1),
        put("7А Геометрия", 5, 13),
        put("7А Геометрия", 5, 1, week="третья"),
    ):
        assert refused(story, ScheduleSlots(slots=(slot,))).code == "slots"
    assert refused(story, ScheduleSlots(slots=(put("нет такой", 5, 1),))).status == 404
    assert refused(story, ScheduleSlots(slots=(put("7А Геометрия", 7, 1),))).code == "timetable-bell"
    assert refused(story, EndSlot(slot=named("нет такого"), since=date(2026, 10, 12))).status == 404


@pytest.mark.parametrize("reason", ["Петров в больнице, инфаркт", "", "нет учителя"])
def test_why_a_lesson_is_not_held_is_a_word_of_the_list_and_no_free_text(reason: str) -> None:
    said = refused(Story(), CancelLesson(lesson=PHYSICS.id, reason=reason))
    assert said.code == "cancel-reason"
    assert said.sentence


def test_every_reason_of_the_list_is_taken_and_has_its_title() -> None:
    assert CANCELLED.keys() == set(REASONS)
    for reason in REASONS:
        story = Story()
        story.do("Кеулькут", ON, CancelLesson(lesson=PHYSICS.id, reason=reason))
        assert school(story).changes[PHYSICS.id].reason == reason
