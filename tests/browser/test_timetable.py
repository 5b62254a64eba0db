"""The week's timetable: a keeper moves a lesson, the family sees it in the same second, and its own class only."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.school import Site, named
from tests.test_api import Caller

OWN = f"/timetable?view=class&of={named('7А')}"


def week_of(site: Site, days: int) -> str:
    return f"{OWN}&day={(site.today + timedelta(days=days)).isoformat()}"


def open_form(page: Page, days: int, site: Site, form: str) -> None:
    on = (site.today + timedelta(days=days)).isoformat()
    page.locator(f'[data-menu][data-gone=""][data-date="{on}"]').click()
    page.locator(f"#lesson-menu [data-open={form}]").click()


def test_a_lesson_is_moved_cancelled_and_comes_back(site, signed_in):
    deputy, family = signed_in("deputy"), signed_in("parent", width=390)
    deputy.goto(week_of(site, 7))
    open_form(deputy, 7, site, "move")
    deputy.fill("#move [name=number]", "9")
    deputy.click("#move .btn-primary")
    expect(deputy.locator("#move [data-saying]")).to_contain_text("нет звонка")
    deputy.fill("#move [name=number]", "6")
    deputy.fill("#move [name=order_number]", "92")
    deputy.click("#move .btn-primary")
    expect(deputy.locator(".entry.gone")).to_contain_text("перенесён на")
    family.goto(week_of(site, 7))
    expect(family.locator("td.chosen .entry.changed")).to_contain_text("приказ № 92")
    expect(family.locator("[data-menu]")).to_have_count(0)

    deputy.goto(week_of(site, 8))
    open_form(deputy, 8, site, "cancel")
    deputy.select_option("#cancel-reason", "weather")
    deputy.press("#cancel [name=order_number]", "Enter")
    expect(deputy.locator(".entry.gone").filter(has_text="актированный день")).to_have_count(1)
    deputy.goto(week_of(site, 8))
    deputy.locator('[data-menu][data-gone="cancelled"]').click()
    deputy.locator("#lesson-menu [data-open=restore]").click()
    deputy.locator("#restore .btn-primary").click()
    expect(deputy.locator(".entry.gone").filter(has_text="актированный день")).to_have_count(0)


def test_a_collision_is_said_in_the_dialog_and_the_form_stays(site, signed_in):
    deputy = signed_in("deputy")
    deputy.goto(week_of(site, 7))
    deputy.get_by_role("button", name="Поставить урок").click()
    deputy.fill("#schedule [name=number]", "3")
    deputy.click("#schedule .btn-primary")
    expect(deputy.locator("#schedule [data-saying]")).to_contain_text("учитель в это время ведёт 7Б Алгебра")
    deputy.fill("#schedule [name=number]", "6")
    deputy.fill("#schedule [name=room]", "31")
    deputy.click("#schedule .btn-primary")
    expect(deputy.locator(".entry").filter(has_text="каб. 31").first).to_be_visible()


def test_a_family_has_the_week_of_its_own_class_only(site):
    parent, teacher = Caller(site, "parent"), Caller(site, "teacher")
    own = parent.get(f"/timetable/class/{named('7А')}")
    assert own.status_code == 200
    assert own.json()["title"] == "7А"
    for of in (f"class/{named('7Б')}", f"teacher/{named('Соколова')}", "room/14"):
        assert parent.get(f"/timetable/{of}").status_code == 403
        assert teacher.get(f"/timetable/{of}").status_code == 200
    assert teacher.get("/timetable/school/all").status_code == 404
    assert teacher.get("/timetable/class/7А").status_code == 404
    assert teacher.get(f"/timetable/class/{named('5Я')}").status_code == 404


def test_what_was_moved_is_not_yet_moved_in_the_past(site, signed_in):
    deputy = signed_in("deputy")
    deputy.goto(week_of(site, 7))
    open_form(deputy, 7, site, "cancel")
    deputy.select_option("#cancel-reason", "weather")
    deputy.click("#cancel .btn-primary")
    expect(deputy.locator(".entry.gone")).to_have_count(1)
    deputy.goto(f"{week_of(site, 7)}&at={site.founded}")
    expect(deputy.locator(".entry.gone")).to_have_count(0)
    expect(deputy.locator("[data-menu]")).to_have_count(0)
