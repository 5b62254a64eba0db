"""Signing in: who may, what a failure tells, how often one may try (R-042, R-045, R-056)."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest

from ledger import accounts, attempts
from tests.small_school import PASSWORD, Place, form_token, found_school, send, serve, sign_in
from web import account_desk, passwords, signing
from web.account_desk import NotADemonstration, asked_by_system
from web.signing import Credentials, SignInFailed, TooManyAttempts

SECOND = timedelta(seconds=1)


@pytest.fixture
def place(database, tmp_path):
    with serve(database, tmp_path) as served:
        yield served


@pytest.fixture
def sokolova(place: Place):
    return place.add_account(place.people.sokolova, "Sokolova.IV")


def test_a_page_asks_whoever_is_not_signed_in_to_sign_in_and_comes_back(place, sokolova):
    browser = place.browser()
    asked = browser.get("/password?a=1")
    assert asked.status_code == 302
    assert asked.location == "/sign-in?next=/password?a%3D1"
    token = form_token(browser.get(asked.location).text)
    fields = {"csrf_token": token, "login": "sokolova.iv", "password": PASSWORD, "next": "/password?a=1"}
    came = browser.post("/sign-in", data=fields)
    assert (came.status_code, came.location) == (302, "/password?a=1")
    assert browser.get("/password").status_code == 200


def test_a_program_is_told_in_json_that_it_is_not_signed_in(place):
    told = place.browser().get("/password", headers={"Accept": "application/json"})
    assert told.status_code == 401
    assert "Войдите" in told.json["sentence"]


@pytest.mark.parametrize(
    "foreign", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil"]
)
def test_after_signing_in_nobody_is_led_to_another_site(place, sokolova, foreign):
    came = send(place.browser(), "/sign-in", login="sokolova.iv", password=PASSWORD, next=foreign)
    assert (came.status_code, came.location) == (302, "/")


def test_the_login_is_taken_in_any_case_and_the_password_is_not(place, sokolova):
    assert sign_in(place.browser(), "  SOKOLOVA.iv ").status_code == 302
    assert sign_in(place.browser(), "sokolova.iv", PASSWORD.upper()).status_code == 403


def answer_to(place: Place, login: str, password: str) -> tuple[int, str]:
    """Status and body, without the form's token and the login that was typed."""
    browser = place.browser()
    answer = sign_in(browser, login, password)
    body = answer.text
    while 'name="csrf_token" value="' in body and form_token(body) != "-":
        body = body.replace(form_token(body), "-")
    return answer.status_code, body.replace(login, "LOGIN")


def test_a_failure_does_not_tell_whether_the_login_exists_or_is_blocked(place, sokolova):
    blocked = place.add_account(place.people.kalyana, "kalyana.m")
    account_desk.block(place.here, asked_by_system(place.school), blocked, "left")
    wrong = answer_to(place, "sokolova.iv", "не тот пароль")
    assert wrong[0] == 403
    assert "Войти не получилось" in wrong[1]
    assert answer_to(place, "nobody.nn", "не тот пароль") == wrong
    assert answer_to(place, "kalyana.m", PASSWORD) == wrong


def test_a_login_that_does_not_exist_costs_a_whole_password_check():
    def seconds(password_hash):
        started = perf_counter()
        passwords.matches(password_hash, "не тот пароль")
        return perf_counter() - started

    known = passwords.hash_password(PASSWORD)
    ratio = median(seconds(None) for _ in range(9)) / median(seconds(known) for _ in range(9))
    assert 0.3 < ratio < 3


@pytest.mark.parametrize("login", ["sokolova.iv", "nobody.nn"])
def test_after_five_failures_the_login_waits_whether_it_exists_or_not(place, sokolova, login):
    for _ in range(attempts.BY_ADDRESS.free):
        assert sign_in(place.browser(), login, "не тот пароль").status_code == 403
    held = sign_in(place.browser(), login)
    assert held.status_code == 429
    assert "Подождите 15 с" in held.text
    assert held.headers["Retry-After"] == "15"


def test_the_wait_ends_on_its_last_microsecond_and_a_success_forgets_it(place, sokolova):
    for _ in range(attempts.BY_ADDRESS.free):
        sign_in(place.browser(), "sokolova.iv", "не тот пароль")
    place.clock.pass_(attempts.BY_ADDRESS.first - timedelta(microseconds=1))
    assert sign_in(place.browser(), "sokolova.iv").status_code == 429
    place.clock.pass_(timedelta(microseconds=1))
    assert sign_in(place.browser(), "sokolova.iv").status_code == 302
    assert sign_in(place.browser(), "sokolova.iv", "не тот пароль").status_code == 403


def test_the_wait_doubles_and_never_keeps_a_teacher_out_of_her_lesson(place):
    at = place.clock()
    waits = [attempts.wait(attempts.BY_ADDRESS, n, at, at=at) for n in range(4, 30)]
    assert waits[:4] == [timedelta(0), 15 * SECOND, 30 * SECOND, 60 * SECOND]
    assert max(waits) == timedelta(minutes=4)


def guess(place: Place, login: str, ip: str, password: str = "не тот пароль") -> str:
    """What came of an attempt: «in», «wrong» or «wait»."""
    try:
        signing.check_password(
            place.here, Credentials(school=place.school, login=login, password=password), ip=ip
        )
    except SignInFailed:
        return "wrong"
    except TooManyAttempts:
        return "wait"
    return "in"


def test_whoever_guesses_from_elsewhere_keeps_nobody_out(place, sokolova):
    for _ in range(attempts.BY_ADDRESS.free):
        sign_in(place.browser(), "sokolova.iv", "не тот пароль")
    assert sign_in(place.browser(), "sokolova.iv").status_code == 429
    owner = place.browser()
    owner.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(owner, "sokolova.iv").status_code == 302


@pytest.mark.parametrize("login", ["sokolova.iv", "nobody.nn"])
def test_of_forty_guesses_at_once_five_are_checked(place, sokolova, login):
    with ThreadPoolExecutor(40) as threads:
        outcomes = Counter(threads.map(lambda _: guess(place, login, "192.0.2.1"), range(40)))
    assert outcomes == {"wrong": attempts.BY_ADDRESS.free, "wait": 40 - attempts.BY_ADDRESS.free}


def test_right_passwords_at_once_all_come_in_as_far_as_guesses_would_be_checked(place, sokolova):
    with ThreadPoolExecutor(5) as threads:
        outcomes = list(threads.map(lambda _: guess(place, "sokolova.iv", "192.0.2.1", PASSWORD), range(5)))
    assert outcomes == ["in"] * 5
    assert guess(place, "sokolova.iv", "192.0.2.1") == "wrong"


@pytest.mark.parametrize("login", ["sokolova.iv", "nobody.nn"])
def test_guesses_from_many_addresses_wait_too_but_only_shortly(place, sokolova, login):
    guesses = [guess(place, login, f"198.51.100.{n}") for n in range(attempts.BY_LOGIN.free)]
    assert set(guesses) == {"wrong"}
    assert guess(place, login, "198.51.100.200") == "wait"
    place.clock.pass_(attempts.BY_LOGIN.first)
    assert guess(place, login, "198.51.100.200") == "wrong"
    assert attempts.BY_LOGIN.longest <= timedelta(seconds=30)


def test_from_an_address_she_was_at_lately_the_owner_passes_guesses_from_everywhere(place, sokolova):
    assert sign_in(place.browser(), "sokolova.iv").status_code == 302
    for n in range(attempts.BY_LOGIN.free):
        guess(place, "sokolova.iv", f"198.51.100.{n}")
    assert guess(place, "sokolova.iv", "198.51.100.200", PASSWORD) == "wait"
    assert guess(place, "sokolova.iv", "127.0.0.1", PASSWORD) == "in"
    # Her own success does not forget what others tried.
    assert guess(place, "sokolova.iv", "198.51.100.200", PASSWORD) == "wait"


def test_addresses_of_one_ipv6_subscriber_are_one(place, sokolova):
    for n in range(attempts.BY_ADDRESS.free):
        assert guess(place, "sokolova.iv", f"2001:db8:0:7::{n}") == "wrong"
    assert guess(place, "sokolova.iv", "2001:db8:0:7:ffff::1") == "wait"
    assert guess(place, "sokolova.iv", "2001:db8:0:8::1") == "wrong"


def test_one_address_may_not_try_without_end(database, tmp_path):
    with serve(database, tmp_path, address_limit="3 per minute") as place:
        statuses = [sign_in(place.browser(), f"login{n}", "x").status_code for n in range(4)]
        assert statuses == [403, 403, 403, 429]
        assert place.browser().get("/sign-in").status_code == 200


def test_a_form_without_its_token_is_refused(place, sokolova):
    refused = place.browser().post("/sign-in", data={"login": "sokolova.iv", "password": PASSWORD})
    assert refused.status_code == 400
    assert "Страница устарела" in refused.text
    browser = place.browser()
    sign_in(browser, "sokolova.iv")
    assert browser.post("/sign-out").status_code == 400
    assert browser.get("/password").status_code == 200


def test_the_first_password_must_be_changed_before_anything_else(place):
    place.add_account(place.people.nosov, "nosov", password="kq7m-4tzd-x2ha", must_change=True)
    browser = place.browser()
    sign_in(browser, "nosov", "kq7m-4tzd-x2ha")
    led = browser.get("/accounts/")
    assert (led.status_code, led.location) == (302, "/password?next=/accounts/")
    told = browser.get("/accounts/", headers={"Accept": "application/json"})
    assert (told.status_code, told.json["code"]) == (403, "first-password")
    saved = send(browser, "/password", new="новый-пароль-9", again="новый-пароль-9", obliged="yes")
    assert saved.status_code == 302
    assert browser.get("/accounts/").status_code == 200
    assert sign_in(place.browser(), "nosov", "kq7m-4tzd-x2ha").status_code == 403
    assert sign_in(place.browser(), "nosov", "новый-пароль-9").status_code == 302


@pytest.mark.parametrize(
    ("new", "again", "obliged", "sentence"),
    [
        ("новый-пароль-9", "новый-пароль-8", "yes", "два раза по-разному"),
        ("корот7!", "корот7!", "yes", "не короче 8"),
        ("11112222", "11112222", "yes", "разных знаков"),
        ("Nosov-Nosov", "Nosov-Nosov", "yes", "имя входа"),
        ("letopis-demo", "letopis-demo", "yes", "из демонстрации"),
        ("kq7m-4tzd-x2ha", "kq7m-4tzd-x2ha", "yes", "совпадает с прежним"),
        ("новый-пароль-9", "новый-пароль-9", "", "обязательство"),
    ],
)
def test_a_new_password_that_will_not_do_is_refused_with_a_sentence(place, new, again, obliged, sentence):
    account = place.add_account(place.people.nosov, "nosov", password="kq7m-4tzd-x2ha", must_change=True)
    browser = place.browser()
    sign_in(browser, "nosov", "kq7m-4tzd-x2ha")
    refused = send(browser, "/password", new=new, again=again, obliged=obliged)
    assert refused.status_code == 422
    assert sentence in refused.text
    with place.here.pool.connection() as connection:
        row = accounts.by_id(connection, place.school, account)
    assert row.must_change
    assert row.obliged_at is None


def test_accepting_the_obligation_is_recorded(place):
    account = place.add_account(place.people.nosov, "nosov", must_change=True)
    browser = place.browser()
    sign_in(browser, "nosov")
    send(browser, "/password", new="новый-пароль-9", again="новый-пароль-9", obliged="yes")
    with place.here.pool.connection() as connection:
        assert accounts.by_id(connection, place.school, account).obliged_at == place.clock()


def test_an_account_of_another_school_does_not_open_this_one(place, sokolova):
    other, persons = found_school(place.here)
    by = asked_by_system(other)
    account_desk.create(
        place.here,
        by,
        person=persons.sokolova,
        login="sokolova.iv",
        password="другой-пароль-1",
        must_change=False,
    )
    here_other = {"school": str(other), "login": "sokolova.iv"}
    assert send(place.browser(), "/sign-in", **here_other, password=PASSWORD).status_code == 403
    assert send(place.browser(), "/sign-in", **here_other, password="другой-пароль-1").status_code == 302
    ours = {**here_other, "school": str(place.school)}
    assert send(place.browser(), "/sign-in", **ours, password="другой-пароль-1").status_code == 403


def test_a_demonstration_offers_its_sign_ins_and_nobody_else_does(database, tmp_path, place):
    assert "letopis-demo" not in place.browser().get("/sign-in").text
    with pytest.raises(NotADemonstration):
        place.add_account(place.people.sokolova, "teacher", password="letopis-demo")
    with place.here.pool.connection() as connection:
        assert accounts.logins(connection, place.school) == frozenset()


def test_the_buttons_of_a_demonstration_sign_in(database, tmp_path):
    with serve(database, tmp_path, demonstration=True) as place:
        place.add_account(place.people.sokolova, "teacher", password="letopis-demo")
        page = place.browser().get("/sign-in").text
        assert 'value="teacher">Учитель</button>' in page
        assert 'value="deputy"' not in page
        assert send(place.browser(), "/sign-in", demonstration="teacher").status_code == 302
        assert send(place.browser(), "/sign-in", demonstration="nosov").status_code == 403
