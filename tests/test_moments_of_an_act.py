"""«Перед Актом №» and «после Акта №» of the time bar, where times are not declared: an Act was received a moment before
it was recorded, and what it made void is in its append (R-254)."""

from __future__ import annotations

import re

import pytest
import requests

from tests import stolen_site
from tests.browser.school import Site, named
from tests.test_api import Caller

KALYANA = named("Каляна Мария")
JOURNAL = f"/journal/{named('7А Алгебра')}"


@pytest.fixture(scope="module")
def deputy(site: Site) -> Caller:
    """Who checks: the mark 5 of today was made with a stolen access, and Act № 1 made it void."""
    lesson = str(site.lesson())
    given = Caller(site, "teacher").do(
        "GiveMark", lesson=lesson, work=lesson, pupil=str(KALYANA), value="5", seen=0
    )
    assert given.status_code == 200, given.text
    stolen_site.notified(site)
    stolen_site.voided(site, given.json()["position"])
    return Caller(site, "deputy")


def text_of(site: Site, caller: Caller, address: str, **query: str) -> str:
    answer = requests.get(site.url + address, params=query, headers=caller.headers, timeout=20)
    assert answer.status_code == 200, (answer.url, answer.status_code)
    return answer.text


def moment_called(words: str, page: str) -> str:
    """What the bar of the page has for it."""
    (found,) = re.findall(rf'<option value="([^"]+)"[^>]*>{words}', page)
    return found


def values(site: Site, caller: Caller, at: str) -> list[str]:
    page = caller.get(f"/lesson/{site.lesson()}", at=at).json()
    (row,) = (row for row in page["pupils"] if row["pupil"] == str(KALYANA))
    return [cell["value"] for cell in row["cells"]]


@pytest.mark.case("AT-25")
def test_before_the_act_its_void_is_not_there_and_after_it_all_of_it_is(site: Site, deputy: Caller) -> None:
    bar = text_of(site, deputy, JOURNAL)
    assert values(site, deputy, moment_called("перед Актом № 1", bar)) == ["5"]
    after = moment_called("после Акта № 1", bar)
    assert values(site, deputy, after) == [""]
    travelled = text_of(site, deputy, JOURNAL, at=after)
    assert f'<option value="{after}" selected>' in travelled, "and the bar says where one is"
