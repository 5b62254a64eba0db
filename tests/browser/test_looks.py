"""Every page on a phone, in the dark, to a screen reader and on paper."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import JOURNAL
from tests.browser.grid import go_to, state
from tests.browser.school import named

# A paper of the family's week and of the class's spread: sheets of A4 they may take.
SHEETS = {f"/diary/{named('Каляна Мария')}": 1, JOURNAL: 3}


def addresses(site, login: str) -> list[str]:
    lesson, pupil = site.lesson(), named("Каляна Мария")
    cell = f"/trail/cell?lesson={lesson}&work={lesson}&pupil={pupil}"
    pages = {
        "teacher": [
            "/today",
            "/journals",
            JOURNAL,
            f"/lesson/{lesson}",
            cell,
            f"{JOURNAL}?at={site.founded}",
        ],
        "deputy": ["/inbox"],
        "parent": ["/children", f"/diary/{pupil}", f"/diary/{pupil}/month", f"/diary/{pupil}/about"],
    }
    return pages[login]


@pytest.mark.parametrize("login", ["teacher", "deputy", "parent"])
def test_no_page_is_wider_than_a_phone(site, signed_in, login):
    page = signed_in(login, width=390)
    for address in addresses(site, login):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_a_phone_shows_one_lesson_with_targets_for_a_thumb(site, signed_in):
    page = signed_in("teacher", width=390)
    page.goto(JOURNAL)
    shown = page.locator("table.grid tbody tr").first.locator("td:visible")
    expect(shown).to_have_count(1)
    assert shown.bounding_box()["height"] >= 44
    go_to(page, "Антипина", site.lesson())
    key = page.locator(".pad [data-key='4']")
    assert key.bounding_box()["height"] >= 44
    key.tap()
    expect(page.locator("td.here")).to_have_attribute("data-state", "saved")
    page.locator("[data-column-step='-1']").tap()
    expect(page.locator("td.here")).to_have_text("")


@pytest.mark.skipif(
    find_spec("axe_playwright_python") is None, reason="axe-playwright-python is not installed"
)
@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("login", ["teacher", "deputy", "parent"])
def test_axe_finds_nothing_serious(site, signed_in, login, dark):
    page = signed_in(login, dark=dark)
    for address in addresses(site, login):
        page.goto(address)
        assert serious(page) == [], address


def test_axe_would_find_a_field_without_a_name(site, signed_in):
    """The control of the test above: it must be able to fail."""
    if find_spec("axe_playwright_python") is None:
        pytest.skip("axe-playwright-python is not installed")
    page = signed_in("teacher")
    page.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    assert [rule for rule, _ in serious(page)] == ["label"]


def serious(page: Page) -> list[tuple[str, str]]:
    found = find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    # Evaluated by the debugger, so the page's own policy stays as it is.
    page.evaluate((Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run().then(result => result.violations)")
    return [
        (rule["id"], rule["nodes"][0]["html"][:200])
        for rule in violations
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("login", ["teacher", "parent"])
def test_paper_carries_the_page_and_none_of_its_controls(site, signed_in, login):
    page = signed_in(login)
    address = next(address for address in SHEETS if address in addresses(site, login))
    page.goto(address)
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert len(printed.pages) <= SHEETS[address]
    assert "Каляна" in text
    assert "на момент" not in text
    assert "Выйти" not in text


def test_the_past_is_shown_and_nothing_can_be_written_to_it(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    mark = go_to(page, "Антипина", site.lesson())
    page.keyboard.press("Digit5")
    state(mark, "saved")
    page.goto(f"{JOURNAL}?at={site.founded}")
    expect(page.locator(".past")).to_contain_text("Вносить здесь ничего нельзя")
    go_to(page, "Антипина", site.lesson())
    page.keyboard.press("Digit4")
    expect(page.locator(".bar [data-saying]")).to_have_text("здесь можно только смотреть")
    expect(page.locator("td.here")).to_have_text("")
