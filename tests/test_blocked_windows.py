"""Windows that ended while the access was blocked after a notice are opened in one decision (issue 5; R-175, W-40)."""

from __future__ import annotations

from uuid import UUID

import pytest

from commands.accounts import IssueCredential, UnblockAccount
from commands.blocked_windows import PermitBlockedWindows
from commands.deciding import Refusal
from commands.lessons import RecordTopic
from tests.breach import Breach, account_of
from tests.world import given_lesson, named

# Topic and answers are due at the end of the lesson's day: blocked from Wednesday 11:10 to Friday 12:00.
WEDNESDAY = given_lesson("7А Алгебра", "2026-11-18")
BEFORE = given_lesson("7А Алгебра", "2026-11-16")
DARIA = "Антипина Дарья"


@pytest.fixture
def story() -> Breach:
    made = Breach()
    made.incident_id = made.notice(  # type: ignore[attr-defined]
        "Соколова", "2026-11-18 10:20", "2026-11-18 10:55", now="2026-11-18 11:10"
    )
    return made


def opened_again(story: Breach) -> None:
    new = named("credential 2")
    story.do("Носов", "2026-11-20 12:00", IssueCredential(account=account_of("Соколова"), credential=new))
    story.do("Носов", "2026-11-20 12:00", UnblockAccount(account=account_of("Соколова"), reason="compromise"))
    story.using["Соколова"] = new


def permit(story: Breach) -> PermitBlockedWindows:
    incident: UUID = story.incident_id  # type: ignore[attr-defined]
    return PermitBlockedWindows(incident=incident, account=account_of("Соколова"))


def topic(lesson: UUID) -> RecordTopic:
    return RecordTopic(lesson=lesson, text="Степень", seen=0, confirmed=True)


def test_what_ended_meanwhile_is_open_until_the_end_of_the_next_working_day(story: Breach) -> None:
    opened_again(story)
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-11-20 12:05", topic(WEDNESDAY.id))
    done = story.do("Дьячкова", "2026-11-20 12:10", permit(story))
    assert {part["event"] for part in done.parts} == {"BlockedWindowPermitted"}
    story.do("Соколова", "2026-11-30 23:59:59", topic(WEDNESDAY.id))
    assert story.sheet(WEDNESDAY).topic is not None
    used = [use for case in story.late(WEDNESDAY).cases.values() for use in case.uses]
    assert used == ["topic"], "a permission like any other, used up"


def test_a_second_later_it_is_closed_again(story: Breach) -> None:
    opened_again(story)
    story.do("Дьячкова", "2026-11-20 12:10", permit(story))
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-12-01 00:00:00", topic(WEDNESDAY.id))


def test_what_had_ended_before_the_block_stays_closed(story: Breach) -> None:
    opened_again(story)
    story.do("Дьячкова", "2026-11-20 12:10", permit(story))
    assert story.late(BEFORE).cases == {}
    with pytest.raises(Refusal):
        story.do("Соколова", "2026-11-20 12:15", topic(BEFORE.id))


def test_the_permission_is_the_owners_alone(story: Breach) -> None:
    opened_again(story)
    story.do("Дьячкова", "2026-11-20 12:10", permit(story))
    assert {case.person for case in story.late(WEDNESDAY).cases.values()} == {named("Соколова")}


def test_asked_twice_it_opens_nothing_twice(story: Breach) -> None:
    opened_again(story)
    story.do("Дьячкова", "2026-11-20 12:10", permit(story))
    again = story.do("Дьячкова", "2026-11-20 12:11", permit(story))
    assert again.parts == ()


def test_while_the_access_is_blocked_there_is_nothing_to_permit_yet(story: Breach) -> None:
    with pytest.raises(Refusal, match="ещё закрыт"):
        story.do("Дьячкова", "2026-11-20 11:00", permit(story))


def test_whoever_may_not_permit_late_entries_may_not_permit_these(story: Breach) -> None:
    opened_again(story)
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-11-20 12:10", permit(story))
    assert refused.value.status == 403


@pytest.mark.case("E-15")
def test_the_honest_owner_whose_account_was_closed_with_the_intruders_gets_the_own_windows_back() -> None:
    """Носов's password is stolen, and a new one of Соколова issued with it: the notice closes both accounts."""
    made = Breach.of_two_administrators()
    known = IssueCredential(account=account_of("Соколова"), credential=named("known to the intruder"))
    made.do("Носов", "2026-11-18 10:00", known)
    incident = made.notice(
        "Носов", "2026-11-18 08:30", "2026-11-18 08:45", by="Тынетегина", now="2026-11-18 11:10"
    )
    new, account = named("new one of Соколова"), account_of("Соколова")
    made.do("Тынетегина", "2026-11-20 12:00", IssueCredential(account=account, credential=new))
    made.do("Тынетегина", "2026-11-20 12:01", UnblockAccount(account=account, reason="compromise"))
    made.using["Соколова"] = new
    command = PermitBlockedWindows(incident=incident, account=account, reason="по графику")
    made.do("Дьячкова", "2026-11-20 12:10", command)
    assert {case.person for case in made.late(WEDNESDAY).cases.values()} == {named("Соколова")}
    made.do("Соколова", "2026-11-20 12:15", topic(WEDNESDAY.id))
    assert made.sheet(WEDNESDAY).topic is not None


def test_an_account_the_incident_did_not_close_is_another(story: Breach) -> None:
    opened_again(story)
    incident: UUID = story.incident_id  # type: ignore[attr-defined]
    other = PermitBlockedWindows(incident=incident, account=account_of("Петров"))
    with pytest.raises(Refusal, match="о другой учётной записи"):
        story.do("Дьячкова", "2026-11-20 12:10", other)
