"""Windows that ended while an access was closed wait in «Входящие» and «Задачи» until one decision opens them (issue 5;
R-175, W-40): nobody asks for them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest

from commands.accounts import IssueCredential, UnblockAccount
from commands.blocked_windows import PermitBlockedWindows
from ledger.events.staff import RoleGranted
from projections import inbox, tasks
from projections.blocked_windows import BlockedWindows
from projections.task import Task
from tests.breach import Breach, account_of
from tests.projections.pouring import KEY_OF, Paper, caught_up
from tests.world import FIRST, given_lesson, named

# Topic and answers are due at the end of the lesson's day: closed from Wednesday 11:10 to Friday 12:00.
WEDNESDAY = given_lesson("7А Алгебра", "2026-11-18")
BEFORE = given_lesson("7А Алгебра", "2026-11-16")


def noticed(*more: tuple[UUID, object], owner: str = "Соколова") -> tuple[Breach, UUID]:
    story = Breach(*more)
    return story, story.notice(owner, "2026-11-18 10:20", "2026-11-18 10:55", now="2026-11-18 11:10")


def opened_again(story: Breach, owner: str = "Соколова") -> None:
    issue = IssueCredential(account=account_of(owner), credential=named("issued anew"))
    story.do("Носов", "2026-11-20 12:00", issue)
    story.do("Носов", "2026-11-20 12:00", UnblockAccount(account=account_of(owner), reason="compromise"))


def seen_by(paper: Paper, story: Breach, person: str, when: str) -> tuple[BlockedWindows, ...]:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        return inbox.page(reading, named(person), KEY_OF).blocked


def tasks_of(paper: Paper, story: Breach, person: str, role: str, when: str) -> list[Task]:
    paper.pour(story.store)
    caught_up(paper)
    with paper.reading(when) as reading:
        page = tasks.page(reading, named(person), {role}, KEY_OF)
    return [task for group in page.groups for task in group.tasks if task.kind == "blocked_windows"]


def test_once_the_access_is_open_again_the_decider_sees_whose_and_what(paper: Paper) -> None:
    story, _ = noticed()
    assert seen_by(paper, story, "Дьячкова", "2026-11-20 11:59") == (), "still closed"
    opened_again(story)
    (card,) = seen_by(paper, story, "Дьячкова", "2026-11-20 12:05")
    assert (card.person, card.stopped) == (named("Соколова"), None)
    assert card.closed_at == datetime.fromisoformat("2026-11-18 11:10")
    assert card.opened_at == datetime.fromisoformat("2026-11-20 12:00")
    own = {place.target for place in card.places if place.lesson == WEDNESDAY.id}
    assert own == {"column", "topic", "attendance", "homework"}
    assert BEFORE.id not in {place.lesson for place in card.places}
    assert card.lessons == len({place.lesson for place in card.places})


def test_it_waits_for_a_deputy_and_for_the_director_until_one_of_them_permits(paper: Paper) -> None:
    story, incident = noticed()
    both = ("Дьячкова", "deputy"), ("Орлова", "director")
    for person, role in both:
        assert tasks_of(paper, story, person, role, "2026-11-20 11:59") == []
    opened_again(story)
    (card,) = seen_by(paper, story, "Дьячкова", "2026-11-20 12:05")
    for person, role in both:
        (task,) = tasks_of(paper, story, person, role, "2026-11-20 12:05")
        assert (task.person, task.count, task.calls) == (named("Соколова"), len(card.places), True)
    permit = PermitBlockedWindows(incident=incident, account=account_of("Соколова"))
    assert len(story.do("Дьячкова", "2026-11-20 12:10", permit).parts) == len(card.places)
    assert seen_by(paper, story, "Дьячкова", "2026-11-20 12:11") == ()
    for person, role in both:
        assert tasks_of(paper, story, person, role, "2026-11-20 12:11") == []


def test_a_month_later_it_is_asked_for_like_anything_else(paper: Paper) -> None:
    story, _ = noticed()
    opened_again(story)
    assert seen_by(paper, story, "Дьячкова", "2026-12-21 12:00")
    assert seen_by(paper, story, "Дьячкова", "2026-12-21 12:01") == ()


def test_nobody_opens_the_own_windows(paper: Paper) -> None:
    """A deputy who teaches, and whose access was closed: another decides (P-57)."""
    role = RoleGranted(role="deputy", first=FIRST, until=None, competence=None)
    story, _ = noticed((named("Соколова"), role))
    opened_again(story)
    (card,) = seen_by(paper, story, "Соколова", "2026-11-20 12:05")
    assert card.stopped
    assert tasks_of(paper, story, "Соколова", "deputy", "2026-11-20 12:05") == []


@pytest.mark.case("E-15")
def test_an_account_closed_with_the_intruders_waits_beside_it(paper: Paper) -> None:
    """Носов's password is stolen, and a new one of Соколова issued with it: the notice closes both accounts."""
    story = Breach.of_two_administrators()
    known = IssueCredential(account=account_of("Соколова"), credential=named("known to the intruder"))
    story.do("Носов", "2026-11-18 10:00", known)
    story.notice("Носов", "2026-11-18 08:30", "2026-11-18 08:45", by="Тынетегина", now="2026-11-18 11:10")
    new, account = named("issued anew"), account_of("Соколова")
    story.do("Тынетегина", "2026-11-20 12:00", IssueCredential(account=account, credential=new))
    story.do("Тынетегина", "2026-11-20 12:00", UnblockAccount(account=account, reason="compromise"))
    (card,) = seen_by(paper, story, "Дьячкова", "2026-11-20 12:05")
    assert (card.person, card.account) == (named("Соколова"), account)
