"""Classes, groups and the movement of pupils by order (R-059, R-060, E-06): what is taken and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from uuid import uuid5

import pytest

from commands.attendance import TakeAttendance
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.marks import GiveMark
from commands.movement import DepartPupil, EnrolPupil, LinkGuardian, MovePupil, UnlinkGuardian
from commands.roster import (
    AppointClassTeacher,
    FormClass,
    FormClassSet,
    FormGroup,
    GroupPupils,
    UngroupPupil,
)
from ledger.school import School
from tests.story import Story
from tests.world import SCHOOL_ID, given_lesson, named

MARIA, DARYA, OLGA = named("Каляна Мария"), named("Антипина Дарья"), named("Ященко Ольга")
ORDER = OrderNamed(number="91", on=date(2026, 10, 16))
MONDAY = date(2026, 10, 19)
NEW_CLASS = uuid5(SCHOOL_ID, "7Б")
Command = Callable[[date], object]


@pytest.fixture
def story() -> Story:
    """7Б was formed on 1 September, with a group of its own."""
    told = Story()
    told.do("Носов", "2026-09-01 08:00", FormClass(class_id=NEW_CLASS, year=2026, title="7Б", grade=7))
    told.do("Носов", "2026-09-01 08:01", FormGroup(class_id=NEW_CLASS, group=named("группа 7Б"), title="1"))
    return told


def school(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def refused(story: Story, command: object, by: str = "Носов", when: str = "2026-10-16 12:00") -> str:
    with pytest.raises(Refusal) as said:
        story.do(by, when, command)
    return said.value.code


def test_the_level_of_a_class_follows_from_its_grade(story: Story) -> None:
    assert school(story).classes[NEW_CLASS].level == "ООО"


def test_two_classes_of_a_year_have_two_titles(story: Story) -> None:
    again = FormClass(class_id=named("ещё"), year=2026, title=" 7-б ", grade=7)
    assert refused(story, again) == "class-title"
    assert refused(story, FormClass(class_id=named("ещё"), year=2031, title="7В", grade=7)) == "year-known"
    assert refused(story, FormClass(class_id=NEW_CLASS, year=2026, title="7В", grade=7)) == "class-new"
    assert refused(story, FormClass(class_id=named("ещё"), year=2026, title="12", grade=12)) == "class-grade"


def test_a_class_teacher_takes_over_from_a_day(story: Story) -> None:
    story.do(
        "Ефимова",
        "2026-10-16 12:00",
        AppointClassTeacher(class_id=named("7А"), person=named("Соколова"), first=MONDAY),
    )
    led = {on: [k.title for k in school(story).classes_led(named("Соколова"), on)] for on in _around(MONDAY)}
    assert led == {date(2026, 10, 18): [], MONDAY: ["7А"]}
    assert not school(story).classes_led(named("Громова"), MONDAY)


def test_a_class_is_led_by_a_member_of_staff(story: Story) -> None:
    nobody = AppointClassTeacher(class_id=named("7А"), person=named("никто"), first=MONDAY)
    assert refused(story, nobody) == "staff-exists"
    early = AppointClassTeacher(class_id=named("7А"), person=named("Соколова"), first=date(2026, 8, 31))
    assert refused(story, early) == "date-in-year"


def test_a_pupil_moves_by_order_and_is_in_one_class_on_every_day(story: Story) -> None:
    story.do(
        "Носов", "2026-10-16 12:00", MovePupil(pupil=DARYA, class_id=NEW_CLASS, first=MONDAY, order=ORDER)
    )
    known = school(story).pupils[DARYA]
    assert [known.class_on(on) for on in _around(MONDAY)] == [named("7А"), NEW_CLASS]
    assert known.movements[-1] == ("moved", MONDAY, "91 от 16.10.2026")
    group = [span for g, span in known.groups if g == named("группа")]
    assert group[-1].last == date(2026, 10, 18)  # a group of the old class ends with it


def test_a_pupil_is_not_in_two_classes_on_one_day(story: Story) -> None:
    twice = EnrolPupil(pupil=DARYA, class_id=NEW_CLASS, first=MONDAY)
    assert refused(story, twice) == "pupil-twice"
    assert refused(story, MovePupil(pupil=DARYA, class_id=named("7А"), first=MONDAY)) == "pupil-there"
    story.do("Носов", "2026-10-16 12:00", MovePupil(pupil=DARYA, class_id=NEW_CLASS, first=MONDAY))
    earlier = MovePupil(pupil=DARYA, class_id=named("6А"), first=date(2026, 10, 12))
    assert refused(story, earlier) == "movement-later"


def test_a_movement_outside_the_year_is_refused_with_its_days(story: Story) -> None:
    with pytest.raises(Refusal, match=r"01\.09\.2026 – 28\.05\.2027"):
        story.do(
            "Носов",
            "2026-10-16 12:00",
            MovePupil(pupil=MARIA, class_id=NEW_CLASS, first=date(2026, 8, 31)),
        )
    late = MovePupil(pupil=MARIA, class_id=NEW_CLASS, first=date(2027, 5, 29))
    assert refused(story, late) == "date-in-year"


def test_unknown_ids_are_refused_in_words(story: Story) -> None:
    assert refused(story, MovePupil(pupil=named("никто"), class_id=NEW_CLASS, first=MONDAY)) == "pupil-exists"
    assert refused(story, MovePupil(pupil=MARIA, class_id=named("8Я"), first=MONDAY)) == "class-exists"
    nobodys = GroupPupils(class_id=named("7А"), group=named("нет"), pupils=(MARIA,), first=MONDAY)
    assert refused(story, nobodys) == "group-exists"
    unknown = LinkGuardian(pupil=named("никто"), guardian=named("мать"), kinship="мать")
    assert refused(story, unknown) == "pupil-exists"


def test_a_transfer_before_existing_marks_asks_with_a_list_and_erases_nothing(story: Story) -> None:
    lesson = given_lesson("7А Алгебра", "2026-10-12")
    give = GiveMark(lesson=lesson.id, work=lesson.id, pupil=MARIA, value="4")
    story.do("Соколова", "2026-10-12 10:30", give)
    physics = given_lesson("7А Физика", "2026-10-14")
    story.do("Петров", "2026-10-14 10:40", TakeAttendance(lesson=physics.id, absent=(MARIA,)))
    move = MovePupil(pupil=MARIA, class_id=NEW_CLASS, first=date(2026, 10, 12), order=ORDER)
    with pytest.raises(Refusal) as asked:
        story.do("Носов", "2026-10-16 12:00", move)
    assert asked.value.mode == "confirm"
    assert asked.value.sentence.split("\n")[1:] == [
        "12.10.2026 Алгебра: отметка",
        "14.10.2026 Физика: «н»",
    ]
    assert school(story).pupils[MARIA].class_on(MONDAY) == named("7А")
    sure = MovePupil(pupil=MARIA, class_id=NEW_CLASS, first=date(2026, 10, 12), order=ORDER, confirmed=True)
    story.do("Носов", "2026-10-16 12:01", sure)
    assert school(story).pupils[MARIA].class_on(MONDAY) == NEW_CLASS
    assert story.sheet(lesson).marks[lesson.id, MARIA].event.value == (4,)  # type: ignore[attr-defined]
    assert MARIA in story.sheet(physics).absences


def test_a_transfer_after_the_last_mark_asks_nothing(story: Story) -> None:
    lesson = given_lesson("7А Алгебра", "2026-10-12")
    give = GiveMark(lesson=lesson.id, work=lesson.id, pupil=MARIA, value="4")
    story.do("Соколова", "2026-10-12 10:30", give)
    story.do(
        "Носов",
        "2026-10-16 12:00",
        MovePupil(pupil=MARIA, class_id=NEW_CLASS, first=date(2026, 10, 13)),
    )
    assert school(story).pupils[MARIA].class_on(date(2026, 10, 13)) == NEW_CLASS


def test_a_departure_before_existing_marks_asks_too(story: Story) -> None:
    lesson = given_lesson("7А Алгебра", "2026-10-12")
    give = GiveMark(lesson=lesson.id, work=lesson.id, pupil=MARIA, value="4")
    story.do("Соколова", "2026-10-12 10:30", give)
    assert refused(story, DepartPupil(pupil=MARIA, last=date(2026, 10, 11))) == "reconciliation"
    story.do("Носов", "2026-10-16 12:00", DepartPupil(pupil=MARIA, last=date(2026, 10, 12), order=ORDER))
    known = school(story).pupils[MARIA]
    assert known.class_on(date(2026, 10, 12)) == named("7А")
    assert known.class_on(date(2026, 10, 13)) is None
    assert refused(story, DepartPupil(pupil=MARIA, last=date(2026, 10, 14))) == "pupil-enrolled"


def test_whoever_left_may_come_back(story: Story) -> None:
    story.do("Носов", "2026-10-16 12:00", DepartPupil(pupil=MARIA, last=date(2026, 10, 16), order=ORDER))
    back = date(2026, 11, 30)
    story.do("Носов", "2026-11-27 12:00", EnrolPupil(pupil=MARIA, class_id=NEW_CLASS, first=back))
    known = school(story).pupils[MARIA]
    assert [known.class_on(on) for on in _around(back)] == [None, NEW_CLASS]


def test_an_id_of_the_staff_is_no_new_pupil(story: Story) -> None:
    clash = EnrolPupil(pupil=named("Петров"), class_id=NEW_CLASS, first=MONDAY)
    assert refused(story, clash) == "pupil-new"


def test_a_group_takes_pupils_of_its_own_class_only(story: Story) -> None:
    foreign = GroupPupils(
        class_id=NEW_CLASS, group=named("группа 7Б"), pupils=(OLGA,), first=date(2026, 10, 19)
    )
    with pytest.raises(Refusal, match=r"другого класса.*в 7А"):
        story.do("Носов", "2026-10-16 12:00", foreign)
    own = GroupPupils(class_id=named("7А"), group=named("группа"), pupils=(OLGA, MARIA), first=MONDAY)
    story.do("Громова", "2026-10-16 12:00", own)  # the class teacher of 7А
    assert school(story).enrolled(OLGA, named("7А Иностранный язык"), MONDAY)
    assert not school(story).enrolled(OLGA, named("7А Иностранный язык"), date(2026, 10, 18))
    again = GroupPupils(class_id=named("7А"), group=named("группа"), pupils=(OLGA,), first=MONDAY)
    assert refused(story, again) == "group-twice"


def test_a_pupil_leaves_a_group_and_stays_in_the_class(story: Story) -> None:
    story.do(
        "Громова",
        "2026-10-16 12:00",
        UngroupPupil(pupil=DARYA, group=named("группа"), last=date(2026, 10, 18)),
    )
    enrolled = [school(story).enrolled(DARYA, named("7А Иностранный язык"), on) for on in _around(MONDAY)]
    assert enrolled == [True, False]
    assert school(story).pupils[DARYA].class_on(MONDAY) == named("7А")
    gone = UngroupPupil(pupil=DARYA, group=named("группа"), last=MONDAY)
    assert refused(story, gone) == "group-member"


def test_a_backdated_leave_of_a_group_asks_about_the_marks_that_stay(story: Story) -> None:
    lesson = given_lesson("7А Иностранный язык", "2026-10-15")
    mark = GiveMark(lesson=lesson.id, work=lesson.id, pupil=DARYA, value="2")
    story.do("Громова", "2026-10-15 09:50", mark)
    group = named("группа")
    before = UngroupPupil(pupil=DARYA, group=group, last=date(2026, 10, 14))
    with pytest.raises(Refusal) as asked:
        story.do("Громова", "2026-10-16 12:00", before)
    assert (asked.value.code, asked.value.mode) == ("reconciliation", "confirm")
    assert "15.10.2026 Иностранный язык: отметка" in asked.value.sentence
    assert school(story).enrolled(DARYA, lesson.journal, lesson.date)
    story.do("Громова", "2026-10-16 12:01", replace(before, confirmed=True))
    assert not school(story).enrolled(DARYA, lesson.journal, lesson.date)
    assert story.sheet(lesson).mark(lesson.id, DARYA) == (2,)


def test_a_leave_of_a_group_asks_nothing_about_the_marks_before_it_nor_on_other_pages(story: Story) -> None:
    language, algebra = (
        given_lesson(page, on)
        for page, on in (("7А Иностранный язык", "2026-10-15"), ("7А Алгебра", "2026-10-16"))
    )
    given = (("Громова", language, "2026-10-15 09:50"), ("Соколова", algebra, "2026-10-16 09:50"))
    for who, lesson, when in given:
        story.do(who, when, GiveMark(lesson=lesson.id, work=lesson.id, pupil=DARYA, value="4"))
    left = UngroupPupil(pupil=DARYA, group=named("группа"), last=language.date)
    story.do("Громова", "2026-10-16 12:00", left)
    assert school(story).enrolled(DARYA, language.journal, language.date)


def test_a_guardian_is_linked_once_and_unlinked(story: Story) -> None:
    link = LinkGuardian(pupil=MARIA, guardian=named("мать Каляны"), kinship="мать")
    story.do("Громова", "2026-10-16 12:00", link)
    assert story.do("Громова", "2026-10-16 12:01", link).first is None
    assert [p.id for p in school(story).children_of(named("мать Каляны"))] == [MARIA]
    story.do("Громова", "2026-10-16 12:02", UnlinkGuardian(pupil=MARIA, guardian=named("мать Каляны")))
    assert school(story).children_of(named("мать Каляны")) == ()
    again = LinkGuardian(pupil=MARIA, guardian=DARYA, kinship="мать")
    assert refused(story, again, when="2026-10-16 12:03") == "guardian-pupil"
    neighbour = LinkGuardian(pupil=MARIA, guardian=named("он"), kinship="сосед")
    assert refused(story, neighbour, when="2026-10-16 12:03") == "kinship"


def test_a_class_set_is_of_several_classes_and_a_class_is_in_one(story: Story) -> None:
    pair = FormClassSet(class_set=named("1А+6А"), title="1А+6А", classes=(named("1А"), named("6А")))
    story.do("Носов", "2026-10-16 12:00", pair)
    assert school(story).class_sets[named("1А+6А")].classes == (named("1А"), named("6А"))
    alone = FormClassSet(class_set=named("один"), title="9А", classes=(named("9А"), named("9А")))
    assert refused(story, alone) == "class-set"
    taken = FormClassSet(class_set=named("другой"), title="6А+9А", classes=(named("6А"), named("9А")))
    assert refused(story, taken) == "class-set"


@pytest.mark.parametrize(
    ("by", "command"),
    [
        ("Соколова", MovePupil(pupil=OLGA, class_id=named("6А"), first=MONDAY)),
        ("Громова", MovePupil(pupil=OLGA, class_id=named("6А"), first=MONDAY)),  # leads only 7А
        ("Громова", LinkGuardian(pupil=named("Эттувги Роман"), guardian=named("он"), kinship="отец")),
        ("Орлова", FormClass(class_id=named("8А"), year=2026, title="8А", grade=8)),
        ("Громова", AppointClassTeacher(class_id=named("7А"), person=named("Ким"), first=MONDAY)),
    ],
)
def test_only_the_office_and_the_class_teacher_of_the_class_keep_its_list(by: str, command: object) -> None:
    assert refused(Story(), command, by) == "not-allowed"


def _around(day: date) -> tuple[date, date]:
    """The day before, and the day."""
    return date.fromordinal(day.toordinal() - 1), day


@pytest.mark.parametrize("day", [date.min, date.max])
@pytest.mark.parametrize(
    "command",
    [
        lambda day: MovePupil(pupil=MARIA, class_id=NEW_CLASS, first=day),
        lambda day: DepartPupil(pupil=MARIA, last=day),
        lambda day: EnrolPupil(pupil=named("новый"), class_id=NEW_CLASS, first=day),
        lambda day: UngroupPupil(pupil=DARYA, group=named("группа"), last=day),
        lambda day: AppointClassTeacher(class_id=NEW_CLASS, person=named("Ким"), first=day),
    ],
)
def test_a_day_nobody_means_is_refused_in_words(story: Story, command: Command, day: date) -> None:
    assert refused(story, command(day)) in {
        "date-in-year",
        "pupil-enrolled",
        "group-member",
        "movement-later",
    }
