"""Who was where, taught by whom and in which role, on any day and as it was known at any moment (issue 3)."""

from __future__ import annotations

from datetime import date

import pytest

from commands.appointments import (
    AppointActingDeputy,
    AppointResponsible,
    GrantRole,
    ReleaseResponsible,
    WithdrawRole,
)
from commands.by_order import OrderNamed
from commands.deciding import Refusal
from commands.roster import GroupPupils, UngroupPupil
from commands.tuition import (
    CurriculumHours,
    EndHomeTuition,
    HomeSubject,
    SetIndividualCurriculum,
    StartHomeTuition,
    home_pages,
)
from commands.workload import AssignWorkload, EndWorkload, SetStudyPlan, page_of
from ledger.entry import Role
from ledger.events.staff import RoleGranted
from ledger.school import School
from tests.story import Story
from tests.world import SCHOOL_ID, named

DARYA, OLGA, PAVEL = named("Антипина Дарья"), named("Ященко Ольга"), named("Тынетегин Павел")
PAGE, GROUP = named("7А Иностранный язык"), named("группа")
ORDER = OrderNamed(number="17", on=date(2026, 10, 9))
BEFORE, DAY, AFTER = date(2026, 10, 13), date(2026, 10, 14), date(2026, 10, 15)


def school(story: Story, at: int | None = None) -> School:
    schools = story.house.schools
    return schools.current(SCHOOL_ID) if at is None else schools.at(SCHOOL_ID, at)


def refused(story: Story, by: str, command: object, when: str = "2026-10-12 12:00") -> str:
    with pytest.raises(Refusal) as said:
        story.do(by, when, command)
    return said.value.code


def test_who_was_in_the_group_on_14_october_is_answered_for_any_day_and_any_moment() -> None:
    story = Story()
    add = GroupPupils(class_id=named("7А"), group=GROUP, pupils=(OLGA,), first=DAY)
    added = story.do("Громова", "2026-10-12 12:00", add).last
    left = UngroupPupil(pupil=DARYA, group=GROUP, last=BEFORE)
    gone = story.do("Громова", "2026-10-12 12:01", left).last
    assert added is not None
    assert gone is not None
    ever = {named("Антипина Дарья"), named("Вуквукай Илья")}
    ilya = named("Вуквукай Илья")
    assert set(school(story).pupils_of(PAGE, BEFORE)) == ever
    assert set(school(story).pupils_of(PAGE, DAY)) == {ilya, OLGA}
    assert set(school(story, added - 1).pupils_of(PAGE, DAY)) == ever
    assert set(school(story, added).pupils_of(PAGE, DAY)) == ever | {OLGA}
    assert set(school(story, gone).pupils_of(PAGE, DAY)) == {ilya, OLGA}


def test_a_workload_opens_the_page_there_is_none_of_and_has_both_its_ends() -> None:
    story = Story()
    physics = AssignWorkload(
        class_id=named("6А"),
        subject=named("Физика"),
        teacher=named("Петров"),
        first=BEFORE,
        until=DAY,
        hours=150,
    )
    story.do("Ефимова", "2026-10-12 12:00", physics)
    page = page_of(school(story), named("6А"), None, named("Физика"))
    assert page is not None
    assert dict(page.hours) == {named("Петров"): 150}
    on = {day: school(story).teaches(named("Петров"), page.id, day) for day in (BEFORE, DAY, AFTER)}
    assert on == {BEFORE: True, DAY: True, AFTER: False}
    assert refused(story, "Ефимова", physics, "2026-10-12 12:01") == "workload-twice"


def test_a_workload_of_a_known_page_opens_no_second_one() -> None:
    story = Story()
    pages = len(school(story).journals)
    second = AssignWorkload(
        class_id=named("7А"), subject=named("Алгебра"), teacher=named("Петров"), first=DAY, hours=100
    )
    story.do("Ефимова", "2026-10-12 12:00", second)
    assert len(school(story).journals) == pages
    assert set(school(story).teachers_of(named("7А Алгебра"), DAY)) == {named("Соколова"), named("Петров")}


def test_an_ended_workload_leaves_the_page_on_the_day_after() -> None:
    story = Story()
    end = EndWorkload(journal=named("7А Алгебра"), teacher=named("Соколова"), last=DAY)
    story.do("Ефимова", "2026-10-12 12:00", end)
    own = [school(story).teaches(named("Соколова"), named("7А Алгебра"), day) for day in (DAY, AFTER)]
    assert own == [True, False]
    assert (
        refused(
            story, "Ефимова", EndWorkload(journal=named("7А Алгебра"), teacher=named("Соколова"), last=AFTER)
        )
        == "workload-open"
    )


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("class-exists", {"class_id": named("8Я")}),
        ("subject-exists", {"subject": named("Астрология")}),
        ("staff-exists", {"teacher": named("никто")}),
        ("group-exists", {"group": named("чужая группа")}),
        ("date-in-year", {"first": date(2026, 8, 31)}),
        ("dates-in-order", {"until": date(2026, 10, 12)}),
        ("workload-hours", {"hours": 4001}),
    ],
)
def test_a_workload_of_what_is_not_there_is_refused(code: str, change: dict[str, object]) -> None:
    wanted: dict[str, object] = {
        "class_id": named("7А"),
        "subject": named("Физика"),
        "teacher": named("Ким"),
        "first": BEFORE,
        "hours": 100,
    }
    assert refused(Story(), "Ефимова", AssignWorkload(**(wanted | change))) == code  # type: ignore[arg-type]


def test_a_study_plan_is_set_for_a_class_and_a_subject() -> None:
    story = Story()
    plan = SetStudyPlan(class_id=named("7А"), subject=named("Алгебра"), week_hours=300, year_hours=102)
    story.do("Носов", "2026-10-12 12:00", plan)
    assert school(story).study_plan[named("7А"), named("Алгебра")] == (300, 102)
    assert story.do("Носов", "2026-10-12 12:01", plan).first is None
    assert refused(story, "Соколова", plan, "2026-10-12 12:02") == "not-allowed"


def started(until: date | None = None) -> StartHomeTuition:
    algebra = HomeSubject(subject=named("Алгебра"), teacher=named("Петров"), hours=150)
    return StartHomeTuition(pupil=PAVEL, first=DAY, until=until, order=ORDER, subjects=(algebra,))


def test_home_tuition_by_order_has_a_page_for_pupil_and_subject() -> None:
    story = Story()
    story.do("Ефимова", "2026-10-12 12:00", started())
    (page,) = home_pages(school(story), PAVEL)
    assert (page.pupil, page.subject, page.year) == (PAVEL, named("Алгебра"), 2026)
    listed = {day: school(story).pupils_of(page.id, day) for day in (BEFORE, DAY)}
    assert listed == {BEFORE: (), DAY: (PAVEL,)}
    assert school(story).teaches(named("Петров"), page.id, DAY)
    assert not school(story).liable(PAVEL, named("7А Алгебра"), DAY)
    (tuition,) = school(story).pupils[PAVEL].tuitions
    assert tuition.order is not None
    assert school(story).orders[tuition.order].number == "17"


def test_home_tuition_ends_and_begins_again_on_the_same_page() -> None:
    story = Story()
    story.do("Ефимова", "2026-10-12 12:00", started(until=AFTER))
    (tuition,) = school(story).pupils[PAVEL].tuitions
    assert refused(story, "Ефимова", started(), "2026-10-12 12:01") == "tuition-twice"
    end = EndHomeTuition(pupil=PAVEL, tuition=tuition.id, last=DAY)
    story.do("Ефимова", "2026-10-12 12:02", end)
    assert [school(story).pupils[PAVEL].at_home(day) for day in (DAY, AFTER)] == [True, False]
    again = StartHomeTuition(
        pupil=PAVEL,
        first=date(2026, 11, 30),
        order=ORDER,
        subjects=(HomeSubject(subject=named("Алгебра"), teacher=named("Петров"), hours=100),),
    )
    story.do("Ефимова", "2026-10-12 12:03", again)
    assert len(home_pages(school(story), PAVEL)) == 1


def test_home_tuition_names_its_subjects_each_once() -> None:
    algebra = HomeSubject(subject=named("Алгебра"), teacher=named("Петров"), hours=100)
    none = StartHomeTuition(pupil=PAVEL, first=DAY, order=ORDER, subjects=())
    twice = StartHomeTuition(pupil=PAVEL, first=DAY, order=ORDER, subjects=(algebra, algebra))
    assert refused(Story(), "Ефимова", none) == "tuition-subjects"
    assert refused(Story(), "Ефимова", twice) == "tuition-subjects"
    assert refused(Story(), "Громова", started()) == "not-allowed"


def test_an_individual_curriculum_names_its_subjects_and_hours() -> None:
    story = Story()
    wanted = SetIndividualCurriculum(
        pupil=PAVEL,
        curriculum=named("ИУП"),
        first=DAY,
        order=ORDER,
        subjects=(CurriculumHours(subject=named("Алгебра"), hours=150),),
    )
    story.do("Ефимова", "2026-10-12 12:00", wanted)
    (made,) = school(story).pupils[PAVEL].curricula
    assert made.hours == ((named("Алгебра"), 150),)
    other = SetIndividualCurriculum(
        pupil=PAVEL, curriculum=named("ещё"), first=AFTER, subjects=wanted.subjects
    )
    assert refused(story, "Ефимова", other, "2026-10-12 12:01") == "curriculum-twice"


def test_a_deputys_competence_has_both_its_ends() -> None:
    story = Story()
    grant = GrantRole(
        person=named("Ким"), role="deputy", first=BEFORE, until=DAY, competence="УВР", order=ORDER
    )
    story.do("Носов", "2026-10-12 12:00", grant)
    granted = story.entries(named("Ким"))[-1].event
    assert isinstance(granted, RoleGranted)
    assert granted.order is not None
    assert school(story).orders[granted.order].number == "17"
    held = {day: Role.DEPUTY in school(story).roles_of(named("Ким"), day) for day in (BEFORE, DAY, AFTER)}
    assert held == {BEFORE: True, DAY: True, AFTER: False}
    assert school(story).roles[named("Ким")][-1][1] == "УВР"
    assert refused(story, "Носов", grant, "2026-10-12 12:01") == "role-twice"
    odd = GrantRole(person=named("Ким"), role="deputy", first=AFTER, competence="АХЧ")
    assert refused(story, "Носов", odd, "2026-10-12 12:02") == "competence"
    assert (
        refused(
            story, "Носов", GrantRole(person=named("Ким"), role="guardian", first=AFTER), "2026-10-12 12:03"
        )
        == "role-known"
    )
    assert refused(story, "Орлова", grant, "2026-10-12 12:04") == "not-allowed"


def test_nobody_grants_a_role_to_himself() -> None:
    own = GrantRole(person=named("Носов"), role="deputy", first=date(2026, 10, 12), competence="УВР")
    assert refused(Story(), "Носов", own) == "role-own"


def test_the_last_administrator_keeps_the_role() -> None:
    story = Story()
    withdraw = WithdrawRole(person=named("Носов"), role="administrator", last=date(2026, 10, 12))
    assert refused(story, "Носов", withdraw) == "administrator-last"
    for_a_week = GrantRole(
        person=named("Петров"), role="administrator", first=date(2026, 10, 12), until=date(2026, 10, 19)
    )
    story.do("Носов", "2026-10-12 12:01", for_a_week)
    assert refused(story, "Носов", withdraw, "2026-10-12 12:02") == "administrator-last"
    for_good = GrantRole(person=named("Ким"), role="administrator", first=date(2026, 10, 12))
    story.do("Носов", "2026-10-12 12:03", for_good)
    story.do("Носов", "2026-10-12 12:04", withdraw)
    admins = [
        Role.ADMINISTRATOR in school(story).roles_of(named("Носов"), date(2026, 10, d)) for d in (12, 13)
    ]
    assert admins == [True, False]
    ours = WithdrawRole(person=named("Ким"), role="administrator", last=date(2026, 10, 12))
    assert refused(story, "Ким", ours, "2026-10-12 12:05") == "administrator-last"


def test_a_role_is_not_withdrawn_from_the_past() -> None:
    past = WithdrawRole(person=named("Кеулькут"), role="methodist", last=date(2026, 10, 9))
    assert refused(Story(), "Носов", past) == "role-past"


def test_the_director_appoints_an_acting_deputy_for_days_and_nobody_else_does() -> None:
    story = Story()
    acting = AppointActingDeputy(
        person=named("Лебедева"), competence="УВР", first=DAY, until=DAY, order=ORDER
    )
    story.do("Орлова", "2026-10-12 12:00", acting)
    held = {
        day: Role.DEPUTY in school(story).roles_of(named("Лебедева"), day) for day in (BEFORE, DAY, AFTER)
    }
    assert held == {BEFORE: False, DAY: True, AFTER: False}
    for by in ("Носов", "Ефимова"):
        assert refused(Story(), by, acting) == "not-allowed"


def test_responsible_persons_are_appointed_by_order_and_released() -> None:
    story = Story()
    appoint = AppointResponsible(person=named("Петров"), scope="journal", first=BEFORE, order=ORDER)
    story.do("Орлова", "2026-10-12 12:00", appoint)
    assert refused(story, "Орлова", appoint, "2026-10-12 12:01") == "responsible-twice"
    release = ReleaseResponsible(person=named("Петров"), scope="journal", last=DAY)
    story.do("Орлова", "2026-10-14 12:00", release)
    (held,) = school(story).responsible[named("Петров")]
    assert (held.span.first, held.span.last) == (BEFORE, DAY)
    assert story.do("Орлова", "2026-10-14 12:01", release).first is None
    later = ReleaseResponsible(person=named("Петров"), scope="journal", last=AFTER)
    assert refused(story, "Орлова", later, "2026-10-14 12:02") == "responsible-held"


def test_a_working_group_is_only_where_the_schools_act_knows_one() -> None:
    group = AppointResponsible(person=named("Петров"), scope="working_group", first=BEFORE, order=ORDER)
    assert refused(Story(), "Орлова", group) == "P-82"  # the act of Ust-Belaya knows none
