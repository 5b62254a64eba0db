"""The class teacher and the families: who looks into the diary, a declaration to be informed on paper, the slip and its
register; what a teacher writes to a family."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.school import named
from tests.browser.test_looks import serious

FAMILIES, SLIPS = f"/class/{named('7А')}/families", f"/class/{named('7А')}/slips"
MARIYA = named("Каляна Мария")


def row(page, pupil=MARIYA):
    return page.locator(f"#p{pupil}")


def saved(page) -> None:
    """The page came anew, with no dialog open."""
    with page.expect_navigation():
        page.locator("dialog[open] [data-send]").click()
    expect(page.locator("dialog[open]")).to_have_count(0)


def test_a_family_goes_on_paper_its_slip_is_printed_and_handed_out(site, signed_in):
    page = signed_in("class-teacher")
    page.goto(f"/class/{named('7А')}")
    page.get_by_role("link", name="Семьи класса").click()
    expect(row(page)).to_contain_text("не входил(а) ни разу")
    row(page).get_by_role("button", name="На бумагу").click()
    page.locator("#paper-on [data-send]").click()  # the document is asked for
    expect(page.locator("#paper-on[open]")).to_be_visible()
    page.get_by_label("Документ").fill("заявление от 12.10.2026")
    saved(page)
    expect(row(page)).to_contain_text("заявление от 12.10.2026")
    expect(row(page).locator(".state")).to_have_text("на бумаге")
    page.get_by_role("link", name="Распечатки").click()
    expect(page.locator("table.slip-register")).to_contain_text("не подготовлена")
    page.get_by_role("button", name="Подготовить сейчас").click()
    expect(page.locator("table.slip-register")).to_contain_text("не вручена")
    address = page.get_by_role("link", name="PDF").get_attribute("href")
    printed = page.request.get(site.url + address).body()
    assert "Каляна Мария" in PdfReader(BytesIO(printed)).pages[0].extract_text()
    page.get_by_role("button", name="Отметить вручёнными").click()
    expect(page.locator("[data-wrong]:visible")).to_have_text("Отметьте, чьи распечатки отданы.")
    page.get_by_label("Отдана: Каляна Мария", exact=True).check()
    page.get_by_role("button", name="Отметить вручёнными: 1").click()
    expect(page.get_by_role("status").first).to_contain_text("Все распечатки этой недели вручены")
    expect(page.locator("table.slip-register")).to_contain_text("Каляна А. С.")
    assert page.request.get(site.url + address).body() == printed
    deputy = signed_in("deputy")
    deputy.goto("/slips")
    expect(deputy.locator("table.slip-register")).to_contain_text("Громова А. П.")


def test_a_recommendation_is_written_read_by_the_family_and_taken_back(site, signed_in):
    page = signed_in("class-teacher")
    page.goto(FAMILIES)
    row(page).get_by_role("button", name="Рекомендация").click()
    page.locator("#recommend-text").fill("Больше читать вслух.")
    saved(page)
    expect(row(page).locator(".remarks")).to_contain_text("Больше читать вслух.")
    page.goto(f"/pupils/{MARIYA}")
    expect(page.locator(".remarks")).to_contain_text("Больше читать вслух.")
    page.get_by_role("button", name="Отозвать").click()
    saved(page)
    expect(page.locator(".remarks")).to_have_count(0)


def test_a_teacher_writes_to_the_family_from_the_history_of_a_cell(site, signed_in):
    page = signed_in("teacher")
    page.goto(f"/lesson/{site.lesson()}")
    cell = page.locator(f"tr:has(th[data-p='{MARIYA}']) td").first
    for text in ("Забыла тетрадь.", ""):
        cell.click()
        page.keyboard.press("Space")
        expect(page.locator("#history[open]")).to_be_visible()
        if text:
            page.get_by_role("button", name="Комментарий семье").click()
            page.locator("#remark-text").fill(text)
            page.locator("#remark [data-send]").click()
            expect(page.locator("#history")).to_contain_text("семья увидит в дневнике")
            page.keyboard.press("Escape")
    expect(page.locator("#history .remarks")).to_contain_text("Забыла тетрадь.")
    page.locator("#history").get_by_role("button", name="Рекомендация").click()
    page.locator("#recommend-text").fill("Решать по задаче в день.")
    page.locator("#recommend [data-send]").click()
    expect(page.locator("#history")).to_contain_text("рекомендация записана")
    parent = signed_in("parent", width=390)
    parent.goto(f"/diary/{MARIYA}")
    expect(parent.locator("main")).to_contain_text("Забыла тетрадь.")
    expect(parent.locator("main")).to_contain_text("Решать по задаче в день.")
    page.locator("#history").get_by_role("button", name="Отозвать").click()
    page.locator("#remark-gone [data-send]").click()
    expect(page.locator("#history .remarks")).to_contain_text("отозвано")
    parent.reload()
    expect(parent.locator("main")).not_to_contain_text("Забыла тетрадь.")


def test_what_was_typed_stays_when_the_journal_refuses_it(site, signed_in):
    page = signed_in("class-teacher")
    page.goto(FAMILIES)
    row(page).get_by_role("button", name="На бумагу").click()
    page.locator("#paper-first").evaluate("field => { field.max = ''; field.value = '2099-01-01' }")
    page.get_by_label("Документ").fill("заявление")
    page.locator("#paper-on [data-send]").click()
    expect(page.locator("#paper-on [data-wrong]")).to_contain_text("Заявление подают не позже")
    expect(page.get_by_label("Документ")).to_have_value("заявление")


def test_the_pages_are_for_everybody_to_read(site, signed_in):
    page = signed_in("class-teacher")
    page.goto(FAMILIES)
    row(page).get_by_role("button", name="На бумагу").click()
    page.get_by_label("Документ").fill("заявление")
    saved(page)
    for address in (FAMILIES, SLIPS):
        page.goto(address)
        assert serious(page) == [], address
    narrow = signed_in("class-teacher", width=390, dark=True)
    for address in (FAMILIES, SLIPS):
        narrow.goto(address)
        assert serious(narrow) == [], address
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 390
