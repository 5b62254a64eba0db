"""The archive register and the handing over of class reports at the door: what is registered is what was printed
(R-219, R-224, R-234)."""

from __future__ import annotations

import re
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest
import requests
from flask import g

from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.papers import sheets_of, text_of
from tests.test_api import Caller
from web import archive_desk

CLASS, PERIOD = named("7А"), named("I")
SEE = {"deputy", "director", "inspector"}


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def get(site: Site, who: Caller, address: str) -> requests.Response:
    return requests.get(site.url + address, headers=who.headers, timeout=30)


def position_of(page: str) -> str:
    return re.findall(r'name="position" value="(\d+)"', page)[0]


def registers(site: Site, who: Caller, **changed: str) -> requests.Response:
    """As the form of «В архив» sends it."""
    form = {
        "kind": "year_sheets",
        "class_id": str(CLASS),
        "column": "",
        "position": str(site.here.store.head(SCHOOL).position),
        "command_id": str(uuid4()),
        "number": "1",
        "title": "Сводная ведомость 7А",
        "copies": "2",
        "stitched": site.today.isoformat(),
        "place": "архив, шкаф 2",
    }
    headers = {**who.headers, "Accept": "application/json"}
    return requests.post(
        f"{site.url}/archive", data={**form, **changed}, headers=headers, timeout=30, allow_redirects=False
    )


@pytest.fixture(scope="module")
def item(site: Site, everybody: dict[str, Caller]) -> dict[str, object]:
    """The first line of the register, as the API tells it."""
    shown = get(site, everybody["deputy"], f"/archive/new?kind=year_sheets&class_id={CLASS}").text
    kept = registers(site, everybody["deputy"], position=position_of(shown))
    assert kept.status_code == 303, kept.text
    (found,) = everybody["deputy"].get("/archive").json()["items"]
    told: dict[str, object] = found
    return told


def test_the_register_has_the_sheets_and_the_sum_of_the_file_that_prints_again(
    site: Site, everybody: dict[str, Caller], item: dict[str, object]
) -> None:
    address = f"/papers/classes/{CLASS}/sheet.pdf?year=yes&at=entry-{item['position']}"
    printed = get(site, everybody["deputy"], address).content
    assert item["sha256"] == sha256(printed).hexdigest()
    assert item["sheets"] == sheets_of(printed)


def test_a_number_is_given_once_and_the_same_form_sent_twice_is_one_line(
    site: Site, everybody: dict[str, Caller], item: dict[str, object]
) -> None:
    taken = registers(site, everybody["director"], position=str(item["position"]))
    assert taken.status_code == 409
    assert "уже занят" in taken.json()["sentence"]
    key, position = str(uuid4()), str(item["position"])
    for _ in range(2):
        again = registers(site, everybody["deputy"], number="2", command_id=key, position=position)
        assert again.status_code == 303, again.text
    assert [each["number"] for each in everybody["deputy"].get("/archive").json()["items"]] == ["1", "2"]
    other = registers(site, everybody["deputy"], number="3", command_id=key, position=position)
    assert other.status_code == 409


def test_a_paper_that_took_long_to_print_is_registered_all_the_same(
    site: Site, everybody: dict[str, Caller], monkeypatch: pytest.MonkeyPatch
) -> None:
    printed = archive_desk.printed

    def slowly(*asked: object) -> archive_desk.Printed:
        g.received_at -= timedelta(seconds=60)
        g.received_tick -= 60
        return printed(*asked)

    monkeypatch.setattr(archive_desk, "printed", slowly)
    kept = registers(site, everybody["deputy"], number="долгий")
    assert kept.status_code == 303, kept.text


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_the_label_is_for_those_who_see_the_register(
    who: str, site: Site, everybody: dict[str, Caller], item: dict[str, object]
) -> None:
    answer = get(site, everybody[who], f"/papers/archive/{item['item']}.pdf")
    assert answer.status_code == (200 if who in SEE else 403)
    if who in SEE:
        assert "№ 1" in text_of(answer.content)


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"kind": "slip"}, 404),
        ({"class_id": str(uuid4())}, 404),
        ({"class_id": "7А"}, 400),
        ({"number": ""}, 422),
        ({"place": ""}, 422),
        ({"copies": "0"}, 422),
        ({"copies": "две"}, 422),
        ({"stitched": "вчера"}, 400),
        ({"position": "99999999"}, 404),
    ],
)
def test_a_form_that_says_something_else_registers_nothing(
    site: Site, everybody: dict[str, Caller], changed: dict[str, str], status: int
) -> None:
    given = {"number": "77", **changed}
    assert registers(site, everybody["deputy"], **given).status_code == status
    assert "77" not in [each["number"] for each in everybody["deputy"].get("/archive").json()["items"]]


def test_reports_are_not_handed_over_in_the_middle_of_a_period(
    site: Site, everybody: dict[str, Caller]
) -> None:
    body = {"class_id": str(CLASS), "period": str(PERIOD), "papers": ["class_report"], "position": 1}
    answer = everybody["class_teacher"].do("HandOverReports", **body)
    assert (answer.status_code, answer.json()["code"]) == (422, "reports-early")
    page = get(site, everybody["class_teacher"], "/handed")
    assert page.status_code == 200
    assert "последнюю неделю" in page.text
