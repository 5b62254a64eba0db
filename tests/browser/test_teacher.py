"""The teacher's ten minutes between lessons, by keyboard, in a real browser over a real ledger."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import JOURNAL
from tests.browser.grid import cell, entries, go_to, state


def test_everybody_is_present_by_one_key_from_the_days_list(site, signed_in):
    page = signed_in("teacher")
    running = page.locator("li.lesson.running")
    expect(running).to_contain_text("7А")
    page.keyboard.press("Digit0")
    expect(running.locator("[data-saying]")).to_contain_text("сохранено")
    expect(running.locator("[data-attendance] .done")).to_be_visible()
    page.reload()
    expect(running.locator("[data-attendance] .done")).to_be_visible()


def test_a_mark_saves_itself_and_enter_goes_to_the_next_pupil(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    mark = go_to(page, "Антипина", site.lesson())
    page.keyboard.press("Digit4")
    page.keyboard.press("Enter")
    state(mark, "saved")
    expect(cell(page, "Вуквукай", site.lesson())).to_be_focused()
    page.reload()
    expect(cell(page, "Антипина", site.lesson())).to_have_text("4")
    expect(page.locator(".filled")).to_contain_text("Соколова")


def test_an_absence_is_typed_by_the_place_of_the_key(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    absent = go_to(page, "Вуквукай", site.lesson())
    page.keyboard.press("KeyY")
    state(absent, "saved")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")  # «пришёл позже» is the dialog's first answer
    state(absent, "saved")
    expect(absent).to_have_text("")
    page.reload()
    expect(cell(page, "Вуквукай", site.lesson())).to_have_text("")


def test_a_quick_correction_of_a_slip_leaves_no_entry(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    mark = go_to(page, "Каляна", site.lesson())
    page.keyboard.press("Digit3")
    page.keyboard.press("Digit5")
    page.keyboard.press("Enter")
    state(mark, "saved")
    mark.click()
    page.keyboard.press("Space")
    trail = page.locator("#history .trail li")
    expect(trail).to_have_count(1)
    expect(trail).to_contain_text("Соколова И. В., учитель")
    expect(trail).to_contain_text("в срок")


def test_a_fraction_stands_only_where_the_work_has_two_parts(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    saying = page.locator(".bar [data-saying]")
    for pupil, keys in (
        ("Каляна", ("Digit4", "NumpadDivide", "Digit3", "Enter")),
        ("Ященко", ("Digit4", "/", "Enter")),
    ):
        mark = go_to(page, pupil, site.lesson())
        for key in keys:
            page.keyboard.press(key)
        expect(saying).to_contain_text("дробь не сохранена")
        expect(mark).to_have_text("")
    expect(page.locator(".bar .keys")).not_to_contain_text("4/3", use_inner_text=True)
    page.wait_for_timeout(1000)  # longer than a digit waits for a second one
    assert entries(site, "MarkGiven") == 0


def test_a_digit_that_is_no_mark_is_said_to_be_none(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    go_to(page, "Каляна", site.lesson())
    page.keyboard.press("Digit6")
    expect(page.locator(".bar [data-saying]")).to_have_text("отметка — от 1 до 5")


def test_who_came_late_gets_the_mark_by_one_press_and_an_emptied_cell_has_its_history(site, signed_in):
    page = signed_in("teacher")
    page.goto(JOURNAL)
    mark = go_to(page, "Вуквукай", site.lesson())
    page.keyboard.press("KeyY")
    state(mark, "saved")
    page.keyboard.press("Digit5")
    state(mark, "refused")
    expect(page.locator(".bar [data-saying]")).to_contain_text("пришёл позже")
    expect(page.locator(".bar [data-saying]")).not_to_contain_text("Порядок молчит")
    page.get_by_role("button", name="Пришёл позже: снять «н» и поставить 5").click()
    state(mark, "saved")
    expect(mark).to_have_text("5")
    assert entries(site, "AbsenceWithdrawn", "MarkGiven") == 2
    page.keyboard.press("Delete")
    expect(mark).to_have_text("")
    state(mark, "saved")
    page.locator(".bar [data-history]").click()
    expect(page.locator("#history .trail li")).not_to_have_count(0)


def test_a_column_refused_for_its_deadline_keeps_the_marks_typed(site, signed_in):
    page, yesterday = signed_in("teacher"), site.lesson(-1)
    page.goto(JOURNAL)
    expect(page.locator("td.here")).to_have_count(1)
    head = page.locator(f"th.head[data-l='{yesterday}'] button")
    head.click()
    page.locator("#column [value=fill]").click()
    wrong = page.locator("#fill [data-wrong]")
    expect(wrong).to_contain_text("Срок столбца прошёл")
    page.fill("#fill [data-list] input >> nth=0", "5")
    page.locator("#fill [value=save]").click()
    expect(wrong).to_contain_text("Срок выставления истёк")
    page.locator("#fill [value=late]").click()
    expect(page.locator("#late-entry [name=scope]")).to_have_count(2)
    page.fill("#late-entry-reason", "Болела")
    page.locator("#late-entry [value=ask]").click()
    expect(page.locator(".bar [data-saying]")).to_contain_text("ждёт решения")
    page.reload()
    expect(page.locator("td.here")).to_have_count(1)
    head.click()
    page.locator("#column [value=fill]").click()
    expect(page.locator("#fill [data-list] input").first).to_have_value("5")
    page.locator("#fill [value=no]").click()
    expect(page.locator("[data-tray-open]")).to_be_hidden()


def test_an_open_column_offers_neither_a_request_nor_what_is_always_refused(site, signed_in):
    page = signed_in("teacher")
    page.goto(f"/lesson/{site.lesson()}")
    page.select_option("#work-kind", "recitation")
    page.locator("[data-field=work] button").click()
    head = page.locator("th.head[data-w] button")
    expect(head).to_be_visible()  # the page has come anew
    go_to(page, "Антипина", site.lesson())
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Digit4")
    state(page.locator("td.here"), "saved")
    head.click()
    expect(page.locator("#column [value=fill]")).to_be_visible()
    for never in ("late", "withdraw"):
        expect(page.locator(f"#column [value={never}]")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("td.here")).to_be_focused()  # a key pressed before is not the cell's
    page.keyboard.press("Delete")
    state(page.locator("td.here"), "saved")
    head.click()
    page.locator("#column [value=withdraw]").click()
    page.get_by_role("button", name="Убрать", exact=True).click()
    expect(page.locator("th.head[data-w]")).to_have_count(0)


def test_topic_and_homework_survive_a_page_left_by_mistake(site, signed_in):
    page = signed_in("teacher")
    page.goto(f"/lesson/{site.lesson()}")
    expect(page.locator("td.here")).to_have_count(1)
    page.fill("#homework", "§ 7, № 121")
    page.fill("#topic", "")
    page.type("#topic", "Степень числа")
    page.locator(".page-head a").first.click()
    page.wait_for_url("**/journal/**")
    expect(page.locator(".lines")).to_contain_text("Число")
    page.goto(f"/lesson/{site.lesson()}")
    expect(page.locator("[data-field=homework] [data-saying]")).to_contain_text("не отправлено")
    expect(page.locator("#homework")).to_have_value("§ 7, № 121")
    expect(page.locator("#topic")).to_have_value("Степень числа")
    page.locator("#homework").press("Control+Enter")
    expect(page.locator("[data-field=homework] [data-saying]")).to_contain_text("сохранено")
    page.reload()
    expect(page.locator("#topic")).to_have_value("Степень числа")
    drafts = "Object.keys(sessionStorage).filter((key) => !key.startsWith('letopis:take-back:')).length"
    assert page.evaluate(drafts) == 0
    assert entries(site, "TopicRecorded") == 1


def test_a_closed_column_refuses_names_the_clause_and_the_deputy_lets_the_mark_in(site, signed_in):
    page, yesterday = signed_in("teacher"), site.lesson(-1)
    page.goto(JOURNAL)
    mark = go_to(page, "Ященко", yesterday)
    page.keyboard.press("Digit5")
    state(mark, "refused")
    expect(mark.locator("s")).to_have_text("5")
    expect(page.locator(".bar [data-saying]")).to_contain_text(re.compile(r"23:59.*7\.14|7\.14.*23:59"))
    page.get_by_role("button", name="Запросить внесение").click()
    page.fill("#late-entry-reason", "Болела, отметка была в тетради")
    page.locator("#late-entry [value=ask]").click()
    expect(page.locator(".bar [data-saying]")).to_contain_text("ждёт решения")

    deputy = signed_in("deputy")
    deputy.goto("/inbox")
    expect(deputy.locator(".cases")).to_contain_text("Болела, отметка была в тетради")
    deputy.locator("[data-all]").check()
    deputy.fill("#late-entries-reason", "болела")
    deputy.get_by_role("button", name="Разрешить").click()
    expect(deputy.locator(".decided")).to_contain_text("разрешено")

    page.reload()
    mark = go_to(page, "Ященко", yesterday)
    page.keyboard.press("Digit5")
    page.keyboard.press("Enter")
    state(mark, "saved")
    page.reload()
    late = cell(page, "Ященко", yesterday)
    expect(late).to_have_attribute("title", re.compile("после срока"))
    late.click()
    page.keyboard.press("Space")
    expect(page.locator("#history .trail")).to_contain_text("Дьячкова Л. М.")
    expect(page.locator("#history .trail")).to_contain_text("после срока")


def test_topic_by_enter_and_homework_for_the_next_lesson(site, signed_in):
    page = signed_in("teacher")
    page.goto(f"/lesson/{site.lesson()}")
    page.fill("#topic", "Степень с натуральным показателем")
    page.locator("#topic").press("Enter")
    expect(page.locator("[data-field=topic] [data-saying]")).to_contain_text("сохранено")
    page.fill("#homework", "§ 7, № 121–124")
    page.locator("#homework").press("Control+Enter")
    expect(page.locator("[data-field=homework] [data-saying]")).to_contain_text("сохранено")
    page.goto(JOURNAL)
    line = page.locator(".lines tr.chosen")
    expect(line).to_contain_text("Степень с натуральным показателем")
    expect(line).to_contain_text("№ 121–124")


def test_a_work_gets_its_column_with_its_deadline_and_is_filled_as_one(site, signed_in):
    page = signed_in("teacher")
    page.goto(f"/lesson/{site.lesson()}")
    page.select_option("#work-kind", "recitation")
    page.locator("[data-field=work] button").click()
    head = page.locator("th.head[data-w]")
    expect(head.locator("button")).to_have_attribute("title", re.compile("открыт до"))
    expect(page.locator("td.here")).to_have_count(1)
    head.locator("button").click()
    page.locator("#column [value=fill]").click()
    page.fill("#fill [data-rest]", "5")
    page.locator("#fill [value=save]").click()
    expect(page.locator("table.grid tbody td:last-child")).to_have_text(["5"] * 6)
