"""Search from every page: by the beginnings of words, and only what one may open."""

from __future__ import annotations

from uuid import uuid4

import pytest
import requests

from ledger import views_log
from ledger.people import Name
from projections import search
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller
from tests.world import SCHOOL as WORLD

NAMES = {
    uuid4(): Name(last="Иванов", first="Андрей", middle="Павлович"),
    uuid4(): Name(last="Иванова", first="Алёна"),
    uuid4(): Name(last="Павлова", first="Ирина", middle="Андреевна"),
    uuid4(): Name(last="Яковлев", first="Пётр"),
    uuid4(): Name(last="Петров", first="Олег"),
    uuid4(): Name(last="Зуев", first="Игорь", middle="Петрович"),
}


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def found(query: str) -> list[str]:
    return [NAMES[person].full for person in search.persons(search.words_of(query), NAMES)]


def test_each_word_begins_a_word_of_the_name() -> None:
    assert found("ив") == ["Иванов Андрей Павлович", "Иванова Алёна"]
    assert found("андр ИВ") == ["Иванов Андрей Павлович"]
    assert found("андр") == ["Иванов Андрей Павлович"]
    assert found("алена") == ["Иванова Алёна"]
    assert found("ванов") == []


def test_the_surname_comes_before_the_first_name_and_a_patronymic_is_no_first_word() -> None:
    assert found("петр") == ["Петров Олег", "Яковлев Пётр"]
    assert found("павл") == ["Павлова Ирина Андреевна"]
    assert found("ир андр") == ["Павлова Ирина Андреевна"]
    assert found("андреев") == []


def test_one_word_of_the_query_is_one_word_of_the_name() -> None:
    assert found("иван иван") == []


def test_one_letter_is_nobody() -> None:
    assert (found("и"), found(" "), found("%_")) == ([], [], [])


def test_a_class_is_found_however_it_is_written() -> None:
    for query in ("7а", "7 А", "7-а", "«7А»"):
        assert [k.title for k in search.classes(search.words_of(query), WORLD, 2026)] == ["7А"]
    assert search.classes(search.words_of("7а"), WORLD, 2025) == []


def page(site: Site, caller: Caller, query: str) -> str:
    """Where one find alone leads, else the page."""
    answer = requests.get(
        f"{site.url}/search", params={"q": query}, headers=caller.headers, timeout=20, allow_redirects=False
    )
    assert answer.status_code in (200, 302), (answer.status_code, query)
    return answer.headers.get("Location") or answer.text


def test_the_one_who_fits_is_opened_at_once(site: Site, everybody: dict[str, Caller]) -> None:
    assert page(site, everybody["deputy"], "каляна мария") == f"/pupils/{named('Каляна Мария')}"
    assert page(site, everybody["guardian"], "каляна") == f"/diary/{named('Каляна Мария')}"
    assert page(site, everybody["teacher"], "каляна мар") == f"/journal/{named('7А Алгебра')}"


@pytest.mark.parametrize("login", ["guardian", "foreign_guardian", "pupil", "stranger"])
def test_nobody_elses_pupil_is_found(login: str, site: Site, everybody: dict[str, Caller]) -> None:
    assert "Никого не найдено" in page(site, everybody[login], "рультытегин")


def test_a_family_finds_no_staff(site: Site, everybody: dict[str, Caller]) -> None:
    assert "Никого не найдено" in page(site, everybody["pupil"], "соколова")
    assert page(site, everybody["teacher"], "дьячкова").startswith("/timetable?")


def test_a_search_is_logged_as_a_look_at_names(site: Site, everybody: dict[str, Caller]) -> None:
    page(site, everybody["director"], "антипина")
    account = named("account director")
    with site.here.pool.connection() as connection:
        row = connection.execute(
            "SELECT min(at), max(at) FROM access.views WHERE school_id = %s", (SCHOOL,)
        ).fetchone()
        assert row is not None
        views = views_log.of_account(connection, SCHOOL, account, first=row[0], last=row[1])
    assert "search" in {view.page for view in views}
