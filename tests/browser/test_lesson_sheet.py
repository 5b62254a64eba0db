"""The lesson page's own things in a real browser: a control work for all, «Завершить урок», links and files."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.grid import entries
from tests.browser.school import PUPILS, Site


def open_lesson(site: Site, page: Page) -> Page:
    page.goto(f"/lesson/{site.lesson()}")
    expect(page.locator("td.here")).to_have_count(1)  # the page's scripts are at work
    return page


def add_control(page: Page) -> None:
    page.select_option("#work-kind", "control")
    page.click("[data-field=work] button:has-text('Добавить столбец')")
    expect(page.locator("th.head.more")).to_have_count(1)
    page.wait_for_load_state()  # the page is a new one: its scripts are at work


def type_marks(page: Page, pupils: tuple[str, ...]) -> None:
    for pupil in pupils:
        found = page.locator("table.grid tbody tr", has_text=pupil).locator("td").nth(1)
        found.click()
        page.keyboard.press("Digit4")
        page.keyboard.press("Enter")
        expect(found).to_have_attribute("data-state", "saved")


def test_a_control_work_says_how_many_of_those_present_have_a_mark(site, signed_in):
    page = open_lesson(site, signed_in("teacher"))
    add_control(page)
    page.locator("table.grid tbody tr", has_text="Рультытегин").locator("td").first.click()
    page.keyboard.press("KeyY")
    type_marks(page, ("Антипина", "Вуквукай", "Каляна", "Тынетегин"))
    count = page.locator("th.head.more .count")
    expect(count).to_have_text("4/5")  # while they are typed, and as the journal has it
    page.reload()
    expect(count).to_have_text("4/5")
    unfinished = page.locator("[data-unfinished]")
    expect(unfinished).to_contain_text("нет отметки: Ященко Ольга")
    expect(unfinished).to_contain_text("к выполнению: Рультытегин Артём")


def test_a_lesson_that_is_completed_names_what_is_missing_and_is_completed_when_wanted(site, signed_in):
    page = open_lesson(site, signed_in("teacher"))
    add_control(page)
    type_marks(page, tuple(pupil.split()[0] for pupil in PUPILS[1:]))
    page.click("[data-complete]")
    question = page.locator("dialog[open]")
    expect(question).to_contain_text("тема, присутствие, домашнее задание")
    expect(question).to_contain_text("«Контрольная работа» — 5 из 6")
    question.locator("[value=no]").click()
    assert entries(site, "LessonCompleted") == 0
    page.click("[data-complete]")
    page.locator("dialog[open] [value=yes]").click()
    expect(page.locator("[data-field=completion] b")).to_have_text("Урок завершён")
    page.reload()
    expect(page.locator("[data-field=completion] b")).to_have_text("Урок завершён")


def test_a_link_and_a_file_hang_on_the_lesson_until_they_are_taken_away(site, signed_in):
    page = open_lesson(site, signed_in("teacher"))
    page.click("[data-field=materials] summary")
    page.fill("#material-url", "https://resh.edu.ru/subject/16/7/")
    page.click("[data-attach-link]")
    expect(page.locator(".materials a")).to_have_text(["resh.edu.ru"])
    page.wait_for_load_state()
    page.set_input_files(
        "#material-file", {"name": "вредный.png", "mimeType": "image/png", "buffer": b"<svg/>"}
    )
    page.click("[data-attach-file]")
    expect(page.locator("[data-field=materials] [data-saying]")).to_contain_text("не принимает")
    page.set_input_files(
        "#material-file", {"name": "карточка.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.check("[data-attach] [value=homework]")
    page.click("[data-attach-file]")
    expect(page.locator(".materials a")).to_have_text(["resh.edu.ru", "файл"])
    page.wait_for_load_state()
    with page.expect_download() as got:
        page.click(".materials a:has-text('файл')")
    assert got.value.suggested_filename == "файл.pdf"
    page.locator(".materials li", has_text="resh").locator("button").click()
    expect(page.locator(".materials a")).to_have_text(["файл"])
