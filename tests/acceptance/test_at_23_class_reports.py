"""AT-23, the class reports: under Padun's act «Отчёт по классу» and «Ведомость» are handed over by the period's end;
who has not is reminded (W-24, R-219; Padun 2.7, 2.8). The first period of 7А ends on 20.11.2026."""

# ruff: noqa: F811 - `paper` is the fixture

from __future__ import annotations

from dataclasses import replace

import pytest

from commands.class_reports import AcceptReports, HandOverReports
from commands.deciding import Refusal
from exports import class_report, register_sheet
from projections import class_results, handed, printed_register, tasks
from projections.handed import HandedLine
from projections.task import Task
from tests.papers import imprint, text_of
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.term import KLASS, PERIOD, marked
from tests.under_act import under
from tests.world import PUPILS, SCHOOL_ID, named

HAND = HandOverReports(class_id=KLASS, period=PERIOD, papers=("class_report", "class_sheet"), position=0)
ACCEPT = AcceptReports(class_id=KLASS, period=PERIOD)
DUE = "2026-11-20 23:59:59"


@pytest.fixture
def padun() -> Story:
    return under("padun")


def hands_over(story: Story, when: str, by: str = "Громова") -> None:
    story.do(by, when, replace(HAND, position=story.store.head(SCHOOL_ID).position))


def line(paper: Paper, story: Story, when: str) -> HandedLine:
    paper.pour(story.store)
    paper.name_pupils()
    caught_up(paper)
    with paper.reading(when) as reading:
        page = handed.page(reading, 2026, [KLASS])
    assert page.wanted == ("class_report", "class_sheet")
    (found,) = [each for each in page.lines if each.period == PERIOD]
    return found


def tasks_of(paper: Paper, story: Story, who: str, role: str, when: str) -> list[Task]:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        page = tasks.page(reading, named(who), {role}, KEY_OF)
    return [task for group in page.groups if group.role == role for task in group.tasks]


@pytest.mark.case("AT-23")
def test_the_class_teacher_hands_the_reports_over_and_the_deputy_has_them(paper: Paper, padun: Story) -> None:
    hands_over(padun, "2026-11-20 15:00")
    padun.do("Дьячкова", "2026-11-20 16:00", ACCEPT)
    found = line(paper, padun, "2026-11-20 17:00")
    assert (found.handed_by, found.accepted_by) == (named("Громова"), named("Дьячкова"))
    assert found.papers == ("class_report", "class_sheet")
    assert not found.late


@pytest.mark.case("AT-23")
@pytest.mark.parametrize(("when", "late"), [(DUE, False), ("2026-11-21 00:00:00", True)])
def test_handed_over_after_the_last_day_of_the_period_it_is_late(
    paper: Paper, padun: Story, when: str, late: bool
) -> None:
    hands_over(padun, when)
    assert line(paper, padun, "2026-11-23 09:00").late is late


@pytest.mark.case("AT-23")
def test_what_is_missing_at_the_end_of_the_period_is_a_reminder(paper: Paper, padun: Story) -> None:
    own = tasks_of(paper, padun, "Громова", "class_teacher", DUE)
    assert [(task.over, task.class_title) for task in own if task.kind == "hand_over"] == [(False, "7А")]
    assert not missing(paper, padun, DUE)
    own = tasks_of(paper, padun, "Громова", "class_teacher", "2026-11-21 00:00:00")
    assert [task.over for task in own if task.kind == "hand_over"] == [True]
    assert "7А" in missing(paper, padun, "2026-11-21 00:00:00")
    hands_over(padun, "2026-11-21 09:00")
    after = tasks_of(paper, padun, "Громова", "class_teacher", "2026-11-21 10:00")
    assert "hand_over" not in {task.kind for task in after}
    assert "7А" not in missing(paper, padun, "2026-11-21 10:00")


def missing(paper: Paper, story: Story, when: str) -> list[str]:
    found = tasks_of(paper, story, "Дьячкова", "deputy", when)
    return [task.class_title for task in found if task.kind == "reports_missing"]


@pytest.mark.case("AT-23")
def test_what_was_handed_over_waits_for_the_deputy(paper: Paper, padun: Story) -> None:
    hands_over(padun, "2026-11-20 15:00")
    waits = tasks_of(paper, padun, "Дьячкова", "deputy", "2026-11-20 15:30")
    assert [task.class_title for task in waits if task.kind == "accept_reports"] == ["7А"]
    padun.do("Дьячкова", "2026-11-20 16:00", ACCEPT)
    waits = tasks_of(paper, padun, "Дьячкова", "deputy", "2026-11-20 16:30")
    assert "accept_reports" not in {task.kind for task in waits}


@pytest.mark.case("AT-23")
def test_the_papers_say_who_learns_how_and_are_the_same_at_the_same_moment(
    paper: Paper, padun: Story
) -> None:
    for n, pupil in enumerate(PUPILS["7А"]):
        marked(padun, named("7А Алгебра"), named(pupil), "5432"[n % 4], f"2026-11-19 12:0{n}")
    line(paper, padun, "2026-11-20 12:00")
    first, sheet = printed(paper, "2026-11-20 12:00")
    said = text_of(first)
    for words in (
        "ОТЧЁТ ПО КЛАССУ",
        "7А класс, I триместр",
        "Громова",
        "Не успевают",
        "Рультытегин Артём (Алгебра)",
    ):
        assert words in said, words
    assert "ВЕДОМОСТЬ УСПЕВАЕМОСТИ" in text_of(sheet)
    marked(padun, named("7А Алгебра"), named("Рультытегин Артём"), "3", "2026-11-20 14:00")
    line(paper, padun, "2026-11-20 15:00")
    assert printed(paper, "2026-11-20 12:00") == (first, sheet)
    assert printed(paper, "2026-11-20 15:00")[0] != first


def printed(paper: Paper, when: str) -> tuple[bytes, bytes]:
    names = {named("Громова"): "Громова А. П."}
    words = register_sheet.Words(kinds={}, promotions={})
    with paper.reading(when) as reading:
        told = imprint(reading)
        report = class_report.pdf(class_results.page(reading, KLASS, str(PERIOD)), names, {}, told)
        page = printed_register.page(reading, KLASS, (str(PERIOD),))
        return report, register_sheet.pdf(page, words, told, leader="Громова А. П.", promoting=False)


@pytest.mark.parametrize(
    ("when", "code"), [("2026-11-13 23:59", "reports-early"), ("2026-11-14 00:00", None)]
)
def test_reports_are_handed_over_in_the_last_week_of_the_period(
    padun: Story, when: str, code: str | None
) -> None:
    if code is None:
        hands_over(padun, when)
        return
    with pytest.raises(Refusal) as refused:
        hands_over(padun, when)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"papers": ()}, "reports-papers"),
        ({"papers": ("slip",)}, "reports-papers"),
        ({"position": 0}, "reports-position"),
        ({"period": named("СОО I полугодие")}, "reports-period"),
    ],
)
def test_only_class_reports_of_a_period_of_the_class_are_handed_over(
    padun: Story, changed: dict[str, object], code: str
) -> None:
    command = replace(HAND, **{"position": 7, **changed})  # type: ignore[arg-type]
    with pytest.raises(Refusal) as refused:
        padun.do("Громова", "2026-11-20 15:00", command)
    assert refused.value.code == code


def test_nobody_accepts_what_was_not_handed_over_nor_twice(padun: Story) -> None:
    with pytest.raises(Refusal) as refused:
        padun.do("Дьячкова", "2026-11-20 16:00", ACCEPT)
    assert refused.value.code == "reports-missing"
    hands_over(padun, "2026-11-20 15:00")
    padun.do("Дьячкова", "2026-11-20 16:00", ACCEPT)
    with pytest.raises(Refusal) as refused:
        padun.do("Ефимова", "2026-11-20 16:01", ACCEPT)
    assert refused.value.code == "reports-accepted"


def test_reports_handed_over_again_wait_to_be_accepted_again(paper: Paper, padun: Story) -> None:
    hands_over(padun, "2026-11-20 15:00")
    padun.do("Дьячкова", "2026-11-20 16:00", ACCEPT)
    hands_over(padun, "2026-11-20 17:00")
    assert line(paper, padun, "2026-11-20 18:00").accepted_at is None


@pytest.mark.parametrize("who", ["Соколова", "Дьячкова", "Орлова", "Носов"])
def test_only_the_class_teacher_hands_over(padun: Story, who: str) -> None:
    with pytest.raises(Refusal):
        hands_over(padun, "2026-11-20 15:00", by=who)
