"""A case about a mark for a period is no way round the act: what it brings answers to what the mark itself would."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from commands.period_marks import PeriodMarkItem, SetPeriodMarks
from ledger.entry import Category, Role
from ledger.events.roster import PupilDeparted
from ledger.period_sheet import FINAL, PERIOD, YEAR
from tests.correction_cases import (
    TRIMESTER,
    approves,
    asks,
    case,
    closed,
    marked,
    marks,
    of_period_mark,
    refused,
    spared,
    written,
)
from tests.correction_cases import YEAR as THE_YEAR
from tests.story import Story
from tests.told_term import Term, setting
from tests.world import named

ALGEBRA, FINALS = named("7А Алгебра"), named("9А Литература")
SECOND = named("ООО II триместр")
PAVEL, MARIA, OLGA, OLEG = "Тынетегин Павел", "Каляна Мария", "Ященко Ольга", "Кергитваль Олег"
ASKED, DECIDED = "2026-12-01 12:00", "2026-12-01 15:00"


def value(story: Story, pupil: str, period: UUID = TRIMESTER) -> str:
    return marks(story, ALGEBRA, period).value(PERIOD, named(pupil))


@pytest.fixture
def term() -> Story:
    """Thirty-three lessons of 7А: Тынетегин was at sixteen of them, Каляна has three marks; neither is attested."""
    story, told = Story(), Term(marks={PAVEL: ("3",) * 9, MARIA: ("4",) * 3}, away={PAVEL: 17})
    whole = told.lessons()
    told.tell(story, (*whole[:32], whole[-1]))
    story.do("Соколова", "2026-11-20 10:05", setting((PAVEL, "н/а"), (MARIA, "н/а")))
    return story


@pytest.mark.case("AT-15")
@pytest.mark.parametrize(
    ("pupil", "new", "code"), [(PAVEL, "3", "W-36"), (MARIA, "4", "W-35"), (MARIA, "осв", "P-97")]
)
def test_no_case_brings_what_the_term_does_not_bear(term: Story, pupil: str, new: str, code: str) -> None:
    """As the sheet itself, on what is known on the day of the approval."""
    seen = marks(term, ALGEBRA, TRIMESTER).marks[PERIOD, named(pupil)].position
    (ref,) = asks(term, "Соколова", ASKED, of_period_mark(ALGEBRA, TRIMESTER, PERIOD, pupil, new, seen))
    refused(code, lambda: approves(term, "Ефимова", DECIDED, ref))
    assert (value(term, pupil), case(term, ref).status) == ("н/а", "asked")


@pytest.mark.case("AT-14")
def test_with_the_deputys_exception_the_case_brings_it(term: Story) -> None:
    seen = marks(term, ALGEBRA, TRIMESTER).marks[PERIOD, named(MARIA)].position
    (ref,) = asks(term, "Соколова", ASKED, of_period_mark(ALGEBRA, TRIMESTER, PERIOD, MARIA, "4", seen))
    spared(term, "2026-12-01 14:00", ALGEBRA, TRIMESTER, MARIA)
    approves(term, "Ефимова", DECIDED, ref)
    assert value(term, MARIA) == "4"


@pytest.mark.parametrize(
    ("when", "asked"),
    [
        ("2026-10-01 12:00", False),
        ("2026-11-18 12:00", False),
        ("2026-11-20 23:59:59.900000", False),
        ("2026-11-21 00:00", True),
    ],
)
def test_while_the_mark_can_be_set_there_is_nothing_to_correct(when: str, asked: bool) -> None:
    story = Story()
    item = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, OLGA, "5", 0)
    if asked:
        asks(story, "Соколова", when, item, ground="omitted")
    else:
        found = refused("R-166", lambda: asks(story, "Соколова", when, item, ground="omitted"))
        assert "обычным путём" in found.sentence


def test_a_mark_of_the_second_trimester_is_not_forgotten_in_october() -> None:
    story = Story()
    item = of_period_mark(ALGEBRA, SECOND, PERIOD, OLGA, "5", 0)
    refused("R-166", lambda: asks(story, "Соколова", "2026-10-01 12:00", item, ground="omitted"))


def test_a_sheet_closed_before_its_time_takes_cases_at_once() -> None:
    story = Story()
    seen = marked(story, "Соколова", "2026-11-18 12:00", ALGEBRA, TRIMESTER, PERIOD, OLGA, "3")
    item = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, OLGA, "4", seen)
    refused("R-166", lambda: asks(story, "Соколова", "2026-11-20 12:00", item))
    closed(story, "2026-11-20 12:30", ALGEBRA, TRIMESTER)
    asks(story, "Соколова", "2026-11-20 13:00", item)


@pytest.mark.parametrize("kind", [YEAR, FINAL])
def test_a_mark_of_the_year_goes_by_a_case_when_the_year_is_over(kind: str) -> None:
    story = Story()
    seen = marked(story, "Лебедева", "2027-05-26 12:00", FINALS, THE_YEAR, kind, OLEG, "4")
    item = of_period_mark(FINALS, THE_YEAR, kind, OLEG, "5", seen)
    refused("R-166", lambda: asks(story, "Лебедева", "2027-05-28 23:59:59", item))
    asks(story, "Лебедева", "2027-05-29 00:00", item)


def test_a_final_mark_is_not_set_in_september_nor_overwritten_in_june_without_papers() -> None:
    story = Story()

    def sets(mark: str, seen: int = 0) -> SetPeriodMarks:
        item = PeriodMarkItem(pupil=named(OLEG), value=mark, seen=seen)
        return setting(item, page="9А Литература", period=THE_YEAR, kind=FINAL)

    refused("W-16", lambda: story.do("Лебедева", "2026-09-10 12:00", sets("4")))
    given = story.do("Лебедева", "2027-05-27 12:00", sets("4")).last or 0
    for mark in ("5", ""):
        refused("W-16", lambda mark=mark: story.do("Лебедева", "2027-06-25 12:00", sets(mark, given)))  # type: ignore[misc]


GONE = (named(OLGA), PupilDeparted(last=date(2026, 11, 10), order="12-к"))


def test_a_pupil_who_has_left_gets_no_new_mark_by_a_case() -> None:
    story = Story(GONE)
    new = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, OLGA, "5", 0)
    refused("period-pupil", lambda: asks(story, "Соколова", ASKED, new, ground="omitted"))


def test_the_mark_of_a_pupil_who_has_left_is_corrected_and_taken_away() -> None:
    """A mark that stands is an entry like any other: only a new one wants the pupil on the list."""
    story = Story(GONE)
    seen = marked(story, "Соколова", "2026-11-18 12:00", ALGEBRA, TRIMESTER, PERIOD, OLGA, "3")
    spared(story, "2026-11-18 12:01", ALGEBRA, TRIMESTER, OLGA)
    better = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, OLGA, "4", seen)
    (ref,) = asks(story, "Соколова", ASKED, better)
    approves(story, "Ефимова", DECIDED, ref)
    assert value(story, OLGA) == "4"
    seen = marks(story, ALGEBRA, TRIMESTER).marks[PERIOD, named(OLGA)].position
    gone = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, OLGA, "", seen)
    (ref,) = asks(story, "Соколова", "2026-12-02 12:00", gone)
    approves(story, "Ефимова", "2026-12-02 15:00", ref)
    assert value(story, OLGA) == ""


def test_whoever_leaves_between_the_request_and_the_approval_gets_no_mark() -> None:
    story = Story()
    new = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, OLGA, "5", 0)
    (ref,) = asks(story, "Соколова", ASKED, new, ground="omitted")
    spared(story, ASKED, ALGEBRA, TRIMESTER, OLGA)
    pupil, left = GONE
    written(story, "Носов", "2026-12-01 13:00", Category.SCHOOL, pupil, left, role=Role.ADMINISTRATOR)
    refused("period-pupil", lambda: approves(story, "Ефимова", DECIDED, ref))
