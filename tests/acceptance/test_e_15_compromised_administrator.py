"""E-15: an administrator's access is stolen: accounts, roles and passwords made with it, an Act finalised with it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import pytest

from commands.accounts import CreateAccount, IssueCredential, UnblockAccount
from commands.acts import DrawUpAct, FinaliseAct
from commands.appointments import GrantRole
from commands.compromise import RejectNotice, ReportCompromise
from commands.deciding import Refusal
from commands.late_entries import CaseRef, LateEntryItem, PermitLateEntries, RequestLateEntry
from ledger.account import fold_account
from tests.breach import Breach, account_of, credential_of
from tests.world import given_lesson, named

LESSON = given_lesson("7А Алгебра", "2026-11-18")
EARLIER = given_lesson("7А Алгебра", "2026-11-02")
DARIA, MARIA = "Антипина Дарья", "Каляна Мария"
DAY = "2026-11-18"


@pytest.fixture
def story() -> Breach:
    """A school with two administrators, as it must be: Носов, whose access is stolen, and Тынетегина."""
    return Breach.of_two_administrators()


def about_nosov(story: Breach, now: str = f"{DAY} 15:00") -> None:
    incident = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=now)
    story.act(incident, "2026-11-18 16:00", by="Тынетегина", number="9")


def grants_a_deputy(story: Breach, by: str, at: str, competence: str | None = None) -> None:
    grant = GrantRole(person=named("Петров"), role="deputy", first=date(2026, 11, 18), competence=competence)
    story.do(by, f"{DAY} {at}", grant)


def asks(story: Breach) -> UUID:
    """Соколова, to write in a lesson whose time is over."""
    item = LateEntryItem(lesson=EARLIER.id, target="lesson")
    story.do("Соколова", f"{DAY} 10:00", RequestLateEntry(items=(item,), reason="болела", confirmed=True))
    (case,) = story.late(EARLIER).cases
    return case


def permits(story: Breach, case: UUID, at: str) -> None:
    """Петров, in the role he was granted."""
    permit = PermitLateEntries(cases=(CaseRef(case=case, lesson=EARLIER.id),), confirmed=True)
    story.do("Петров", f"{DAY} {at}", permit)


@pytest.mark.case("E-15")
def test_a_password_he_issued_makes_all_that_was_done_with_it_void(story: Breach) -> None:
    story.mark("Соколова", f"{DAY} 09:40", LESSON, MARIA, "3")
    stolen = IssueCredential(account=account_of("Соколова"), credential=named("known to the intruder"))
    story.do("Носов", f"{DAY} 10:00", stolen)
    story.using["Соколова"] = named("known to the intruder")
    story.mark("Соколова", f"{DAY} 10:30", LESSON, MARIA, "5")
    about_nosov(story)
    assert story.value(LESSON, MARIA) == (3,), "the honest 3 of 9:40 was given with her own password"
    account = story.account("Соколова")
    assert account.blocked, "the account that inherited is blocked with his"
    assert account.credential == credential_of("Соколова")


@pytest.mark.case("E-15")
def test_an_honest_owner_is_issued_a_new_password_and_goes_on(story: Breach) -> None:
    stolen = IssueCredential(account=account_of("Соколова"), credential=named("known to the intruder"))
    story.do("Носов", f"{DAY} 10:00", stolen)
    about_nosov(story)
    new = named("issued by the second administrator")
    story.do("Тынетегина", f"{DAY} 16:10", IssueCredential(account=account_of("Соколова"), credential=new))
    story.do(
        "Тынетегина", f"{DAY} 16:11", UnblockAccount(account=account_of("Соколова"), reason="compromise")
    )
    story.using["Соколова"] = new
    story.mark("Соколова", f"{DAY} 16:30", LESSON, DARIA, "4")
    assert story.value(LESSON, DARIA) == (4,)
    assert not story.account("Соколова").blocked


@pytest.mark.case("E-15")
def test_an_account_he_made_is_none_any_more(story: Breach) -> None:
    made = named("account of nobody")
    story.do(
        "Носов",
        f"{DAY} 10:00",
        CreateAccount(account=made, person=named("посторонний"), credential=named("its credential")),
    )
    assert fold_account(made, story.entries(made)).person == named("посторонний")
    about_nosov(story)
    account = fold_account(made, story.entries(made))
    assert (account.person, account.credential, account.blocked) == (None, None, True)


@pytest.mark.case("E-15")
def test_what_was_permitted_in_a_role_he_granted_is_void(story: Breach) -> None:
    """Петров is made a deputy by the intruder, and permits a late entry; the teacher's mark is contested and stays."""
    grants_a_deputy(story, "Носов", "09:00")
    case = asks(story)
    permits(story, case, "10:05")
    story.mark("Соколова", f"{DAY} 10:10", EARLIER, DARIA, "4")
    incident = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 15:00")
    assert [type(e.event).__name__ for e in story.selection(incident).contested] == ["MarkGiven"]
    story.act(incident, f"{DAY} 16:00", by="Тынетегина", members=("Громова", "Лебедева", "Ким"))
    assert story.late(EARLIER).cases[case].status == "asked"
    assert story.value(EARLIER, DARIA) == (4,)


@pytest.mark.case("E-15")
def test_what_was_done_in_such_a_role_after_the_signatures_is_void_by_no_signed_act(story: Breach) -> None:
    """The commission signs a list: with another it is drawn up and signed anew. What stays contested is not on it."""
    grants_a_deputy(story, "Носов", "09:00")
    case = asks(story)
    incident = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 15:00")
    members = ("Громова", "Лебедева", "Ким")
    act = story.drawn_up(incident, f"{DAY} 16:00", by="Тынетегина", members=members)
    permits(story, case, "16:05")
    with pytest.raises(Refusal, match="теперь их 2") as refused:
        story.do("Тынетегина", f"{DAY} 16:10", FinaliseAct(incident=incident, act=act))
    assert (refused.value.code, refused.value.status) == ("act-list", 409)
    assert story.late(EARLIER).cases[case].status == "permitted"
    again = story.drawn_up(incident, f"{DAY} 16:20", by="Тынетегина", members=members, number="2")
    story.mark("Соколова", f"{DAY} 16:25", EARLIER, DARIA, "4")
    story.do("Тынетегина", f"{DAY} 16:30", FinaliseAct(incident=incident, act=again))
    assert story.late(EARLIER).cases[case].status == "asked"
    assert story.value(EARLIER, DARIA) == (4,)


@pytest.mark.case("E-15")
def test_a_role_the_director_gives_that_very_day_holds_from_its_morning(story: Breach) -> None:
    """Until noon in Anadyr the day of UTC is still yesterday."""
    for by, at, competence in (("Носов", "08:50", None), ("Тынетегина", "08:55", "УВР")):
        grants_a_deputy(story, by, at, competence)
    case = asks(story)
    permits(story, case, "10:05")
    incident = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 15:00")
    assert [type(e.event).__name__ for e in story.selection(incident).entries] == ["RoleGranted"]


@pytest.mark.case("E-15")
def test_nobody_rejects_the_report_about_the_own_access(story: Breach) -> None:
    """Whoever came in with his password would."""
    report = ReportCompromise(
        incident=named("about Носов"),
        account=account_of("Носов"),
        detected_at=datetime.fromisoformat(f"{DAY} 08:30"),
    )
    story.do("Кеулькут", f"{DAY} 09:00", report)
    reject = RejectNotice(incident=named("about Носов"), reason="Всё в порядке")
    with pytest.raises(Refusal) as refused:
        story.do("Носов", f"{DAY} 09:05", reject)
    assert (refused.value.code, refused.value.status) == ("reject-own", 403)
    story.do("Тынетегина", f"{DAY} 09:06", reject)
    assert story.incident(named("about Носов")).status == "rejected"


@pytest.mark.case("E-15")
def test_an_act_he_finalised_is_suspended_until_another_finalises_it(story: Breach) -> None:
    story.mark("Соколова", f"{DAY} 09:40", LESSON, MARIA, "5")
    first = story.notice("Соколова", f"{DAY} 09:00", f"{DAY} 09:10", by="Тынетегина", now=f"{DAY} 10:00")
    act = story.act(first, f"{DAY} 12:00", by="Носов")
    assert story.value(LESSON, MARIA) is None
    about_nosov(story)
    assert story.value(LESSON, MARIA) == (5,), "what the suspended Act made void counts again"
    incident = story.incident(first)
    assert (incident.status, set(incident.suspended)) == ("suspended", {act})
    again = story.drawn_up(first, "2026-11-18 17:00", number="10", by="Тынетегина")
    story.do("Тынетегина", "2026-11-18 17:10", FinaliseAct(incident=first, act=again))
    assert story.value(LESSON, MARIA) is None
    assert story.incident(first).status == "voided"


@pytest.mark.case("E-15")
def test_with_the_second_act_annulled_the_first_is_in_force_again(story: Breach) -> None:
    story.mark("Соколова", f"{DAY} 09:40", LESSON, MARIA, "5")
    first = story.notice("Соколова", f"{DAY} 09:00", f"{DAY} 09:10", by="Тынетегина", now=f"{DAY} 10:00")
    story.act(first, f"{DAY} 12:00", by="Носов")
    incident = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 15:00")
    second = story.act(incident, f"{DAY} 16:00", by="Тынетегина", number="9")
    story.act(incident, f"{DAY} 17:00", by="Тынетегина", number="11", annuls=second)
    assert story.incident(first).status == "voided"
    assert story.value(LESSON, MARIA) is None


@pytest.mark.case("E-15")
def test_nobody_draws_up_or_finalises_an_act_about_the_own_access(story: Breach) -> None:
    incident = story.notice("Носов", f"{DAY} 08:30", f"{DAY} 08:45", by="Тынетегина", now=f"{DAY} 10:00")
    act = story.drawn_up(incident, f"{DAY} 12:00", by="Тынетегина")
    new = named("issued anew")
    story.do("Тынетегина", f"{DAY} 12:30", IssueCredential(account=account_of("Носов"), credential=new))
    story.do("Тынетегина", f"{DAY} 12:31", UnblockAccount(account=account_of("Носов"), reason="compromise"))
    story.using["Носов"] = new
    for command in (
        DrawUpAct(incident=incident, number="2", date=date(2026, 11, 18)),
        FinaliseAct(incident=incident, act=act),
    ):
        with pytest.raises(Refusal) as refused:
            story.do("Носов", f"{DAY} 12:40", command)
        assert (refused.value.code, refused.value.status) == ("P-64", 403)
