"""A breach of access under the time slider: its page of a moment knows nothing that came later (R-186, R-254)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from projections.incident_signs import MANY
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.test_api import Caller

INCIDENT = uuid4()


@pytest.fixture(scope="module")
def director(site: Site) -> Caller:
    doors.populate(site)
    return Caller(site, doors.login_of("director"))


@pytest.fixture(scope="module")
def reported(site: Site, director: Caller) -> int:
    """Where the report of Лебедева's access stands; nobody has received it yet, and she writes on and on."""
    intruder, deputy = Caller(site, "substitute"), Caller(site, "deputy")
    detected = site.here.school(SCHOOL).local(site.here.now()) - timedelta(minutes=5)
    told = deputy.do(
        "ReportCompromise",
        incident=str(INCIDENT),
        account=str(named("account substitute")),
        detected_at=detected.isoformat(),
    )
    assert told.status_code == 200, told.text
    seen = 0
    for number in range(MANY):
        said = intruder.do("RecordTopic", lesson=str(site.lesson()), text=f"Тема {number}", seen=seen)
        assert said.status_code == 200, said.text
        seen = said.json()["position"]
    return int(told.json()["position"])


def signs(director: Caller, at: str = "") -> dict[str, Any]:
    answer = director.get(f"/incidents/{INCIDENT}", **({"at": at} if at else {}))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["signs"]
    return found


def test_entries_after_the_moment_are_no_mass_change_yet(director: Caller, reported: int) -> None:
    assert signs(director)["bursts"], "now they are one"
    assert signs(director, f"entry-{reported}")["bursts"] == []


def test_sessions_after_the_moment_are_no_neighbours_yet(site: Site, director: Caller, reported: int) -> None:
    moment = site.here.now()
    before = sessions_of("Дьячкова", signs(director, moment.isoformat()))
    Caller(site, "deputy")
    assert sessions_of("Дьячкова", signs(director)) == before + 1
    then = signs(director, moment.isoformat())
    assert sessions_of("Дьячкова", then) == before
    local = site.here.school(SCHOOL).local(moment)
    seen = [datetime.fromisoformat(each["last"]) for each in (*then["neighbours"], *then["places"])]
    assert max(seen) <= local, "nor was anybody seen after it"


def sessions_of(person: str, found: dict[str, Any]) -> int:
    return sum(each["sessions"] for each in found["neighbours"] if UUID(each["person"]) == named(person))
