"""The deputy asks how the journal is kept: a report, its filters, what is behind a number, and takes it along."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.school import Site, named
from tests.browser.test_looks import serious

SOKOLOVA = "Соколова И. В."


def line(page: Page, name: str) -> object:
    return page.locator("table.control tbody tr", has=page.locator("th", has_text=name))


def test_the_deputy_goes_from_a_number_to_the_lesson_behind_it(site: Site, signed_in) -> None:
    page = signed_in("deputy")
    page.locator(".menu-more summary").click()
    page.get_by_role("link", name="Контроль", exact=True).click()
    expect(page.locator("h1")).to_have_text("Контроль")
    expect(page.locator("[data-headline] .control-figures").first).to_be_visible()
    page.get_by_role("link", name="C-07").click()
    expect(page.locator("h1")).to_contain_text("C-07")
    expect(line(page, SOKOLOVA)).to_have_count(1)
    whole = line(page, SOKOLOVA).locator("td.number").first.inner_text()
    page.wait_for_load_state()  # with its scripts
    page.locator("select[name=class]").focus()
    page.locator("select[name=class]").select_option(label="7Б")
    page.wait_for_url(lambda url: f"class={named('7Б')}" in url)
    expect(page.locator("select[name=class]")).to_be_focused()
    expect(page.locator("select[name=class]")).to_have_value(str(named("7Б")))
    assert int(line(page, SOKOLOVA).locator("td.number").first.inner_text()) < int(whole)
    page.get_by_role("link", name=f"Что за строкой 1: {SOKOLOVA}").click()
    expect(page.locator("h1")).to_have_text(SOKOLOVA)
    expect(page.locator(".sub")).to_contain_text("C-07")
    first = page.locator("ol.behind li").first
    expect(first).to_contain_text("7Б")
    first.get_by_role("link").first.click()
    page.wait_for_url("**/lesson/**")
    expect(page.locator("main")).to_contain_text("Алгебра")


def test_own_days_are_asked_for_and_a_wrong_pair_is_said(site: Site, signed_in) -> None:
    page = signed_in("deputy")
    page.goto("/control/C-01")
    expect(page.locator("[name=from]")).to_be_hidden()
    page.locator("select[name=period]").select_option("own")
    page.fill("[name=from]", site.today.isoformat())
    page.fill("[name=to]", site.today.isoformat())
    page.locator(".own-days").get_by_role("button", name="Показать").click()
    expect(page.locator(".page-head .sub")).to_contain_text(f"{site.today:%d.%m.%Y}")
    held = int(line(page, SOKOLOVA).locator("td.number").first.inner_text())
    assert held <= 2
    page.fill("[name=to]", site.today.replace(day=1).isoformat())
    if site.today.day > 1:
        page.locator(".own-days").get_by_role("button", name="Показать").click()
        expect(page.get_by_role("alert")).to_contain_text("поменяйте дни местами")
        expect(page.locator("table.control")).to_have_count(0)
        expect(page.locator("[name=from]")).to_have_value(site.today.isoformat())


def test_a_report_is_taken_along(site: Site, signed_in) -> None:
    page = signed_in("deputy")
    page.goto("/control/C-01")
    taken = {}
    for form in ("CSV", "PDF"):
        with page.expect_download() as started:
            page.get_by_role("link", name=form, exact=True).click()
        taken[form] = Path(started.value.path()).read_bytes()
    rows = list(csv.reader(StringIO(taken["CSV"].decode("utf-8-sig")), delimiter=";"))
    assert SOKOLOVA in [row[0] for row in rows[2:] if row]
    assert SOKOLOVA in PdfReader(BytesIO(taken["PDF"])).pages[0].extract_text()


def test_the_class_teacher_is_offered_the_own_class_only(site: Site, signed_in) -> None:
    page = signed_in("class-teacher")
    page.goto("/control/C-01")
    expect(page.locator("select[name=class]").locator("option")).to_have_text(["7А"])
    expect(line(page, SOKOLOVA)).to_have_count(1)


def test_a_teacher_is_offered_the_own_lessons_only(site: Site, signed_in) -> None:
    page = signed_in("teacher")
    page.goto("/control/C-01")
    expect(page.locator("select[name=teacher]").locator("option")).to_have_text([SOKOLOVA])
    expect(page.locator("table.control tbody tr")).to_have_count(1)


@pytest.mark.parametrize("dark", [False, True])
def test_pages_of_control_fit_a_phone_and_axe_finds_nothing_serious(
    site: Site, signed_in, dark: bool
) -> None:
    week = f"period=own&from={site.today - timedelta(days=6)}&to={site.today}"
    behind = f"/control/C-01/behind?key={named('Соколова')}"
    for width in (1280, 390):
        page = signed_in("deputy", width=width, dark=dark)
        for address in (
            "/control",
            "/control/C-01",
            "/control/C-07",
            "/control/C-14",
            "/control/C-18",
            behind,
            f"/control/C-07?{week}",
        ):
            page.goto(address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            assert serious(page) == [], address
