"""«Отменить»: ten seconds after a save, by hand or by keyboard, wherever something was saved (issue 4, item 6)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import JOURNAL, SignIn
from tests.browser.grid import cell, entries, go_to, outbox, state
from tests.browser.school import Site
from tests.browser.test_lesson_sheet import open_lesson


def offer(page: Page) -> Locator:
    return page.locator("[data-take-back]")


def marked(page: Page, site: Site, pupil: str, digit: str) -> None:
    found = go_to(page, pupil, site.lesson())
    page.keyboard.press(f"Digit{digit}")
    page.keyboard.press("Enter")
    state(found, "saved")


def test_a_mark_in_the_grid_is_taken_back_by_the_keyboard(site: Site, signed_in: SignIn) -> None:
    page = signed_in("teacher")
    page.goto(JOURNAL)
    expect(offer(page)).to_be_hidden()
    marked(page, site, "Антипина", "2")
    expect(offer(page)).to_contain_text("Сохранено")
    page.keyboard.press("Control+KeyZ")
    expect(cell(page, "Антипина", site.lesson())).to_have_text("")
    expect(offer(page)).to_be_hidden()
    assert entries(site, "MarkGiven", "EntriesTakenBack") == 2


def test_only_the_last_of_two_marks_is_offered(site: Site, signed_in: SignIn) -> None:
    page = signed_in("teacher")
    page.goto(JOURNAL)
    marked(page, site, "Антипина", "4")
    marked(page, site, "Вуквукай", "5")
    offer(page).get_by_role("button").click()
    expect(cell(page, "Вуквукай", site.lesson())).to_have_text("")
    expect(cell(page, "Антипина", site.lesson())).to_have_text("4")


def test_a_filled_column_goes_with_all_its_marks(site: Site, signed_in: SignIn) -> None:
    page = signed_in("teacher")
    page.goto(JOURNAL)
    go_to(page, "Антипина", site.lesson())
    page.locator(f"th.head[data-l='{site.lesson()}'] button").first.click()
    page.locator("dialog[open] [value=fill]").click()
    dialog = page.locator("dialog[open]")
    for field in dialog.locator("[data-list] input").all()[:3]:
        field.fill("5")
    dialog.locator("[value=save]").click()
    expect(offer(page)).to_contain_text("Сохранено")
    assert entries(site, "MarkGiven") == 3
    offer(page).get_by_role("button").click()
    expect(cell(page, "Антипина", site.lesson())).to_have_text("")
    assert entries(site, "EntriesTakenBack") == 1


def test_a_topic_of_the_lesson_sheet_is_taken_back(site: Site, signed_in: SignIn) -> None:
    page = open_lesson(site, signed_in("teacher"))
    page.fill("#topic", "Не тот урок")
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=topic] [data-saying]")).to_contain_text("сохранено")
    offer(page).get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(offer(page)).to_be_hidden()
    expect(page.locator("#topic")).to_have_value("")


def test_a_plan_taken_from_the_wrong_file_is_taken_back_on_the_plans_page(
    site: Site, signed_in: SignIn, tmp_path: Path
) -> None:
    page = signed_in("teacher")
    file = tmp_path / "план.csv"
    file.write_text("№;Тема;Часов\n1;Степень;1\n2;Одночлены;1\n", encoding="utf-8")
    page.goto("/plans/new")
    page.fill("#plan-title", "Алгебра")
    page.click("text=Составить >> nth=-1")
    page.wait_for_selector("#plan-file")
    page.set_input_files("#plan-file", str(file))
    page.click("text=Показать, что изменится")
    page.click("text=Записать в план")
    page.wait_for_selector("[data-bind]")
    expect(page.locator(".plan-rows tbody tr")).to_have_count(2)
    offer(page).get_by_role("button").click()
    expect(page.locator(".plan-rows tbody tr")).to_have_count(0)


def test_a_refusal_says_why_and_the_mark_stays(site: Site, signed_in: SignIn) -> None:
    """Of two tabs the other one did something since."""
    page = signed_in("teacher")
    page.goto(JOURNAL)
    other = page.context.new_page()
    other.goto(JOURNAL)
    marked(page, site, "Антипина", "4")
    marked(other, site, "Вуквукай", "5")
    offer(page).get_by_role("button").click()
    expect(offer(page)).to_contain_text("отменяется только последняя")
    expect(cell(page, "Антипина", site.lesson())).to_have_text("4")
    assert entries(site, "EntriesTakenBack") == 0


def test_what_waited_for_the_line_is_not_offered(site: Site, signed_in: SignIn) -> None:
    page = signed_in("teacher")
    page.goto(JOURNAL)
    found = go_to(page, "Антипина", site.lesson())
    page.context.set_offline(True)
    page.keyboard.press("Digit4")
    page.keyboard.press("Enter")
    state(found, "unsaved")
    page.context.set_offline(False)
    state(found, "saved")
    assert outbox(page) == []
    expect(offer(page)).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_offer_covers_no_button_of_the_page(site: Site, signed_in: SignIn, width: int) -> None:
    page = signed_in("teacher", width=width)
    page.goto(JOURNAL)
    marked(page, site, "Антипина", "4")
    expect(offer(page)).to_be_visible()
    go_to(page, "Антипина", site.lesson())
    covered = page.evaluate(COVERED)
    assert covered == []


COVERED = """() => {
  const box = document.querySelector("[data-take-back]").getBoundingClientRect();
  return [...document.querySelectorAll("button, a, input, select, textarea, summary")]
    .filter((each) => !each.closest("[data-take-back], table, dialog") && each.checkVisibility())
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, own]) => own.width && own.left < box.right && own.right > box.left)
    .filter(([, own]) => own.top < box.bottom && own.bottom > box.top)
    .map(([each]) => each.outerHTML.slice(0, 80));
}"""
