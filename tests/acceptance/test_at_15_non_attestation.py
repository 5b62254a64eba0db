"""AT-15: whoever missed more than half of the lessons is not attested, unless the deputy and the parents agree.

The lessons are those of algebra in 7А: there are thirty-four of them in the trimester."""

from __future__ import annotations

from datetime import date

import pytest

from commands.attestation_exceptions import AgreeToException, GrantException, RequestException
from commands.deciding import Refusal
from ledger.events.roster import GuardianLinked
from ledger.period_sheet import NON_ATTESTATION, PERIOD
from tests.story import Story
from tests.told_term import FIRST_TERM, Term, setting, sheet_of
from tests.world import named

PAVEL, MARIA, DARYA = "Тынетегин Павел", "Каляна Мария", "Антипина Дарья"
MOTHER = (named(PAVEL), GuardianLinked(guardian=named("мать Тынетегина"), kinship="мать"))
AWAY = {PAVEL: 17, MARIA: 17, DARYA: 16}
MARKS = dict.fromkeys(AWAY, ("3",) * 9)
LAST = "2026-11-20 10:05"


def told(held: int) -> Story:
    """So many lessons held of 34, the last one among them."""
    story, term = Story(MOTHER), Term(marks=MARKS, away=AWAY)
    whole = term.lessons()
    assert len(whole) == 34
    term.tell(story, (*whole[: held - 1], whole[-1]))
    return story


def asking(story: Story) -> RequestException:
    return RequestException(
        journal=named("7А Алгебра"),
        period=FIRST_TERM,
        pupil=named(PAVEL),
        ground=NON_ATTESTATION,
        reason="Лечение в Анадыре, занимался с учителем дистанционно",
    )


def granting(story: Story, agreed_on: date | None = None) -> GrantException:
    case = next(iter(sheet_of(story).exceptions), None)
    return GrantException(
        journal=named("7А Алгебра"),
        period=FIRST_TERM,
        pupil=named(PAVEL),
        ground=NON_ATTESTATION,
        reason="Справка стационара",
        case=case,
        agreed_on=agreed_on,
        document="заявление матери",
    )


def agreeing(story: Story, pupil: str = PAVEL) -> AgreeToException:
    case = next(iter(sheet_of(story).exceptions))
    return AgreeToException(journal=named("7А Алгебра"), period=FIRST_TERM, case=case, pupil=named(pupil))


@pytest.mark.case("AT-15")
def test_seventeen_of_thirty_three_is_more_than_half_and_a_number_is_refused() -> None:
    story = told(33)
    with pytest.raises(Refusal, match="Пропущено 17 из 33") as refused:
        story.do("Соколова", LAST, setting((PAVEL, "3"), confirmed=True))
    assert (refused.value.code, refused.value.clause, refused.value.mode) == ("W-36", "7.14(b7)", "refuse")
    story.do("Соколова", "2026-11-20 10:06", setting((PAVEL, "н/а")))
    event = sheet_of(story).marks[PERIOD, named(PAVEL)].event
    assert (event.value, event.proposed) == ("н/а", "н/а")  # type: ignore[attr-defined]


@pytest.mark.case("AT-15")
def test_seventeen_of_thirty_four_and_sixteen_of_thirty_three_are_not_more_than_half() -> None:
    half = told(34)
    half.do("Соколова", LAST, setting((MARIA, "3"), (PAVEL, "3"), confirmed=True))
    fewer = told(33)
    fewer.do("Соколова", LAST, setting((DARYA, "3"), confirmed=True))
    assert sheet_of(fewer).value(PERIOD, named(DARYA)) == "3"


@pytest.mark.case("AT-15")
def test_the_deputy_lets_him_be_attested_with_the_parents_agreement_of_the_eighteenth() -> None:
    story = told(33)
    story.do("Соколова", "2026-11-20 10:05", asking(story))
    with pytest.raises(Refusal, match="согласие родителей") as refused:
        story.do("Дьячкова", "2026-11-20 10:06", granting(story))
    assert refused.value.code == "non-attestation"
    with pytest.raises(Refusal, match="ещё не наступила"):
        story.do("Дьячкова", "2026-11-20 10:06", granting(story, date(2026, 11, 21)))
    story.do("Дьячкова", "2026-11-20 10:07", granting(story, date(2026, 11, 18)))
    story.do("Соколова", "2026-11-20 10:08", setting((PAVEL, "3"), confirmed=True))
    event = sheet_of(story).marks[PERIOD, named(PAVEL)].event
    assert (event.value, event.proposed) == ("3", "3")  # type: ignore[attr-defined]


@pytest.mark.case("AT-15")
def test_a_parent_agrees_in_the_diary_for_the_own_child_only() -> None:
    story = told(33)
    story.do("Соколова", "2026-11-20 10:05", asking(story))
    for person, pupil in (("мать Каляны", PAVEL), ("мать Тынетегина", MARIA)):
        with pytest.raises(Refusal) as refused:
            story.do(person, "2026-11-20 10:06", agreeing(story, pupil))
        assert refused.value.code == "not-allowed"
    story.do("мать Тынетегина", "2026-11-20 10:07", agreeing(story))
    assert story.do("мать Тынетегина", "2026-11-20 10:08", agreeing(story)).last is None
    story.do("Дьячкова", "2026-11-20 10:09", granting(story))
    story.do("Соколова", "2026-11-20 10:10", setting((PAVEL, "3"), confirmed=True))


@pytest.mark.case("AT-15")
def test_who_gives_the_mark_does_not_grant_the_exception() -> None:
    """P-57: Ефимова is a deputy and teaches geometry in 7А herself."""
    story = Story(MOTHER)
    command = GrantException(
        journal=named("7А Геометрия"),
        period=FIRST_TERM,
        pupil=named(PAVEL),
        ground=NON_ATTESTATION,
        reason="Справка",
        agreed_on=date(2026, 11, 18),
    )
    with pytest.raises(Refusal) as refused:
        story.do("Ефимова", "2026-11-19 10:00", command)
    assert refused.value.code == "P-57"
    story.do("Дьячкова", "2026-11-19 10:01", command)
