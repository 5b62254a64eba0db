"""The end of a period and of a year in the browser: class reports handed over and accepted, a paper registered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.util import find_spec
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from ledger import streams
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.calendar import ReportingPeriodDefined
from ledger.store import SYSTEM
from tests.browser.school import SCHOOL, Site, named
from tests.browser.test_looks import serious

CLASS = named("7А")


def period_ends_soon(site: Site) -> None:
    """The running period ends in three days."""
    event = ReportingPeriodDefined(
        period=named("I"),
        year=site.here.school(SCHOOL).classes[CLASS].year,
        level="ООО",
        kind="trimester",
        title="I триместр",
        first=site.today - timedelta(days=40),
        last=site.today + timedelta(days=3),
    )
    draft = Draft(category=Category.SCHOOL, stream=streams.calendar(SCHOOL), version=None, event=event)
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=(draft,)))
    site.here.runner.catch_up(SCHOOL, patience=30)


def test_reports_are_handed_over_by_the_class_teacher_and_accepted_by_the_deputy(site, signed_in):
    period_ends_soon(site)
    teacher, deputy = signed_in("class-teacher"), signed_in("deputy")
    teacher.goto("/handed")
    row = teacher.locator("tbody tr").filter(has_text="7А")
    row.get_by_role("button", name="Сдать").click()
    expect(row).to_contain_text("ждёт заместителя")
    deputy.goto("/handed")
    row = deputy.locator("tbody tr").filter(has_text="7А")
    row.get_by_role("button", name="Принять").click()
    expect(row).to_contain_text("Дьячкова")
    expect(deputy.locator("tbody tr").filter(has_text="7Б")).not_to_contain_text("Дьячкова")


def test_what_was_printed_is_what_the_register_keeps(site, signed_in):
    page: Page = signed_in("deputy")
    page.goto("/archive")
    page.get_by_text("Внести другой документ").click()
    page.select_option("[name=kind]", "journal")
    page.get_by_role("button", name="Напечатать").click()
    printed = page.request.get(page.get_by_role("link", name="Открыть PDF для печати").get_attribute("href"))
    page.fill("[name=place]", "архив, шкаф 2")
    page.get_by_role("button", name="Внести в реестр").click()
    expect(page.locator("table.archive tbody tr")).to_contain_text(sha256(printed.body()).hexdigest())


@pytest.mark.skipif(
    find_spec("axe_playwright_python") is None, reason="axe-playwright-python is not installed"
)
@pytest.mark.parametrize("dark", [False, True])
def test_the_pages_of_papers_have_nothing_serious_for_axe(site, signed_in, dark):
    period_ends_soon(site)
    page = signed_in("deputy", dark=dark)
    for address in ("/handed", "/archive", f"/archive/new?kind=year_sheets&class_id={CLASS}"):
        page.goto(address)
        assert serious(page) == [], address


def test_the_pages_of_papers_fit_a_phone(site, signed_in):
    period_ends_soon(site)
    page = signed_in("deputy", width=390)
    for address in ("/handed", "/archive", f"/archive/new?kind=journal&class_id={CLASS}"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
