"""The deputy draws up a certificate of control and issues it, the teacher reads it and puts the finding right; the
class teacher looks at the day; «Обзор» says where lessons are not filled; the director writes down the month."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offices import with_offices
from tests.browser.school import Site
from tests.browser.test_looks import serious


def drawn_up(page: Page) -> str:
    """Its address."""
    page.goto("/certificates")
    page.get_by_role("link", name="Составить справку").click()
    expect(page.locator("[name=indicators]:checked").first).to_be_visible()
    for code in ("C-08", "C-09", "C-10", "C-11", "C-12", "C-19"):
        page.locator(f"[name=indicators][value={code}]").uncheck()
    page.get_by_label("7А", exact=True).check()
    page.get_by_role("button", name="Составить").click()
    page.wait_for_url(lambda url: "/certificates/" in url and "/new" not in url)
    return page.url


def saved(page: Page, form: str, button: str) -> None:
    with page.expect_navigation():
        page.locator(form).get_by_role("button", name=button).click()


def issued(page: Page) -> str:
    address = drawn_up(page)
    text = page.locator("#wording")
    expect(text).to_have_value(re.compile("^С "))
    text.fill(f"{text.input_value()}\n\nДомашние задания записаны не везде.")
    saved(page, "[data-command=WordCertificate]", "Сохранить текст")
    finding = page.locator("form[data-command=SetFinding]").last
    finding.locator("[name=responsible]").select_option(label="Соколова И. В.")
    finding.locator("[name=text]").fill("Записать домашние задания по алгебре.")
    saved(page, "details[open] form[data-command=SetFinding]", "Добавить")
    expect(page.locator(".findings li")).to_have_count(1)
    expect(page.locator("[name=people]:checked").first).to_be_visible()
    page.locator("[data-command=IssueCertificate]").get_by_role("button", name="Выдать").click()
    with page.expect_navigation():
        page.locator("dialog[open]").get_by_role("button").first.click()
    expect(page.locator(".readers li.waits").first).to_be_visible()
    return address


def test_the_deputy_issues_a_certificate_and_the_teacher_reads_it(site: Site, signed_in) -> None:
    deputy = signed_in("deputy")
    address = issued(deputy)
    teacher = signed_in("teacher")
    teacher.goto("/tasks")
    expect(teacher.locator(".tasks")).to_contain_text(["Ознакомьтесь со справкой"])
    teacher.get_by_role("link", name="Ознакомьтесь со справкой").click()
    teacher.wait_for_url(address)
    saved(teacher, "[data-command=AcknowledgeCertificate]", "Ознакомлен(а)")
    expect(teacher.get_by_text("Вы ознакомились")).to_be_visible()
    teacher.locator("[data-command=ResolveFinding] textarea").fill("Записаны сегодня.")
    saved(teacher, "[data-command=ResolveFinding]", "Замечание устранено")
    teacher.goto("/tasks")
    expect(teacher.locator("main")).not_to_contain_text("справкой")
    deputy.reload()
    expect(deputy.locator(".findings")).to_contain_text("Записаны сегодня.")
    expect(deputy.locator(".readers li", has_text="Соколова")).not_to_have_class("waits")


def test_the_class_teacher_looks_at_the_day(site: Site, signed_in) -> None:
    page = signed_in("class-teacher")
    page.goto("/class")
    check = page.locator("#check-day")
    expect(check).to_contain_text("Журнал за день")
    saved(page, "#check-day form", "Проверено")
    expect(check).to_contain_text("Проверено")
    expect(check.get_by_role("button", name="Проверено ещё раз")).to_be_visible()


def test_the_overview_says_where_lessons_are_not_filled(site: Site, signed_in) -> None:
    page = signed_in("deputy")
    page.goto("/start")
    expect(page.locator(".filling svg").first).to_be_visible()
    page.locator(".filling .gaps a").first.click()
    expect(page.locator("h1")).to_contain_text("C-07")


def test_the_director_writes_down_the_month(site: Site, signed_in) -> None:
    with_offices(site)
    page = signed_in("director")
    page.goto("/control/director")
    month = page.locator(".control-month").first
    month.locator("summary").click()
    month.locator("textarea").fill("Просмотрены журналы 7А.")
    saved(page, ".control-month:first-of-type form", "Записать")
    expect(page.locator("main")).to_contain_text("Просмотрены журналы 7А.")


@pytest.mark.parametrize("dark", [False, True])
def test_pages_of_the_control_office_fit_a_phone_and_axe_finds_nothing_serious(
    site: Site, signed_in, dark: bool
) -> None:
    with_offices(site)
    deputy = signed_in("deputy", dark=dark)
    draft = drawn_up(deputy)
    looks = {
        "deputy": ("/certificates", "/certificates/new", draft, issued(deputy), "/start"),
        "class-teacher": ("/start", "/class"),
        "director": ("/control/director", "/start"),
    }
    for login, addresses in looks.items():
        for width in (1280, 390):
            page = signed_in(login, width=width, dark=dark)
            for address in addresses:
                page.goto(address)
                page.wait_for_load_state("networkidle")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, address
                assert serious(page) == [], address
