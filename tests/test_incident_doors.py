"""A breach of access in a served school: who sees what, what a member of the commission may, and the paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
import requests
from pypdf import PdfReader

from ledger import views_log
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller

SEE = {"director", "administrator", "inspector", "working_group"}
MEMBERS = {"deputy": "Дьячкова", "class_teacher": "Громова", "methodist": "Кеулькут"}
KALYANA = named("Каляна Мария")


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def local_now(site: Site) -> datetime:
    return site.here.school(SCHOOL).local(site.here.now())


@pytest.fixture(scope="module")
def incident(site: Site, everybody: dict[str, Caller]) -> UUID:
    """Лебедева's access, who stands in today: a 3 before the receipt, a 5 after it; director and support receive."""
    lesson, began = str(site.lesson()), local_now(site)
    given = everybody["substitute"].do("GiveMark", lesson=lesson, work=lesson, pupil=str(KALYANA), value="3")
    received_at = local_now(site)
    body = {"lesson": lesson, "work": lesson, "pupil": str(KALYANA), "seen": given.json()["position"]}
    assert everybody["substitute"].do("GiveMark", value="5", **body).status_code == 200
    id, account = uuid4(), str(named("account substitute"))
    detected = (began - timedelta(minutes=5)).isoformat()
    told = everybody["deputy"].do("ReportCompromise", incident=str(id), account=account, detected_at=detected)
    assert told.status_code == 200, told.text
    for who in ("administrator", "director"):
        heard = {"incident": str(id), "account": account, "received_at": received_at.isoformat()}
        assert everybody[who].do("ConfirmNotice", **heard).status_code == 200
    return id


@pytest.fixture(scope="module")
def act(site: Site, everybody: dict[str, Caller], incident: UUID) -> UUID:
    appointed = everybody["director"].do(
        "AppointCommission",
        incident=str(incident),
        members=[str(named(name)) for name in MEMBERS.values()],
        order={"number": "150", "on": site.today.isoformat()},
    )
    assert appointed.status_code == 200, appointed.text
    drawn = everybody["administrator"].do(
        "DrawUpAct", incident=str(incident), number="1", date=site.today.isoformat()
    )
    assert drawn.status_code == 200, drawn.text
    (card,) = page_of(site, everybody, incident)["card"]["acts"]
    return UUID(card["act"])


def page_of(site: Site, everybody: dict[str, Caller], incident: UUID) -> dict:
    answer = requests.get(
        f"{site.url}/api/v1/incidents/{incident}", headers=everybody["director"].headers, timeout=20
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


def statuses(site: Site, everybody: dict[str, Caller], address: str) -> dict[str, int]:
    return {
        login: requests.get(
            site.url + address, headers=caller.headers, timeout=20, allow_redirects=False
        ).status_code
        for login, caller in everybody.items()
        if login != "substitute"  # whose access is closed
    }


@pytest.mark.parametrize(
    "step",
    [
        *("", "?step=done", "?step=done&by=pupil", "?step=journals", "?step=act"),
        *("?step=done&group=&start=0", "?step=done&group=suspicious&start=700", "?step=journals&start=x"),
    ],
)
def test_the_wizard_is_for_those_who_decide_and_control(
    site: Site, everybody: dict[str, Caller], incident: UUID, step: str
) -> None:
    found = statuses(site, everybody, f"/incidents/{incident}{step}")
    assert {login for login, status in found.items() if status == 200} == SEE
    assert {status for login, status in found.items() if login not in SEE} <= {403, 404}


def test_its_twin_in_json_is_for_the_same_people(
    site: Site, everybody: dict[str, Caller], incident: UUID
) -> None:
    found = statuses(site, everybody, f"/api/v1/incidents/{incident}")
    assert {login for login, status in found.items() if status == 200} == SEE


@pytest.mark.parametrize("form", ["", ".pdf"])
def test_an_act_is_for_its_members_too(
    site: Site, everybody: dict[str, Caller], incident: UUID, act: UUID, form: str
) -> None:
    found = statuses(site, everybody, f"/incidents/{incident}/acts/{act}{form}")
    assert {login for login, status in found.items() if status == 200} == SEE | set(MEMBERS)
    assert {status for login, status in found.items() if login not in SEE | set(MEMBERS)} <= {403, 404}


@pytest.mark.parametrize("form", ["", ".pdf"])
def test_a_look_at_an_act_is_logged_and_an_attempt_is_none(
    site: Site, everybody: dict[str, Caller], incident: UUID, act: UUID, form: str
) -> None:
    """It names pupils and what was entered of them."""
    began = datetime.now(UTC)
    address = f"{site.url}/incidents/{incident}/acts/{act}{form}"
    seen = {}
    for login in ("deputy", "teacher"):
        requests.get(address, headers=everybody[login].headers, timeout=20)
        account = named(f"account {doors.login_of(login)}")
        with site.here.pool.connection() as connection:
            views = views_log.of_account(connection, SCHOOL, account, first=began, last=datetime.now(UTC))
        seen[login] = [view.page for view in views]
    assert seen == {"deputy": ["act"], "teacher": []}


@pytest.mark.parametrize(
    "address", ["/incidents/{0}", "/incidents/{0}/acts/{0}", "/incidents/{0}/acts/{0}.pdf"]
)
def test_what_does_not_exist_is_not_found(site: Site, everybody: dict[str, Caller], address: str) -> None:
    found = statuses(site, everybody, address.format(uuid4()))
    assert set(found.values()) <= {403, 404}


def test_a_step_there_is_not_is_not_found(site: Site, everybody: dict[str, Caller], incident: UUID) -> None:
    for query in ("step=fifth", "by=colour"):
        address = f"{site.url}/incidents/{incident}?{query}"
        assert requests.get(address, headers=everybody["director"].headers, timeout=20).status_code == 404


@pytest.mark.case("AT-19")
def test_the_draft_prints_and_says_that_it_is_one(
    site: Site, everybody: dict[str, Caller], incident: UUID, act: UUID
) -> None:
    address = f"{site.url}/incidents/{incident}/acts/{act}.pdf"
    answer = requests.get(address, headers=everybody["director"].headers, timeout=20)
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert "АКТ № 1 (проект)" in text
    assert "Каляна Мария" in text
    assert text.count("Дьячкова") >= 2, "among the members and at the signatures"


def test_the_sessions_views_and_addresses_of_the_access_are_told(
    site: Site, everybody: dict[str, Caller], incident: UUID
) -> None:
    signs = page_of(site, everybody, incident)["signs"]
    assert signs["places"], "the session of the stolen access"
    assert named("Дьячкова") in {UUID(each["person"]) for each in signs["neighbours"]}


def test_a_page_of_before_the_report_knows_nothing_of_it(
    site: Site, everybody: dict[str, Caller], incident: UUID
) -> None:
    found = statuses(site, everybody, f"/incidents/{incident}?at={site.founded}")
    assert set(found.values()) <= {403, 404}
