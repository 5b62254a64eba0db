"""The same teacher's ten minutes in a real school: its own aSc timetable, pupils from a CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import enter
from tests.browser.grid import cell, go_to, state
from tests.browser.imported import Imported, served
from tests.databases import copy_of

FILE = Path(__file__).parents[3] / "shared" / "data" / "asc" / "ua_zamini_2019_01.xml"


@pytest.fixture(scope="module")
def school(server, template, tmp_path_factory) -> Iterator[Imported]:
    if not FILE.is_file():
        pytest.skip("the real aSc file is not beside this repository")
    folder = tmp_path_factory.mktemp("imported")
    with copy_of(server, template.name) as database, served(database, folder, FILE) as found:
        yield found


def test_the_teacher_of_an_imported_timetable_fills_a_page(chromium: Browser, school: Imported) -> None:
    context = chromium.new_context(base_url=school.url, viewport={"width": 1280, "height": 844})
    page = context.new_page()
    page.set_default_timeout(8000)
    enter(page, school.login)
    expect(page.locator("li.lesson").first).to_contain_text("7-А")

    page.goto(f"/journal/{school.lesson.journal}")
    mark = go_to(page, "Антипина", school.lesson.id)
    page.keyboard.press("Digit4")
    page.keyboard.press("Enter")
    state(mark, "saved")
    absent = go_to(page, "Вуквукай", school.lesson.id)
    page.keyboard.press("KeyY")
    state(absent, "saved")

    backdated = go_to(page, "Каляна", school.earlier.id)
    page.keyboard.press("Digit5")
    page.keyboard.press("Enter")
    state(backdated, "refused")
    backdated.click()
    expect(page.locator("body")).to_contain_text("7.14")
    expect(page.locator("body")).to_contain_text("Запросить внесение")

    page.goto(f"/lesson/{school.lesson.id}")
    page.fill("#topic", "Повторение изученного")
    page.press("#topic", "Enter")
    # of the topic itself: «Не сохранено» of the tray has the word as well
    expect(page.locator("[data-field=topic] [data-saying]")).to_contain_text("сохранено")
    page.goto(f"/journal/{school.lesson.journal}")
    expect(cell(page, "Антипина", school.lesson.id)).to_have_text("4")
    expect(page.locator(".lines")).to_contain_text("Повторение изученного")
    context.close()
