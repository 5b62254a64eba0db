"""What was typed is never lost: a lost line, the idle lock, an ended session, a colleague in the cell."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import JOURNAL, enter
from tests.browser.grid import cell, entries, go_to, outbox, state
from tests.small_school import PASSWORD


def test_on_a_lost_line_cells_stay_unsaved_and_are_sent_once_under_the_same_id(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    page.context.set_offline(True)
    first = go_to(page, "Антипина", site.lesson())
    page.keyboard.press("Digit4")
    page.keyboard.press("Enter")
    page.keyboard.press("Digit5")
    page.keyboard.press("Enter")
    state(first, "unsaved")
    expect(first).to_have_text("4")
    expect(page.locator("[data-tray-count]")).to_have_text("2")
    ids = {item["id"] for item in outbox(page)}
    assert len(ids) == 2
    page.context.set_offline(False)
    state(first, "saved")
    expect(page.locator("[data-tray-open]")).to_be_hidden()
    assert entries(site, "MarkGiven") == 2
    assert outbox(page) == []


def test_a_lost_answer_does_not_write_twice(site, signed_in):
    page, lost = signed_in("teacher"), []

    def swallow(route):
        if lost:
            return route.fallback()
        lost.append(route.request.headers["idempotency-key"])
        route.fetch()  # it reaches the journal, the answer does not come back
        return route.abort()

    page.route("**/api/v1/commands/*", swallow)
    page.goto(JOURNAL)
    mark = go_to(page, "Антипина", site.lesson())
    page.keyboard.press("Digit4")
    page.keyboard.press("Enter")
    with page.expect_request("**/api/v1/commands/*") as again:
        state(mark, "saved")
    assert again.value.headers["idempotency-key"] == lost[0]
    assert entries(site, "MarkGiven") == 1


def test_typed_cells_survive_the_idle_lock(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    with site.here.pool.connection() as connection:
        connection.execute("UPDATE access.sessions SET last_seen = last_seen - interval '1 hour'")
    mark = go_to(page, "Каляна", site.lesson())
    page.keyboard.press("Digit4")
    page.keyboard.press("Enter")
    expect(page.locator("#lock")).to_be_visible()
    page.fill("#lock-password", "не тот")
    page.keyboard.press("Enter")
    expect(page.locator("#lock [data-wrong]")).not_to_be_empty()
    page.fill("#lock-password", PASSWORD)
    page.keyboard.press("Enter")
    state(mark, "saved")
    assert entries(site, "MarkGiven") == 1


def test_typed_cells_survive_signing_in_again(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    with site.here.pool.connection() as connection:
        connection.execute("UPDATE access.sessions SET ended_at = now(), end_reason = 'signed_out'")
    go_to(page, "Каляна", site.lesson())
    page.keyboard.press("Digit5")
    page.keyboard.press("Enter")
    expect(page.locator("#signed-out")).to_be_visible()
    page.locator("#signed-out a").click()
    page.fill("#login", "teacher")
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{JOURNAL}")
    expect(cell(page, "Каляна", site.lesson())).to_have_text("5")
    expect(page.locator("[data-tray-open]")).to_be_hidden()
    assert entries(site, "MarkGiven") == 1


def test_what_one_account_typed_is_not_sent_by_another(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    with site.here.pool.connection() as connection:
        connection.execute("UPDATE access.sessions SET ended_at = now(), end_reason = 'signed_out'")
    go_to(page, "Каляна", site.lesson())
    page.keyboard.press("Digit5")
    page.keyboard.press("Enter")
    expect(page.locator("#signed-out")).to_be_visible()
    enter(page, "colleague")
    page.goto(JOURNAL)
    expect(cell(page, "Каляна", site.lesson())).to_have_text("")
    assert len(outbox(page)) == 1
    assert entries(site, "MarkGiven") == 0


def test_a_colleagues_newer_mark_is_shown_and_never_overwritten(site, signed_in):
    mine, hers = signed_in("teacher"), signed_in("colleague")
    for page in (mine, hers):
        page.goto(JOURNAL)
    go_to(hers, "Тынетегин", site.lesson())
    hers.keyboard.press("Digit3")
    state(cell(hers, "Тынетегин", site.lesson()), "saved")
    mark = go_to(mine, "Тынетегин", site.lesson())
    mine.keyboard.press("Digit5")
    state(mark, "conflict")
    expect(mine.locator(".bar [data-saying]")).to_contain_text("Петрова О. А.")
    assert entries(site, "MarkGiven") == 1
    mine.keyboard.press("KeyV")  # «М»: моё
    state(mark, "saved")
    expect(mark).to_have_text("5")
    assert entries(site, "MarkGiven") == 2
