"""A parent opens the explanation of a mark from the diary; without the panel the link is a page."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.school import named
from tests.explained import WHY, marked, settled


def test_a_parent_opens_the_explanation_from_the_diary(site, signed_in):
    settled(site, "5", marked(site))
    parent = signed_in("parent", width=390)
    parent.goto(f"/diary/{named('Каляна Мария')}")
    parent.locator(f'#period-marks a[href="{WHY}"]').click()
    panel = parent.locator("dialog#explanation")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("5 / 1 = 5,00")
    expect(panel).to_contain_text("Соколова И. В.")
    expect(panel).to_contain_text("в срок")
    expect(panel.get_by_role("button", name="Сообщить об ошибке").first).to_be_visible()
    parent.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    parent.goto(WHY)
    expect(parent.locator("h1")).to_have_text("Почему эта отметка?")
    assert parent.evaluate("document.documentElement.scrollWidth") <= 390


def test_what_changed_after_the_mark_is_said_and_the_mark_stays(site, signed_in):
    settled(site, "4")
    marked(site)
    teacher = signed_in("teacher", dark=True)
    teacher.goto(WHY)
    expect(teacher.locator(".stale")).to_contain_text("добавлена 5")
    expect(teacher.locator(".decision > .value")).to_have_text("4")
