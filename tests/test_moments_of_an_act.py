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


def refilled(page: str) -> dict[str, str]:
    """What the form of «Что изменилось» sends where nobody touched it."""
    (form,) = re.findall(r'<form class="asked".*?</form>', page, re.DOTALL)
    inputs = [dict(re.findall(r'(name|value)="([^"]*)"', each)) for each in re.findall(r"<input[^>]*>", form)]
    return {each["name"]: each.get("value", "") for each in inputs}


@pytest.mark.case("AT-25")
def test_what_changed_by_an_act_is_narrowed_to_a_class_and_keeps_both_moments(
    site: Site, deputy: Caller
) -> None:
    """The Act, what is before it and what is after it are of one minute, and the fields of the form know no more."""
    bar = text_of(site, deputy, JOURNAL)
    moments = {
        name: moment_called(words, bar) for name, words in (("from", "перед Актом"), ("at", "после Акта"))
    }
    whole = text_of(site, deputy, "/changes", **moments)
    assert "<s>5</s>" in whole
    own = refilled(whole)
    own_class = text_of(site, deputy, "/changes", **own, class_id=str(named("7А")))
    assert "<s>5</s>" in own_class
    assert {name: refilled(own_class)[f"{name}_exact"] for name in moments} == moments
    other = text_of(site, deputy, "/changes", **own, class_id=str(named("7Б")))
    assert "ничего не изменилось" in other


def test_a_moment_that_is_changed_in_the_form_is_the_one_that_counts(site: Site, deputy: Caller) -> None:
    bar = text_of(site, deputy, JOURNAL)
    before = moment_called("перед Актом", bar)
    form = refilled(text_of(site, deputy, "/changes", **{"from": before, "at": before}))
    form["at"] = ""
    assert "<s>5</s>" in text_of(site, deputy, "/changes", **form), "an emptied one is now"
    form["from"] = "2026-01-01T00:00"
    answer = requests.get(f"{site.url}/changes", params=form, headers=deputy.headers, timeout=20)
    assert "from=2026-01-01T00" in answer.url
    assert before not in answer.url
