"""Nobody is in two places at once (issue 3, item 3): what a proposed lesson meets."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

import pytest

from ledger import streams
from ledger.clashes import clashes
from ledger.events.calendar import ClassSetFormed, HolidayScheduled
from ledger.events.days import LessonCancelled, LessonMoved, SubstitutionRecorded
from ledger.events.journals import JournalListed, WorkloadAssigned
from ledger.events.roster import GroupFormed, PupilGrouped
from ledger.events.timetable import SlotEnded, SlotJoined, SlotScheduled
from ledger.school import School
from ledger.timetable import Lesson, Slot, lay
from tests.world import FIRST, LAST, SCHOOL, SCHOOL_ID, given_lesson, given_school, named


def page(title: str, subject: str, teacher: str, group: str | None = None) -> tuple[tuple[UUID, object], ...]:
    """A page of the journal this world does not have."""
    own = named(f"{title} {subject} {group or ''}")
    return (
        (
            own,
            JournalListed(
                class_id=named(title),
                group=named(group) if group else None,
                subject=named(subject),
                year=2026,
            ),
        ),
        (own, WorkloadAssigned(teacher=named(teacher), first=FIRST, until=None, hours=100)),
    )


def slot(
    journal: str | UUID,
    weekday: int,
    number: int,
    week: str = "all",
    first: date = FIRST,
    last: date = LAST,
    room: str | None = None,
    name: str = "предложенный",
) -> Slot:
    own = named(journal) if isinstance(journal, str) else journal
    return Slot(
        id=named(name),
        journal=own,
        weekday=weekday,
        number=number,
        week=week,
        first=first,
        last=last,
        room=room,
    )


def scheduled(of: Slot) -> tuple[UUID, SlotScheduled]:
    return (
        of.id,
        SlotScheduled(
            journal=of.journal,
            weekday=of.weekday,
            number=of.number,
            week=of.week,
            first=of.first,
            last=of.last,
            room=of.room,
        ),
    )


def met(
    *slots: Slot, school: School = SCHOOL, joints: dict[UUID, UUID] | None = None
) -> list[tuple[str, date]]:
    """(what is in two places, the first day of it) for every slot that is met."""
    first: dict[tuple[str, UUID, UUID], date] = {}
    for each in clashes(lay(school, slots), school, joints=joints):
        first.setdefault((each.kind, each.proposed.slot, each.standing.slot), each.proposed.date)
    return [(kind, on) for (kind, _, _), on in first.items()]


def test_a_class_has_one_lesson_at_a_time() -> None:
    assert met(slot("7А Геометрия", 1, 2)) == [("class", date(2026, 9, 7))]


def test_a_free_hour_is_free() -> None:
    assert met(slot("7А Геометрия", 5, 1)) == []


def test_a_teacher_gives_one_lesson_at_a_time() -> None:
    """Лебедева is in 7А on Mondays, third lesson."""
    assert met(slot("6А Русский язык", 1, 3)) == [("teacher", date(2026, 9, 7))]


def test_a_room_holds_one_lesson_however_it_is_written() -> None:
    there = given_school(scheduled(slot("1А Математика", 3, 2, room="Каб. 5А", name="занятый")))
    assert met(slot("9А Литература", 3, 2, room="каб. 5а"), school=there) == [("room", date(2026, 9, 2))]
    assert met(slot("9А Литература", 3, 2, room="6"), school=there) == []


def test_alternate_weeks_do_not_meet() -> None:
    there = given_school(scheduled(slot("7А Геометрия", 5, 1, week="odd", name="по нечётным")))
    assert met(slot("7А Физика", 5, 1, week="even"), school=there) == []
    assert met(slot("7А Физика", 5, 1, week="odd"), school=there) == [("class", date(2026, 9, 4))]


@pytest.mark.parametrize(
    ("last", "expected"),
    [(date(2026, 10, 11), []), (date(2026, 10, 12), [("class", date(2026, 10, 12))])],
)
def test_stretches_meet_from_the_day_they_share(last: date, expected: list[tuple[str, date]]) -> None:
    there = given_school(
        scheduled(slot("7А Геометрия", 1, 6, first=date(2026, 10, 12), name="со второй недели")),
        (named("7А Физика 1 6"), SlotEnded(last=date(2026, 9, 30))),
    )
    assert met(slot("7А Алгебра", 1, 6, first=date(2026, 10, 5), last=last), school=there) == expected


def _groups(*, shared: bool) -> School:
    """Two more groups of 7А with a slot of the first on Friday; one pupil is in both, or none."""
    own = page("7А", "Геометрия", "Ким", "вторая")
    return given_school(
        (named("7А"), GroupFormed(group=named("вторая"), title="2")),
        (
            named("Антипина Дарья" if shared else "Ященко Ольга"),
            PupilGrouped(group=named("вторая"), first=FIRST, until=None),
        ),
        *own,
        scheduled(slot(own[0][0], 5, 1, name="второй группы")),
    )


def test_groups_of_one_class_stand_in_parallel() -> None:
    assert met(slot("7А Иностранный язык", 5, 1), school=_groups(shared=False)) == []


def test_groups_that_share_a_pupil_do_not() -> None:
    assert met(slot("7А Иностранный язык", 5, 1), school=_groups(shared=True)) == [
        ("class", date(2026, 9, 4))
    ]


def test_the_whole_class_meets_its_group() -> None:
    assert met(slot("7А Алгебра", 5, 1), school=_groups(shared=False)) == [("class", date(2026, 9, 4))]


def test_joint_lessons_of_one_teacher_in_one_room_do_not_meet() -> None:
    there = given_school(
        scheduled(slot("6А Русский язык", 2, 6, room="спортзал", name="первый из двух")),
        (named("первый из двух"), SlotJoined(joint=named("вместе"))),
    )
    together = slot("10А Русский язык", 2, 6, room="спортзал")
    assert met(together, school=there, joints={together.id: named("вместе")}) == []
    assert met(together, school=there) == [("teacher", date(2026, 9, 1))]


def test_the_classes_of_a_class_set_sit_together() -> None:
    formed = ClassSetFormed(
        class_set=named("комплект"), title="6А + 10А", classes=(named("6А"), named("10А"))
    )
    there = given_school(
        scheduled(slot("6А Русский язык", 2, 6, room="5", name="первый из двух")),
        (streams.calendar(SCHOOL_ID), formed),
    )
    assert met(slot("10А Русский язык", 2, 6, room="5"), school=there) == []


def test_two_proposed_slots_meet_each_other() -> None:
    assert met(slot("7А Алгебра", 5, 1, name="раз"), slot("7А Физика", 5, 1, name="два")) == [
        ("class", date(2026, 9, 4))
    ]


def _one(school: School, journal: str, on: date, number: int) -> Lesson:
    times = {6: (time(13, 25), time(14, 5)), 2: (time(9, 25), time(10, 5))}[number]
    return Lesson(
        id=named("разовый"),
        slot=named("разовый"),
        journal=named(journal),
        date=on,
        number=number,
        starts=datetime.combine(on, times[0]),
        ends=datetime.combine(on, times[1]),
    )


def test_a_cancelled_lesson_leaves_its_place_and_a_moved_one_takes_another() -> None:
    algebra = given_lesson("7А Алгебра", "2026-10-12")
    day = streams.day(SCHOOL_ID, named("7А"), date(2026, 10, 12))
    proposed = _one(SCHOOL, "7А Геометрия", date(2026, 10, 12), 2)
    assert [each.kind for each in clashes((proposed,), SCHOOL)] == ["class"]

    gone = given_school((day, LessonCancelled(lesson=algebra.id, reason="актированный день", order=None)))
    assert [*clashes((proposed,), gone)] == []

    physics = given_lesson("7А Физика", "2026-10-14")
    moved = LessonMoved(
        lesson=physics.id,
        date=date(2026, 10, 13),
        number=6,
        starts=time(13, 25),
        ends=time(14, 5),
        room=None,
        order=None,
    )
    there = given_school((streams.day(SCHOOL_ID, named("7А"), date(2026, 10, 14)), moved))
    late = _one(there, "7А Алгебра", date(2026, 10, 13), 6)
    assert {each.standing.id for each in clashes((late,), there)} >= {physics.id}


def test_a_substituted_lesson_keeps_its_substitute_and_frees_the_absent() -> None:
    """Соколова stands in for Петров on 12.10, sixth lesson."""
    physics = given_lesson("7А Физика", "2026-10-12")
    recorded = SubstitutionRecorded(
        substitution=named("замена"),
        lesson=physics.id,
        absent=named("Петров"),
        substitute=named("Соколова"),
        manner="same_subject",
        order=None,
    )
    own = page("6А", "Физика", "Петров")
    other = page("6А", "Алгебра", "Соколова")
    there = given_school(*own, *other, (streams.day(SCHOOL_ID, named("7А"), date(2026, 10, 12)), recorded))
    on = date(2026, 10, 12)
    assert [*clashes((_one(there, "6А Физика ", on, 6),), there)] == []
    assert [each.kind for each in clashes((_one(there, "6А Алгебра ", on, 6),), there)] == ["teacher"]


def test_holidays_bring_no_lesson_and_no_clash() -> None:
    free = HolidayScheduled(holiday=named("все понедельники"), title="каникулы", first=FIRST, last=LAST)
    there = given_school((streams.calendar(SCHOOL_ID), free))
    assert met(slot("7А Геометрия", 1, 2), school=there) == []
