"""What pages do not tell: of the past through ?at=, of health, of strangers' names."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import requests

from ledger import people
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import journals, roster
from ledger.people import Name
from ledger.store import SYSTEM
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller

MARIA, NEW_CLASS, NEW_PAGE = named("Каляна Мария"), named("7В"), named("7В Алгебра")


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    """After the school was founded came a third class and an exemption, and Соколова took another name."""
    doors.populate(site)
    year = site.here.school(SCHOOL).classes[named("7А")].year
    events = [
        (NEW_CLASS, roster.ClassFormed(year=year, title="7В", grade=7, level="ООО")),
        (
            NEW_PAGE,
            journals.JournalListed(class_id=NEW_CLASS, group=None, subject=named("Алгебра"), year=year),
        ),
        (
            MARIA,
            roster.ExemptionGranted(
                exemption=uuid4(), first=site.today, until=date(2090, 1, 1), document=None
            ),
        ),
        (MARIA, roster.HealthGroupSet(group="special", first=site.today)),
    ]
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    drafts = tuple(Draft(category=Category.SCHOOL, stream=s, version=None, event=e) for s, e in events)
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)
    married = Name(last="Белова", first="Ирина", middle="Владимировна")
    with site.here.pool.connection() as connection:
        people.put(connection, SCHOOL, named("Соколова"), married, since=datetime.now(UTC))
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def get(site: Site, caller: Caller, address: str, **query: str) -> requests.Response:
    return requests.get(site.url + address, params=query, headers=caller.headers, timeout=20)


def test_absences_of_the_school_before_a_class_was_formed_leave_it_out(
    site: Site, everybody: dict[str, Caller]
) -> None:
    assert "7В" in get(site, everybody["deputy"], "/absences").text
    then = get(site, everybody["deputy"], "/absences", at=site.founded)
    assert then.status_code == 200
    assert "7А" in then.text
    assert "7В" not in then.text


def test_the_list_of_journals_is_of_its_moment(site: Site, everybody: dict[str, Caller]) -> None:
    deputy = everybody["deputy"]
    assert str(NEW_PAGE) in get(site, deputy, "/journals").text
    then = get(site, deputy, "/journals", at=site.founded).text
    assert str(NEW_PAGE) not in then
    assert f"/journal/{named('7А Алгебра')}?at=" in then
    known = {each["journal"] for each in deputy.get("/journals", at=site.founded).json()}
    assert str(NEW_PAGE) not in known
    assert str(named("7А Алгебра")) in known
    ahead = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    for at, status in (("2001-01-01T00:00:00Z", 404), (ahead, 404), ("вчера", 400)):
        assert get(site, deputy, "/journals", at=at).status_code == status


def test_people_are_called_as_they_were_at_the_moment_of_the_page(
    site: Site, everybody: dict[str, Caller]
) -> None:
    deputy, page = everybody["deputy"], f"/journal/{named('7А Алгебра')}"
    for address in (page, "/journals"):
        now, then = (get(site, deputy, address, **at).text for at in ({}, {"at": site.founded}))
        assert ("Белова И. В." in now, "Соколова И. В." in now) == (True, False)
        assert ("Белова И. В." in then, "Соколова И. В." in then) == (False, True)


def test_whose_page_it_is_has_the_name_of_today_in_every_moment(
    site: Site, everybody: dict[str, Caller]
) -> None:
    assert "Белова И. В." in get(site, everybody["teacher"], "/journals", at=site.founded).text


@pytest.mark.parametrize("person", ["Каляна Мария", "мать Каляны", "никто"])
def test_the_timetable_of_a_teacher_is_of_nobody_but_the_staff(
    person: str, site: Site, everybody: dict[str, Caller]
) -> None:
    teacher = everybody["teacher"]
    refused = get(site, teacher, "/timetable", view="teacher", of=str(named(person)))
    assert refused.status_code == 404
    assert "Каляна" not in refused.text
    assert teacher.get(f"/timetable/teacher/{named(person)}").status_code == 404
    assert teacher.get(f"/timetable/teacher/{named('Петрова')}").json()["title"] == "Петрова О. А."


def body(pupil: UUID) -> bytes:
    command = {"pupil": str(pupil), "class_id": str(named("7А")), "first": "2026-10-12"}
    return json.dumps({"name": {"last": "Эттувги", "first": "Роман"}, "command": command}).encode()


@pytest.mark.parametrize("login", ["guardian", "teacher", "inspector"])
def test_who_may_enrol_nobody_does_not_learn_whether_somebody_is_known(
    login: str, everybody: dict[str, Caller]
) -> None:
    known, nobody = (everybody[login].do("EnrolPupil/named", raw=body(who)) for who in (MARIA, uuid4()))
    assert (known.status_code, nobody.status_code) == (403, 403)
    assert known.json() == nobody.json()
    assert everybody["deputy"].do("EnrolPupil/named", raw=body(MARIA)).status_code == 409


@pytest.mark.parametrize(
    ("login", "told"),
    [
        ("deputy", True),
        ("class_teacher", True),
        ("administrator", False),
        ("inspector", False),
        ("director", False),
    ],
)
def test_a_pupils_health_is_for_whoever_the_matrix_names(
    login: str, told: bool, site: Site, everybody: dict[str, Caller]
) -> None:
    shown = get(site, everybody[login], f"/pupils/{MARIA}")
    assert shown.status_code == 200
    assert ("Освобождение" in shown.text, "Группа здоровья" in shown.text) == (told, told)
    card = everybody[login].get(f"/pupils/{MARIA}").json()["card"]
    assert [card[field] is not None for field in ("exemptions", "health")] == [told, told]
