"""«Сверка по приказу» in a served school: who sees it, what it asks with one press (E-07, E-12)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import requests

from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller

KALYANA = named("Каляна Мария")
THOSE_WHO_ASK = {"class_teacher", "deputy", "methodist"}


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


@pytest.fixture(scope="module")
def order(site: Site, everybody: dict[str, Caller]) -> UUID:
    """An «н» of today, then today was declared a day of quarantine."""
    noted = everybody["substitute"].do("NoteAbsence", lesson=str(site.lesson()), pupil=str(KALYANA))
    assert noted.status_code == 200, noted.text
    declared = everybody["deputy"].do(
        "DeclareDistance",
        mode="quarantine",
        first=site.today.isoformat(),
        last=site.today.isoformat(),
        classes=[str(named("7А"))],
        order={"number": "87", "on": site.today.isoformat()},
    )
    assert declared.status_code == 200, declared.text
    (distance,) = site.here.school(SCHOOL).distances.values()
    return distance.order


@pytest.fixture(scope="module")
def exemption(site: Site, everybody: dict[str, Caller]) -> UUID:
    id = uuid4()
    granted = everybody["class_teacher"].do(
        "GrantExemption",
        pupil=str(KALYANA),
        exemption=str(id),
        first=site.today.isoformat(),
        until=(site.today + timedelta(days=10)).isoformat(),
        document="справка № 45",
        confirmed=True,
    )
    assert granted.status_code == 200, granted.text
    return id


def statuses(site: Site, everybody: dict[str, Caller], address: str) -> dict[str, int]:
    return {
        login: requests.get(
            site.url + address, headers=caller.headers, timeout=20, allow_redirects=False
        ).status_code
        for login, caller in everybody.items()
    }


@pytest.mark.parametrize("prefix", ["/reconciliation", "/api/v1/reconciliation"])
@pytest.mark.parametrize("basis", ["order", "exemption"])
def test_it_is_for_those_who_may_ask(
    site: Site,
    everybody: dict[str, Caller],
    prefix: str,
    basis: str,
    request: pytest.FixtureRequest,
) -> None:
    found = statuses(site, everybody, f"{prefix}/{request.getfixturevalue(basis)}")
    assert {login for login, status in found.items() if status == 200} == THOSE_WHO_ASK
    assert {status for login, status in found.items() if login not in THOSE_WHO_ASK} <= {403, 404}


@pytest.mark.parametrize("prefix", ["/reconciliation", "/api/v1/reconciliation"])
def test_of_an_unknown_document_nobody_learns_anything(
    site: Site, everybody: dict[str, Caller], prefix: str
) -> None:
    found = statuses(site, everybody, f"{prefix}/{uuid4()}")
    assert set(found.values()) <= {403, 404}


def test_the_calendar_leads_there_and_one_press_asks_for_all(
    site: Site, everybody: dict[str, Caller], order: UUID
) -> None:
    methodist, deputy = everybody["methodist"], everybody["deputy"]
    calendar = requests.get(f"{site.url}/calendar", headers=methodist.headers, timeout=20).text
    assert f"/reconciliation/{order}" in calendar
    twin = f"{site.url}/api/v1/reconciliation/{order}"
    page = requests.get(twin, headers=methodist.headers, timeout=20).json()
    (absence,) = page["absences"]
    item = {"target": "absence", "lesson": absence["lesson"], "pupil": absence["pupil"]}
    asked = methodist.do(
        "RequestBulkCorrection",
        order=str(order),
        items=[{**item, "new": "", "seen": absence["seen"]}],
        reason="приказ № 87",
    )
    assert asked.status_code == 200, asked.text
    (part,) = asked.json()["parts"]
    approved = deputy.do(
        "ApproveCorrections", cases=[{"case": part["case"], "lesson": absence["lesson"]}], reason=""
    )
    assert approved.status_code == 200, approved.text
    after = requests.get(twin, headers=methodist.headers, timeout=20).json()
    assert (after["absences"], after["corrected"]) == ([], 1)
