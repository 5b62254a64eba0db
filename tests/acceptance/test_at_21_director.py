"""AT-21, the director's control: under Perm's act a month without it is reminded of from the 25th (R-210, W-26;
Perm 3.7)."""

# ruff: noqa: F811 - `paper` is the fixture

from __future__ import annotations

from datetime import date

import pytest

from commands.controls import RecordControl
from projections import director_control, tasks
from projections.director_control import DirectorControlPage
from tests.projections.conftest import paper  # noqa: F401
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.story import Story
from tests.under_act import under
from tests.world import named

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)


def recorded(story: Story, month: date, when: str) -> None:
    story.do("Орлова", when, RecordControl(month=month, position=40, text="Просмотрены 7А и 9А."))


@pytest.fixture
def story() -> Story:
    """September was controlled in time."""
    made = under("perm")
    recorded(made, SEPTEMBER, "2026-09-28 15:00")
    return made


def reminded(paper: Paper, story: Story, when: str) -> list[tuple[date | None, bool]]:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        page = tasks.page(reading, named("Орлова"), {"director"}, KEY_OF)
    return [(t.month, t.over) for g in page.groups for t in g.tasks if t.kind == "director_control"]


def shown(paper: Paper, story: Story, when: str) -> DirectorControlPage:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        return director_control.page(reading, KEY_OF)


@pytest.mark.case("AT-21")
@pytest.mark.parametrize(
    ("when", "waits"),
    [
        ("2026-10-24 23:59:59", []),
        ("2026-10-25 00:00:00", [(OCTOBER, False)]),
        ("2026-10-31 23:59:59", [(OCTOBER, False)]),
        ("2026-11-01 00:00:00", [(OCTOBER, True)]),
    ],
)
def test_a_month_without_the_directors_control_is_reminded_of_from_the_25th(
    paper: Paper, story: Story, when: str, waits: list[tuple[date, bool]]
) -> None:
    assert reminded(paper, story, when) == waits


@pytest.mark.case("AT-21")
def test_the_record_ends_the_reminder_even_after_the_month(paper: Paper, story: Story) -> None:
    assert [month.first for month in shown(paper, story, "2026-11-02 09:00").months if month.missing] == [
        OCTOBER
    ]
    recorded(story, OCTOBER, "2026-11-02 10:00")
    assert reminded(paper, story, "2026-11-02 10:01") == []
    page = shown(paper, story, "2026-11-02 10:01")
    (record,) = next(month for month in page.months if month.first == OCTOBER).records
    assert (record.text, record.by) == ("Просмотрены 7А и 9А.", named("Орлова"))


@pytest.mark.case("AT-21")
def test_where_the_act_asks_for_none_nobody_is_reminded(paper: Paper) -> None:
    assert reminded(paper, under("ust-belaya"), "2026-11-01 00:00:00") == []
