"""What a parent sees, and does not."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import JOURNAL
from tests.browser.grid import go_to, state
from tests.browser.school import named


def test_a_mark_stands_in_the_diary_at_once_with_its_time(site, signed_in):
    teacher = signed_in("teacher")
    teacher.goto(JOURNAL)
    mark = go_to(teacher, "Каляна", site.lesson())
    teacher.keyboard.press("Digit5")
    state(mark, "saved")
    parent = signed_in("parent", width=390)
    parent.goto("/")
    expect(parent).to_have_url(f"{site.url}/diary/{named('Каляна Мария')}")
    today = parent.locator(".box.today")
    expect(today.locator(".given")).to_contain_text("5")
    today.locator(".given").focus()
    expect(today.locator(".explain")).to_contain_text("ответ на уроке; внесено")


def test_another_familys_child_is_not_there(site, signed_in):
    parent = signed_in("parent")
    for address in (f"/diary/{named('Вуквукай Илья')}", f"/trail/pupil/{named('Вуквукай Илья')}", JOURNAL):
        answer = parent.goto(address)
        assert answer is not None
        assert answer.status == 404
        expect(parent.locator("main")).not_to_contain_text("Вуквукай")
