"""Each who leads, keeps or checks the school lands on a page that shows what they are for (issue 3, item 9)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import requests

from ledger.events.roster import ClassTeacherAppointed
from ledger.school import School
from projections.first_page import last_school_day
from tests import doors
from tests.browser.school import Site, named
from tests.databases import Database
from tests.doors import PEOPLE
from tests.small_school import SINCE, _append, _draft, serve, sign_in
from tests.test_api import Caller, mark
from tests.world import SCHOOL
from web.account_list import without_access


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def get(site: Site, caller: Caller, address: str) -> requests.Response:
    return requests.get(site.url + address, headers=caller.headers, timeout=20, allow_redirects=False)


def test_the_last_school_day_before_a_monday_is_the_friday_before_it() -> None:
    assert last_school_day(SCHOOL, date(2026, 10, 12)) == date(2026, 10, 9)
    assert last_school_day(SCHOOL, date(2026, 11, 5)) == date(2026, 11, 3)  # the 4th is a holiday
    assert last_school_day(School(id=SCHOOL.id), date(2026, 10, 12)) is None


@pytest.mark.parametrize(
    ("login", "where"),
    [
        ("director", "/start"),
        ("deputy", "/start"),
        ("methodist", "/start"),
        ("administrator", "/start"),
        ("inspector", "/start"),
        ("working_group", "/start"),
        ("class_teacher", "/start"),  # who is no teacher has no «Сегодня»
        ("teacher", "/today"),
        ("guardian", "/children"),
        ("pupil", "/children"),
    ],
)
def test_everybody_lands_where_their_work_is(
    login: str, where: str, site: Site, everybody: dict[str, Caller]
) -> None:
    assert get(site, everybody[login], "/").headers["Location"] == where


def test_whoever_leads_a_class_and_has_no_lesson_today_lands_on_the_class_and_reads_of_it_on_the_day(
    database: Database, tmp_path: Path
) -> None:
    with serve(database, tmp_path) as place:
        place.add_account(place.people.sokolova, "sokolova")
        browser = place.browser()
        sign_in(browser, "sokolova")
        assert browser.get("/").location == "/today"
        assert "Ваш класс" not in browser.get("/today").text
        appointed = ClassTeacherAppointed(person=place.people.sokolova, first=SINCE, until=None)
        _append(place.here.store, place.school, _draft(place.people.klass, appointed))
        place.here.runner.catch_up(place.school, patience=30)
        assert browser.get("/").location == "/start"
        assert '<a href="/start">Ваш класс 7А</a>: всё отмечено' in browser.get("/today").text


@pytest.mark.parametrize(
    ("login", "shown", "hidden"),
    [
        ("director", "Назначения и приказы", "Доступ и работа журнала"),
        ("deputy", "Ждут решения", "Назначения и приказы"),
        ("methodist", "Сегодня в школе", "Ждут решения"),
        ("administrator", "Доступ и работа журнала", "Ждут решения"),
        ("inspector", "Проверка", "Ждут решения"),
        ("working_group", "Проверка", "Сегодня в школе"),
        ("class_teacher", "Мой класс 7А", "Проверка"),
    ],
)
def test_a_first_page_shows_what_it_is_for_and_no_more(
    login: str, shown: str, hidden: str, site: Site, everybody: dict[str, Caller]
) -> None:
    page = get(site, everybody[login], "/start").text
    assert shown in page
    assert hidden not in page


@pytest.mark.parametrize("login", ["teacher", "guardian", "pupil", "stranger"])
def test_who_leads_nothing_has_no_such_page(login: str, site: Site, everybody: dict[str, Caller]) -> None:
    assert get(site, everybody[login], "/start").status_code == 403


def test_a_late_entry_asked_for_waits_on_the_deputys_page(site: Site, everybody: dict[str, Caller]) -> None:
    page = get(site, everybody["deputy"], "/start").text
    assert "Запросов нет" in page
    asked = everybody["teacher"].do(
        "RequestLateEntry",
        items=[{"lesson": str(site.lesson(-1)), "target": "topic"}],
        reason="не было света",
    )
    assert asked.status_code == 200, asked.text
    page = get(site, everybody["deputy"], "/start").text
    assert "Запросов нет" not in page


def test_lessons_nobody_wrote_are_counted_by_teacher(site: Site, everybody: dict[str, Caller]) -> None:
    page = get(site, everybody["deputy"], "/start").text
    assert "урока без темы" in page
    assert "Соколова И. В.: 2" in page


def test_an_absence_without_a_reason_waits_for_the_class_teacher(
    site: Site, everybody: dict[str, Caller]
) -> None:
    assert "У всех пропусков есть причина" in get(site, everybody["class_teacher"], "/start").text
    body = mark(site, named("Ященко Ольга"), "5")
    noted = everybody["substitute"].do(
        "NoteAbsence", lesson=body["lesson"], pupil=str(named("Ященко Ольга")), seen=0
    )
    assert noted.status_code == 200, noted.text
    page = get(site, everybody["class_teacher"], "/start").text
    assert "пропущенный урок без причины" in page


def test_the_past_is_shown_as_it_was(site: Site, everybody: dict[str, Caller]) -> None:
    assert "Запросов нет" in get(site, everybody["deputy"], f"/start?at={site.founded}").text


def test_who_has_an_account_and_never_signed_in_is_named_to_the_administrator(
    site: Site, everybody: dict[str, Caller]
) -> None:
    assert "ни разу не входил" in get(site, everybody["administrator"], "/start").text
    listed = get(site, everybody["administrator"], "/accounts/?group=waiting").text
    assert "Петрова Ольга Алексеевна" in listed
    assert "Соколова Ирина Владимировна" not in listed


def test_who_works_without_an_account_waits_until_the_first_sign_in(
    database: Database, tmp_path: Path
) -> None:
    with serve(database, tmp_path) as place:

        def waiting() -> tuple[bool, bool]:
            access = without_access(place.here, place.here.school(place.school))
            return place.people.sokolova in access.unknown, place.people.sokolova in access.never

        assert waiting() == (True, False)
        place.add_account(place.people.sokolova, "sokolova")
        assert waiting() == (False, True)
        sign_in(place.browser(), "sokolova")
        assert waiting() == (False, False)
