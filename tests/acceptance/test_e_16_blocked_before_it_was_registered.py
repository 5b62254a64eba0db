"""E-16: an oral notice at 10:55; the support blocks by hand at once and registers the report at 11:20. What is done
with the new access since is honest."""

from __future__ import annotations

from uuid import UUID

import pytest

from commands.accounts import BlockAccount, IssueCredential, UnblockAccount
from commands.blocked_windows import PermitBlockedWindows
from tests.breach import Breach, account_of
from tests.world import given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-11-18")
DARIA, ILIA, MARIA = "Антипина Дарья", "Вуквукай Илья", "Каляна Мария"
DAY = "2026-11-18"
NEW = named("issued at 11:00")


@pytest.fixture
def story() -> Breach:
    """The intruder's mark of 10:54 and, with the new access, an honest one of 11:05."""
    made = Breach()
    made.mark("Соколова", f"{DAY} 10:54", LESSON, DARIA, "5")
    by_hand(made, "10:56", "compromise")
    made.mark("Соколова", f"{DAY} 11:05", LESSON, MARIA, "4")
    return made


def by_hand(story: Breach, when: str, reason: str) -> None:
    account = account_of("Соколова")
    story.do("Носов", f"{DAY} {when}", BlockAccount(account=account, reason=reason))
    story.do("Носов", f"{DAY} 11:00", IssueCredential(account=account, credential=NEW))
    story.do("Носов", f"{DAY} 11:00", UnblockAccount(account=account, reason=reason))
    story.using["Соколова"] = NEW


def registered(story: Breach, received: str) -> UUID:
    return story.notice("Соколова", f"{DAY} 10:20", f"{DAY} {received}", now=f"{DAY} 11:20")


@pytest.mark.case("E-16")
def test_the_block_by_hand_is_that_of_the_notice_and_the_new_access_goes_on(story: Breach) -> None:
    incident = registered(story, "10:50")
    assert not story.account("Соколова").blocked, "she is not shut out a second time"
    story.act(incident, f"{DAY} 13:00")
    assert story.value(LESSON, DARIA) is None
    assert story.value(LESSON, MARIA) == (4,), "the honest mark of 11:05 stands"


@pytest.mark.case("E-16")
def test_windows_that_ended_between_the_block_by_hand_and_the_new_access_are_permitted(story: Breach) -> None:
    incident = registered(story, "10:55")
    permit = PermitBlockedWindows(incident=incident, account=account_of("Соколова"))
    story.do("Дьячкова", f"{DAY} 11:30", permit)


@pytest.mark.case("E-16")
@pytest.mark.parametrize(("received", "shut"), [("10:56:00", False), ("10:56:01", True)])
def test_a_block_before_the_first_receipt_was_of_something_else(
    story: Breach, received: str, shut: bool
) -> None:
    """Then the access issued after it may be the stolen one."""
    incident = registered(story, received)
    assert story.account("Соколова").blocked is shut
    story.act(incident, f"{DAY} 13:00")
    assert story.value(LESSON, MARIA) == (None if shut else (4,))


@pytest.mark.case("E-16")
def test_a_block_for_another_reason_says_nothing_of_a_stolen_access() -> None:
    story = Breach()
    by_hand(story, "10:56", "left")
    registered(story, "10:55")
    assert story.account("Соколова").blocked


@pytest.mark.case("E-16")
def test_the_block_of_another_notice_is_of_that_one() -> None:
    """The access issued after it was stolen again, and nobody knows since when."""
    story = Breach()
    story.notice("Соколова", f"{DAY} 10:30", f"{DAY} 10:50", now=f"{DAY} 10:57")
    story.do("Носов", f"{DAY} 11:00", IssueCredential(account=account_of("Соколова"), credential=NEW))
    story.do("Носов", f"{DAY} 11:00", UnblockAccount(account=account_of("Соколова"), reason="compromise"))
    registered(story, "10:55")
    assert story.account("Соколова").blocked


@pytest.mark.case("E-16")
def test_what_the_intruder_issues_after_a_block_of_his_own_inherits_the_breach() -> None:
    """With Носов's access he gives himself that of the second administrator, and with that one shuts Носов's and opens
    it again for himself."""
    story = Breach.of_two_administrators()
    account, heir = account_of("Носов"), named("the heir's")
    story.do("Носов", f"{DAY} 10:40", IssueCredential(account=account_of("Тынетегина"), credential=heir))
    story.using["Тынетегина"] = heir
    story.do("Тынетегина", f"{DAY} 10:56", BlockAccount(account=account, reason="compromise"))
    story.do("Тынетегина", f"{DAY} 11:00", IssueCredential(account=account, credential=NEW))
    story.do("Тынетегина", f"{DAY} 11:00", UnblockAccount(account=account, reason="compromise"))
    story.notice("Носов", f"{DAY} 10:20", f"{DAY} 10:55", by="Орлова", now=f"{DAY} 11:20")
    assert story.account("Носов").blocked
    assert story.account("Тынетегина").blocked
