"""Two teachers at one lesson: what one wrote is shown to the other, and stays until somebody has chosen."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import JOURNAL
from tests.browser.grid import cell, entries, go_to, outbox, state
from tests.browser.school import named


def write_topic(page: Page, text: str) -> None:
    page.fill("#topic", text)
    page.locator("#topic").press("Enter")


def said(page: Page, field: str, text: str) -> None:
    expect(page.locator(f"[data-field={field}] [data-saying]")).to_contain_text(text)


def test_a_colleagues_topic_is_shown_and_never_overwritten(site, signed_in):
    mine, hers = signed_in("teacher"), signed_in("colleague")
    for page in (mine, hers):
        page.goto(f"/lesson/{site.lesson()}")
    write_topic(hers, "Степень числа")
    said(hers, "topic", "сохранено")
    write_topic(mine, "Корень из числа")
    said(mine, "topic", "Петрова О. А. за это время: Степень числа")
    expect(mine.locator("#topic")).to_have_value("Корень из числа")
    assert entries(site, "TopicRecorded") == 1
    mine.keyboard.press("KeyJ")  # «О»: оставить
    expect(mine.locator("#topic")).to_have_value("Степень числа")
    write_topic(mine, "Степень числа и корень")
    said(mine, "topic", "сохранено")
    write_topic(hers, "Степень")
    said(hers, "topic", "Соколова И. В. за это время: Степень числа и корень")
    hers.keyboard.press("KeyV")  # «М»: моё
    said(hers, "topic", "сохранено")
    assert entries(site, "TopicRecorded") == 3
    mine.reload()
    expect(mine.locator("#topic")).to_have_value("Степень")


def test_a_topic_corrected_twice_by_one_hand_is_no_conflict(site, signed_in):
    page = signed_in("teacher")
    page.goto(f"/lesson/{site.lesson()}")
    page.locator("[data-parallels] input").check()
    for text in ("Степень", "Степень числа"):
        write_topic(page, text)
        said(page, "topic", "сохранено" if text == "Степень" else "7Б")
    page.get_by_role("button", name="Записать без этого класса").click()
    said(page, "topic", "сохранено")
    write_topic(page, "Степень числа")
    said(page, "topic", "сохранено")
    assert entries(site, "TopicRecorded") == 3


def test_a_colleagues_homework_comes_with_all_it_says(site, signed_in):
    mine, hers = signed_in("teacher"), signed_in("colleague")
    for page in (mine, hers):
        page.goto(f"/lesson/{site.lesson()}")
    hers.fill("#homework", "§ 7, № 121")
    hers.locator("[name=manner]").first.check()
    hers.locator("#homework").press("Control+Enter")
    said(hers, "homework", "сохранено")
    mine.locator("[data-no-homework]").click()
    said(mine, "homework", "Петрова О. А. за это время: § 7, № 121")
    assert entries(site, "HomeworkNotSet") == 0
    mine.keyboard.press("KeyJ")
    expect(mine.locator("#homework")).to_have_value("§ 7, № 121")
    expect(mine.locator("[name=manner]").first).to_be_checked()
    mine.locator("#homework").press("Control+Enter")
    said(mine, "homework", "сохранено")
    assert entries(site, "HomeworkSet") == 1  # the same again is no entry


def note_absence(page: Page, site) -> None:
    page.goto(JOURNAL)
    absent = go_to(page, "Вуквукай", site.lesson())
    page.keyboard.press("KeyY")
    state(absent, "saved")


def test_a_stale_day_does_not_withdraw_a_colleagues_absence(site, signed_in):
    mine, hers = signed_in("teacher"), signed_in("colleague")
    running = mine.locator("li.lesson.running")
    expect(running).to_contain_text("7А")
    note_absence(hers, site)
    mine.keyboard.press("Digit0")
    expect(running.locator("[data-saying]")).to_contain_text("Петрова О. А. за это время: нет: Вуквукай")
    assert entries(site, "AttendanceTaken", "AbsenceWithdrawn") == 0
    with mine.expect_navigation():
        mine.keyboard.press("KeyJ")
    expect(running.locator("[data-all-present]")).to_contain_text("Остальные на месте")
    mine.keyboard.press("Digit0")
    expect(running.locator("[data-saying]")).to_contain_text("сохранено")
    assert entries(site, "AttendanceTaken") == 1
    assert entries(site, "AbsenceWithdrawn") == 0


def test_on_the_lesson_too_and_whoever_insists_is_heard(site, signed_in):
    mine, hers = signed_in("teacher"), signed_in("colleague")
    mine.goto(f"/lesson/{site.lesson()}")
    expect(mine.locator("td.here")).to_have_count(1)
    note_absence(hers, site)
    absent = cell(mine, "Вуквукай", site.lesson())
    for choice, shown in (("KeyJ", "н"), ("KeyV", "")):
        mine.locator("[data-all-present]").click()
        said(mine, "attendance", "нет: Вуквукай" if choice == "KeyJ" else "сохранено")
        if choice == "KeyJ":
            assert entries(site, "AttendanceTaken", "AbsenceWithdrawn") == 0
            mine.keyboard.press(choice)
            expect(absent).to_have_text(shown)
    mine.reload()
    expect(absent).to_have_text("н")
    hers.goto(f"/lesson/{site.lesson()}")
    note_another = go_to(mine, "Каляна", site.lesson())
    mine.keyboard.press("KeyY")
    state(note_another, "saved")
    hers.locator("[data-all-present]").click()
    said(hers, "attendance", "Соколова И. В. за это время: нет: Вуквукай")
    hers.keyboard.press("KeyV")
    said(hers, "attendance", "сохранено")
    assert entries(site, "AbsenceWithdrawn") == 1
    hers.reload()
    expect(cell(hers, "Каляна", site.lesson())).to_have_text("")
    expect(cell(hers, "Вуквукай", site.lesson())).to_have_text("н")


def test_ones_own_absence_and_the_key_right_after_it_are_one_mind(site, signed_in):
    page = signed_in("teacher")
    page.goto(f"/lesson/{site.lesson()}")
    go_to(page, "Вуквукай", site.lesson())
    page.keyboard.press("KeyY")
    page.keyboard.press("Digit0")
    said(page, "attendance", "сохранено")
    assert entries(site, "AbsenceNoted") == 1
    assert entries(site, "AbsenceWithdrawn") == 0


def test_signing_out_asks_about_what_is_not_saved_and_leaves_nothing_behind(site, signed_in):
    page = signed_in("teacher")
    page.route("**/api/v1/commands/*", lambda route: route.abort())
    page.goto(JOURNAL)
    mark = go_to(page, "Каляна", site.lesson())
    page.keyboard.press("Digit4")
    page.keyboard.press("Enter")
    state(mark, "unsaved")
    assert "Каляна" not in str(outbox(page))
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Выйти").click()
    assert asked == ["Не сохранено: 1. Выйти и стереть?"]
    assert len(outbox(page)) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Выйти").click()
    page.wait_for_url(re.compile("/sign-in"))
    assert outbox(page) == []


def test_a_pupils_own_homework_is_asked_about_too(site, signed_in):
    mine, hers = signed_in("teacher"), signed_in("colleague")
    for page, text in ((mine, ""), (hers, "карточка 2"), (mine, "карточка 3")):
        if not text:
            page.goto(f"/lesson/{site.lesson()}")
            continue
        if page is hers:
            page.goto(f"/lesson/{site.lesson()}")
        page.locator("[data-field=personal] summary").click()
        page.select_option("#personal-pupil", str(named("Каляна Мария")))
        page.fill("#personal-text", text)
        page.locator("[data-personal] button").click()
        said(page, "personal", "сохранено" if page is hers else "Петрова О. А. за это время: карточка 2")
    assert entries(site, "IndividualHomeworkSet") == 1
    mine.keyboard.press("KeyV")
    said(mine, "personal", "сохранено")
    expect(mine.locator("li[data-pupil]")).to_have_text(re.compile("Каляна.*карточка 3"))
