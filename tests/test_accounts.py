"""Accounts: their entries, the administrator's page, one-time passwords (R-042, R-044, R-045, R-175)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
import time_machine

from commands.deciding import Refusal
from ledger import accounts, views_log
from ledger.account import fold_account
from ledger.accounts import LoginTaken
from ledger.entry import Category, Entry, Origin, Role, Stamp
from ledger.events.accounts import AccountBlocked, AccountCreated, AccountUnblocked, CredentialIssued
from ledger.events.voids import EntriesVoided
from ledger.people import Name
from tests.small_school import PASSWORD, Place, form_token, found_school, send, serve, sign_in
from web import account_desk, issuing, logins, passwords
from web.account_desk import asked_by_system
from web.cli import main

NOON = datetime(2026, 10, 12, tzinfo=UTC)


@pytest.fixture
def place(database, tmp_path):
    with serve(database, tmp_path) as served:
        yield served


@pytest.fixture
def account(place: Place):
    return place.add_account(place.people.sokolova, "sokolova.iv")


@pytest.fixture
def administrator(place: Place):
    place.add_account(place.people.nosov, "nosov")
    opened = place.browser()
    sign_in(opened, "nosov")
    return opened


def events_of(place: Place, account):
    return [entry.event for entry in entries_of(place, account)]


def entries_of(place: Place, account):
    return place.here.store.load(place.school, streams=[account]).streams[account]


def row_of(place: Place, account):
    with place.here.pool.connection() as connection:
        return accounts.by_id(connection, place.school, account)


# --- the entries -----------------------------------------------------------------------------------------


def test_an_account_and_its_credential_are_entries_without_login_or_password(place, account):
    created, issued = entries_of(place, account)
    assert created.event == AccountCreated(person=place.people.sokolova)
    assert issued.event.credential == row_of(place, account).credential_id
    assert (issued.event.procedure, issued.event.parent) == ("founding", None)
    assert {created.category, issued.category} == {Category.ACCOUNT}
    with place.here.pool.connection() as connection:
        ledger = connection.execute("SELECT string_agg(e::text, '') FROM ledger.entries e").fetchone()[0]
    assert "sokolova" not in ledger
    assert PASSWORD not in ledger


def test_an_own_password_descends_from_the_one_before_and_an_issued_one_begins_anew(place, account):
    browser = place.browser()
    sign_in(browser, "sokolova.iv")
    first = row_of(place, account).credential_id
    send(browser, "/password", current=PASSWORD, new="новый-пароль-9", again="новый-пароль-9")
    own = row_of(place, account).credential_id
    assert events_of(place, account)[-1] == CredentialIssued(credential=own, procedure="own", parent=first)
    assert fold_account(account, entries_of(place, account)).lineage == (first, own)
    account_desk.reissue(place.here, asked_by_system(place.school), account)
    last = row_of(place, account).credential_id
    assert fold_account(account, entries_of(place, account)).lineage == (last,)


def test_what_an_administrator_issues_names_his_own_credential_as_its_parent(place, administrator, account):
    page = f"/accounts/?group={place.people.klass}"
    send(administrator, "/accounts/issue", page=page, group=place.people.klass, person=place.people.kalyana)
    with place.here.pool.connection() as connection:
        kalyana = accounts.of_persons(connection, place.school, [place.people.kalyana])[place.people.kalyana]
        nosov = accounts.by_login(connection, place.school, "nosov")
    issued = events_of(place, kalyana.account_id)[-1]
    assert (issued.procedure, issued.parent) == ("administrator", nosov.credential_id)
    stamp = entries_of(place, kalyana.account_id)[-1].stamp
    assert (stamp.role, stamp.person, stamp.credential) == (
        Role.ADMINISTRATOR, place.people.nosov, nosov.credential_id,
    )  # fmt: skip


def test_blocking_twice_is_one_entry(place, account):
    for _ in range(2):
        account_desk.block(place.here, asked_by_system(place.school), account, "other")
    assert events_of(place, account)[2:] == [AccountBlocked(reason="other")]
    account_desk.unblock(place.here, asked_by_system(place.school), account, "other")
    assert fold_account(account, entries_of(place, account)).blocked is False


def test_a_refused_command_leaves_the_row_as_it_was(place, account):
    before = row_of(place, account)
    with pytest.raises(Refusal):
        account_desk.block(place.here, asked_by_system(place.school), account, "мне так захотелось")
    assert row_of(place, account) == before
    with pytest.raises(Refusal):
        account_desk.reissue(place.here, asked_by_system(place.school), uuid4())


def test_a_taken_login_creates_nothing_at_all(place, account):
    head = place.here.store.head(place.school)
    with pytest.raises(LoginTaken):
        place.add_account(place.people.kalyana, "SOKOLOVA.IV")
    assert place.here.store.head(place.school) == head


# --- entry and row are two transactions --------------------------------------------------------------------


APPEND, UPDATE_ROW, ADD_ROW = (
    "EXECUTE ON FUNCTION ledger.append",
    "UPDATE ON access.accounts",
    "INSERT ON access.accounts",
)


@contextmanager
def cut_short(database, right):
    """The action inside ends where it would use that right, as if the connection had died there."""
    with psycopg.connect(database.superuser_dsn, autocommit=True) as connection:
        connection.execute(f"REVOKE {right} FROM letopis_app")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            yield
        connection.execute(f"GRANT {right} TO letopis_app")


def doctor_of(place, database, monkeypatch, capsys) -> str:
    monkeypatch.setenv("LETOPIS_HOME", str(place.master_key_file.parent))
    monkeypatch.setenv("DATABASE_URL", database.app_dsn)
    capsys.readouterr()
    main(["doctor"])
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "учётные записи" in line]
    return line


def test_an_account_that_could_not_be_entered_is_closed_all_the_same(
    place, account, database, monkeypatch, capsys
):
    teacher = place.browser()
    sign_in(teacher, "sokolova.iv")
    assert doctor_of(place, database, monkeypatch, capsys).startswith("хорошо")
    with cut_short(database, APPEND):
        account_desk.block(place.here, asked_by_system(place.school), account, "other")
    assert teacher.get("/password").status_code == 302
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    said = doctor_of(place, database, monkeypatch, capsys)
    assert said.startswith("ПЛОХО")
    assert "у 1 имён входа" in said
    account_desk.block(place.here, asked_by_system(place.school), account, "other")
    assert doctor_of(place, database, monkeypatch, capsys).startswith("хорошо")
    account_desk.unblock(place.here, asked_by_system(place.school), account, "other")
    assert teacher.get("/password").status_code == 302, "the session of before the block must not come back"


def test_an_unblocking_that_was_cut_short_leaves_the_account_closed(
    place, account, database, monkeypatch, capsys
):
    account_desk.block(place.here, asked_by_system(place.school), account, "left")
    with cut_short(database, UPDATE_ROW):
        account_desk.unblock(place.here, asked_by_system(place.school), account, "other")
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    assert "у 1 имён входа" in doctor_of(place, database, monkeypatch, capsys)


def test_a_reissue_that_could_not_be_entered_ends_the_old_password(
    place, account, database, monkeypatch, capsys
):
    teacher = place.browser()
    sign_in(teacher, "sokolova.iv")
    with cut_short(database, APPEND):
        account_desk.reissue(place.here, asked_by_system(place.school), account)
    assert teacher.get("/password").status_code == 302
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    assert "у 1 имён входа" in doctor_of(place, database, monkeypatch, capsys)
    password = account_desk.reissue(place.here, asked_by_system(place.school), account)
    assert sign_in(place.browser(), "sokolova.iv", password).status_code == 302
    assert doctor_of(place, database, monkeypatch, capsys).startswith("хорошо")


def test_an_account_whose_row_was_never_written_is_one_nobody_signs_in_with(
    place, database, monkeypatch, capsys
):
    with cut_short(database, ADD_ROW):
        place.add_account(place.people.sokolova, "sokolova.iv")
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    assert doctor_of(place, database, monkeypatch, capsys).startswith("хорошо")
    place.add_account(place.people.sokolova, "sokolova.iv")
    assert sign_in(place.browser(), "sokolova.iv").status_code == 302


def test_an_account_that_the_ledger_does_not_know_is_said(place, account, database, monkeypatch, capsys):
    with place.here.pool.connection() as connection:
        row = replace(row_of(place, account), account_id=uuid4(), person_id=uuid4(), login="smuggled")
        accounts.add(connection, row)
    said = doctor_of(place, database, monkeypatch, capsys)
    assert said.startswith("ПЛОХО")
    assert "smuggled" in said


def test_what_is_refused_keeps_sessions_and_password(place, account):
    teacher = place.browser()
    sign_in(teacher, "sokolova.iv")
    with pytest.raises(Refusal):
        account_desk.block(place.here, asked_by_system(place.school), account, "мне так захотелось")
    assert teacher.get("/password").status_code == 200
    assert sign_in(place.browser(), "sokolova.iv").status_code == 302


def test_changes_of_accounts_at_once_leave_row_and_entries_alike(place, account):
    by = asked_by_system(place.school)
    actions = [
        lambda: account_desk.block(place.here, by, account, "other"),
        lambda: account_desk.unblock(place.here, by, account, "other"),
        lambda: account_desk.reissue(place.here, by, account),
    ] * 5  # fmt: skip
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda action: action(), actions))
    assert accounts.agrees(row_of(place, account), fold_account(account, entries_of(place, account)))


def test_clocks_that_differ_are_a_sentence_and_the_account_is_closed(place, administrator):
    account = place.add_account(place.people.sokolova, "sokolova.iv")
    one = f"/accounts/{account}"
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5)):
        refused = send(administrator, f"{one}/block", page=one, reason="compromise")
    assert refused.status_code == 503
    assert "Часы сервера расходятся" in refused.text
    assert "уже прекращён" in refused.text
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    assert events_of(place, account)[2:] == []


def test_an_account_of_another_school_cannot_be_touched_from_this_one(place, administrator):
    other, persons = found_school(place.here)
    by = asked_by_system(other)
    foreign = account_desk.create(
        place.here, by, person=persons.sokolova, login="sokolova.iv", password=PASSWORD
    )
    token = form_token(administrator.get("/accounts/").text)
    for action in ("block", "unblock"):
        fields = {"csrf_token": token, "reason": "left"}
        assert administrator.post(f"/accounts/{foreign}/{action}", data=fields).status_code == 404
    assert administrator.get(f"/accounts/{foreign}").status_code == 404
    with place.here.pool.connection() as connection:
        assert accounts.by_id(connection, other, foreign).blocked_at is None


def entry(position, account, event):
    stamp = Stamp(
        school=uuid4(), account=account, person=uuid4(), role=Role.SYSTEM, command_id=uuid4(),
        received_at=NOON, origin=Origin.SYSTEM,
    )  # fmt: skip
    return Entry(
        position=position, category=Category.ACCOUNT, stream=account, version=position, event=event,
        stamp=stamp, recorded_at=NOON,
    )  # fmt: skip


def test_a_voided_credential_gives_back_the_one_before():
    account, first, second = uuid4(), uuid4(), uuid4()
    history = [
        AccountCreated(person=uuid4()),
        CredentialIssued(credential=first, procedure="administrator", parent=None),
        CredentialIssued(credential=second, procedure="own", parent=first),
        AccountBlocked(reason="compromise"),
        EntriesVoided(act=uuid4(), positions=(3,)),
        AccountUnblocked(reason="other"),
    ]
    folded = [
        fold_account(account, [entry(n, account, e) for n, e in enumerate(history[:k], 1)]) for k in (3, 4, 6)
    ]
    assert [state.lineage for state in folded] == [(first, second), (first, second), (first,)]
    assert [state.blocked for state in folded] == [False, True, False]
    assert folded[-1].version == 6


# --- the administrator's page ------------------------------------------------------------------------------


def test_only_an_administrator_sees_the_accounts(place, account, administrator):
    assert administrator.get("/accounts/").status_code == 200
    teacher = place.browser()
    sign_in(teacher, "sokolova.iv")
    for address in ("/accounts/", f"/accounts/{account}"):
        assert teacher.get(address).status_code == 403
    token = form_token(teacher.get("/password").text)
    refused = teacher.post("/accounts/issue", data={"csrf_token": token, "person": place.people.nosov})
    assert refused.status_code == 403


def test_the_list_names_people_with_and_without_an_account(place, account, administrator):
    page = administrator.get("/accounts/").text
    assert "Соколова Ирина Владимировна" in page
    assert "sokolova.iv" in page
    assert "сеансов: 1" in page
    families = administrator.get(f"/accounts/?group={place.people.klass}").text
    assert "Каляна Мария" in families
    assert "Каляна Анна Сергеевна" in families
    assert "нет учётной записи" in families
    assert administrator.get("/accounts/?group=nonsense").status_code == 404


def test_a_one_time_password_is_shown_once_and_opens_the_first_sign_in(place, administrator):
    page = f"/accounts/?group={place.people.klass}"
    fields = {"group": place.people.klass, "person": place.people.kalyana}
    shown = send(administrator, "/accounts/issue", page=page, **fields).text
    password = shown.split("пароль для первого входа: <code>")[1].split("</code>")[0]
    assert "kalyana.m" in shown
    assert password not in administrator.get(page).text
    pupil = place.browser()
    assert sign_in(pupil, "kalyana.m", password).status_code == 302
    assert pupil.get("/accounts/").location.startswith("/password")


def test_a_working_password_is_ended_only_when_asked_again(place, account, administrator):
    before, page = row_of(place, account), "/accounts/"
    fields = {"group": "staff", "person": place.people.sokolova}
    asked = send(administrator, "/accounts/issue", page=page, **fields).text
    assert "Соколова Ирина Владимировна" in asked
    assert "пароль для первого входа" not in asked
    assert row_of(place, account) == before
    shown = send(administrator, "/accounts/issue", page=page, confirmed="yes", **fields).text
    assert "пароль для первого входа" in shown
    assert row_of(place, account).credential_id != before.credential_id


def test_nobody_issues_a_one_time_password_to_themselves(place, account, administrator):
    assert f'value="{place.people.nosov}"' not in administrator.get("/accounts/").text
    own = {"group": "staff", "confirmed": "yes", "person": place.people.nosov}
    assert send(administrator, "/accounts/issue", page="/accounts/", **own).status_code == 302
    assert "Сменить свой пароль" in administrator.get("/accounts/").text, "still signed in"
    both = own | {"person": [place.people.nosov, place.people.sokolova]}
    shown = send(administrator, "/accounts/issue", page="/accounts/", **both).text
    assert "sokolova.iv" in shown
    assert ">nosov<" not in shown
    assert administrator.get("/accounts/").status_code == 200


def test_opening_an_account_asks_why_it_is_opened(place, account, administrator):
    one = f"/accounts/{account}"
    assert "больше не работает" in administrator.get(one).text
    send(administrator, f"{one}/block", page=one, reason="left")
    closed = administrator.get(one).text
    assert "снова работает" in closed
    assert "больше не работает" not in closed


def test_a_printed_page_says_the_school_the_moment_and_who(place, administrator):
    (line,) = [text for text in administrator.get("/accounts/").text.splitlines() if "print-only" in text]
    assert "Школа с. Усть-Белая" in line
    assert "Носов Д. А." in line


def test_the_administrator_blocks_unblocks_and_ends_sessions(place, account, administrator):
    teacher = place.browser()
    sign_in(teacher, "sokolova.iv")
    one = f"/accounts/{account}"
    assert send(administrator, f"{one}/end-sessions", page=one).status_code == 302
    assert teacher.get("/password").status_code == 302
    assert send(administrator, f"{one}/block", page=one, reason="left").status_code == 302
    assert row_of(place, account).blocked_at is not None
    assert "доступ закрыт" in administrator.get(one).text
    assert send(administrator, f"{one}/unblock", page=one, reason="other").status_code == 302
    assert row_of(place, account).blocked_at is None


def test_what_a_breach_closed_opens_with_a_new_password_and_the_old_one_lets_nobody_in(
    place, account, administrator
):
    one = f"/accounts/{account}"
    send(administrator, f"{one}/block", page=one, reason="compromise")
    page = administrator.get(one).text
    assert "Выдать новый пароль и открыть доступ" in page
    assert "с прежним паролем" not in page
    refused = send(administrator, f"{one}/unblock", page=one, reason="compromise")
    assert refused.status_code == 409
    assert "сначала выдайте новый" in refused.text
    assert row_of(place, account).blocked_at is not None
    shown = send(administrator, f"{one}/reopen", page=one, reason="compromise").text
    password = shown.split("пароль для первого входа: <code>")[1].split("</code>")[0]
    assert [type(event).__name__ for event in events_of(place, account)[-2:]] == [
        "CredentialIssued", "AccountUnblocked",
    ]  # fmt: skip
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    assert sign_in(place.browser(), "sokolova.iv", password).status_code == 302
    again = row_of(place, account)
    assert send(administrator, f"{one}/reopen", page=one, reason="compromise").status_code == 302
    assert row_of(place, account) == again, "an open access keeps its password"


def test_of_passwords_for_many_those_closed_are_named(place, account, administrator):
    one, page = f"/accounts/{account}", "/accounts/"
    send(administrator, f"{one}/block", page=one, reason="compromise")
    before = row_of(place, account)
    shown = send(
        administrator, "/accounts/issue", page=page, group="staff", person=place.people.sokolova
    ).text
    assert "Пароль не выдан, доступ закрыт: Соколова Ирина Владимировна." in shown
    assert row_of(place, account) == before


def test_an_administrator_cannot_lock_himself_out(place, administrator):
    with place.here.pool.connection() as connection:
        own = accounts.by_login(connection, place.school, "nosov").account_id
    refused = send(administrator, f"/accounts/{own}/block", page="/accounts/", reason="left")
    assert refused.status_code == 409
    assert "самому себе" in refused.text
    assert administrator.get("/accounts/").status_code == 200


def test_printing_passwords_and_looking_at_a_pupils_account_are_in_the_log_too(place, administrator):
    page = f"/accounts/?group={place.people.klass}"
    send(administrator, "/accounts/issue", page=page, group=place.people.klass, person=place.people.kalyana)
    with place.here.pool.connection() as connection:
        kalyana = accounts.of_persons(connection, place.school, [place.people.kalyana])
        administrator.get(f"/accounts/{kalyana[place.people.kalyana].account_id}")
        at = place.clock()
        views = views_log.of_pupil(connection, place.school, place.people.kalyana, first=at, last=at)
        assert [view.page for view in views] == ["account"]
        assert views[0].person_id is None
        nosov = accounts.by_login(connection, place.school, "nosov")
        all_of_his = views_log.of_account(connection, place.school, nosov.account_id, first=at, last=at)
    assert [view.page for view in all_of_his] == ["accounts", "accounts passwords", "account"]


def test_looking_at_a_colleagues_account_says_whose(place, account, administrator):
    administrator.get(f"/accounts/{account}")
    with place.here.pool.connection() as connection:
        nosov = accounts.by_login(connection, place.school, "nosov")
        at = place.clock()
        (view,) = views_log.of_account(connection, place.school, nosov.account_id, first=at, last=at)
        assert (view.pupil_id, view.person_id) == (None, place.people.sokolova)
        assert accounts.person_of(connection, place.school, account) == place.people.sokolova
        assert accounts.person_of(connection, uuid4(), account) is None


def test_looking_at_a_class_is_in_the_log_of_views_and_stays_there(place, administrator):
    administrator.get(f"/accounts/?group={place.people.klass}")
    with place.here.pool.connection() as connection:
        nosov = accounts.by_login(connection, place.school, "nosov")
        at = place.clock()
        (view,) = views_log.of_account(connection, place.school, nosov.account_id, first=at, last=at)
        assert (view.page, view.class_id, view.ip) == ("accounts", place.people.klass, "127.0.0.1")
        assert view.credential_id == nosov.credential_id
        later = at + timedelta(microseconds=1)
        assert views_log.of_account(connection, place.school, nosov.account_id, first=later, last=later) == []
        for statement in ("DELETE FROM access.views", "UPDATE access.views SET page = ''"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


# --- one-time passwords and logins -------------------------------------------------------------------------


def test_passwords_for_a_class_are_issued_once_and_again_only_when_asked(place):
    family = issuing.family_of(place.here.school(place.school), place.people.klass)
    by = asked_by_system(place.school)
    first = list(issuing.issue(place.here, by, family, again=False))
    assert [one.login for one in first] == ["kalyana.as", "kalyana.m"]
    assert list(issuing.issue(place.here, by, family, again=False)) == []
    second = list(issuing.issue(place.here, by, family, again=True))
    assert [one.login for one in second] == ["kalyana.as", "kalyana.m"]
    assert {one.password for one in first}.isdisjoint(one.password for one in second)
    assert sign_in(place.browser(), "kalyana.m", first[1].password).status_code == 403
    assert sign_in(place.browser(), "kalyana.m", second[1].password).status_code == 302


def test_issuing_that_takes_longer_than_a_request_may_goes_on(place):
    by = asked_by_system(place.school)
    began = replace(by, received_at=by.received_at - timedelta(minutes=2))
    family = issuing.family_of(place.here.school(place.school), place.people.klass)
    assert len(list(issuing.issue(place.here, began, family, again=False))) == 2


def test_the_sheet_and_the_csv_name_each_person_login_and_password(place):
    by, school = asked_by_system(place.school), place.here.school(place.school)
    issued = list(issuing.issue(place.here, by, issuing.staff_of(school), again=False))
    assert [one.login for one in issued] == ["nosov.da", "sokolova.iv"]
    assert list(issuing.csv_lines(issued))[1] == f"Носов Денис Андреевич;nosov.da;{issued[0].password}\n"
    sheet = "".join(issuing.slips(issued, school.title))
    assert sheet.count("Школа с. Усть-Белая") == 2
    assert issued[1].password in sheet


def test_a_one_time_password_has_fifty_bits_and_no_signs_taken_for_others():
    signs = set("".join(passwords.one_time() for _ in range(300))) - {"-"}
    assert signs == set(passwords.SIGNS)
    assert not signs & set("01iloO8")
    assert len(passwords.SIGNS) ** 12 > 2**50
    assert len({passwords.one_time() for _ in range(300)}) == 300


@pytest.mark.parametrize(
    ("name", "login"),
    [
        (Name(last="Щёголев", first="Юрий", middle="Яковлевич"), "schegolev.yy"),
        (Name(last="О'Коннор-Ким", first="Анна"), "okonnorkim.a"),
        (Name(last="Ӄэргытваԓ", first="Ыттувги"), "kergytval.y"),
        (Name(last="李", first="明"), "user"),
    ],
)
def test_a_login_is_spelt_from_the_name(name, login):
    assert logins.suggest(name, frozenset()) == login
    assert logins.suggest(name, {login}) == f"{login}2"
    assert logins.suggest(name, {login, f"{login}2"}) == f"{login}3"
