"""The pages of absences and their commands over the JSON API."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser.school import Site, named, served
from tests.databases import copy_of
from tests.test_api import Caller

KLASS, ARTYOM = named("7А"), str(named("Рультытегин Артём"))


@pytest.fixture(scope="module")
def site(server, template, tmp_path_factory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("absences")
    with copy_of(server, template.name) as database, served(database, folder) as found:
        yield found


def test_an_absence_is_told_explained_and_its_deletion_offers_a_dispute(site: Site) -> None:
    teacher, led = Caller(site, "teacher"), Caller(site, "class-teacher")
    lesson, day = str(site.lesson()), site.today.isoformat()
    assert teacher.do("TakeAttendance", lesson=lesson, absent=[ARTYOM]).status_code == 200
    week = led.get(f"/class/{KLASS}/week").json()
    (cell,) = [each for row in week["pupils"] for d in row["days"] for each in d["lessons"] if each["missed"]]
    refused = led.do("WithdrawAbsence", lesson=lesson, pupil=ARTYOM, seen=cell["seen"])
    assert (refused.status_code, refused.json()["way_out"]) == (422, "dispute_absence")
    stretch = {
        "pupil": ARTYOM,
        "first": day,
        "last": day,
        "category": "по болезни",
        "document": "справка № 45",
    }
    assert led.do("ExplainAbsences", stretches=[stretch]).status_code == 200
    assert led.get(f"/class/{KLASS}/week").json()["waiting"] == 0
    (missed,) = led.get(f"/absences/{ARTYOM}").json()["lessons"]
    assert (missed["lesson"], missed["category"]) == (lesson, "по болезни")
    total = led.get(f"/class/{KLASS}/absences").json()["total"]
    assert (total["held"], total["missed"], total["categories"]) == (6, 1, [1, 0, 0, 0])


@pytest.mark.parametrize("query", [{"first": "завтра"}, {"first": "2026-10-14", "last": "2026-10-12"}])
def test_what_is_no_stretch_of_days_is_400(site: Site, query: dict[str, str]) -> None:
    assert Caller(site, "deputy").get(f"/absences/{ARTYOM}", **query).status_code == 400


def test_only_the_own_class_and_the_administration_see_absences(site: Site) -> None:
    other = named("7Б")
    assert Caller(site, "deputy").get(f"/class/{other}/week").status_code == 200
    for login in ("class-teacher", "teacher", "parent"):
        assert Caller(site, login).get(f"/class/{other}/week").status_code == 403
    assert Caller(site, "parent").get(f"/absences/{ARTYOM}").status_code == 404
