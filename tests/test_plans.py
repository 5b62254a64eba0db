"""The plan (КТП): drawn up for a parallel, bound to pages, changed with a reason, approved (R-011, R-077…R-082)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

import pytest

from commands.appointments import GrantRole
from commands.deciding import Refusal
from commands.files.plan_rows import PlanRow
from commands.founding import AdoptRegulation
from commands.lessons import RecordTopic
from commands.plan_binding import BindPlan, UnbindPlan
from commands.plan_upload import lines_of
from commands.plans import ApprovePlan, ChangePlan, DrawUpPlan, PlanLine, ReturnPlan
from ledger.events.plans import PlanItemsSet
from ledger.plan import Plan, PlanItem, changes, fold_plan
from ledger.school import School
from tests.story import Story
from tests.world import FIRST, SCHOOL_ID, TOML, given_lesson, named

ALGEBRA, PHYSICS = named("7А Алгебра"), named("7А Физика")
DRAWN = uuid5(SCHOOL_ID, "КТП")
PLAN = uuid5(DRAWN, "plan")
LINES = (
    PlanLine(topic="Степень с натуральным показателем", homework="§ 7"),
    PlanLine(topic="Свойства степени", hours=200),
    PlanLine(topic="Контрольная работа № 1", kind="Контрольная работа", date=date(2026, 10, 16)),
)


def draw_up(**more: object) -> DrawUpPlan:
    wanted = {"subject": named("Алгебра"), "grade": 7, "title": "Алгебра, базовый", "items": LINES}
    return DrawUpPlan(**{**wanted, **more})  # type: ignore[arg-type]


def with_plan(by: str = "Соколова", **more: object) -> Story:
    story = Story()
    story.do(by, "2026-09-01 15:00", draw_up(**more), id=DRAWN)
    return story


def bound() -> Story:
    story = with_plan()
    story.do("Соколова", "2026-09-01 15:05", BindPlan(plan=PLAN, journals=(ALGEBRA,)))
    return story


def plan_of(story: Story) -> Plan:
    return fold_plan(story.entries(PLAN))


def school_of(story: Story) -> School:
    return story.house.schools.current(SCHOOL_ID)


def refused(story: Story, by: str, when: str, command: object) -> Refusal:
    with pytest.raises(Refusal) as found:
        story.do(by, when, command)
    return found.value


def again(items: tuple[PlanItem, ...]) -> tuple[PlanLine, ...]:
    """The lines as they stand, to be sent back."""
    return tuple(
        PlanLine(
            number=item.number,
            section=item.section,
            topic=item.topic,
            hours=item.hours,
            date=item.date,
            kind=item.kind,
            control=item.control,
            homework=item.homework,
        )
        for item in items
    )


def approving(act: str = TOML) -> Story:
    """A school whose act wants plans approved, which none of the five does."""
    story = Story()
    toml = act.replace(
        '{ authors = ["teacher"], approval = false }', '{ authors = ["teacher"], approval = true }'
    )
    assert toml != act
    adopt = AdoptRegulation(title="с утверждением", toml=toml, in_force=date(2026, 9, 1))
    story.do("Носов", "2026-09-01 12:00", adopt)
    story.do("Соколова", "2026-09-01 15:00", draw_up(), id=DRAWN)
    return story


def test_a_plan_is_drawn_up_by_the_teacher_of_its_subject() -> None:
    story = with_plan()
    head = school_of(story).plans[PLAN]
    assert (head.subject, head.grade, head.year, head.title) == (
        named("Алгебра"),
        7,
        2026,
        "Алгебра, базовый",
    )
    plan = plan_of(story)
    assert [item.number for item in plan.items] == [1, 2, 3]
    assert (plan.hours, plan.state) == (400, "draft")


def test_a_kind_of_work_is_known_by_its_full_name_and_a_control_work_is_one() -> None:
    line = plan_of(with_plan()).items[2]
    assert (line.kind, line.control) == ("control", True)


def test_a_teacher_of_another_subject_writes_no_plan_of_it() -> None:
    assert refused(Story(), "Петров", "2026-09-01 15:00", draw_up()).code == "not-allowed"


def test_the_administrator_is_refused_by_p_30_where_teachers_are_the_authors() -> None:
    found = refused(Story(), "Носов", "2026-09-01 15:00", draw_up())
    assert (found.code, found.clause) == ("P-30", "9.5(b2); Порядок молчит, кто составляет КТП")


def test_a_plan_is_for_a_parallel_there_is_and_is_named_once() -> None:
    story = with_plan()
    assert refused(story, "Соколова", "2026-09-01 16:00", draw_up()).code == "plan-twice"
    assert refused(story, "Соколова", "2026-09-01 16:00", draw_up(grade=8)).code == "plan-grade"
    story.do("Соколова", "2026-09-01 16:00", draw_up(title="Алгебра, углублённый"))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (PlanLine(topic=" "), "plain-text"),
        (PlanLine(topic="Степень", hours=0), "plan-hours"),
        (PlanLine(topic="Степень", date=date(2027, 8, 1)), "plan-date"),
        (PlanLine(topic="Степень", number=7), "plan-number"),
    ],
)
def test_a_line_that_cannot_be_is_named_by_its_place(line: PlanLine, code: str) -> None:
    found = refused(Story(), "Соколова", "2026-09-01 15:00", draw_up(items=(LINES[0], line)))
    assert found.code == code
    assert found.sentence.startswith("Строка 2")


def test_a_plan_is_bound_to_pages_of_its_subject_and_parallel_only() -> None:
    story = bound()
    assert school_of(story).journals[ALGEBRA].plan == PLAN
    command = BindPlan(plan=PLAN, journals=(ALGEBRA,))
    assert refused(story, "Соколова", "2026-09-02 15:00", command).sentence == (
        "7А, Алгебра: страница уже идёт по этому плану."
    )
    story.do("Лебедева", "2026-09-02 15:00", draw_up(subject=named("Русский язык"), grade=6), id=named("6"))
    russian = BindPlan(plan=uuid5(named("6"), "plan"), journals=(named("7А Русский язык"),))
    assert refused(story, "Лебедева", "2026-09-02 15:01", russian).code == "plan-grade"
    other = BindPlan(plan=uuid5(named("6"), "plan"), journals=(named("7А Литература"),))
    assert refused(story, "Лебедева", "2026-09-02 15:01", other).code == "plan-subject"


def test_a_page_goes_by_one_plan_and_is_freed_first() -> None:
    story = bound()
    story.do("Соколова", "2026-09-02 15:00", draw_up(title="Другой"), id=named("другой"))
    other = BindPlan(plan=uuid5(named("другой"), "plan"), journals=(ALGEBRA,))
    assert "«Алгебра, базовый»" in refused(story, "Соколова", "2026-09-02 15:01", other).sentence
    story.do("Соколова", "2026-09-02 15:02", UnbindPlan(journal=ALGEBRA))
    story.do("Соколова", "2026-09-02 15:03", other)
    assert school_of(story).journals[ALGEBRA].plan == uuid5(named("другой"), "plan")


def test_a_change_of_a_plan_in_force_says_why() -> None:
    story = with_plan()
    items = again(plan_of(story).items)
    story.do(
        "Соколова", "2026-09-01 15:30", ChangePlan(plan=PLAN, items=items[:2], seen=plan_of(story).position)
    )
    story.do("Соколова", "2026-09-01 15:31", BindPlan(plan=PLAN, journals=(ALGEBRA,)))
    seen = plan_of(story).position
    silent = ChangePlan(plan=PLAN, items=items[:1], seen=seen)
    assert refused(story, "Соколова", "2026-11-02 15:00", silent).sentence.startswith("Причина изменения")
    story.do(
        "Соколова", "2026-11-02 15:01", ChangePlan(plan=PLAN, items=items[:1], seen=seen, reason="Карантин")
    )
    last = plan_of(story).history[-1]
    assert isinstance(last.event, PlanItemsSet)
    assert (last.event.reason, last.stamp.person) == ("Карантин", named("Соколова"))


def test_a_line_keeps_its_number_when_lines_move_and_a_new_one_has_a_new_number() -> None:
    story = with_plan()
    first, second, third = again(plan_of(story).items)
    lines = (third, PlanLine(topic="Повторение"), first)
    story.do("Соколова", "2026-09-01 15:30", ChangePlan(plan=PLAN, items=lines, seen=plan_of(story).position))
    assert [item.number for item in plan_of(story).items] == [3, 4, 1]
    lines = (*again(plan_of(story).items), second, PlanLine(topic="Итог"))
    story.do("Соколова", "2026-09-01 15:31", ChangePlan(plan=PLAN, items=lines, seen=plan_of(story).position))
    assert [item.number for item in plan_of(story).items] == [3, 4, 1, 2, 5]


def test_the_same_lines_are_no_change_and_what_another_changed_is_not_overwritten() -> None:
    story = with_plan()
    seen, items = plan_of(story).position, again(plan_of(story).items)
    story.do("Соколова", "2026-09-01 15:30", ChangePlan(plan=PLAN, items=items, seen=seen))
    assert plan_of(story).position == seen
    story.do("Соколова", "2026-09-01 15:31", ChangePlan(plan=PLAN, items=items[:2], seen=seen))
    late = ChangePlan(plan=PLAN, items=items[1:], seen=seen)
    assert refused(story, "Соколова", "2026-09-01 15:32", late).code == "plan-changed"


def test_nobody_approves_where_the_act_does_not_ask_for_it() -> None:
    story = with_plan()
    command = ApprovePlan(plan=PLAN, seen=plan_of(story).position)
    assert refused(story, "Дьячкова", "2026-09-01 16:00", command).code == "plan-approval"


def test_where_the_act_wants_it_a_page_goes_by_an_approved_plan_only() -> None:
    story = approving()
    bind = BindPlan(plan=PLAN, journals=(ALGEBRA,))
    assert refused(story, "Соколова", "2026-09-01 16:00", bind).code == "plan-approval"
    approve = ApprovePlan(plan=PLAN, seen=plan_of(story).position)
    assert refused(story, "Соколова", "2026-09-01 16:01", approve).code == "not-allowed"
    story.do("Дьячкова", "2026-09-01 16:02", approve)
    story.do("Соколова", "2026-09-01 16:03", bind)
    assert plan_of(story).state == "approved"


def test_a_plan_is_approved_by_the_deputy_whose_matter_it_is() -> None:
    """P-06."""
    before = '{ "УВР" = ["period_correction"], "УМР" = ['
    assert before in TOML
    story = approving(TOML.replace(before, before + '"plan", '))
    story.do(
        "Носов",
        "2026-09-01 15:30",
        GrantRole(person=named("Ким"), role="deputy", competence="УВР", first=FIRST),
    )
    approve = ApprovePlan(plan=PLAN, seen=plan_of(story).position)
    found = refused(story, "Ким", "2026-09-01 16:00", approve)
    assert (found.code, "по УМР" in found.sentence) == ("P-06", True)
    back = ReturnPlan(plan=PLAN, reason="Где контрольная?", seen=plan_of(story).position)
    assert refused(story, "Ким", "2026-09-01 16:01", back).code == "P-06"
    story.do(
        "Носов",
        "2026-09-01 16:02",
        GrantRole(person=named("Ким"), role="deputy", competence="УМР", first=FIRST),
    )
    story.do("Ким", "2026-09-01 16:03", approve)
    assert plan_of(story).state == "approved"


def test_a_plan_changed_after_its_approval_waits_again_and_may_be_returned() -> None:
    story = approving()
    story.do("Дьячкова", "2026-09-01 16:02", ApprovePlan(plan=PLAN, seen=plan_of(story).position))
    lines = again(plan_of(story).items)[:2]
    seen = plan_of(story).position
    assert (
        refused(story, "Соколова", "2026-10-01 16:00", ChangePlan(plan=PLAN, items=lines, seen=seen)).code
        == "plain-text"
    )
    story.do("Соколова", "2026-10-01 16:00", ChangePlan(plan=PLAN, items=lines, seen=seen, reason="Карантин"))
    assert plan_of(story).state == "changed"
    back = ReturnPlan(plan=PLAN, reason="Где контрольная?", seen=plan_of(story).position)
    story.do("Дьячкова", "2026-10-01 17:00", back)
    assert plan_of(story).state == "returned"


def test_the_plan_is_known_as_it_was_on_any_day() -> None:
    story = bound()
    before = story.entries(PLAN)
    lines = again(plan_of(story).items)[:1]
    command = ChangePlan(plan=PLAN, items=lines, seen=plan_of(story).position, reason="Сокращение")
    story.do("Соколова", "2026-11-02 15:00", command)
    assert len(fold_plan(before).items) == 3
    assert len(plan_of(story).items) == 1


def test_a_lesson_of_another_class_takes_no_line_of_this_plan() -> None:
    story, physics = bound(), given_lesson("7А Физика", "2026-10-14")
    topic = RecordTopic(lesson=physics.id, text="Свойства степени", item=2)
    assert refused(story, "Петров", "2026-10-14 10:30", topic).code == "R-079"


def test_a_line_removed_from_the_plan_is_offered_to_no_lesson() -> None:
    story, lesson = bound(), given_lesson("7А Алгебра", "2026-10-14")
    lines = again(plan_of(story).items)[1:]
    command = ChangePlan(plan=PLAN, items=lines, seen=plan_of(story).position, reason="Пройдено в 6 классе")
    story.do("Соколова", "2026-10-01 15:00", command)
    topic = RecordTopic(lesson=lesson.id, text="Степень с натуральным показателем", item=1)
    assert refused(story, "Соколова", "2026-10-14 09:30", topic).code == "R-079"


def row(topic: str, **more: object) -> PlanRow:
    return PlanRow(**{"line": 1, "number": "", "section": "", "topic": topic, "hours": 100, **more})  # type: ignore[arg-type]


def item(number: int, topic: str, hours: int = 100) -> PlanItem:
    return PlanItem(
        number=number, section="", topic=topic, hours=hours, date=None, kind="", control=False, homework=""
    )


def numbers(rows: tuple[PlanRow, ...], items: tuple[PlanItem, ...]) -> list[int]:
    return [line.number for line in lines_of(rows, items)]


def test_rows_of_a_new_file_are_the_lines_with_their_topics() -> None:
    items = tuple(
        item(n, topic) for n, topic in ((1, "Дроби"), (2, "Дроби"), (3, "Степень"), (4, "Многочлены"))
    )
    assert numbers((row("Дроби"), row("дроби."), row("Степень"), row("Многочлены")), items) == [1, 2, 3, 4]
    assert numbers((row("Введение"), row("Дроби"), row("Степень"), row("Дроби")), items) == [0, 2, 3, 1]
    assert numbers((row("Дроби"), row("Дроби"), row("Степень числа"), row("Многочлены")), items) == [
        1,
        2,
        3,
        4,
    ]
    assert numbers((), items) == []
    assert numbers((row("Дроби"),), ()) == [0]


def test_what_would_change_is_told_line_by_line() -> None:
    before = (item(1, "Дроби"), item(2, "Степень"), item(3, "Итог"))
    after = (item(2, "Степень", hours=200), item(1, "Дроби"), item(4, "Повторение"))
    found = changes(before, after)
    assert ([i.number for i in found.added], [i.number for i in found.removed]) == ([4], [3])
    assert [(was.hours, now.hours) for was, now in found.changed] == [(100, 200)]
    assert found.moved
    assert not changes(before, before)


def test_plans_of_other_schools_are_not_there() -> None:
    missing = UUID(int=5)
    assert (
        refused(Story(), "Соколова", "2026-09-01 15:00", ChangePlan(plan=missing, items=())).code
        == "plan-exists"
    )
