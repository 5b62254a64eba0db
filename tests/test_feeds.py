"""Calendar addresses: what they show, to whom, and that they die with their access."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import requests
import vobject

from commands.compromise import ReportCompromise
from ledger import feeds
from ledger.entry import Origin
from ledger.events import roster
from tests.browser.school import PASSWORD, SCHOOL, Site, named
from tests.doors import _draft, populate
from web import account_desk, compromise_desk
from web.account_desk import asked_by_system


class Person:
    """Somebody signed in with a browser's cookies."""

    def __init__(self, site: Site, login: str) -> None:
        self.site, self.http = site, requests.Session()
        page = self.http.get(f"{site.url}/sign-in", timeout=20).text
        form = {"login": login, "password": PASSWORD, "csrf_token": token_in(page)}
        self.http.post(f"{site.url}/sign-in", data=form, timeout=20)

    def issue(self, kind: str, about) -> requests.Response:
        page = self.http.get(f"{self.site.url}/feeds", timeout=20).text
        form = {"kind": kind, "about": str(about), "csrf_token": token_in(page)}
        return self.http.post(f"{self.site.url}/feeds", data=form, timeout=20)

    def address(self, kind: str, about) -> str:
        answer = self.issue(kind, about)
        assert answer.status_code == 200, answer.text[:300]
        return re.search(r'value="(http[^"]+\.ics)"', answer.text)[1]

    def revoke_all(self) -> None:
        page = self.http.get(f"{self.site.url}/feeds", timeout=20).text
        for path in re.findall(r'action="(/feeds/[^"]+/revoke)"', page):
            self.http.post(f"{self.site.url}{path}", data={"csrf_token": token_in(page)}, timeout=20)


def token_in(page: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]+)"', page)[1]


def events(address: str) -> list:
    answer = requests.get(address, timeout=20)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return list(vobject.readOne(answer.content.decode()).contents["vevent"])


@pytest.fixture
def teacher(site: Site) -> Person:
    return Person(site, "teacher")


def test_a_teachers_calendar_has_the_own_lessons_at_their_hours(site: Site, teacher: Person) -> None:
    found = events(teacher.address("teacher", named("Соколова")))
    lesson = site.here.school(SCHOOL).timetable.by_id[site.lesson(1)]
    (tomorrow,) = [each for each in found if each.uid.value.startswith(str(lesson.id))]
    assert tomorrow.summary.value.startswith("Алгебра · 7А")
    assert tomorrow.dtstart.value.replace(tzinfo=None) == lesson.starts
    assert tomorrow.dtend.value - tomorrow.dtstart.value == lesson.ends - lesson.starts


def test_a_mothers_calendar_is_of_her_child_and_of_no_other(site: Site) -> None:
    mother = Person(site, "parent")
    assert events(mother.address("pupil", named("Каляна Мария")))
    assert mother.issue("pupil", named("Ященко Ольга")).status_code == 404
    assert mother.issue("teacher", named("Соколова")).status_code == 404


def test_a_telephone_that_asks_for_the_calendar_is_no_visit_of_the_mother(site: Site) -> None:
    """What is new since she came stays new, however often the telephone asks."""
    address = Person(site, "parent").address("pupil", named("Каляна Мария"))
    asked = site.here.now()
    assert events(address)
    page = Person(site, "parent").http.get(f"{site.url}/api/v1/children", timeout=20).json()
    news = page["children"][0]["news"]
    assert news["visited"]
    assert datetime.fromisoformat(news["since"]) < asked


def test_nonsense_is_answered_with_a_sentence(teacher: Person) -> None:
    answer = teacher.issue("teacher", "не-номер")
    assert answer.status_code == 400
    assert "Такого расписания нет" in answer.text


def test_a_revoked_address_shows_nothing_any_more(site: Site, teacher: Person) -> None:
    address = teacher.address("teacher", named("Соколова"))
    assert events(address)
    teacher.revoke_all()
    assert requests.get(address, timeout=20).status_code == 404


def test_an_address_nobody_gave_shows_nothing(site: Site) -> None:
    assert requests.get(f"{site.url}/calendar/{SCHOOL}/{'x' * 43}.ics", timeout=20).status_code == 404


def test_the_eleventh_address_is_refused(site: Site) -> None:
    colleague = Person(site, "colleague")
    statuses = [colleague.issue("teacher", named("Петрова")).status_code for _ in range(11)]
    assert statuses == [200] * 10 + [422]


def test_a_mother_who_is_no_mother_any_more_reads_no_more(site: Site) -> None:
    """The right is asked anew each time the address is opened."""
    populate(site)
    mother = Person(site, "parent")
    address = mother.address("pupil", named("Каляна Мария"))
    site.append(_draft(named("Каляна Мария"), roster.GuardianUnlinked(guardian=named("мать Каляны"))))
    assert requests.get(address, timeout=20).status_code == 404


def test_a_blocked_account_has_no_calendar(site: Site, teacher: Person) -> None:
    address = teacher.address("teacher", named("Соколова"))
    account_desk.block(site.here, asked_by_system(SCHOOL), named("account teacher"), reason="left")
    assert requests.get(address, timeout=20).status_code == 404
    with site.here.pool.connection() as connection:
        assert feeds.of_account(connection, SCHOOL, named("account teacher"))


def test_what_was_made_with_a_stolen_access_stays_dead_when_the_owner_is_back(site: Site) -> None:
    """Void selection: what the intruder made himself inherits the compromise; a feed is one such thing."""
    colleague, account = Person(site, "colleague"), named("account colleague")
    colleague.revoke_all()
    address = colleague.address("teacher", named("Петрова"))
    report = ReportCompromise(
        incident=uuid4(),
        account=account,
        detected_at=site.here.school(SCHOOL).local(site.here.now()) - timedelta(minutes=5),
        text="Пароль видели ученики",
    )
    asking = replace(asked_by_system(SCHOOL), account=account, person=named("Петрова"), origin=Origin.UI)
    compromise_desk.carry_out(report, asking, site.here)
    assert requests.get(address, timeout=20).status_code == 404
    account_desk.reopen(site.here, asked_by_system(SCHOOL), account, reason="compromise")
    assert account not in site.here.school(SCHOOL).blocked
    assert requests.get(address, timeout=20).status_code == 404
