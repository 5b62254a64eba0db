"""Sessions: the idle lock, revoking at once, cookies and headers (R-035, R-175)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from ledger import sessions
from tests.small_school import PASSWORD, Place, form_token, found_school, send, serve, sign_in
from web import account_desk
from web.account_desk import asked_by_system

IDLE = timedelta(minutes=15)
INSTANT = timedelta(microseconds=1)
JSON = {"Accept": "application/json"}
PAGE = "/password"  # any page that asks for somebody signed in


@pytest.fixture
def place(database, tmp_path):
    with serve(database, tmp_path, idle=IDLE) as served:
        yield served


@pytest.fixture
def account(place: Place):
    return place.add_account(place.people.sokolova, "sokolova.iv")


@pytest.fixture
def browser(place: Place, account):
    opened = place.browser()
    sign_in(opened, "sokolova.iv")
    return opened


def session_ids(place, account):
    with place.here.pool.connection() as connection:
        return [row.session_id for row in sessions.of_account(connection, place.school, account)]


def test_an_instant_before_the_idle_limit_the_page_still_opens(place, browser):
    place.clock.pass_(IDLE - INSTANT)
    assert browser.get(PAGE).status_code == 200


def test_at_the_idle_limit_the_password_is_asked(place, browser):
    place.clock.pass_(IDLE)
    asked = browser.get(PAGE)
    assert (asked.status_code, asked.location) == (302, f"/unlock?next={PAGE}")
    told = browser.get(PAGE, headers=JSON)
    assert (told.status_code, told.json["code"]) == (423, "locked")
    assert "Введите пароль" in told.json["sentence"]


def test_each_request_begins_the_idle_time_anew(place, browser):
    for _ in range(3):
        place.clock.pass_(IDLE - INSTANT)
        assert browser.get(PAGE).status_code == 200


def test_a_locked_session_is_not_opened_by_asking_again(place, browser):
    place.clock.pass_(IDLE)
    browser.get(PAGE)
    assert browser.get(PAGE, headers=JSON).status_code == 423
    assert browser.get(PAGE, headers=JSON).status_code == 423


def test_after_unlocking_the_same_session_goes_on(place, browser, account):
    before = session_ids(place, account)
    place.clock.pass_(IDLE)
    token = form_token(browser.get("/unlock").text)
    fields = {"csrf_token": token, "next": "/password?a=1"}
    refused = browser.post("/unlock", data={**fields, "password": "не тот"})
    assert refused.status_code == 403
    assert browser.get(PAGE, headers=JSON).status_code == 423
    opened = browser.post("/unlock", data={**fields, "password": PASSWORD})
    assert (opened.status_code, opened.location) == (302, "/password?a=1")
    assert browser.get(PAGE).status_code == 200
    assert session_ids(place, account) == before


def test_a_script_unlocks_without_leaving_its_page(place, browser):
    page_token = form_token(browser.get(PAGE).text)
    place.clock.pass_(IDLE)
    headers = {**JSON, "X-CSRFToken": page_token}
    wrong = browser.post("/unlock", json={"password": "не тот"}, headers=headers)
    assert (wrong.status_code, wrong.json["code"]) == (403, "unlock")
    right = browser.post("/unlock", json={"password": PASSWORD}, headers=headers)
    assert right.status_code == 200
    assert right.json["csrf"]


def test_a_page_that_stayed_open_may_send_its_form_after_signing_in_again(place, browser, account):
    page_token = form_token(browser.get(PAGE).text)
    account_desk.end_sessions(place.here, place.school, account)
    again = browser.post(
        "/sign-in",
        json={"login": "sokolova.iv", "password": PASSWORD},
        headers={**JSON, "X-CSRFToken": page_token},
    )
    assert again.status_code == 200
    sent = browser.post(PAGE, data={"csrf_token": page_token, "current": "не тот"})
    assert sent.status_code == 403


def test_another_person_on_the_same_browser_gets_other_tokens(place, browser):
    page_token = form_token(browser.get(PAGE).text)
    place.add_account(place.people.nosov, "nosov")
    browser.post("/sign-out", data={"csrf_token": page_token})
    sign_in(browser, "nosov")
    assert browser.post(PAGE, data={"csrf_token": page_token}).status_code == 400


def test_guessing_at_the_lock_is_throttled_too(place, browser):
    place.clock.pass_(IDLE)
    statuses = [send(browser, "/unlock", password="не тот").status_code for _ in range(6)]
    assert statuses == [403] * 5 + [429]


def test_a_session_ended_by_the_administrator_is_closed_at_once(place, browser, account):
    assert browser.get(PAGE, headers=JSON).status_code == 200
    assert account_desk.end_sessions(place.here, place.school, account) == 1
    assert browser.get(PAGE, headers=JSON).status_code == 401


def test_a_blocked_account_is_closed_at_once_and_stays_out(place, browser, account):
    account_desk.block(place.here, asked_by_system(place.school), account, "other")
    assert browser.get(PAGE, headers=JSON).status_code == 401
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    account_desk.unblock(place.here, asked_by_system(place.school), account, "other")
    assert browser.get(PAGE, headers=JSON).status_code == 401
    assert sign_in(place.browser(), "sokolova.iv").status_code == 302


def test_a_reissued_password_ends_every_session(place, browser, account):
    password = account_desk.reissue(place.here, asked_by_system(place.school), account)
    assert browser.get(PAGE, headers=JSON).status_code == 401
    assert sign_in(place.browser(), "sokolova.iv").status_code == 403
    assert sign_in(place.browser(), "sokolova.iv", password).status_code == 302


def test_signing_out_ends_the_session_and_not_only_the_cookie(place, browser, account):
    stolen = browser.get_cookie("letopis").value
    assert send(browser, "/sign-out", page=PAGE).status_code == 302
    thief = place.browser()
    thief.set_cookie("letopis", stolen)
    assert thief.get(PAGE, headers=JSON).status_code == 401


def test_a_change_of_password_ends_the_other_sessions_and_changes_the_token(place, browser, account):
    other, stolen = place.browser(), browser.get_cookie("letopis").value
    sign_in(other, "sokolova.iv")
    saved = send(browser, PAGE, current=PASSWORD, new="новый-пароль-9", again="новый-пароль-9")
    assert saved.status_code == 302
    assert browser.get(PAGE).status_code == 200
    assert other.get(PAGE, headers=JSON).status_code == 401
    thief = place.browser()
    thief.set_cookie("letopis", stolen)
    assert thief.get(PAGE, headers=JSON).status_code == 401


def test_tomorrow_everybody_signs_in_anew(place, browser):
    place.clock.pass_(sessions.LIFETIME)
    assert browser.get(PAGE, headers=JSON).status_code == 401


def test_a_token_of_one_school_opens_no_other(place, browser):
    other, _ = found_school(place.here)
    token = browser.get_cookie("letopis").value
    forged = place.browser()
    forged.set_cookie("letopis", f"{other.hex}.{token.partition('.')[2]}")
    assert forged.get(PAGE, headers=JSON).status_code == 401


@pytest.mark.parametrize("token", ["", ".", "x", f"{UUID(int=7).hex}.", "\N{SNOWMAN}.a", "0" * 5000])
def test_nonsense_for_a_token_is_nobody(place, token):
    visitor = place.browser()
    assert visitor.get(PAGE, headers={**JSON, "Authorization": f"Bearer {token}"}).status_code == 401


def test_a_program_with_a_bearer_token_needs_no_form_token(place, browser, account):
    bearer = {"Authorization": f"Bearer {browser.get_cookie('letopis').value}", **JSON}
    program = place.browser()
    assert program.get(PAGE, headers=bearer).status_code == 200
    assert program.post("/sign-out", headers=bearer).status_code == 302
    assert program.get(PAGE, headers=bearer).status_code == 401


def test_a_program_signs_in_without_a_form_and_gets_no_cookie(place, account):
    given = {"login": "sokolova.iv", "password": PASSWORD}
    answer = place.browser().post("/api/v1/session", json=given)
    assert answer.status_code == 201
    assert not answer.headers.getlist("Set-Cookie")
    bearer = {"Authorization": f"Bearer {answer.json['token']}", **JSON}
    assert place.browser().get(PAGE, headers=bearer).status_code == 200


def test_a_program_that_is_nobody_is_told_so_and_not_of_forms(place):
    told = place.browser().post("/api/v1/commands/GiveMark", json={})
    assert (told.status_code, told.json["code"]) == (401, "not-signed-in")


def test_a_script_with_the_cookie_alone_writes_nothing(place, browser):
    told = browser.post("/api/v1/commands/GiveMark", json={})
    assert (told.status_code, told.json["code"]) == (400, "stale-form")


def test_an_empty_header_does_not_let_the_cookie_in_without_a_form_token(place, browser):
    told = browser.post("/sign-out", headers={**JSON, "Authorization": "Bearer "})
    assert told.status_code == 401
    assert browser.get(PAGE).status_code == 200


def test_what_the_api_can_do_is_open_to_read(place):
    assert place.browser().get("/api/v1/openapi.json").status_code == 200


def test_the_database_holds_no_token_that_could_be_used(place, browser):
    secret = browser.get_cookie("letopis").value.partition(".")[2]
    with place.here.pool.connection() as connection:
        row = connection.execute("SELECT s::text FROM access.sessions s").fetchone()[0]
    assert secret not in row
    assert secret.encode().hex() not in row


def test_cookies_are_shut_to_scripts_and_secure_over_https(place, account):
    plain = sign_in(place.browser(), "sokolova.iv").headers.getlist("Set-Cookie")
    assert any(c.startswith("letopis=") and "HttpOnly" in c and "SameSite=Lax" in c for c in plain)
    assert not any("Secure" in c for c in plain)
    https = {"base_url": "https://letopis.test"}
    browser = place.browser()
    token = form_token(browser.get("/sign-in", **https).text)
    fields = {"csrf_token": token, "login": "sokolova.iv", "password": PASSWORD}
    referer = {"Referer": "https://letopis.test/sign-in"}
    came = browser.post("/sign-in", data=fields, headers=referer, **https)
    cookies = came.headers.getlist("Set-Cookie")
    assert any(c.startswith("__Host-letopis=") and "Secure" in c and "Domain" not in c for c in cookies)
    assert all("Secure" in c for c in cookies)
    assert came.headers["Strict-Transport-Security"]
    assert browser.get(PAGE, **https).status_code == 200


def test_pages_may_load_nothing_inline_or_foreign_and_stay_in_no_cache(place, browser):
    page = browser.get(PAGE)
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    for inline in ("<style", " style=", " onclick=", "<script>", "http://", "https://"):
        assert inline not in page.text


def test_an_unknown_address_is_a_sentence(place, browser):
    missing = browser.get("/нет/такой")
    assert missing.status_code == 404
    assert "Такой страницы нет" in missing.text
    assert browser.get("/нет", headers=JSON).json["code"] == "http-404"


def test_healthz_answers_without_signing_in(place):
    answer = place.browser().get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
