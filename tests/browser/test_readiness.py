"""The deputy sees what is missing before a period is closed, reminds, closes a class; the register shows the marks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.calendar import ReportingPeriodDefined
from ledger.events.period_marks import PeriodMarkGiven
from ledger.store import SYSTEM
from ledger.streams import calendar, period_sheet
from tests.browser.school import SCHOOL, Site, named
from tests.browser.test_looks import serious

REGISTER = f"/classes/{named('7А')}/register"
ALGEBRA, PERIOD = named("7А Алгебра"), named("I")


@pytest.fixture
def closing(site: Site) -> Site:
    """The period ends in two days: its last week runs, marks are waited for."""
    shorter = ReportingPeriodDefined(
        period=PERIOD,
        year=(site.today - timedelta(days=40)).year,
        level="ООО",
        kind="trimester",
        title="I триместр",
        first=site.today - timedelta(days=40),
        last=site.today + timedelta(days=2),
    )
    given = PeriodMarkGiven(
        journal=ALGEBRA,
        period=PERIOD,
        kind="period",
        pupil=named("Каляна Мария"),
        value="5",
        proposed="",
        rests_on=(),
    )
    drafts = (
        Draft(category=Category.SCHOOL, stream=calendar(SCHOOL), version=None, event=shorter),
        Draft(
            category=Category.PERIOD, stream=period_sheet(SCHOOL, ALGEBRA, PERIOD), version=None, event=given
        ),
    )
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)
    return site


def square(page: Page, klass: str) -> object:
    return page.locator(f'tr[data-class="{klass}"] td a')


def test_the_deputy_sees_what_is_missing_reminds_and_closes_a_class(closing: Site, signed_in) -> None:
    page = signed_in("deputy")
    page.goto("/readiness")
    expect(page.locator("h1")).to_have_text("Готовность: I триместр")
    expect(square(page, "7А")).to_have_attribute("aria-label", "7А, Алгебра: 40 тем не записано, на 40 уроках не"
        " отмечено присутствие, мало отметок: 6, нет отметок в ведомости: 5")  # fmt: skip
    assert serious(page) == []
    square(page, "7А").click()
    expect(page.locator("h1")).to_have_text("7А, Алгебра")
    expect(page.locator(".gaps")).to_contain_text("Темы не записаны: 40")
    expect(page.locator(".gaps")).to_contain_text("Нет отметки в ведомости: 5")
    expect(page.locator(".gaps")).not_to_contain_text("Каляна Мария, ")
    page.go_back()
    page.fill("[data-remind] [name=text]", "До пятницы")
    with page.expect_response("**/RemindReadiness") as reminded:
        page.get_by_role("button", name="Напомнить (2)").click()
    assert reminded.value.status == 200
    expect(page.get_by_text("2 страницы До пятницы")).to_be_visible()
    page.get_by_role("button", name="Закрыть: 7А").click()
    question = page.locator("dialog[open]")
    expect(question).to_contain_text("Не хватает: 7А — 40 тем не записано")
    question.get_by_role("button", name="Закрыть всё равно").click()
    expect(square(page, "7А")).to_contain_text("закр.")
    expect(page.get_by_role("button", name="Закрыть: 7А")).to_have_count(0)
    expect(square(page, "7Б")).not_to_contain_text("закр.")


def test_all_that_is_shown_is_closed_class_by_class(closing: Site, signed_in) -> None:
    page = signed_in("deputy")
    page.goto("/readiness")
    page.get_by_role("button", name="Закрыть все показанные").click()
    page.locator("dialog[open]").get_by_role("button", name="Не закрывать").click()
    expect(page.locator(".closing")).to_be_hidden()
    page.get_by_role("button", name="Закрыть все показанные").click()
    page.locator("dialog[open]").get_by_role("button", name="Закрыть всё равно").click()
    expect(square(page, "7А")).to_contain_text("закр.")
    expect(square(page, "7Б")).to_contain_text("закр.")


def test_the_class_teacher_reads_only_the_own_class_and_closes_nothing(closing: Site, signed_in) -> None:
    page = signed_in("class-teacher", width=390)
    page.goto("/readiness")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.get_by_role("button", name="Закрыть: 7А")).to_have_count(0)
    page.get_by_role("link", name="7А", exact=True).click()
    expect(page).to_have_url(f"{closing.url}{REGISTER}")
    mark = page.get_by_role("row", name="Каляна Мария").get_by_role("link", name="5")
    address = f"/explanations/{ALGEBRA}/{PERIOD}/period/{named('Каляна Мария')}"
    expect(mark).to_have_attribute("href", address)


def test_the_class_teacher_proposes_and_the_deputy_decides_what_becomes_of_pupils(
    closing: Site, signed_in
) -> None:
    teacher = signed_in("class-teacher")
    teacher.goto(REGISTER)
    assert serious(teacher) == []
    teacher.get_by_role("button", name="Предложить").click()
    expect(teacher.locator(".promote [data-saying]")).to_have_text("Выберите хотя бы одного ученика.")
    teacher.locator("[data-all]").check()
    teacher.get_by_role("button", name="Предложить (6)").click()
    expect(teacher.get_by_text("предложено")).to_have_count(6)
    deputy = signed_in("deputy")
    deputy.goto(REGISTER)
    deputy.get_by_label("Каляна Мария", exact=True).check()
    deputy.fill("[name=order_number]", "41")
    deputy.get_by_role("button", name="Решить (1)").click()
    expect(deputy.get_by_role("row", name="Каляна Мария")).to_contain_text("приказ № 41")
    expect(deputy.get_by_text("предложено")).to_have_count(5)
