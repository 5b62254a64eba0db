"""Papers at the door: the address names its moment and prints the same bytes for ever, others' papers stay shut, every
print is kept in the log of views (R-223, R-225, R-234)."""

from __future__ import annotations

from uuid import uuid4

import pytest
import requests

from ledger import views_log
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.papers import text_of
from tests.test_api import Caller

CLASS, JOURNAL, KALYANA = named("7А"), named("7А Алгебра"), named("Каляна Мария")
PAPERS = {  # address → words it says
    f"/papers/journals/{JOURNAL}.pdf": ("7А, Алгебра", "Учитель: Соколова И. В.", "Что пройдено на уроке"),
    f"/papers/classes/{CLASS}/list.pdf": ("СПИСОК УЧАЩИХСЯ 7А КЛАССА", "Каляна Мария", "Громова А. П."),
    f"/papers/classes/{CLASS}/sheet.pdf": ("ВЕДОМОСТЬ УСПЕВАЕМОСТИ", "7А класс", "I триместр"),
    f"/papers/classes/{CLASS}/sheet.pdf?year=yes": ("СВОДНАЯ ВЕДОМОСТЬ", "Решение, приказ"),
    f"/papers/classes/{CLASS}/report.pdf?column={named('I')}": ("ОТЧЁТ ПО КЛАССУ", "Пропуски уроков"),
    f"/papers/classes/{CLASS}/journal.pdf": ("КЛАССНЫЙ ЖУРНАЛ", "СПИСОК УЧАЩИХСЯ", "Заверительная запись"),
    f"/papers/classes/{CLASS}/programme.pdf": ("ВЫПОЛНЕНИЕ УЧЕБНЫХ ПРОГРАММ", "нет КТП"),
    f"/papers/pupils/{KALYANA}/extract.pdf": ("ВЫПИСКА ИЗ ЭЛЕКТРОННОГО ЖУРНАЛА", "Выписка верна"),
    f"/papers/pupils/{KALYANA}/consent.pdf": ("СОГЛАСИЕ", "персональных данных", "Каляна Мария"),
    "/papers/corrections.pdf": ("ЖУРНАЛ УЧЁТА ИСПРАВЛЕНИЙ", "Основание и причина"),
    "/papers/held.pdf": ("ТАБЕЛЬ ПРОВЕДЁННЫХ И ЗАМЕЩЁННЫХ УРОКОВ", "Соколова И. В."),
    "/papers/archive.pdf": ("РЕЕСТР ДОКУМЕНТОВ, СДАННЫХ В АРХИВ", "Место хранения"),
}


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def asked(site: Site, who: Caller, address: str, **more: object) -> requests.Response:
    return requests.get(site.url + address, headers=who.headers, timeout=30, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("address", PAPERS)
def test_a_paper_says_what_it_is_of_which_moment_and_who_signs(
    address: str, site: Site, everybody: dict[str, Caller]
) -> None:
    answer = asked(site, everybody["deputy"], address)
    assert answer.headers["Content-Type"] == "application/pdf"
    said = text_of(answer.content)
    for words in (*PAPERS[address], "лист 1 из", "запись №", "SHA-256"):
        assert words in said, (words, said[:500])


@pytest.mark.parametrize("address", PAPERS)
def test_the_address_of_a_paper_names_its_moment_and_prints_the_same_bytes(
    address: str, site: Site, everybody: dict[str, Caller]
) -> None:
    sent = asked(site, everybody["deputy"], address, allow_redirects=False)
    assert sent.status_code == 302
    fixed = sent.headers["Location"]
    assert f"at=entry-{site.here.store.head(SCHOOL).position}" in fixed
    first = asked(site, everybody["deputy"], fixed)
    assert first.status_code == 200
    assert asked(site, everybody["deputy"], fixed).content == first.content


def test_what_is_written_later_changes_the_next_print_and_not_the_last(
    site: Site, everybody: dict[str, Caller]
) -> None:
    deputy, address = everybody["deputy"], f"/papers/journals/{JOURNAL}.pdf"
    fixed = asked(site, deputy, address, allow_redirects=False).headers["Location"]
    before = asked(site, deputy, fixed).content
    lesson = str(site.lesson())
    body = {"lesson": lesson, "work": lesson, "pupil": str(KALYANA), "value": "5"}
    assert everybody["substitute"].do("GiveMark", **body).status_code == 200
    assert asked(site, deputy, fixed).content == before
    assert asked(site, deputy, address).content != before


def test_every_print_is_kept_in_the_log_of_views(site: Site, everybody: dict[str, Caller]) -> None:
    began = site.here.now()
    asked(site, everybody["deputy"], f"/papers/pupils/{KALYANA}/extract.pdf")
    with site.here.pool.connection() as connection:
        seen = views_log.of_pupil(connection, SCHOOL, KALYANA, first=began, last=site.here.now())
    (view,) = seen
    assert view.page == "print pupil extract"
    assert view.account_id == named("account deputy")


def test_a_family_prints_no_paper_of_the_school(site: Site, everybody: dict[str, Caller]) -> None:
    for who in ("guardian", "foreign_guardian", "pupil"):
        for address in PAPERS:
            if "consent" not in address or who == "foreign_guardian":
                status = asked(site, everybody[who], address, allow_redirects=False).status_code
                assert status in (403, 404), (who, address, status)


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_the_order_form_is_for_whoever_orders_or_concludes(
    who: str, site: Site, everybody: dict[str, Caller]
) -> None:
    answer = asked(site, everybody[who], f"/papers/corrections/{uuid4()}/order.pdf?at=entry-1")
    assert answer.status_code == (404 if who in ("director", "deputy") else 403)


@pytest.mark.parametrize("at", ["2126-01-01", "entry-999999", "вчера"])
def test_a_moment_that_is_none_is_no_paper(at: str, site: Site, everybody: dict[str, Caller]) -> None:
    answer = asked(site, everybody["deputy"], f"/papers/journals/{JOURNAL}.pdf?at={at}")
    assert answer.status_code in (400, 404)
