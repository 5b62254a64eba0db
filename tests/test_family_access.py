"""The class teacher gives families access where the act says so (R-044, R-046, P-32, P-34)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from commands.accounts import BlockAccount, CreateAccount, IssueCredential
from commands.deciding import Refusal
from commands.family_accounts import CreateFamilyAccount, IssueFamilyCredential
from commands.founding import AdoptRegulation
from commands.table import BY_NAME
from ledger import accounts, views_log
from ledger.account import fold_account
from ledger.entry import Role
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.events.roster import ClassTeacherAppointed, GuardianLinked
from ledger.events.staff import RoleGranted
from tests.databases import Database
from tests.fifth_class import CLASS, ISAKOV, LEADER, MOTHER, PAGE, append, browser, password_in, served
from tests.small_school import PASSWORD, REGULATION, SINCE, Place, send, sign_in
from tests.story import Story
from tests.world import SCHOOL_ID, named
from web import account_desk

KALYANA, ETTUVGI, ELEVEN = named("Каляна Мария"), named("Эттувги Роман"), "2026-10-12 11:00"
MOTHER_OF_TWO, FATHER_AT_SCHOOL, FATHER_TO_BE = named("мать двоих"), named("Петров"), named("будущий завуч")
ACCOUNT = named("учётная запись")
FAMILY = (
    (KALYANA, GuardianLinked(guardian=MOTHER_OF_TWO, kinship="мать")),
    (ETTUVGI, GuardianLinked(guardian=MOTHER_OF_TWO, kinship="мать")),
    (KALYANA, GuardianLinked(guardian=FATHER_AT_SCHOOL, kinship="отец")),
    (KALYANA, GuardianLinked(guardian=FATHER_TO_BE, kinship="отец")),
    (FATHER_TO_BE, RoleGranted(role="deputy", first=date(2026, 12, 1), until=None, competence=None)),
    # From 19 October on another leads 7А.
    (
        named("7А"),
        ClassTeacherAppointed(person=named("Ким"), first=date(2026, 10, 19), until=None),
    ),
)


def under(act: str) -> Story:
    """The school of tests.world; from 2 September by this act."""
    story = Story(*FAMILY)
    if act != "ust-belaya":
        toml = (REGULATION.parent / f"{act}.toml").read_text(encoding="utf-8")
        adopted = AdoptRegulation(title=act, toml=toml, in_force=date(2026, 9, 2))
        story.do("Носов", "2026-09-01 08:00", adopted)
    return story


def created(person: UUID, pupil: UUID, account: UUID = ACCOUNT) -> CreateFamilyAccount:
    return CreateFamilyAccount(account=account, person=person, pupil=pupil, credential=named("пароль 1"))


def reissued(person: UUID, pupil: UUID, account: UUID = ACCOUNT) -> IssueFamilyCredential:
    return IssueFamilyCredential(account=account, person=person, pupil=pupil, credential=named("пароль 2"))


# --- the commands ------------------------------------------------------------------------------------------


def test_under_padun_a_class_teacher_makes_the_account_of_a_pupil_and_of_a_parent() -> None:
    story = under("padun")
    for person in (KALYANA, MOTHER_OF_TWO):
        story.do("Громова", ELEVEN, created(person, KALYANA, account=person))
        made, issued = story.entries(person)[-2:]
        assert made.event == AccountCreated(person=person)
        assert issued.event == CredentialIssued(
            credential=named("пароль 1"), procedure="class_teacher", parent=None
        )
        assert issued.stamp.role is Role.CLASS_TEACHER


def test_a_password_given_in_person_begins_a_lineage_of_its_own() -> None:
    story = under("padun")
    story.do("Громова", ELEVEN, created(MOTHER_OF_TWO, KALYANA))
    story.do("Громова", "2026-10-13 11:00", reissued(MOTHER_OF_TWO, KALYANA))
    assert fold_account(ACCOUNT, story.entries(ACCOUNT)).lineage == (named("пароль 2"),)


@pytest.mark.parametrize(
    ("by", "person", "pupil", "code"),
    [
        ("Громова", ETTUVGI, ETTUVGI, "not-allowed"),  # 6А is another's
        ("Громова", MOTHER_OF_TWO, ETTUVGI, "not-allowed"),
        ("Соколова", KALYANA, KALYANA, "not-allowed"),  # teaches 7А and does not lead it
        ("Дьячкова", KALYANA, KALYANA, "not-allowed"),
        ("Громова", named("никто"), named("никто"), "not-allowed"),
        ("Носов", named("никто"), named("никто"), "no-pupil"),
        ("Громова", ETTUVGI, KALYANA, "no-guardian"),
        ("Громова", named("Соколова"), KALYANA, "no-guardian"),
        ("Громова", FATHER_AT_SCHOOL, KALYANA, "staff-account"),
        ("Громова", FATHER_TO_BE, KALYANA, "staff-account"),
        ("Носов", FATHER_AT_SCHOOL, KALYANA, "staff-account"),
    ],
)
def test_only_ones_own_families_are_given_access(by: str, person: UUID, pupil: UUID, code: str) -> None:
    story = under("padun")
    head = story.store.head(SCHOOL_ID).position
    for command in (created(person, pupil), reissued(person, pupil)):
        with pytest.raises(Refusal) as refused:
            story.do(by, ELEVEN, command)
        assert refused.value.code == code
    assert story.store.head(SCHOOL_ID).position == head


@pytest.mark.parametrize(
    ("act", "clause", "who"),
    [
        ("ust-belaya", "9.6(b2)", "выдаёт администратор"),
        ("school-37", "Положение молчит", "выдаёт администратор"),
        ("perm", "3.3, 3.4", "вручает пароли классный руководитель"),
        ("poshekhonye", "3.2, 3.3", "вручает пароли классный руководитель"),
    ],
)
def test_elsewhere_the_act_names_who_gives_access(act: str, clause: str, who: str) -> None:
    story = under(act)
    with pytest.raises(Refusal, match=who) as refused:
        story.do("Громова", ELEVEN, created(MOTHER_OF_TWO, KALYANA))
    assert (refused.value.code, refused.value.clause, refused.value.status) == ("P-32", clause, 403)
    story.do("Носов", ELEVEN, created(MOTHER_OF_TWO, KALYANA))
    with pytest.raises(Refusal, match=who):
        story.do("Громова", ELEVEN, reissued(MOTHER_OF_TWO, KALYANA))
    issued = story.entries(ACCOUNT)[-1]
    assert (issued.stamp.role, issued.event.procedure) == (Role.ADMINISTRATOR, "administrator")


def test_who_leads_the_class_no_more_gives_no_access() -> None:
    story = under("padun")
    story.do("Громова", "2026-10-18 23:59:59", created(MOTHER_OF_TWO, KALYANA))
    with pytest.raises(Refusal, match="не для вашей роли"):
        story.do("Громова", "2026-10-19 00:00:00", reissued(MOTHER_OF_TWO, KALYANA))
    story.do("Ким", "2026-10-19 00:00:00", reissued(MOTHER_OF_TWO, KALYANA))


def test_what_the_administrator_closed_no_new_password_opens() -> None:
    story = under("padun")
    story.do("Громова", ELEVEN, created(MOTHER_OF_TWO, KALYANA))
    story.do("Носов", "2026-10-12 12:00", BlockAccount(account=ACCOUNT, reason="compromise"))
    with pytest.raises(Refusal) as refused:
        story.do("Громова", "2026-10-12 13:00", reissued(MOTHER_OF_TWO, KALYANA))
    assert refused.value.code == "account-open"


def test_the_account_must_be_that_persons() -> None:
    story = under("padun")
    made = CreateAccount(account=ACCOUNT, person=named("Соколова"), credential=named("пароль 1"))
    story.do("Носов", ELEVEN, made)
    for command, code in (
        (reissued(MOTHER_OF_TWO, KALYANA), "account-exists"),
        (reissued(MOTHER_OF_TWO, KALYANA, account=uuid4()), "account-exists"),
        (created(MOTHER_OF_TWO, KALYANA), "account-new"),
        (IssueCredential(account=ACCOUNT, credential=named("пароль 2")), "not-allowed"),
    ):
        with pytest.raises(Refusal) as refused:
            story.do("Громова", "2026-10-12 12:00", command)
        assert refused.value.code == code


def test_the_json_api_offers_neither() -> None:
    assert not {"CreateFamilyAccount", "IssueFamilyCredential"} & set(BY_NAME)


# --- the page ----------------------------------------------------------------------------------------------


@pytest.fixture
def padun(database: Database, tmp_path: Path) -> Iterator[Place]:
    with served(database, tmp_path, "padun") as place:
        yield place


def row_of(place: Place, person: UUID) -> accounts.AccountRow:
    with place.here.pool.connection() as connection:
        return accounts.of_persons(connection, place.school, [person])[person]


def line_of(page: str, name: str) -> str:
    return next(row for row in page.split("<tr") if f"{name}<" in row)


def test_the_page_says_who_has_access_and_who_never_came(padun: Place) -> None:
    teacher = browser(padun, "gromova")
    padun.add_account(MOTHER, "isakova")
    page = teacher.get(PAGE).text
    assert "нет учётной записи" in line_of(page, " Исаков Денис")
    assert "ни разу не входил" in line_of(page, " Исакова Вера Ильинична")
    browser(padun, "isakova")
    assert "входит" in line_of(teacher.get(PAGE).text, " Исакова Вера Ильинична")


def test_a_closed_account_is_no_parents_account(padun: Place) -> None:
    teacher, account = browser(padun, "gromova"), padun.add_account(MOTHER, "isakova")
    assert "У каждого ученика есть учётная запись родителя" in teacher.get(PAGE).text
    account_desk.block(padun.here, account_desk.asked_by_system(padun.school), account, "other")
    page = teacher.get(PAGE).text
    assert "Нет учётной записи родителя: 1" in page
    assert "доступ закрыт" in line_of(page, "Исакова Вера Ильинична")
    assert str(MOTHER) not in page
    assert send(teacher, PAGE, person=str(MOTHER)).status_code == 302


def test_a_working_password_ends_only_after_a_question(padun: Place) -> None:
    padun.add_account(MOTHER, "isakova")
    teacher, mother = browser(padun, "gromova"), browser(padun, "isakova")
    before = row_of(padun, MOTHER).credential_id
    asked = send(teacher, PAGE, person=str(MOTHER)).text
    assert "Выдать новые пароли?" in asked
    assert row_of(padun, MOTHER).credential_id == before
    shown = send(teacher, PAGE, person=str(MOTHER), confirmed="yes").text
    assert mother.get("/calendar").status_code == 302
    assert sign_in(padun.browser(), "isakova", PASSWORD).status_code == 403
    assert sign_in(padun.browser(), "isakova", password_in(shown)).status_code == 302
    stored = padun.here.store.load(padun.school, streams=[row_of(padun, MOTHER).account_id])
    parent = stored.streams[row_of(padun, MOTHER).account_id][-1].event.parent
    assert parent == row_of(padun, LEADER).credential_id


def test_passwords_are_given_to_a_whole_family_at_once_and_to_no_stranger(padun: Place) -> None:
    teacher = browser(padun, "gromova")
    strangers = [str(padun.people.kalyana), str(padun.people.nosov)]
    shown = send(teacher, PAGE, person=[str(ISAKOV), str(MOTHER), *strangers]).text
    assert shown.count("пароль для первого входа") == 2
    assert {"isakov.d", "isakova.vi"} == {row_of(padun, each).login for each in (ISAKOV, MOTHER)}
    assert f'href="{PAGE}"' in shown
    assert send(teacher, PAGE, person=strangers).status_code == 302


def test_a_colleague_who_is_a_parent_is_left_to_the_administrator(padun: Place) -> None:
    sokolova = padun.people.sokolova
    append(padun, ISAKOV, GuardianLinked(guardian=sokolova, kinship="мать"))
    teacher = browser(padun, "gromova")
    page = teacher.get(PAGE).text
    assert "доступ ведёт администратор" in line_of(page, "Соколова Ирина Владимировна")
    assert str(sokolova) not in page
    assert "У каждого ученика есть учётная запись родителя" in page  # hers opens the diary as well
    before = row_of(padun, sokolova).credential_id
    assert send(teacher, PAGE, person=str(sokolova), confirmed="yes").status_code == 302
    assert row_of(padun, sokolova).credential_id == before


def test_under_perm_the_page_lists_who_waits_and_gives_nothing(database: Database, tmp_path: Path) -> None:
    with served(database, tmp_path, "perm") as place:
        teacher = browser(place, "gromova")
        page = teacher.get(PAGE).text
        assert "Ждут пароля: 2" in page
        assert "вручает пароли классный руководитель" in page
        assert "3.3, 3.4" in page
        assert 'name="person"' not in page
        place.add_account(MOTHER, "isakova")
        browser(place, "isakova")
        assert "Ждут пароля: 1" in teacher.get(PAGE).text


def test_the_past_is_shown_and_nothing_is_given_there(padun: Place) -> None:
    moment = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    padun.clock.pass_(timedelta(minutes=5))
    teacher = browser(padun, "gromova")
    page = teacher.get(PAGE, query_string={"at": moment}).text
    assert "доступ — сегодняшний" in page
    assert 'name="person"' not in page
    assert "Исаков Денис" in page


def test_every_look_and_every_showing_of_passwords_is_kept(padun: Place) -> None:
    teacher = browser(padun, "gromova")
    send(teacher, PAGE, person=str(MOTHER))
    span = {"first": datetime(2020, 1, 1, tzinfo=UTC), "last": datetime(2090, 1, 1, tzinfo=UTC)}
    with padun.here.pool.connection() as connection:
        views = views_log.of_account(connection, padun.school, row_of(padun, LEADER).account_id, **span)
    assert {("class access", CLASS), ("class passwords", CLASS)} <= {(v.page, v.class_id) for v in views}


def test_the_class_pages_lead_there_for_whoever_may(padun: Place) -> None:
    teacher, administrator = browser(padun, "gromova"), browser(padun, "nosov")
    for page in (f"/class/{CLASS}", f"/class/{CLASS}/contacts", f"/school/class/{CLASS}"):
        assert PAGE in teacher.get(page).text, page
    assert PAGE in administrator.get(f"/class/{CLASS}/contacts").text
    append(padun, named("Дьячкова"), RoleGranted(role="deputy", first=SINCE, until=None, competence=None))
    padun.add_account(named("Дьячкова"), "deputy")
    deputy = browser(padun, "deputy")
    assert deputy.get(f"/school/class/{CLASS}").status_code == 200
    assert PAGE not in deputy.get(f"/school/class/{CLASS}").text
    assert deputy.get(PAGE).status_code == 404


@pytest.mark.parametrize("act", ["ust-belaya", "padun"])
def test_the_administrator_gives_access_under_any_act(database: Database, tmp_path: Path, act: str) -> None:
    with served(database, tmp_path, act) as place:
        shown = send(browser(place, "nosov"), PAGE, person=str(MOTHER)).text
        assert sign_in(place.browser(), "isakova.vi", password_in(shown)).status_code == 302
        account = row_of(place, MOTHER).account_id
        stored = place.here.store.load(place.school, streams=[account]).streams[account]
        assert stored[-1].stamp.role is Role.ADMINISTRATOR
