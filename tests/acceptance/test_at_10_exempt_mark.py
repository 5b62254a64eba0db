"""AT-10, the «осв» for the trimester: proposed and accepted when the exemption covers enough of it (P-97)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from commands.deciding import Refusal
from commands.health import GrantExemption, SetHealthGroup
from ledger.period_sheet import PERIOD
from tests.story import Story
from tests.told_term import Term, setting, sheet_of
from tests.world import named

PAVEL, PAGE = "Тынетегин Павел", "7А Физкультура"
LAST = "2026-11-19 12:00"  # physical education is on Mondays to Wednesdays


def told(first: date, until: date, *marks: str) -> Story:
    story = Story()
    exempt = GrantExemption(
        pupil=named(PAVEL),
        exemption=named("справка"),
        first=first,
        until=until,
        document="справка № 45",
        confirmed=True,
    )
    story.do("Громова", "2026-09-01 08:00", exempt)
    term = Term(page=PAGE, teacher="Ким", marks={PAVEL: marks})
    term.tell(story, term.lessons())
    return story


def event_of(story: Story) -> Any:
    return sheet_of(story, PAGE).marks[PERIOD, named(PAVEL)].event


@pytest.mark.case("AT-10")
def test_exempt_to_the_end_of_october_covers_less_than_half_and_is_refused() -> None:
    story = told(date(2026, 10, 5), date(2026, 10, 30), *("4",) * 9)  # 26 days of 81
    with pytest.raises(Refusal, match="покрывает 32 % периода, для «осв» нужно не меньше 50 %") as refused:
        story.do("Ким", LAST, setting((PAVEL, "осв"), page=PAGE))
    assert (refused.value.code, refused.value.clause) == ("P-97", "9.5(b9)")
    story.do("Ким", "2026-11-19 12:01", setting((PAVEL, "4"), page=PAGE, confirmed=True))
    assert (event_of(story).value, event_of(story).proposed) == ("4", "4")


@pytest.mark.case("AT-10")
def test_exempt_for_more_than_half_of_the_trimester_is_proposed_and_accepted() -> None:
    story = told(date(2026, 10, 5), date(2026, 11, 15), *("4",) * 7)  # 42 days of 81
    story.do("Ким", LAST, setting((PAVEL, "осв"), page=PAGE))
    assert (event_of(story).value, event_of(story).proposed) == ("осв", "осв")


@pytest.mark.case("AT-10")
def test_nobody_is_exempt_from_another_subject() -> None:
    story = told(date(2026, 9, 5), date(2026, 11, 20))
    term = Term(marks={PAVEL: ("4",) * 9})
    later = term.lessons("2026-11-20")
    term.tell(story, later)
    with pytest.raises(Refusal, match="покрывает 0 % периода"):
        story.do("Соколова", "2026-11-20 10:05", setting((PAVEL, "осв")))


@pytest.mark.case("AT-10")
def test_a_pupil_of_the_special_group_is_never_proposed_a_two() -> None:
    """7.14(b11), R-135; without marks nothing is proposed to anybody."""
    story = told(date(2026, 10, 5), date(2026, 10, 9), *("3",) * 7, *("1",) * 7)  # 28 / 14 = 2.00
    story.do("Громова", LAST, SetHealthGroup(pupil=named(PAVEL), group="special", first=date(2026, 11, 19)))
    story.do("Ким", "2026-11-19 12:01", setting((PAVEL, "3"), page=PAGE, confirmed=True))
    assert (event_of(story).value, event_of(story).proposed) == ("3", "3")
    nothing = setting(("Ященко Ольга", "н/а"), page=PAGE)
    story.do("Ким", "2026-11-19 12:02", nothing)
    assert sheet_of(story, PAGE).marks[PERIOD, named("Ященко Ольга")].event.proposed == ""  # type: ignore[attr-defined]
