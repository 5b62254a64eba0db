"""What a parent sees, and does not."""

from __future__ import annotations

from datetime import UTC, datetime

from playwright.sync_api import expect

from ledger import people, streams
from ledger.entry import Category, Draft, Role
from ledger.events.families import PupilCameOfAge
from ledger.events.period_marks import PeriodMarkGiven
from ledger.events.roster import GuardianLinked
from ledger.people import Name
from tests.browser.conftest import JOURNAL
from tests.browser.grid import go_to, state
from tests.browser.school import SCHOOL, Site, named
from tests.browser.test_looks import serious

MARIA, ILYA, PAGE = named("Каляна Мария"), named("Вуквукай Илья"), named("7А Алгебра")
LONG = "Ыӈвъиргын-Кэргытваальская-Ӄутувги Ёэляръян Тынетэгынович"


def test_a_mark_stands_in_the_diary_at_once_with_its_time(site, signed_in):
    teacher = signed_in("teacher")
    teacher.goto(JOURNAL)
    mark = go_to(teacher, "Каляна", site.lesson())
    teacher.keyboard.press("Digit5")
    state(mark, "saved")
    parent = signed_in("parent", width=390)
    parent.goto("/")
    expect(parent).to_have_url(f"{site.url}/children")
    expect(parent.locator(".news")).to_contain_text("Алгебра")
    parent.get_by_role("link", name="Неделя").click()
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


def period_marks(site: Site, **values: str) -> None:
    """Of Каляна (maria) and Вуквукай (ilya), in algebra for the period."""
    stream = streams.period_sheet(SCHOOL, PAGE, named("I"))
    made = [
        PeriodMarkGiven(
            journal=PAGE,
            period=named("I"),
            kind="period",
            pupil={"maria": MARIA, "ilya": ILYA}[who],
            value=value,
            proposed=value,
            rests_on=(),
        )
        for who, value in values.items()
    ]
    drafts = [Draft(category=Category.PERIOD, stream=stream, version=None, event=event) for event in made]
    site.append(*drafts, by=named("Соколова"), role=Role.TEACHER)


def second_child(site: Site) -> None:
    """The mother's second child, whose name is long and has Chukchi letters."""
    event = GuardianLinked(guardian=named("мать Каляны"), kinship="мать")
    site.append(Draft(category=Category.SCHOOL, stream=ILYA, version=None, event=event))
    last, first, middle = LONG.split()
    with site.here.pool.connection() as connection:
        name = Name(last=last, first=first, middle=middle)
        people.put_many(connection, SCHOOL, {ILYA: name}, since=datetime.now(UTC))


def test_on_a_phone_a_mother_of_two_reads_tomorrow_and_says_that_she_has_read(site, signed_in):
    second_child(site)
    period_marks(site, maria="н/а", ilya="4")
    parent = signed_in("parent", width=390)
    parent.goto("/")
    expect(parent.locator(".child")).to_have_count(2)
    expect(parent.locator(f"#name-{ILYA}")).to_contain_text("Ыӈвъиргын-Кэргытваальская-Ӄутувги")
    assert parent.evaluate("document.documentElement.scrollWidth") <= 390
    own = parent.locator(f"#child-{MARIA}")
    expect(own.locator(".next h3")).to_contain_text("Завтра")
    expect(own.locator(".lessons")).to_contain_text("Алгебра")
    expect(own.locator(".lessons")).to_contain_text("каб. 14")
    awaits = parent.locator(f"#awaits-{MARIA}")
    expect(awaits).to_contain_text("н/а")
    assert serious(parent) == []
    button = awaits.locator("[data-send]")
    assert button.bounding_box()["height"] >= 44
    button.tap()
    expect(awaits).to_have_count(0)
    expect(parent.locator(f"#awaits-{ILYA}")).to_have_count(1)
    own.get_by_role("link", name="Неделя").tap()
    parent.locator("details.read summary").tap()
    expect(parent.locator("details.read")).to_contain_text("ознакомлены: мать")
    parent.get_by_role("link", name="Месяц").tap()
    expect(parent.locator("table.month")).to_be_visible()
    assert parent.evaluate("document.documentElement.scrollWidth") <= 390
    parent.get_by_role("link", name="Учителя и каникулы").tap()
    expect(parent.locator(".teachers")).to_contain_text("Соколова И. В.")
    assert serious(parent) == []


def test_in_the_week_each_entry_may_be_read_by_itself(site, signed_in):
    teacher = signed_in("teacher")
    teacher.goto(JOURNAL)
    mark = go_to(teacher, "Каляна", site.lesson())
    teacher.keyboard.press("Digit2")
    state(mark, "saved")
    period_marks(site, maria="3")
    parent = signed_in("parent")
    parent.goto(f"/diary/{MARIA}")
    awaits = parent.locator(".awaits")
    expect(awaits.locator(".title")).to_have_text("Ждёт «Ознакомлен»: 2")
    awaits.locator("summary").click()
    awaits.locator("[data-one]").first.click()
    expect(awaits.locator(".title")).to_have_text("Ждёт «Ознакомлен»: 1")
    awaits.locator("[data-send]").press("Enter")
    expect(awaits).to_have_count(0)
    expect(parent.locator("main")).to_be_focused()  # the page made anew is read on, not from its head


def test_a_mother_waits_for_the_consent_of_a_pupil_of_age(site, signed_in):
    site.append(Draft(category=Category.SCHOOL, stream=MARIA, version=None, event=PupilCameOfAge()))
    parent = signed_in("parent", width=390)
    parent.goto("/")
    expect(parent.locator(".shut")).to_contain_text("ждёт согласия самого ученика")
    expect(parent.locator(".child")).to_have_count(0)
    assert serious(parent) == []


def test_weeks_are_leafed_by_enter_alone(site, signed_in):
    parent = signed_in("parent")
    parent.goto(f"/diary/{MARIA}")
    earlier = parent.get_by_role("link", name="Неделей раньше")
    shown = parent.locator(".page-head .sub").inner_text()
    earlier.focus()
    for _ in range(3):
        parent.wait_for_load_state()  # with its scripts
        with parent.expect_navigation():
            parent.keyboard.press("Enter")
        expect(earlier).to_be_focused()
        expect(parent.locator(".page-head .sub")).not_to_have_text(shown)
        shown = parent.locator(".page-head .sub").inner_text()


def test_the_address_of_a_calendar_is_copied_and_revoking_it_asks_first(site, signed_in):
    parent = signed_in("parent", width=390)
    parent.goto("/feeds")
    parent.get_by_role("button", name="создать адрес").first.click()
    parent.get_by_role("button", name="Скопировать").click()
    expect(parent.locator("span[data-copied]")).not_to_be_empty()
    assert serious(parent) == []
    parent.goto("/feeds")
    parent.get_by_role("button", name="отозвать").click()
    parent.get_by_role("button", name="Оставить").click()
    expect(parent.get_by_role("button", name="отозвать")).to_be_visible()
    parent.get_by_role("button", name="отозвать").click()
    with parent.expect_navigation():
        parent.get_by_role("button", name="Отозвать", exact=True).click()
    expect(parent.locator(".note")).to_contain_text("Адрес отозван")
    assert serious(parent) == []
