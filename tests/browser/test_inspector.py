"""The inspector's time machine: the bar by keyboard, a named moment, what changed, the extract, two-minute mandates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from ledger import accounts
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import calendar
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.events.lessons import LessonHeld
from ledger.events.mandates import MandateGranted
from ledger.events.marks import MarkGiven
from ledger.events.orders import OrderIssued
from ledger.streams import calendar as home
from tests.browser import school as base
from tests.browser.conftest import JOURNAL, enter
from tests.browser.grid import cell
from tests.browser.school import SCHOOL, Site, named
from tests.browser.test_looks import serious

MARIA = named("Каляна Мария")


def written(site: Site, *facts: tuple[UUID, object, Category], person: str = "Соколова") -> None:
    """As that person's own."""
    drafts = tuple(Draft(category=c, stream=s, version=None, event=e) for s, e, c in facts)
    stamp = Stamp(
        school=SCHOOL,
        account=named("account teacher"),
        person=named(person),
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)


@pytest.fixture
def checked(site: Site) -> Site:
    """Maria's mark of today is 3, then 5; a period ended yesterday; an inspector has a mandate for 7А."""
    day, lesson = timedelta(days=1), site.lesson()
    planned = site.here.school(SCHOOL).timetable.by_id[lesson]
    ended = calendar.ReportingPeriodDefined(
        period=named("модуль"),
        year=(site.today - 40 * day).year,
        level="СОО",
        kind="half_year",
        title="Прошлое полугодие",
        first=site.today - 40 * day,
        last=site.today - day,
    )
    mandate = MandateGranted(
        mandate=uuid4(),
        classes=(named("7А"),),
        first=site.today - day,
        last=site.today + day,
        order=named("приказ 77"),
    )
    inspector, account = named("Проверяющая"), named("account inspector")
    issued = CredentialIssued(credential=named("credential inspector"), procedure="founding", parent=None)
    written(
        site,
        (home(SCHOOL), ended, Category.SCHOOL),
        (named("приказ 77"), OrderIssued(kind="mandate", number="77", date=site.today), Category.SCHOOL),
        (inspector, mandate, Category.SCHOOL),
        (account, AccountCreated(person=inspector), Category.ACCOUNT),
        (account, issued, Category.ACCOUNT),
    )
    with site.here.pool.connection() as connection:
        accounts.add(connection, base._account("inspector", inspector, datetime.now(UTC)))
    held = LessonHeld(
        slot=planned.slot,
        journal=planned.journal,
        date=planned.date,
        number=planned.number,
        starts=planned.starts.time(),
        ends=planned.ends.time(),
        answer_due=datetime.combine(planned.date, planned.ends.time()) + day,
        tzdb="2026a",
    )
    written(site, (lesson, held, Category.LESSON))
    for value in ((3,), (5,)):
        written(site, (lesson, MarkGiven(work=lesson, pupil=MARIA, value=value), Category.LESSON))
    return site


def shown(page: Page, site: Site) -> Locator:
    """Maria's cell of today."""
    return cell(page, "Каляна Мария", site.lesson())


def by_key(page: Page, key: str) -> None:
    with page.expect_navigation():
        page.keyboard.press(f"Alt+Shift+{key}")


def test_the_bar_steps_through_the_changes_of_a_page_by_keyboard_and_back_to_now(
    checked: Site, signed_in
) -> None:
    page = signed_in("inspector")
    page.goto(f"{JOURNAL}?period={named('I')}")
    expect(page.locator("[data-time-bar] .standing")).to_contain_text("страницу меняла запись №")
    expect(shown(page, checked)).to_contain_text("5")
    by_key(page, "ArrowLeft")
    assert "at=entry-" in page.url
    assert f"period={named('I')}" in page.url, "the page's own parameters stay"
    expect(shown(page, checked)).to_contain_text("3")
    expect(page.locator(".past")).to_contain_text("Это прошлое")
    by_key(page, "ArrowRight")
    expect(shown(page, checked)).to_contain_text("5")
    by_key(page, "End")
    expect(page.locator(".past")).to_have_count(0)
    assert "at=" not in page.url
    assert serious(page) == []


def test_a_named_moment_is_one_choice_away(checked: Site, signed_in) -> None:
    page = signed_in("inspector")
    page.goto(JOURNAL)
    label = page.locator("[data-moments] option", has_text="Прошлое полугодие").inner_text()
    page.select_option("[data-moments]", label=label)
    expect(page.locator("main")).to_contain_text("Журнала тогда ещё не было", timeout=8000)


def test_what_changed_says_before_after_and_leads_to_the_cell(checked: Site, signed_in) -> None:
    page = signed_in("inspector")
    page.goto(f"{JOURNAL}?at=entry-{checked.here.store.head(SCHOOL).position - 1}")
    page.click("[data-time-bar] .to-changes")
    page.goto(f"/changes?from=entry-{checked.here.store.head(SCHOOL).position - 1}")
    line = page.locator("table.changed tbody tr")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("Каляна М.")
    expect(line.locator(".values")).to_have_text("3 → 5")
    expect(line).to_contain_text("заменено в срок")
    expect(page.locator(".causes")).to_contain_text("заменено в срок 1")
    assert serious(page) == []
    line.locator("a").first.click()
    page.wait_for_url("**/trail/cell*")


def test_the_extract_downloads_and_is_the_same_twice(checked: Site, signed_in) -> None:
    page = signed_in("inspector")
    page.goto(f"{JOURNAL}?at=entry-{checked.here.store.head(SCHOOL).position}")
    papers = []
    for _ in range(2):
        with page.expect_download() as waiting:
            page.click("text=Выписка (PDF)")
        papers.append(waiting.value.path().read_bytes())
    assert papers[0].startswith(b"%PDF")
    assert papers[0] == papers[1]


def test_the_bar_works_as_a_plain_form_without_scripts(checked: Site, chromium) -> None:
    context = chromium.new_context(base_url=checked.url, java_script_enabled=False)
    page = context.new_page()
    enter(page, "inspector")
    page.goto(JOURNAL)
    page.click("[data-time-bar] [data-step=back]")
    expect(page.locator(".past")).to_contain_text("Это прошлое")
    page.click("[data-time-bar] >> text=сейчас")
    expect(page.locator(".past")).to_have_count(0)
    context.close()


def test_the_landing_says_the_scope_the_days_and_what_waits(checked: Site, signed_in) -> None:
    page = signed_in("inspector")
    page.goto("/start")
    expect(page.locator("main")).to_contain_text("Классы 7А")
    expect(page.locator("main")).to_contain_text("включительно")
    expect(page.locator("main")).to_contain_text("Исправлений не было")
    expect(page.locator("main")).not_to_contain_text("7Б")
    assert serious(page) == []


def test_a_mandate_is_granted_to_somebody_new_in_one_form_and_ended(checked: Site, signed_in) -> None:
    page = signed_in("deputy")
    page.goto("/mandates")
    page.click("summary:has-text('Новый проверяющий')")
    form = page.locator("form[data-command='GrantMandate/named']")
    form.locator("[name='name.last']").fill("Ревизорова")
    form.locator("[name='name.first']").fill("Анна")
    form.locator("[name='command.last']").fill((checked.today + timedelta(days=9)).isoformat())
    form.locator("[name='command.order.number']").fill("78")
    form.get_by_label("7Б").check()
    form.locator("button").click()
    row = page.locator("table.mandates tr", has_text="Ревизорова А.")
    expect(row).to_contain_text("7Б")
    expect(row).to_contain_text("учётной записи ещё нет")
    assert serious(page) == []
    row.locator("summary").click()
    row.locator("form button").click()
    expect(row).to_contain_text(f"по {checked.today:%d.%m.%Y}")
