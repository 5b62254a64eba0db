"""AT-17 (7.14(b9)): a period mark is corrected only when it was set by error, agreed with the deputy УВР before."""

from __future__ import annotations

import pytest

from commands.corrections import CorrectionRef
from commands.deciding import Refusal
from commands.period_marks import PeriodMarkItem, SetPeriodMarks
from ledger.attestation import propose_year
from ledger.period_sheet import PERIOD
from tests.correction_cases import (
    DIVIDED,
    TRIMESTER,
    approves,
    asks,
    case,
    closed,
    marked,
    marks,
    of_period_mark,
    spared,
)
from tests.story import Story
from tests.world import UST_BELAYA, named

ALGEBRA, YASHCHENKO = named("7А Алгебра"), "Ященко Ольга"
SECOND = named("ООО II триместр")
ASKED, DECIDED = "2026-12-01 12:00", "2026-12-01 15:00"


@pytest.fixture
def story() -> Story:
    """I триместр, алгебра 7А: Ященко has 3, Каляна 5; the sheet is closed."""
    there = Story(*DIVIDED)
    marked(there, "Соколова", "2026-11-18 12:00", ALGEBRA, TRIMESTER, PERIOD, YASHCHENKO, "3")
    marked(there, "Соколова", "2026-11-18 12:01", ALGEBRA, TRIMESTER, PERIOD, "Каляна Мария", "5")
    spared(there, "2026-11-18 12:02", ALGEBRA, TRIMESTER, YASHCHENKO, "Вуквукай Илья")
    closed(there, "2026-11-20 23:00", ALGEBRA, TRIMESTER)
    return there


def value(story: Story, pupil: str = YASHCHENKO) -> str:
    return marks(story, ALGEBRA, TRIMESTER).value(PERIOD, named(pupil))


def seen(story: Story) -> int:
    return marks(story, ALGEBRA, TRIMESTER).marks[PERIOD, named(YASHCHENKO)].position


def ask(story: Story, ground: str = "erroneous_entry", when: str = ASKED) -> CorrectionRef:
    item = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, YASHCHENKO, "5", seen(story))
    (ref,) = asks(story, "Соколова", when, item, ground=ground, reason="Отметка другой ученицы")
    return ref


@pytest.mark.case("AT-17")
@pytest.mark.parametrize("ground", ["revision", "other", "omitted"])
def test_a_revision_is_refused_at_once(story: Story, ground: str) -> None:
    with pytest.raises(Refusal) as refused:
        ask(story, ground)
    assert (refused.value.code, refused.value.clause) == ("R-166", "7.14(b9)")
    assert value(story) == "3"


@pytest.mark.case("AT-17")
def test_an_error_is_agreed_first_and_applied_then(story: Story) -> None:
    ref = ask(story)
    assert value(story) == "3"
    approves(story, "Ефимова", DECIDED, ref)
    assert value(story) == "5"
    entry = marks(story, ALGEBRA, TRIMESTER).marks[PERIOD, named(YASHCHENKO)]
    assert entry.event.correction == ref.case  # type: ignore[attr-defined]
    assert (case(story, ref).asked.old, case(story, ref).asked.new) == ("3", "5")


@pytest.mark.case("AT-17")
def test_a_deputy_of_another_competence_does_not_agree(story: Story) -> None:
    ref = ask(story)
    with pytest.raises(Refusal) as refused:
        approves(story, "Дьячкова", DECIDED, ref)
    assert refused.value.code == "P-54"
    assert value(story) == "3"


@pytest.mark.case("AT-17")
def test_the_closed_sheet_opens_for_nothing_but_the_case(story: Story) -> None:
    """R-162: neither for the teacher herself nor, after the case, for another mark of the sheet."""
    approves(story, "Ефимова", DECIDED, ask(story))
    for pupil in (YASHCHENKO, "Каляна Мария"):
        there = marks(story, ALGEBRA, TRIMESTER).marks[PERIOD, named(pupil)]
        item = PeriodMarkItem(pupil=named(pupil), value="4", seen=there.position, reason="Пересмотр")
        again = SetPeriodMarks(journal=ALGEBRA, period=TRIMESTER, kind=PERIOD, marks=(item,), confirmed=True)
        with pytest.raises(Refusal) as refused:
            story.do("Соколова", "2026-12-01 16:00", again)
        assert refused.value.code == "R-162"


@pytest.mark.case("AT-17")
def test_the_proposal_for_the_year_counts_the_corrected_mark(story: Story) -> None:
    marked(story, "Соколова", "2027-02-17 12:00", ALGEBRA, SECOND, PERIOD, YASHCHENKO, "4")

    def proposed() -> str:
        sheets = (marks(story, ALGEBRA, period) for period in (TRIMESTER, SECOND))
        values = (sheet.value(PERIOD, named(YASHCHENKO)) for sheet in sheets)
        return propose_year(values, "", UST_BELAYA).value

    assert proposed() == "4"  # 3 and 4: 3,5
    ref = ask(story, when="2027-03-01 12:00")
    assert proposed() == "4"
    approves(story, "Ефимова", "2027-03-01 15:00", ref)
    assert proposed() == "5"  # 5 and 4: 4,5


@pytest.mark.case("AT-17")
def test_a_mark_that_was_forgotten_comes_by_a_case_as_well(story: Story) -> None:
    item = of_period_mark(ALGEBRA, TRIMESTER, PERIOD, "Вуквукай Илья", "4", 0)
    (ref,) = asks(story, "Соколова", ASKED, item, ground="omitted")
    approves(story, "Ефимова", DECIDED, ref)
    assert value(story, "Вуквукай Илья") == "4"
