"""At seven in the morning: a class, a button; the order's number later."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import JOURNAL
from tests.browser.grid import go_to, state


def test_two_clicks_declare_a_quarantine_and_its_number_follows(site, signed_in):
    deputy, teacher, parent = signed_in("deputy"), signed_in("teacher"), signed_in("parent", width=390)
    deputy.goto("/calendar")
    button = deputy.locator("[data-declare-button]")
    expect(button).to_be_disabled()
    deputy.locator("[data-declare] .chip", has_text="7А").click()
    expect(button).to_have_text("Объявить карантин: 7А")
    button.click()
    expect(deputy.locator(".waits")).to_contain_text("Приказ ждёт номера: карантин, 7А")
    teacher.goto(f"/lesson/{site.lesson()}")
    expect(teacher.locator(".page-head .distance")).to_have_text(
        "Дистанционное обучение, приказ (номер позже)"
    )
    deputy.fill(".waits [name=number]", "87")
    deputy.get_by_role("button", name="Записать номер").click()
    expect(deputy.locator(".days")).to_contain_text("№ 87")
    expect(deputy.locator(".waits")).to_have_count(0)
    teacher.reload()
    expect(teacher.locator(".page-head .distance")).to_have_text("Дистанционное обучение, приказ № 87")
    parent.goto("/calendar")
    expect(parent.locator(".days")).to_contain_text("№ 87")
    expect(parent.locator("button[data-open], [data-declare]")).to_have_count(0)


def test_a_mark_of_a_distance_day_is_online_or_independent_and_no_absence_is_noted(site, signed_in):
    deputy, teacher = signed_in("deputy"), signed_in("teacher")
    deputy.goto("/calendar")
    deputy.locator("[data-declare] .chip", has_text="7А").click()
    deputy.locator("[data-declare-button]").click()
    expect(deputy.locator(".days")).to_be_visible()
    teacher.goto(JOURNAL)
    cell = go_to(teacher, "Антипина", site.lesson())
    teacher.locator("[data-manner]").get_by_label("самостоятельно").check()
    cell.focus()
    teacher.keyboard.press("Digit4")
    state(cell, "saved")
    expect(cell).to_have_attribute("title", "за самостоятельную работу")
    other = go_to(teacher, "Вуквукай", site.lesson())
    teacher.keyboard.press("KeyY")
    state(other, "refused")
    expect(teacher.locator(".bar")).to_contain_text("«н» не ставится")
    teacher.reload()
    expect(go_to(teacher, "Антипина", site.lesson())).to_have_attribute("title", "за самостоятельную работу")


def test_overlapping_periods_are_refused_in_the_dialog_and_nothing_is_left_unsent(site, signed_in):
    deputy = signed_in("deputy")
    deputy.goto("/calendar")
    deputy.get_by_role("button", name="Добавить период…").click()
    dialog = deputy.locator("dialog[open]")
    dialog.locator("[name=level]").select_option("ООО")
    dialog.locator("[name=title]").fill("II триместр")
    for name in ("first", "last"):
        dialog.locator(f"[name={name}]").fill(site.today.isoformat())
    dialog.locator(".btn-primary").click()
    expect(dialog.locator("[data-saying]")).to_contain_text("пересекается с другим периодом: I триместр")
    deputy.keyboard.press("Escape")
    expect(deputy.locator("[data-tray-open]")).to_be_hidden()
