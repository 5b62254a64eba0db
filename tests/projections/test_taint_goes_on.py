"""E-04: what rests on void entries, and what rests on that in turn: the period, the year, the promotion."""

from __future__ import annotations

import pytest

from commands import history
from ledger import streams
from ledger.entry import Category
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.promotion import PromotionDecided
from ledger.incident import fold_incident
from ledger.period_sheet import PERIOD, YEAR
from projections.incident_taint import Tainted, tainted
from tests.correction_cases import written
from tests.projections.pouring import Paper, caught_up
from tests.stolen_term import DARYA, INCIDENT, PAGE, SECOND_DEPUTY, Told, told
from tests.world import SCHOOL_ID, named

STUDY_YEAR = streams.year(SCHOOL_ID, 2026)
LAST = "2026-11-27 20:00"


def year_mark(story: Told, rests_on: tuple[int, ...]) -> None:
    given = PeriodMarkGiven(
        journal=PAGE,
        period=STUDY_YEAR,
        kind=YEAR,
        pupil=named(DARYA),
        value="4",
        proposed="4",
        rests_on=rests_on,
    )
    sheet = streams.period_sheet(SCHOOL_ID, PAGE, STUDY_YEAR)
    written(story, "Соколова", "2026-11-21 10:00", Category.PERIOD, sheet, given)


def found(paper: Paper, story: Told) -> list[Tainted]:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(LAST) as reading:
        incident = fold_incident(INCIDENT, story.entries(INCIDENT))
        school, act = reading.school, reading.regulation()
        selection = history.selection(incident, school, act, story.store, now=reading.now)
        return list(tainted(reading, selection))


def kinds(marks: list[Tainted]) -> list[tuple[str, int, str]]:
    return [(each.place.kind, each.count, each.promotion) for each in marks]


@pytest.fixture
def story() -> Told:
    return told(*SECOND_DEPUTY)


@pytest.mark.case("E-04")
def test_the_year_and_the_promotion_that_rest_on_a_tainted_mark_are_shown_with_it(
    paper: Paper, story: Told
) -> None:
    year_mark(story, (story.standing(),))
    decided = PromotionDecided(year=2026, decision="promoted")
    written(story, "Орлова", "2026-11-21 11:00", Category.SCHOOL, named(DARYA), decided)
    assert kinds(found(paper, story)) == [(PERIOD, 1, ""), (YEAR, 1, "promoted")]


@pytest.mark.case("E-04")
def test_a_year_that_rests_on_other_marks_is_no_taint(paper: Paper, story: Told) -> None:
    year_mark(story, (1, 2))
    assert kinds(found(paper, story)) == [(PERIOD, 1, "")]
