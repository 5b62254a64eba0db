"""One decision of a deputy opens what ended while an access was closed after a notice (issue 5; R-175)."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.offices import with_offices
from tests.stolen_site import closed_for_three_days


def test_a_deputy_opens_in_one_decision_what_ended_while_the_access_was_closed(site, signed_in):
    with_offices(site)
    closed_for_three_days(site)
    deputy = signed_in("deputy")
    deputy.goto("/tasks")
    deputy.get_by_role("link", name="Сроки истекли, пока доступ был закрыт").click()
    deputy.wait_for_url("**/inbox#blocked")
    deputy.wait_for_load_state()  # with its scripts
    section = deputy.locator("section", has=deputy.locator("#blocked"))
    section.locator("summary").click()
    expect(section.locator("details li", has_text="7А · Алгебра").first).to_be_visible()
    section.get_by_label("Слова учителю, если нужны").fill("Внесите до завтра.")
    section.get_by_role("button", name="Разрешить все").click()
    expect(section).to_have_count(0)
    teacher = signed_in("teacher")
    teacher.goto("/tasks")
    expect(teacher.locator(".task", has_text="разрешено").first).to_be_visible()
