"""A plan in the browser: drawn up, filled from a file after a look, bound; Enter in an empty topic takes its line."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.browser.school import Site

FILE = "№;Тема;Часов;Домашнее задание\n1;Степень;1;§ 7, № 121\n2;Свойства степени;1;§ 8\n3;Одночлены;1;\n"


def drawn_up(page: Page, folder: Path) -> None:
    """Ends on the plan's page, with 7А bound to it."""
    file = folder / "план.csv"
    file.write_text(FILE, encoding="utf-8")
    page.goto("/plans/new")
    page.fill("#plan-title", "Алгебра, базовый")
    page.click("text=Составить >> nth=-1")
    page.wait_for_selector("#plan-file")
    page.set_input_files("#plan-file", str(file))
    page.click("text=Показать, что изменится")
    expect(page.locator(".way")).to_contain_text("Добавится 3")
    page.click("text=Записать в план")
    page.wait_for_selector("[data-bind]")
    page.locator("[data-bind] label", has_text="7А").locator("input").check()
    page.click("[data-bind] button")
    expect(page.locator(".plan-pages .groups")).to_contain_text("7А")


def test_enter_in_an_empty_topic_takes_the_line_and_its_homework(
    signed_in: SignIn, site: Site, tmp_path: Path
) -> None:
    page = signed_in("teacher")
    drawn_up(page, tmp_path)
    plan = page.url
    page.goto("/today")
    expect(page.locator(".lesson", has_text="7А")).to_contain_text("(план) Степень")
    page.goto(f"/lesson/{site.lesson()}")
    expect(page.locator("[data-turn]")).to_contain_text("по плану: 1. Степень")
    page.focus("#topic")
    page.keyboard.press("Enter")
    expect(page.locator("[data-field=topic] [data-saying]")).to_contain_text("сохранено")
    expect(page.locator("#topic")).to_have_value("Степень")
    expect(page.locator("#homework")).to_have_value("§ 7, № 121")
    page.fill("#homework", "")  # not set today, but not forgotten either: a page opened anew offers it still
    page.reload()
    page.get_by_role("button", name="по плану: § 7, № 121").click()
    expect(page.locator("#homework")).to_have_value("§ 7, № 121")
    expect(page.locator("[data-plan-homework]")).to_be_hidden()
    page.goto(plan)
    expect(page.locator(".plan-rows tbody tr").first).to_contain_text("7А")
    page.goto(f"/lesson/{site.lesson(1)}")
    expect(page.locator("[data-turn]")).to_contain_text("2. Свойства степени")


def test_the_table_moves_adds_and_removes_lines_and_asks_why(
    signed_in: SignIn, site: Site, tmp_path: Path
) -> None:
    page = signed_in("teacher")
    drawn_up(page, tmp_path)
    page.goto(f"{page.url}?edit=1")
    page.locator("[data-line] [data-up]").nth(2).click()
    page.locator("[data-line] [data-insert]").nth(0).click()
    page.keyboard.type("Повторение")
    page.locator("[data-line] [data-remove]").last.click()
    page.fill("#plan-reason", "Карантин")
    page.click("text=Сохранить план")
    page.wait_for_selector(".versions")
    topics = page.locator(".plan-rows .topic").all_text_contents()
    assert topics == ["Степень", "Повторение", "Одночлены"]
    expect(page.locator(".versions li").first).to_contain_text("добавлено 1")
    expect(page.locator(".versions li").first).to_contain_text("Карантин")


def test_a_refused_change_leaves_what_was_typed(signed_in: SignIn, site: Site, tmp_path: Path) -> None:
    page = signed_in("teacher")
    drawn_up(page, tmp_path)
    page.goto(f"{page.url}?edit=1")
    page.locator("[data-line] [name=topic]").nth(1).fill("")
    page.fill("#plan-reason", "Опечатка")
    page.click("text=Сохранить план")
    expect(page.locator(".issue [data-saying]")).to_contain_text("Строка 2, тема")
    expect(page.locator("#plan-reason")).to_have_value("Опечатка")
