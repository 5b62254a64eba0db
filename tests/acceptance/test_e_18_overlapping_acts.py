"""E-17: an honest correction of an intruder's mark stays. E-18: overlapping Acts, one of them annulled. And what an Act
may not be: two members, a member replaced after signing, finalised twice, an interval with no end."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from commands.accounts import BlockAccount, IssueCredential, UnblockAccount
from commands.acts import AppointCommission, DrawUpAct, FinaliseAct, SignAct
from commands.by_order import OrderNamed
from commands.compromise import ConfirmNotice, RejectNotice, ReportCompromise
from commands.corrections import ApproveCorrections, CorrectionItem, CorrectionRef, RequestCorrections
from commands.deciding import Refusal
from ledger.appending import Append
from ledger.correction import fold_corrections
from ledger.entry import Category, Draft
from ledger.events.accounts import AccountUnblocked
from ledger.streams import corrections
from tests.breach import MEMBERS, Breach, account_of
from tests.world import SCHOOL_ID, TOML, given_lesson, named, stamp

LESSON = given_lesson("7А Алгебра", "2026-11-18")
OLD = given_lesson("7А Алгебра", "2026-11-11")
DARIA, MARIA = "Антипина Дарья", "Каляна Мария"
DAY = "2026-11-18"


@pytest.fixture
def story() -> Breach:
    """Соколова gave 3; with her password it became 5 at 10:58, and Антипина had a 5 at 11:04."""
    made = Breach()
    made.mark("Соколова", f"{DAY} 09:40", LESSON, MARIA, "3")
    made.mark("Соколова", f"{DAY} 10:58", LESSON, MARIA, "5")
    made.mark("Соколова", f"{DAY} 11:04", LESSON, DARIA, "5")
    return made


def first(story: Breach) -> UUID:
    return story.notice("Соколова", f"{DAY} 10:20", f"{DAY} 10:55", now=f"{DAY} 11:10")


def second(story: Breach) -> UUID:
    """A later notice of the same access, which covers only what was done from 11:00 on."""
    return story.notice("Соколова", f"{DAY} 10:30", f"{DAY} 11:00", by="Орлова", now=f"{DAY} 11:10")


@pytest.mark.case("E-17")
def test_an_honest_correction_of_the_intruders_mark_stays() -> None:
    """The intruder's 2 of 10:30 is corrected to 4 with Ефимова's word the next day, before the Act of the 20th."""
    story = Breach()
    story.mark("Соколова", "2026-11-11 11:20", OLD, MARIA, "2")
    incident = story.notice("Соколова", "2026-11-11 11:00", "2026-11-11 11:10", now="2026-11-11 12:00")
    seen = story.sheet(OLD).marks[OLD.id, named(MARIA)].position
    item = CorrectionItem(target="mark", lesson=OLD.id, work=OLD.id, pupil=named(MARIA), new="4", seen=seen)
    ask = RequestCorrections(items=(item,), ground="erroneous_entry", reason="не та клетка", confirmed=True)
    reissued(story, "2026-11-18 08:00")
    story.do("Соколова", "2026-11-18 09:00", ask)
    (case,) = fold_corrections(story.entries(corrections(SCHOOL_ID, OLD.id))).cases
    ref = CorrectionRef(case=case, lesson=OLD.id)
    story.do("Ефимова", "2026-11-19 09:00", ApproveCorrections(cases=(ref,), confirmed=True))
    story.act(incident, "2026-11-20 10:00")
    assert story.value(OLD, MARIA) == (4,)


def reissued(story: Breach, when: str) -> None:
    new = named(f"issued {when}")
    story.do("Носов", when, IssueCredential(account=account_of("Соколова"), credential=new))
    story.do("Носов", when, UnblockAccount(account=account_of("Соколова"), reason="compromise"))
    story.using["Соколова"] = new


@pytest.mark.case("E-18")
def test_what_both_acts_void_stays_void_when_the_second_is_annulled(story: Breach) -> None:
    one, two = first(story), second(story)
    story.act(one, f"{DAY} 13:00")
    later = story.act(two, f"{DAY} 14:00", number="2")
    story.act(two, f"{DAY} 15:00", number="3", annuls=later)
    assert story.value(LESSON, DARIA) is None
    assert story.value(LESSON, MARIA) == (3,)


@pytest.mark.case("E-18")
def test_what_only_the_annulled_act_voids_comes_back(story: Breach) -> None:
    one, two = first(story), second(story)
    earlier = story.act(one, f"{DAY} 13:00")
    story.act(two, f"{DAY} 14:00", number="2")
    story.act(one, f"{DAY} 15:00", number="3", annuls=earlier)
    assert story.value(LESSON, MARIA) == (5,), "10:58 was void by the first Act alone"
    assert story.value(LESSON, DARIA) is None, "11:04 is void by the second"


@pytest.mark.case("E-18")
def test_an_annulled_act_may_be_followed_by_a_new_one(story: Breach) -> None:
    incident = first(story)
    act = story.act(incident, f"{DAY} 13:00")
    story.act(incident, f"{DAY} 14:00", number="2", annuls=act)
    assert story.value(LESSON, MARIA) == (5,)
    story.act(incident, f"{DAY} 15:00", number="3")
    assert story.value(LESSON, MARIA) == (3,)
    assert story.incident(incident).status == "voided"


@pytest.mark.case("AT-19")
def test_a_second_finalising_is_told_that_it_is_done(story: Breach) -> None:
    incident = first(story)
    act = story.drawn_up(incident, f"{DAY} 13:00")
    command, id = FinaliseAct(incident=incident, act=act), uuid4()
    done = story.do("Носов", f"{DAY} 13:10", command, id)
    again = story.do("Носов", f"{DAY} 13:11", command, id)
    assert (again.first, again.repeated) == (done.first, True), "the same command has the first answer"
    with pytest.raises(Refusal) as refused:
        story.do("Носов", f"{DAY} 13:12", command)
    assert refused.value.status == 409


@pytest.mark.case("E-18")
def test_a_draft_drawn_up_anew_takes_the_place_of_the_first(story: Breach) -> None:
    incident = first(story)
    wrong, act = (story.drawn_up(incident, f"{DAY} 13:0{n}", number=f"1/{n}") for n in (1, 2))
    with pytest.raises(Refusal, match="заменён новым") as refused:
        story.do("Носов", f"{DAY} 13:10", FinaliseAct(incident=incident, act=wrong))
    assert refused.value.status == 409
    story.do("Носов", f"{DAY} 13:11", FinaliseAct(incident=incident, act=act))
    wrong, annulling = (
        story.drawn_up(incident, f"{DAY} 14:0{n}", number=f"2/{n}", annuls=act) for n in (1, 2)
    )
    with pytest.raises(Refusal, match="заменён новым"):
        story.do("Носов", f"{DAY} 14:10", FinaliseAct(incident=incident, act=wrong))
    story.do("Носов", f"{DAY} 14:11", FinaliseAct(incident=incident, act=annulling))
    assert story.value(LESSON, MARIA) == (5,)


@pytest.mark.case("E-18")
@pytest.mark.parametrize(
    "on", [date(2026, 11, 17), date(2026, 11, 19)], ids=["before the breach", "tomorrow"]
)
def test_an_act_is_of_a_day_between_the_breach_and_today(story: Breach, on: date) -> None:
    incident = first(story)
    story.drawn_up(incident, f"{DAY} 12:50")
    with pytest.raises(Refusal, match="днём между"):
        story.do("Носов", f"{DAY} 13:00", DrawUpAct(incident=incident, number="1", date=on))


@pytest.mark.case("AT-19")
def test_a_receipt_that_moves_the_moment_after_the_signatures_wants_the_act_anew(story: Breach) -> None:
    """Signed for «с 11:00»; then the administrator says that he had known since 10:55."""
    incident = second(story)
    act = story.drawn_up(incident, f"{DAY} 13:00")
    told = ConfirmNotice(
        incident=incident,
        account=account_of("Соколова"),
        received_at=datetime.fromisoformat(f"{DAY} 10:55"),
    )
    story.do("Носов", f"{DAY} 13:05", told)
    with pytest.raises(Refusal, match="составьте Акт заново") as refused:
        story.do("Носов", f"{DAY} 13:10", FinaliseAct(incident=incident, act=act))
    assert (refused.value.code, refused.value.status) == ("act-since", 409)
    again = story.act(incident, f"{DAY} 13:20", number="2")
    assert story.incident(incident).acts[again].words.since == datetime.fromisoformat(f"{DAY} 10:55")
    assert story.value(LESSON, MARIA) == (3,), "10:58 is in the interval now"


@pytest.mark.case("AT-19")
def test_a_member_replaced_after_signing_has_not_signed(story: Breach) -> None:
    incident = first(story)
    act = story.drawn_up(incident, f"{DAY} 13:00")
    others = tuple(named(member) for member in (*MEMBERS[:2], "Ким"))
    order = OrderNamed(number="152", on=date(2026, 11, 18))
    story.do("Орлова", f"{DAY} 13:10", AppointCommission(incident=incident, members=others, order=order))
    assert set(story.incident(incident).acts[act].signed) == {named(member) for member in MEMBERS[:2]}
    with pytest.raises(Refusal, match="осталось 1"):
        story.do("Носов", f"{DAY} 13:20", FinaliseAct(incident=incident, act=act))
    with pytest.raises(Refusal, match="члены комиссии"):
        story.do(MEMBERS[2], f"{DAY} 13:21", SignAct(incident=incident, act=act))
    story.do("Ким", f"{DAY} 13:22", SignAct(incident=incident, act=act))
    story.do("Носов", f"{DAY} 13:23", FinaliseAct(incident=incident, act=act))
    assert story.incident(incident).status == "voided"


@pytest.mark.case("AT-19")
def test_a_member_twice_and_a_stranger_are_no_members(story: Breach) -> None:
    incident = first(story)
    with pytest.raises(Refusal, match="дважды"):
        story.drawn_up(incident, f"{DAY} 13:00", members=(MEMBERS[0], MEMBERS[0], MEMBERS[1]))
    with pytest.raises(Refusal, match="работники"):
        story.drawn_up(incident, f"{DAY} 13:01", members=(*MEMBERS[:2], MARIA))


@pytest.mark.case("AT-19")
def test_while_somebody_may_still_write_with_the_stolen_access_the_interval_has_no_end(story: Breach) -> None:
    """Where the school's act has no access blocked by a notice (P-65), and nobody issued a new password."""
    text = TOML.replace("[parameters.P-65]\nvalue = true", "[parameters.P-65]\nvalue = false")
    assert text != TOML
    story.adopted(f"{DAY} 11:05", text)
    incident = first(story)
    assert not story.account("Соколова").blocked
    act = story.drawn_up(incident, f"{DAY} 13:00")
    with pytest.raises(Refusal, match="у срока нет конца") as refused:
        story.do("Носов", f"{DAY} 13:10", FinaliseAct(incident=incident, act=act))
    assert refused.value.status == 409
    reissued(story, f"{DAY} 13:20")
    story.do("Носов", f"{DAY} 13:30", FinaliseAct(incident=incident, act=act))
    assert story.value(LESSON, DARIA) is None


@pytest.mark.case("AT-19")
def test_what_a_breach_closed_opens_only_with_a_new_password(story: Breach) -> None:
    """Whatever reason is given for opening it; a new password is issued while it is closed."""
    first(story)
    for reason in ("compromise", "other"):
        with pytest.raises(Refusal, match="сначала выдайте новый") as refused:
            opened(story, f"{DAY} 12:00", reason)
        assert refused.value.status == 409
    assert story.account("Соколова").blocked
    reissued(story, f"{DAY} 12:10")
    assert not story.account("Соколова").blocked


@pytest.mark.case("AT-19")
def test_so_does_what_was_closed_by_hand_or_for_another_reason_before_the_receipt(story: Breach) -> None:
    account = account_of("Соколова")
    story.do("Носов", f"{DAY} 11:05", BlockAccount(account=account, reason="left"))
    opened(story, f"{DAY} 11:06", "left")
    story.do("Носов", f"{DAY} 11:07", BlockAccount(account=account, reason="left"))
    first(story)
    with pytest.raises(Refusal, match="сначала выдайте новый"):
        opened(story, f"{DAY} 12:00", "left")
    reissued(story, f"{DAY} 12:10")
    story.do("Носов", f"{DAY} 12:20", BlockAccount(account=account, reason="compromise"))
    with pytest.raises(Refusal, match="сначала выдайте новый"):
        opened(story, f"{DAY} 12:21", "compromise")


def opened(story: Breach, when: str, reason: str) -> None:
    story.do("Носов", when, UnblockAccount(account=account_of("Соколова"), reason=reason))


@pytest.mark.case("E-16")
def test_a_receipt_lies_between_the_detection_and_now(story: Breach) -> None:
    for received, word in ((f"{DAY} 10:19:59", "раньше"), (f"{DAY} 11:10:01", "не наступило")):
        with pytest.raises(Refusal, match=word):
            story.notice("Соколова", f"{DAY} 10:20", received, now=f"{DAY} 11:10")


def test_the_owner_is_shut_out_by_the_own_report_at_once(story: Breach) -> None:
    report = ReportCompromise(
        incident=named("own"),
        account=account_of("Соколова"),
        detected_at=datetime.fromisoformat(f"{DAY} 10:20"),
        text="Телефон остался в автобусе",
    )
    story.do("Соколова", f"{DAY} 11:10", report)
    assert story.account("Соколова").blocked
    assert story.incident(named("own")).status == "reported", "nobody has received it yet"
    with pytest.raises(Refusal) as refused:
        story.mark("Соколова", f"{DAY} 11:11", LESSON, DARIA, "4")
    assert refused.value.code == "account-closed"


def test_a_password_issued_after_the_own_report_is_no_stolen_one(story: Breach) -> None:
    """The office is quicker than the receipt: with the new password she works, and the old one is not forgotten."""
    report = ReportCompromise(
        incident=named("own"),
        account=account_of("Соколова"),
        detected_at=datetime.fromisoformat(f"{DAY} 10:20"),
    )
    story.do("Соколова", f"{DAY} 11:10", report)
    reissued(story, f"{DAY} 11:15")
    story.mark("Соколова", f"{DAY} 11:20", LESSON, "Вуквукай Илья", "4")
    told = ConfirmNotice(
        incident=named("own"),
        account=account_of("Соколова"),
        received_at=datetime.fromisoformat(f"{DAY} 10:55"),
    )
    story.do("Носов", f"{DAY} 11:30", told)
    story.act(named("own"), f"{DAY} 13:00")
    assert story.value(LESSON, DARIA) is None
    assert story.value(LESSON, "Вуквукай Илья") == (4,)


@pytest.mark.case("AT-19")
def test_the_second_receipt_does_not_shut_out_whoever_has_a_new_password_already(story: Breach) -> None:
    """Носов hears first and issues a new password; Орлова confirms when she was told."""
    incident = first(story)
    assert story.account("Соколова").blocked
    reissued(story, f"{DAY} 11:15")
    told = ConfirmNotice(
        incident=incident,
        account=account_of("Соколова"),
        received_at=datetime.fromisoformat(f"{DAY} 11:02"),
    )
    story.do("Орлова", f"{DAY} 11:30", told)
    assert set(story.incident(incident).received) == {"administrator", "director"}
    assert not story.account("Соколова").blocked
    story.mark("Соколова", f"{DAY} 11:40", LESSON, "Вуквукай Илья", "4")
    story.act(incident, f"{DAY} 13:00")
    assert story.value(LESSON, "Вуквукай Илья") == (4,)


@pytest.mark.case("AT-19")
def test_the_second_receipt_shuts_an_access_that_was_opened_with_the_stolen_password(story: Breach) -> None:
    """As it could be until opening it asked for a new one: the entry of a ledger of then."""
    incident = first(story)
    was_opened = Draft(
        category=Category.ACCOUNT,
        stream=account_of("Соколова"),
        version=None,
        event=AccountUnblocked(reason="compromise"),
    )
    made = stamp("Носов", f"{DAY} 11:15")
    story.at(f"{DAY} 11:15")
    story.store.append(Append(stamp=made, body_sha256=bytes(32), answer="{}", drafts=(was_opened,)))
    assert not story.account("Соколова").blocked
    told = ConfirmNotice(incident=incident, account=account_of("Соколова"))
    story.do("Орлова", f"{DAY} 11:30", told)
    assert story.account("Соколова").blocked


def test_a_rejected_report_is_not_received_any_more(story: Breach) -> None:
    report = ReportCompromise(
        incident=named("mistake"),
        account=account_of("Соколова"),
        detected_at=datetime.fromisoformat(f"{DAY} 10:20"),
    )
    story.do("Кеулькут", f"{DAY} 11:10", report)
    assert not story.account("Соколова").blocked, "another's word blocks nobody until it is confirmed"
    story.do("Орлова", f"{DAY} 11:12", RejectNotice(incident=named("mistake"), reason="Она сама входила"))
    with pytest.raises(Refusal) as refused:
        story.do(
            "Носов", f"{DAY} 11:13", ConfirmNotice(incident=named("mistake"), account=account_of("Соколова"))
        )
    assert refused.value.status == 409
    assert story.incident(named("mistake")).status == "rejected"
