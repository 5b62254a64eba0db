"""A mark that a stolen access took away, as the family reads it: contested, and after the Act brought back (R-185)."""

from __future__ import annotations

import re

import pytest
import requests

from tests import stolen_site
from tests.browser.school import Site, named
from tests.test_api import Caller

KALYANA = named("Каляна Мария")


def diary(site: Site, parent: Caller) -> str:
    answer = requests.get(f"{site.url}/diary/{KALYANA}", headers=parent.headers, timeout=20)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"</?(s|b|span|small|ul|li)\b[^>]*>", "", answer.text))


@pytest.mark.case("AT-20")
def test_a_parent_reads_that_a_mark_was_withdrawn_and_then_that_it_stands_again(site: Site) -> None:
    teacher, parent, lesson = Caller(site, "teacher"), Caller(site, "parent"), str(site.lesson())
    place = {"lesson": lesson, "work": lesson, "pupil": str(KALYANA)}
    given = teacher.do("GiveMark", value="5", seen=0, **place)
    gone = teacher.do("WithdrawMark", seen=given.json()["position"], **place)
    assert gone.status_code == 200, gone.text
    noted = teacher.do("NoteAbsence", lesson=lesson, pupil=str(KALYANA))
    assert noted.status_code == 200, noted.text
    assert "снято" not in diary(site, parent)
    stolen_site.notified(site)
    said = diary(site, parent)
    assert ">нснято◇ оспаривается◇ оспаривается<" in said, (
        "the absence is contested and so is what is missing"
    )
    assert "&lt;small" not in said, "a sign makes no text of what stands before it"
    stolen_site.voided(site, gone.json()["position"])
    said = diary(site, parent)
    assert "оспаривается" not in said
    assert "снято → 5" in said
