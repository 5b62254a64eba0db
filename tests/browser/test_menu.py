"""«Ещё» of the menu by keyboard and by pointer."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.school import Site


def test_more_closes_by_escape_and_by_going_elsewhere(site: Site, signed_in) -> None:
    page = signed_in("deputy")
    word, menu = page.locator(".menu-more summary"), page.locator(".menu-more > ul")
    word.press("Enter")
    expect(menu).to_be_visible()
    menu.get_by_role("link").first.press("Escape")
    expect(menu).to_be_hidden()
    expect(word).to_be_focused()
    word.press("Enter")
    expect(menu).to_be_visible()
    menu.get_by_role("link").last.press("Tab")
    expect(menu).to_be_hidden()
    word.click()
    expect(menu).to_be_visible()
    page.locator("h1").click()
    expect(menu).to_be_hidden()
