"""Whose access one may report as breached: the names that are offered are those one may see anyway, and asking for them
is a look that is logged (R-053)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import requests

from ledger import views_log
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.test_api import Caller

MOTHER, PUPIL, TEACHER = "Каляна Анна Сергеевна", "Каляна Мария", "Соколова Ирина Владимировна"


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def said(site: Site, caller: Caller, who: str) -> str:
    answer = requests.get(
        f"{site.url}/report-compromise", params={"who": who}, headers=caller.headers, timeout=20
    )
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(
    ("login", "offered"),
    [
        *((login, {MOTHER, PUPIL}) for login in ("administrator", "director", "deputy", "class_teacher")),
        ("teacher", {PUPIL}),
        *((login, set()) for login in ("stranger", "methodist")),
        *((login, set()) for login in ("inspector", "working_group", "foreign_guardian")),
    ],
)
def test_a_family_is_offered_to_whoever_may_list_it(
    login: str, offered: set[str], site: Site, everybody: dict[str, Caller]
) -> None:
    page = said(site, everybody[login], "каляна")
    assert {name for name in (MOTHER, PUPIL) if name in page} == offered


@pytest.mark.parametrize(
    ("login", "found"),
    [("stranger", True), ("methodist", True), ("inspector", False), ("working_group", False)],
)
def test_who_works_there_is_offered_to_who_works_there_and_to_nobody_who_only_watches(
    login: str, found: bool, site: Site, everybody: dict[str, Caller]
) -> None:
    page = said(site, everybody[login], "соко")
    assert (TEACHER in page) == found
    assert ('name="who"' in page) == found, "who tells of nobody else is not asked for a name"


def test_a_name_is_found_with_initials_as_the_journal_writes_it(
    site: Site, everybody: dict[str, Caller]
) -> None:
    assert TEACHER in said(site, everybody["methodist"], "Соколова И. В.")
    assert TEACHER not in said(site, everybody["methodist"], "Соколова О.")


@pytest.mark.parametrize("login", ["inspector", "working_group"])
def test_whoever_only_watches_reports_the_own_access_alone(
    login: str, site: Site, everybody: dict[str, Caller]
) -> None:
    now = site.here.school(SCHOOL).local(site.here.now())
    told = {"incident": str(uuid4()), "detected_at": (now - timedelta(minutes=5)).isoformat()}
    refused = everybody[login].do("ReportCompromise", account=str(named("account teacher")), **told)
    assert refused.status_code == 403
    assert "о своём доступе" in refused.json()["sentence"]


def test_when_it_was_told_may_be_said_and_is_now_where_it_is_not(
    site: Site, everybody: dict[str, Caller]
) -> None:
    """Told in time by word of mouth, entered later: no lateness (R-174)."""
    assert 'name="reported_at"' in said(site, everybody["methodist"], "")
    now = site.here.school(SCHOOL).local(site.here.now())
    body = {
        "account": str(named("account teacher")),
        "detected_at": (now - timedelta(minutes=90)).isoformat(),
        "reported_at": None,
    }
    for reported, found in ((now - timedelta(minutes=55)).isoformat(), []), (None, ["W-21"]):
        answer = everybody["methodist"].do(
            "ReportCompromise", **{**body, "incident": str(uuid4()), "reported_at": reported}
        )
        assert answer.status_code == 200, answer.text
        assert [each["code"] for each in answer.json()["findings"]] == found


def test_a_search_is_a_look_and_the_form_alone_is_none(site: Site, everybody: dict[str, Caller]) -> None:
    def looks(who: str) -> list[str]:
        began = datetime.now(UTC)
        said(site, everybody["teacher"], who)
        with site.here.pool.connection() as connection:
            account = named("account teacher")
            views = views_log.of_account(connection, SCHOOL, account, first=began, last=datetime.now(UTC))
        return [view.page for view in views]

    assert looks("каляна") == ["accounts by name"]
    assert looks("") == []
