"""«Почему эта отметка?» at its doors: page, panel and JSON twin ask the same; a family reads what is the child's."""

from __future__ import annotations

import pytest

from tests import doors
from tests.browser.school import Site, named
from tests.explained import MARIA, PAGE, TERM, WHY, marked, settled
from tests.test_api import Caller
from tests.test_school_pages import page

OTHER = named("Вуквукай Илья")
FOREIGN = f"/explanations/{PAGE}/{TERM}/period/{OTHER}"


@pytest.fixture(scope="module")
def mark(site: Site) -> int:
    return marked(site)


@pytest.fixture(scope="module")
def everybody(site: Site, mark: int) -> dict[str, Caller]:
    """After the mark: with everybody comes a substitution of its lesson."""
    doors.populate(site)
    return {login: Caller(site, doors.login_of(login)) for login in doors.PEOPLE}


def test_before_the_mark_a_family_sees_what_comes_out_and_what_if(everybody: dict[str, Caller]) -> None:
    status, text = page(everybody["guardian"], WHY)
    assert status == 200
    assert "5 / 1 = 5,00" in text
    assert "Ещё не выставлена" in text
    assert "Что если" in text
    assert "Что если" not in page(everybody["deputy"], WHY)[1]
    found = everybody["pupil"].get(WHY).json()
    assert [line["value"] for line in found["marks"]] == ["5"]
    assert found["what_if"][3] == {
        "mark": 2,
        "ordinary": {"value": "4", "mean": "3,50"},
        "control": {"value": "3", "mean": "3,50"},
    }


def test_the_panel_is_the_same_without_the_frame(everybody: dict[str, Caller]) -> None:
    status, text = page(everybody["teacher"], f"{WHY}?panel=1")
    assert status == 200
    assert "5 / 1 = 5,00" in text
    assert "<html" not in text


@pytest.mark.parametrize("login", ["guardian", "pupil"])
def test_another_familys_child_is_not_there_at_any_door(login: str, everybody: dict[str, Caller]) -> None:
    for address in (FOREIGN, f"{FOREIGN}?panel=1", f"/pupils/{OTHER}", f"/pupils/{MARIA}"):
        status, text = page(everybody[login], address)
        assert status == 404
        assert "Вуквукай" not in text
    assert everybody[login].get(FOREIGN).status_code == 404
    assert everybody[login].get(f"/pupils/{OTHER}").status_code == 404


def test_a_teacher_of_the_page_asks_about_no_pupil_of_another_class(everybody: dict[str, Caller]) -> None:
    foreign = f"/explanations/{PAGE}/{TERM}/period/{named('Кергитваль Олег')}"
    assert page(everybody["teacher"], foreign)[0] == 404
    assert everybody["teacher"].get(foreign).status_code == 404


def test_the_past_knows_no_mark_yet(site: Site, everybody: dict[str, Caller]) -> None:
    found = everybody["guardian"].get(WHY, at=site.founded).json()
    assert (found["marks"], found["value"]) == ([], "")


def test_the_mark_stands_in_the_diary_with_its_explanation_and_on_the_pupils_page(
    site: Site, mark: int, everybody: dict[str, Caller]
) -> None:
    settled(site, "5", mark)
    status, text = page(everybody["guardian"], f"/diary/{MARIA}")
    assert status == 200
    assert f'href="{WHY}"' in text
    week = everybody["guardian"].get(f"/diary/{MARIA}").json()
    cells = [cell for row in week["marks"]["subjects"] for cell in row["cells"]]
    assert [(cell["value"], cell["state"]) for cell in cells] == [("5", "set")]
    status, text = page(everybody["class_teacher"], f"/pupils/{MARIA}")
    assert status == 200
    assert f'href="{WHY}"' in text
    record = everybody["class_teacher"].get(f"/pupils/{MARIA}").json()["record"]
    assert record["subjects"][0]["running"] == {
        **{"value": "5", "mean": "5,00", "marks": 1, "least": 7},
        **{"held": 1, "missed": []},
    }
    assert (record["late"], record["entered"]) == (0, 1)
    assert everybody["administrator"].get(f"/pupils/{MARIA}").json()["record"] is None
    explained = everybody["inspector"].get(WHY).json()
    assert (explained["value"], explained["stale"], explained["what_if"]) == ("5", False, [])
