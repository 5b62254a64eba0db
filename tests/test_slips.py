"""Slips at the door: whoever hands them out prints those of the own class, a family its own child's, nobody another's;
the address prints the same bytes for ever, and every print is kept in the log of views (7.2, R-053, R-234)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import requests

from ledger import views_log
from ledger.span import monday_of
from tests import doors
from tests.browser.school import SCHOOL, Site, named
from tests.doors import PEOPLE
from tests.papers import sheets_of, text_of
from tests.test_api import Caller

CLASS, OTHER_CLASS = named("7А"), named("7Б")
MARIA, DARIA, OLEG = named("Каляна Мария"), named("Антипина Дарья"), named("Кергитваль Олег")


@pytest.fixture(scope="module")
def everybody(site: Site) -> dict[str, Caller]:
    """Of 7А two families are on paper, and their slips of this week are prepared."""
    doors.populate(site)
    found = {login: Caller(site, doors.login_of(login)) for login in PEOPLE}
    leader = found["class_teacher"]
    for pupil in (MARIA, DARIA):
        declared = {"pupil": str(pupil), "first": site.today.isoformat(), "document": "заявление"}
        assert leader.do("DeclarePaperInforming", **declared).status_code == 200
    prepared = {"class_id": str(CLASS), "week": week(site).isoformat(), "pupils": [str(MARIA), str(DARIA)]}
    position = site.here.store.head(SCHOOL).position
    assert leader.do("PrepareSlips", position=position, **prepared).status_code == 200
    return found


def week(site: Site) -> date:
    return monday_of(site.today)


def asked(site: Site, who: Caller, address: str, **more: object) -> requests.Response:
    return requests.get(site.url + address, headers=who.headers, timeout=30, **more)  # type: ignore[arg-type]


def of_class(site: Site, class_id: object = CLASS) -> str:
    return f"/papers/classes/{class_id}/slips.pdf?week={week(site)}"


def of_pupil(site: Site, pupil: object) -> str:
    return f"/papers/pupils/{pupil}/slip.pdf?week={week(site)}"


def test_the_class_teacher_prints_all_or_those_chosen(site: Site, everybody: dict[str, Caller]) -> None:
    whole = asked(site, everybody["class_teacher"], of_class(site))
    assert whole.headers["Content-Type"] == "application/pdf"
    said = text_of(whole.content)
    assert "Каляна Мария" in said
    assert "Антипина Дарья" in said
    assert sheets_of(whole.content) == 1  # two short ones stand on one sheet
    one = text_of(asked(site, everybody["class_teacher"], f"{of_class(site)}&pupil={MARIA}").content)
    assert "Каляна Мария" in one
    assert "Антипина" not in one


def test_the_address_names_its_moment_and_prints_the_same_bytes(
    site: Site, everybody: dict[str, Caller]
) -> None:
    leader = everybody["class_teacher"]
    sent = asked(site, leader, of_class(site), allow_redirects=False)
    fixed = sent.headers["Location"]
    first = asked(site, leader, fixed)
    lesson = str(site.lesson())
    body = {"lesson": lesson, "work": lesson, "pupil": str(MARIA), "value": "5"}
    assert everybody["substitute"].do("GiveMark", **body).status_code == 200
    assert asked(site, leader, fixed).content == first.content
    assert "— 5" not in text_of(asked(site, leader, of_class(site)).content)  # prepared before the mark


@pytest.mark.parametrize(
    ("login", "own", "childs", "another"),
    [
        ("class_teacher", 200, 200, 404),
        ("deputy", 200, 200, 404),
        ("guardian", 403, 200, 404),
        ("pupil", 403, 200, 404),
        ("foreign_guardian", 403, 404, 404),
        ("teacher", 403, 404, 404),
        ("administrator", 403, 404, 404),
        ("inspector", 403, 404, 404),
    ],
)
def test_a_slip_is_for_its_family_its_class_teacher_and_the_deputy(
    login: str, own: int, childs: int, another: int, site: Site, everybody: dict[str, Caller]
) -> None:
    """Of 7Б no slip was prepared: whoever might read it finds none, whoever may not is told no more than that."""
    who = everybody[login]
    assert asked(site, who, of_class(site)).status_code == own
    assert asked(site, who, of_pupil(site, MARIA)).status_code == childs
    assert asked(site, who, of_pupil(site, OLEG)).status_code == another


def test_another_class_is_shut_to_its_neighbours_class_teacher(
    site: Site, everybody: dict[str, Caller]
) -> None:
    assert asked(site, everybody["class_teacher"], of_class(site, OTHER_CLASS)).status_code == 403


def test_a_pupil_who_is_not_of_the_class_has_no_slip_in_it(site: Site, everybody: dict[str, Caller]) -> None:
    address = f"{of_class(site)}&pupil={OLEG}"
    assert asked(site, everybody["class_teacher"], address).status_code == 404


def test_an_address_that_names_no_pupil_is_told_so(site: Site, everybody: dict[str, Caller]) -> None:
    leader = everybody["class_teacher"]
    assert asked(site, leader, f"{of_class(site)}&pupil=чужой").status_code == 400
    assert asked(site, leader, f"/papers/classes/{CLASS}/slips.pdf?week=вчера").status_code == 400


def test_every_print_is_kept_in_the_log_of_views(site: Site, everybody: dict[str, Caller]) -> None:
    begun = datetime.now(UTC)
    asked(site, everybody["guardian"], of_pupil(site, MARIA))
    with site.here.pool.connection() as connection:
        seen = views_log.of_pupil(connection, SCHOOL, MARIA, first=begun, last=begun + timedelta(minutes=5))
    assert [view.page for view in seen] == ["print slips"]
    assert seen[0].as_of is not None


def test_the_twins_say_who_reads_and_who_got_what(site: Site, everybody: dict[str, Caller]) -> None:
    page = everybody["class_teacher"].get(f"/class/{CLASS}/families").json()
    maria = next(each for each in page["families"] if each["pupil"] == str(MARIA))
    assert maria["state"] == "paper"
    assert maria["paper"]["document"] == "заявление"
    register = everybody["deputy"].get("/slips", week=week(site).isoformat()).json()
    lines = [line for each in register["classes"] for line in each["lines"]]
    assert {line["pupil"] for line in lines} == {str(MARIA), str(DARIA)}
    assert all(line["handed_at"] is None for line in lines)
