"""AT-19: Соколова's password is stolen on Wednesday 18.11.2026; the Act makes void what was done after the receipt.

UstBelaya 10.3, 10.4 and the appendix; K-20…K-23, P-61, P-64."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

import pytest

from commands.accounts import ChangeOwnPassword, IssueCredential, UnblockAccount
from commands.acts import AppointCommission, DrawUpAct, FinaliseAct, SignAct
from commands.by_order import OrderNamed
from commands.compromise import ConfirmNotice, ReportCompromise
from commands.deciding import Refusal
from commands.handle import Answer, handle
from commands.marks import GiveMark
from ledger import streams
from ledger.account import fold_account
from ledger.appending import Append
from ledger.entry import Category, Draft
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.events.regulations import RegulationAdopted
from ledger.incident import fold_incident
from tests.story import Story
from tests.world import SCHOOL_ID, TOML, given_lesson, named, stamp

ACCOUNT, STOLEN, NEW = named("account Соколова"), named("credential 1"), named("credential 2")
INCIDENT = named("incident")
LESSON = given_lesson("7А Алгебра", "2026-11-18")
DARIA, ILIA, MARIA = (named(n) for n in ("Антипина Дарья", "Вуквукай Илья", "Каляна Мария"))
MEMBERS = tuple(named(name) for name in ("Ефимова", "Дьячкова", "Громова"))


class Theft(Story):
    """Whoever acts with Соколова's account acts with its credential."""

    def __init__(self) -> None:
        super().__init__(
            (ACCOUNT, AccountCreated(person=named("Соколова"))),
            (ACCOUNT, CredentialIssued(credential=STOLEN, procedure="administrator", parent=None)),
        )
        self.credential = STOLEN

    def do(self, by: str, when: str | datetime, command: object, id: UUID | None = None) -> Answer:
        credential = self.credential if by == "Соколова" else named(f"credential of {by}")
        asking = replace(self.asking(by, when, command, id), credential=credential)
        return handle(command, asking, self.house)

    def mark(self, when: str, pupil: UUID, value: str) -> Answer:
        seen = self.sheet(LESSON).marks.get((LESSON.id, pupil))
        command = GiveMark(
            lesson=LESSON.id, work=LESSON.id, pupil=pupil, value=value, seen=seen.position if seen else 0
        )
        return self.do("Соколова", f"2026-11-18 {when}", command)

    def value(self, pupil: UUID) -> tuple[int, ...] | None:
        return self.sheet(LESSON).mark(LESSON.id, pupil)

    def reported(self) -> None:
        report = ReportCompromise(
            incident=INCIDENT,
            account=ACCOUNT,
            detected_at=datetime.fromisoformat("2026-11-18 10:20"),
            reported_at=datetime.fromisoformat("2026-11-18 10:50"),
            text="вошли с чужого телефона",
        )
        self.do("Кеулькут", "2026-11-18 11:05", report)

    def received(self, by: str, at: str) -> None:
        told = ConfirmNotice(
            incident=INCIDENT, account=ACCOUNT, received_at=datetime.fromisoformat(f"2026-11-18 {at}")
        )
        self.do(by, "2026-11-18 11:06", told)

    def act(self, members: tuple[UUID, ...] = MEMBERS) -> Answer:
        order = OrderNamed(number="150", on=date(2026, 11, 18))
        self.do(
            "Орлова", "2026-11-18 13:00", AppointCommission(incident=INCIDENT, members=members, order=order)
        )
        self.do(
            "Носов", "2026-11-18 13:10", DrawUpAct(incident=INCIDENT, number="1", date=date(2026, 11, 18))
        )
        (act,) = self.incident().acts
        for name in ("Ефимова", "Дьячкова", "Громова"):
            self.do(name, "2026-11-18 13:20", SignAct(incident=INCIDENT, act=act))
        return self.do("Носов", "2026-11-18 13:30", FinaliseAct(incident=INCIDENT, act=act))

    def incident(self):
        return fold_incident(INCIDENT, self.entries(INCIDENT))


def adopt_both_received(story: Theft) -> None:
    text = TOML.replace('moment = "first_receipt"', 'moment = "both_received"')
    assert text != TOML
    adopted = RegulationAdopted(title="act.toml", toml=text, in_force=date(2026, 11, 18))
    draft = Draft(
        category=Category.REGULATION, stream=streams.regulation(SCHOOL_ID), version=None, event=adopted
    )
    made = stamp("Носов", "2026-11-18 08:00")
    story.at("2026-11-18 11:05")
    made = replace(made, received_at=story.clock)
    story.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=(draft,)))


@pytest.fixture
def theft() -> Theft:
    story = Theft()
    story.mark("09:40", MARIA, "3")
    story.mark("10:30", ILIA, "5")
    story.mark("10:58", DARIA, "5")
    story.mark("11:04", MARIA, "5")
    story.reported()
    return story


@pytest.mark.case("AT-19")
def test_nothing_is_void_before_the_act_and_the_account_is_blocked_at_once(theft: Theft) -> None:
    theft.received("Носов", "10:55")
    assert theft.value(DARIA) == (5,)
    assert fold_account(ACCOUNT, theft.entries(ACCOUNT)).blocked
    assert theft.incident().status == "received"


@pytest.mark.case("AT-19")
def test_the_act_makes_void_what_was_done_from_the_first_receipt_on(theft: Theft) -> None:
    theft.received("Носов", "10:55")
    theft.received("Орлова", "11:02")
    theft.act()
    assert theft.value(MARIA) == (3,), "the honest 3 of the morning resurfaces"
    assert theft.value(DARIA) is None
    assert theft.value(ILIA) == (5,), "between the breach and the receipt nothing is void"
    assert theft.incident().status == "voided"


@pytest.mark.case("AT-19")
def test_two_members_are_no_commission(theft: Theft) -> None:
    theft.received("Носов", "10:55")
    with pytest.raises(Refusal, match="не меньше 3"):
        theft.act(MEMBERS[:2])


@pytest.mark.case("AT-19")
def test_the_owner_sits_on_no_commission_about_the_own_access(theft: Theft) -> None:
    theft.received("Носов", "10:55")
    with pytest.raises(Refusal, match="Владелец"):
        theft.act((*MEMBERS[:2], named("Соколова")))


@pytest.mark.case("AT-19")
def test_where_both_must_have_received_it_only_what_came_after_the_second_is_void(theft: Theft) -> None:
    adopt_both_received(theft)
    theft.received("Носов", "10:55")
    theft.received("Орлова", "11:02")
    theft.act()
    assert theft.value(DARIA) == (5,), "10:58 is before the second receipt"
    assert theft.value(MARIA) == (3,)


@pytest.mark.case("E-18")
def test_an_annulled_act_gives_everything_back_and_its_history_stays(theft: Theft) -> None:
    theft.received("Носов", "10:55")
    theft.act()
    (first,) = theft.incident().acts
    theft.do(
        "Носов",
        "2026-11-18 15:00",
        DrawUpAct(incident=INCIDENT, number="2", date=date(2026, 11, 18), annuls=first),
    )
    second = next(act for act in theft.incident().acts if act != first)
    for name in ("Ефимова", "Дьячкова", "Громова"):
        theft.do(name, "2026-11-18 15:10", SignAct(incident=INCIDENT, act=second))
    theft.do("Носов", "2026-11-18 15:20", FinaliseAct(incident=INCIDENT, act=second))
    assert theft.value(DARIA) == (5,)
    assert theft.value(MARIA) == (5,)
    assert theft.incident().status == "annulled"
    assert len(theft.incident().acts) == 2


@pytest.mark.case("E-16")
def test_an_oral_notice_counts_from_when_it_was_heard_between_the_detection_and_now(theft: Theft) -> None:
    with pytest.raises(Refusal, match="раньше"):
        theft.received("Носов", "10:19")
    with pytest.raises(Refusal, match="ещё не наступило"):
        theft.received("Носов", "11:07")
    theft.received("Носов", "10:20")
    assert theft.incident().moments()["administrator"] == datetime.fromisoformat("2026-11-18 10:20")


@pytest.mark.case("AT-19")
def test_the_interval_begins_with_the_very_moment_of_the_receipt(theft: Theft) -> None:
    theft.received("Носов", "10:58")
    theft.act()
    assert theft.value(DARIA) is None


@pytest.mark.case("AT-19")
def test_a_password_the_intruder_changed_inherits_the_compromise_and_a_new_one_from_the_office_does_not(
    theft: Theft,
) -> None:
    theft.do(
        "Соколова", "2026-11-18 11:05", ChangeOwnPassword(account=ACCOUNT, credential=named("intruder's"))
    )
    theft.credential = named("intruder's")
    theft.mark("11:05", DARIA, "4")
    theft.received("Носов", "10:55")
    theft.do("Носов", "2026-11-18 12:00", IssueCredential(account=ACCOUNT, credential=NEW))
    theft.do("Носов", "2026-11-18 12:00", UnblockAccount(account=ACCOUNT, reason="compromise"))
    theft.credential = NEW
    theft.mark("12:30", ILIA, "4")
    theft.act()
    assert theft.value(DARIA) is None
    assert theft.value(ILIA) == (4,), "what she did with the new access stands"
    assert fold_account(ACCOUNT, theft.entries(ACCOUNT)).credential == NEW
