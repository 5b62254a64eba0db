"""«Восстановить записи» in a served school: the owner's page, and not with the stolen password (R-184)."""

from __future__ import annotations

import pytest
import requests

from tests import doors, stolen_site
from tests.browser.school import Site, named
from tests.doors import PEOPLE
from tests.stolen_site import ACT, INCIDENT
from tests.test_api import Caller

KALYANA = named("Каляна Мария")


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    """The mark of today was made with a stolen access, and Act № 1 made it void."""
    teacher = Caller(site, "teacher")
    lesson = str(site.lesson())
    given = teacher.do("GiveMark", lesson=lesson, work=lesson, pupil=str(KALYANA), value="5", seen=0)
    assert given.status_code == 200, given.text
    stolen_site.notified(site)
    stolen_site.voided(site, given.json()["position"])
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


@pytest.mark.parametrize("prefix", ["/reinstatement", "/api/v1/reinstatement"])
def test_it_is_the_owners_alone(site: Site, everybody: dict[str, Caller], prefix: str) -> None:
    said = {
        login: requests.get(
            f"{site.url}{prefix}/{ACT}", headers=caller.headers, timeout=20, allow_redirects=False
        ).status_code
        for login, caller in everybody.items()
    }
    assert said.pop("teacher") == 200
    assert set(said.values()) <= {403, 404}, said


def test_there_is_no_such_page_of_another_act(site: Site, everybody: dict[str, Caller]) -> None:
    address = f"{site.url}/reinstatement/{named('Акт № 2')}"
    found = requests.get(address, headers=everybody["teacher"].headers, timeout=20, allow_redirects=False)
    assert found.status_code == 404


def test_what_was_void_is_offered_with_what_stands_there(site: Site, everybody: dict[str, Caller]) -> None:
    address = f"{site.url}/api/v1/reinstatement/{ACT}"
    page = requests.get(address, headers=everybody["teacher"].headers, timeout=20).json()
    assert [(each["was"], each["now"], each["status"]) for each in page["voids"]] == [("5", "", "open")]


def test_with_the_stolen_password_nothing_is_asked_for(site: Site, everybody: dict[str, Caller]) -> None:
    lesson = str(site.lesson())
    item = {"target": "mark", "lesson": lesson, "work": lesson, "pupil": str(KALYANA), "new": "5", "seen": 0}
    body = {"incident": str(INCIDENT), "act": str(ACT), "items": [item], "reason": "Отвечала у доски"}
    refused = everybody["teacher"].do("RequestReinstatement", **body)
    assert (refused.status_code, refused.json()["code"]) == (403, "reinstate-access")
    others = everybody["stranger"].do("RequestReinstatement", **body)
    assert others.status_code == 403
