"""The administrator loads a school's files in the browser: a preview first, then exactly that (issue 3, item 9)."""

from __future__ import annotations

import io
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests import doors
from tests.browser.school import SCHOOL
from tests.importing import DEMO


@pytest.fixture
def administrator(site, signed_in) -> Page:
    doors.populate(site)
    return signed_in("administrator")


def bundle(site) -> dict[str, object]:
    """The demonstration's files in the zone and the study year of the school that is served, as one zip."""
    year, zone = next(iter(site.here.school(SCHOOL).years)), site.here.school(SCHOOL).zone_name
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("school", "staff", "classes", "pupils", "periods"):
            text = (DEMO / f"{name}.csv").read_text(encoding="utf-8")
            if name == "school":
                text = text.replace("Asia/Anadyr", zone)
            archive.writestr(f"{name}.csv", text)
    assert year == 2026
    return {"name": "набор.zip", "mimeType": "application/zip", "buffer": packed.getvalue()}


def test_files_are_looked_at_and_then_applied(site, administrator: Page) -> None:
    before = site.here.store.head(SCHOOL).position
    administrator.goto("/import/")
    administrator.set_input_files("#files", bundle(site))
    administrator.get_by_role("button", name="Прочитать и показать изменения").click()
    expect(administrator.get_by_role("heading", name="Что изменится")).to_be_visible(timeout=30_000)
    enrolled = administrator.locator(".brings li", has_text="ученик зачислен").first
    expect(enrolled).to_contain_text("251")
    enrolled.locator("summary").click()
    expect(enrolled).to_contain_text("Айваткин Марк Евгеньевич · 1А")
    assert site.here.store.head(SCHOOL).position == before
    administrator.get_by_role("button", name="Применить:").click()
    expect(administrator.get_by_role("heading", name="Применено")).to_be_visible(timeout=30_000)
    assert len(site.here.school(SCHOOL).pupils) > 251
    administrator.goto("/search?q=айваткин марк")
    expect(administrator.locator("h1")).to_contain_text("Айваткин")


def test_a_file_that_is_none_is_refused_where_it_is_wrong(administrator: Page) -> None:
    administrator.goto("/import/")
    wrong = {"name": "pupils.csv", "mimeType": "text/csv", "buffer": b"id;last_name\n1;=cmd\n"}
    administrator.set_input_files("#files", wrong)
    administrator.get_by_role("button", name="Прочитать и показать изменения").click()
    expect(administrator.get_by_role("heading", name="Загрузить нельзя")).to_be_visible(timeout=30_000)
    expect(administrator.locator(".problems")).to_contain_text("school.csv")
    expect(administrator.get_by_role("button", name="Применить")).to_have_count(0)


def test_a_kind_of_work_is_added_retired_and_brought_back(administrator: Page) -> None:
    administrator.goto("/dictionaries")
    kinds = administrator.locator("section", has=administrator.locator("#work_kind"))
    kinds.get_by_role("button", name="Добавить").click()
    administrator.fill("#term [name=title]", "Лингвистический разбор")
    administrator.locator("#term [value=written]").check()
    with administrator.expect_navigation():
        administrator.locator("#term").get_by_role("button", name="Сохранить").click()
    line = kinds.locator("li", has_text="Лингвистический разбор").first
    expect(line).to_contain_text("письменная")
    line.get_by_role("button", name="Убрать").click()
    with administrator.expect_navigation():
        administrator.locator("#retire").get_by_role("button", name="Убрать").click()
    expect(line).to_contain_text("убрано")
    line.get_by_role("button", name="Вернуть").click()
    with administrator.expect_navigation():
        administrator.locator("#term").get_by_role("button", name="Сохранить").click()
    expect(line.get_by_role("button", name="Убрать")).to_be_visible()
    expect(line).to_contain_text("3 записи")


def test_a_slash_goes_to_the_search_and_enter_opens_the_one_found(administrator: Page) -> None:
    administrator.goto("/start")
    administrator.keyboard.press("/")
    administrator.keyboard.type("каляна мар")
    administrator.keyboard.press("Enter")
    administrator.wait_for_url("**/pupils/**")
    expect(administrator.locator("h1")).to_contain_text("Каляна")


def test_the_menu_fits_a_phone(site, signed_in) -> None:
    doors.populate(site)
    phone = signed_in("administrator", width=390)
    phone.goto("/start")
    assert phone.locator(".top nav > ul").bounding_box()["height"] < 60  # one line of words
    phone.get_by_text("Ещё").click()
    expect(phone.get_by_role("link", name="Загрузка", exact=True)).to_be_visible()
    width = phone.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width[0] <= width[1]
