"""E-13: the half-year closes on 29.12 for the marks of its works and for its own (W-14, W-17); the second trimester
runs over New Year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from commands.deciding import Refusal
from commands.marks import AddWork, GiveMark
from commands.period_marks import PeriodMarkItem
from ledger.period_sheet import PERIOD
from tests.story import Story
from tests.told_term import FIRST_HALF, Term, setting, sheet_of
from tests.world import given_lesson, named

ANNA, PAGE = "Омрына Анна", "10А Литература"
DARYA = "Антипина Дарья"


@pytest.mark.case("E-13")
def test_the_essay_cut_to_the_close_still_counts_in_the_half_years_mark() -> None:
    story = Story()
    term = Term(page=PAGE, teacher="Лебедева", marks={ANNA: ("4",) * 12})
    term.tell(story, term.lessons(last="2026-12-18"))
    essay = given_lesson(PAGE, "2026-12-21")
    add = AddWork(lesson=essay.id, kind="essay", confirmed=True)
    story.do("Лебедева", "2026-12-21 08:32", add)
    work = next(id for id in story.sheet(essay).works if id != essay.id)
    term.tell(story, term.lessons("2026-12-21", "2026-12-28"))
    give = GiveMark(lesson=essay.id, work=work, pupil=named(ANNA), value="5/3")
    mark = story.do("Лебедева", "2026-12-29 20:00", give)
    half = {"page": PAGE, "period": FIRST_HALF, "confirmed": True}
    given = story.do("Лебедева", "2026-12-29 23:59:59.900", setting((ANNA, "4"), **half))  # type: ignore[arg-type]
    event: Any = sheet_of(story, PAGE, FIRST_HALF).marks[PERIOD, named(ANNA)].event
    assert mark.last in event.rests_on  # the first part; the second is of literacy, on the page of Russian
    later = PeriodMarkItem(pupil=named(ANNA), value="5", reason="Сочинение", seen=given.last or 0)
    for refused_command in (replace(give, value="5/4", seen=mark.last or 0), setting(later, **half)):  # type: ignore[arg-type]
        with pytest.raises(Refusal) as refused:
            story.do("Лебедева", "2026-12-30 00:00:00", refused_command)
        assert refused.value.code in ("W-09", "W-08", "W-14")


@pytest.mark.case("E-13")
def test_the_trimester_over_new_year_counts_december_and_january() -> None:
    story = Story()
    term = Term(marks={DARYA: ("2",) * 34 + ("4", "5") * 4})
    term.tell(story, term.lessons("2026-11-30", "2027-02-19"))
    second = named("ООО II триместр")
    story.do("Соколова", "2027-02-19 10:05", setting((DARYA, "5"), period=second, confirmed=True))
    event: Any = sheet_of(story, period=second).marks[PERIOD, named(DARYA)].event
    assert (event.proposed, len(event.rests_on)) == ("5", 8)  # 36 / 8 = 4.50, no control works: half up
