"""Windows that ended while an access was closed, in a served school: who is told of them, and who may open them."""

from __future__ import annotations

import pytest
import requests

from tests import doors
from tests.browser.school import Site, named
from tests.doors import PEOPLE
from tests.stolen_site import INCIDENT, closed_for_three_days
from tests.test_api import Caller

DECIDE = {"deputy", "director"}
BUTTON, WORDS = 'value="PermitBlockedWindows"', "Сроки истекли, пока доступ был закрыт"


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    doors.populate(site)
    closed_for_three_days(site)
    return {login: Caller(site, doors.login_of(login)) for login in PEOPLE}


def those_who_read(words: str, address: str, site: Site, everybody: dict[str, Caller]) -> set[str]:
    pages = {
        login: requests.get(site.url + address, headers=caller.headers, timeout=20)
        for login, caller in everybody.items()
    }
    return {login for login, page in pages.items() if page.status_code == 200 and words in page.text}


@pytest.mark.parametrize(
    ("words", "address", "who"),
    [
        (BUTTON, "/inbox", DECIDE),
        (WORDS, "/tasks", DECIDE),
        (WORDS, f"/incidents/{INCIDENT}", {"director"}),  # the deputy opens no incident
    ],
)
def test_whoever_may_permit_late_entries_is_told_and_nobody_else(
    words: str, address: str, who: set[str], site: Site, everybody: dict[str, Caller]
) -> None:
    assert those_who_read(words, address, site, everybody) == who


def test_one_word_of_whoever_may_opens_them_and_then_nobody_is_told(
    site: Site, everybody: dict[str, Caller]
) -> None:
    body = {"incident": str(INCIDENT), "account": str(named("account teacher")), "reason": "по приказу"}
    for login in PEOPLE.keys() - DECIDE:
        assert everybody[login].do("PermitBlockedWindows", **body).status_code in (403, 404), login
    answer = everybody["deputy"].do("PermitBlockedWindows", **body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["parts"]
    for address in ("/inbox", "/tasks", f"/incidents/{INCIDENT}"):
        assert those_who_read(WORDS, address, site, everybody) == set()
