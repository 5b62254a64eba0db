"""AT-20: the Act comes only on 25.11; the mark for the period that was set honestly on 20.11 stays and asks for a look;
what the Act made void is asked for again by its owner, under a new password, and agreed by the deputy.

UstBelaya 10.4, 7.14(b9); R-183, R-184, K-24, P-66, P-96, E-04, E-05."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from commands.corrections import ApproveCorrections, CorrectionRef
from commands.deciding import Refusal
from commands.reinstatement import RequestReinstatement
from commands.taint_correction import CorrectTaintedMark
from ledger import streams
from ledger.events.corrections import CorrectionRequested
from ledger.events.period_marks import PeriodMarkGiven
from ledger.period_sheet import PERIOD, YEAR
from tests.stolen_term import (
    DARYA,
    INCIDENT,
    LESSON,
    PAGE,
    SECOND_DEPUTY,
    STOLEN,
    Told,
    asks,
    item,
    keeps,
    told,
)
from tests.told_term import FIRST_TERM, sheet_of
from tests.world import SCHOOL_ID, named


@pytest.fixture
def story() -> Told:
    return told(*SECOND_DEPUTY)


def reopens(story: Told, by: str = "Ефимова") -> CorrectionRef:
    command = CorrectTaintedMark(
        journal=PAGE,
        period=FIRST_TERM,
        kind=PERIOD,
        pupil=named(DARYA),
        new="3",
        seen=story.standing(),
        reason="Опиралась на недействительную отметку",
    )
    (part,) = story.do(by, "2026-11-26 10:00", command).parts
    return CorrectionRef(case=UUID(part["case"]), journal=PAGE, period=FIRST_TERM)


@pytest.mark.case("AT-20")
@pytest.mark.case("E-04")
def test_the_mark_for_the_period_stays_as_it_was_set(story: Told) -> None:
    before = sheet_of(story).marks[PERIOD, named(DARYA)]
    assert (before.event.value, before.event.proposed) == ("4", "4")  # type: ignore[attr-defined]
    story.act()
    assert story.value() is None, "the 5 of the intruder is void"
    assert sheet_of(story).marks[PERIOD, named(DARYA)] == before
    assert (YEAR, named(DARYA)) not in sheet_of(story).marks


@pytest.mark.case("AT-20")
def test_the_deputy_keeps_it_with_a_reason_and_the_act_is_named(story: Told) -> None:
    act = story.act()
    keeps(story, "Ефимова")
    checked = sheet_of(story).rechecked[PERIOD, named(DARYA)].event
    before = sheet_of(story).marks[PERIOD, named(DARYA)].event
    assert isinstance(before, PeriodMarkGiven)
    assert checked.act == act  # type: ignore[attr-defined]
    assert len(set(before.rests_on) - set(checked.rests_on)) == 1  # type: ignore[attr-defined]


@pytest.mark.case("AT-20")
@pytest.mark.case("E-04")
def test_whoever_set_it_does_not_look_at_it_again(story: Told) -> None:
    story.act()
    with pytest.raises(Refusal) as refused:
        keeps(story, "Соколова")
    assert refused.value.code in ("taint-review", "taint-owner")


@pytest.mark.case("E-05")
def test_whose_access_wrote_the_void_entries_does_not_look_either(story: Told) -> None:
    with pytest.raises(Refusal) as refused:
        story.act()
        keeps(story, "Соколова")
    assert refused.value.code == "taint-owner"


@pytest.mark.case("AT-20")
def test_before_the_act_nothing_is_tainted_and_the_teacher_looks_herself(story: Told) -> None:
    keeps(story, "Соколова", "2026-11-24 10:00")
    assert sheet_of(story).rechecked[PERIOD, named(DARYA)].event.act is None  # type: ignore[attr-defined]


@pytest.mark.case("AT-20")
def test_or_the_deputy_opens_a_case_which_another_deputy_agrees_to(story: Told) -> None:
    act = story.act()
    ref = reopens(story)
    asked = story.entries(streams.corrections(SCHOOL_ID, streams.period_sheet(SCHOOL_ID, PAGE, FIRST_TERM)))[
        -1
    ]
    assert isinstance(asked.event, CorrectionRequested)
    assert (asked.event.ground, asked.event.act) == ("erroneous_entry", act)
    with pytest.raises(Refusal) as refused:
        story.do("Ефимова", "2026-11-26 11:00", ApproveCorrections(cases=(ref,)))
    assert refused.value.code == "P-57"
    story.do("Петров", "2026-11-26 11:00", ApproveCorrections(cases=(ref,)))
    assert sheet_of(story).value(PERIOD, named(DARYA)) == "3"


@pytest.mark.case("AT-20")
def test_a_case_is_opened_so_only_where_an_act_made_something_void(story: Told) -> None:
    with pytest.raises(Refusal) as refused:
        reopens(story)
    assert refused.value.code == "taint-none"


@pytest.mark.case("AT-20")
def test_the_owner_asks_for_the_mark_again_and_the_deputys_word_brings_it_back(story: Told) -> None:
    act = story.act()
    ref = asks(story, act)
    assert story.value() is None, "asked for and not agreed: nothing stands"
    story.do("Ефимова", "2026-11-26 12:00", ApproveCorrections(cases=(ref,)))
    assert story.value() == (5,)
    entry = story.sheet(LESSON).marks[LESSON.id, named(DARYA)]
    assert entry.event.correction == ref.case  # type: ignore[attr-defined]
    asked = story.entries(streams.corrections(SCHOOL_ID, LESSON.id))[0].event
    assert (asked.ground, asked.act) == ("reinstatement", act)  # type: ignore[attr-defined]


@pytest.mark.case("AT-20")
def test_nobody_agrees_to_the_own_request(story: Told) -> None:
    ref = asks(story, story.act())
    with pytest.raises(Refusal) as refused:
        story.do("Соколова", "2026-11-26 12:00", ApproveCorrections(cases=(ref,)))
    assert refused.value.code == "not-allowed"
    assert story.value() is None


@pytest.mark.case("AT-20")
def test_with_the_stolen_access_nothing_is_asked_for(story: Told) -> None:
    act = story.act()
    story.credential = STOLEN
    with pytest.raises(Refusal) as refused:
        asks(story, act)
    assert refused.value.code == "reinstate-access"


@pytest.mark.case("AT-20")
def test_only_the_owner_asks(story: Told) -> None:
    command = RequestReinstatement(incident=INCIDENT, act=story.act(), items=(item(),), reason="Я видела")
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-11-26 09:00", command)
    assert refused.value.code == "not-allowed"


@pytest.mark.case("AT-20")
def test_what_the_act_does_not_name_is_not_asked_for(story: Told) -> None:
    act = story.act()
    with pytest.raises(Refusal) as refused:
        asks(story, act, what=item("4"))
    assert refused.value.code == "reinstate-named"


@pytest.mark.case("AT-20")
def test_an_act_that_is_none_brings_nothing_back(story: Told) -> None:
    with pytest.raises(Refusal) as refused:
        asks(story, uuid4(), "2026-11-24 09:00")
    assert refused.value.code == "act-stands"


@pytest.mark.case("AT-20")
def test_twice_is_refused_while_it_waits_and_when_it_stands_and_when_it_was_changed_since(
    story: Told,
) -> None:
    act = story.act()
    ref = asks(story, act)
    with pytest.raises(Refusal) as waiting:
        asks(story, act)
    assert waiting.value.code == "correction-open"
    story.do("Ефимова", "2026-11-26 12:00", ApproveCorrections(cases=(ref,)))
    seen = story.sheet(LESSON).marks[LESSON.id, named(DARYA)].position
    with pytest.raises(Refusal) as stands:
        asks(story, act, "2026-11-26 13:00", item(seen=seen))
    assert stands.value.code == "correction-same"
    changed = story.changed(seen)
    with pytest.raises(Refusal) as again:
        asks(story, act, "2026-11-26 16:00", item(seen=changed))
    assert again.value.code == "reinstated"


@pytest.mark.case("AT-20")
@pytest.mark.parametrize(("when", "late"), [("2026-12-04 23:59:59", False), ("2026-12-05 00:00:00", True)])
def test_it_is_asked_for_within_five_working_days_after_the_act(story: Told, when: str, late: bool) -> None:
    """The holidays last until 29.11."""
    act = story.act()
    if not late:
        asks(story, act, when)
        return
    with pytest.raises(Refusal) as refused:
        asks(story, act, when)
    assert refused.value.code == "P-66"
    assert "04.12.2026" in refused.value.sentence


@pytest.mark.case("E-18")
def test_after_the_act_is_annulled_there_is_nothing_to_bring_back(story: Told) -> None:
    first = story.act()
    story.act("2", annuls=first, hour=15)
    assert story.value() == (5,), "the void of the void gives it back"
    with pytest.raises(Refusal) as refused:
        asks(story, first)
    assert refused.value.code == "act-stands"
