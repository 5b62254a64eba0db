"""The inbox at work: a deputy decides three corrections, the director issues a распоряжение, a report is sent on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from playwright.sync_api import Page, expect

from ledger import accounts, streams
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events import journals, roster, staff
from ledger.events.accounts import AccountCreated, CredentialIssued
from ledger.events.period_marks import PeriodClosed, PeriodMarkGiven
from ledger.lesson import fold_lesson
from ledger.people import Name, put_many
from tests.browser import school as base
from tests.browser.school import SCHOOL, Site, named
from tests.browser.term import end_term_today
from tests.test_api import Caller

GRADUATE, FINALS = "Омрына Анна", named("9А Алгебра")
PUPILS = ("Антипина Дарья", "Каляна Мария", "Ященко Ольга")


def add(site: Site, person: str, *drafts: Draft) -> None:
    stamp = Stamp(
        school=SCHOOL,
        account=named(f"account {person}"),
        person=named(person),
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)


def draft(stream: UUID, event: object, category: Category = Category.SCHOOL) -> Draft:
    return Draft(category=category, stream=stream, version=None, event=event)


def with_director(site: Site) -> None:
    first, account = site.today - timedelta(days=40), named("account director")
    granted = staff.RoleGranted(role="director", first=first, until=None, competence=None)
    issued = CredentialIssued(credential=named("credential director"), procedure="founding", parent=None)
    add(
        site,
        "Носов",
        draft(named("Орлова"), granted),
        draft(account, AccountCreated(person=named("Орлова")), Category.ACCOUNT),
        draft(account, issued, Category.ACCOUNT),
    )
    with site.here.pool.connection() as connection:
        accounts.add(connection, base._account("director", named("Орлова"), datetime.now(UTC)))
        orlova = Name(last="Орлова", first="Тамара", middle="Сергеевна")
        put_many(connection, SCHOOL, {named("Орлова"): orlova}, since=datetime.now(UTC) - timedelta(days=90))


def graduating(site: Site) -> Iterator[Draft]:
    """9А with its algebra, one pupil and a final 4."""
    first = site.today - timedelta(days=40)
    year = streams.year(SCHOOL, first.year)
    yield draft(named("9А"), roster.ClassFormed(year=first.year, title="9А", grade=9, level="ООО"))
    listed = journals.JournalListed(
        class_id=named("9А"), group=None, subject=named("Алгебра"), year=first.year
    )
    yield draft(FINALS, listed)
    yield draft(
        FINALS, journals.WorkloadAssigned(teacher=named("Соколова"), first=first, until=None, hours=100)
    )
    yield draft(named(GRADUATE), roster.PupilEnrolled(class_id=named("9А"), first=first, order=None))
    mark = PeriodMarkGiven(
        journal=FINALS,
        period=year,
        kind="final",
        pupil=named(GRADUATE),
        value="4",
        proposed="4",
        rests_on=(),
    )
    sheet = streams.period_sheet(SCHOOL, FINALS, year)
    yield draft(sheet, PeriodClosed(journal=FINALS, period=year), Category.PERIOD)
    yield draft(sheet, mark, Category.PERIOD)


def asked_for(site: Site, *items: dict[str, object], reason: str) -> None:
    asked = Caller(site, "teacher").do(
        "RequestCorrections", items=list(items), ground="erroneous_entry", reason=reason
    )
    assert asked.status_code == 200, asked.text


def correction(site: Site, pupil: str, new: str) -> dict[str, object]:
    """Of a mark of three days ago."""
    lesson = site.lesson(-3)
    sheet = fold_lesson(lesson, site.here.store.load(SCHOOL, streams=[lesson]).streams[lesson])
    seen = sheet.marks[lesson, named(pupil)].position
    about = {"target": "mark", "lesson": str(lesson), "work": str(lesson), "pupil": str(named(pupil))}
    return {**about, "new": new, "seen": seen}


def press(page: Page, button: str, command: str) -> None:
    with page.expect_response(f"**/{command}") as answer:
        page.get_by_role("button", name=button).first.click()
    assert answer.value.status == 200, answer.value.text()


def test_a_deputy_decides_three_corrections_two_with_one_reason(site, signed_in):
    end_term_today(site)
    items = [correction(site, pupil, "4") for pupil in PUPILS[:2]]
    asked_for(site, *items, reason="Оценены чужие работы")
    asked_for(site, correction(site, PUPILS[2], "2"), reason="Хочу снизить")
    deputy = signed_in("deputy")
    deputy.goto("/inbox")
    expect(deputy.locator("nav .waits").first).to_contain_text("3")
    expect(deputy.locator(".together .head")).to_contain_text("2 записи")
    expect(deputy.locator(".cases .around").first).to_contain_text("рядом")
    deputy.locator("[data-together]").check()
    expect(deputy.get_by_role("button", name="Исправить")).to_contain_text("(2)")
    deputy.get_by_label("Одна причина на все выбранные").fill("сверено с работами")
    press(deputy, "Исправить", "ApproveCorrections")
    expect(deputy.locator(".decided tbody tr")).to_have_count(2)
    deputy.locator("[name=case]").check()
    expect(deputy.get_by_role("button", name="Отклонить")).to_contain_text("(1)")  # it moves as it is counted
    deputy.get_by_role("button", name="Отклонить").click()
    expect(deputy.locator("form [data-saying]")).to_have_text("Чтобы отклонить, напишите причину.")
    deputy.get_by_label("Одна причина на все выбранные").fill("это пересмотр")
    press(deputy, "Отклонить", "DeclineCorrections")
    expect(deputy.locator(".decided tbody tr")).to_have_count(3)
    expect(deputy.get_by_text("Никто не ждёт решения.")).to_be_visible()
    expect(deputy.locator("nav .waits")).to_have_count(0)
    teacher = signed_in("teacher")
    teacher.goto("/tasks")
    expect(teacher.locator(".task", has_text="исправлено")).to_have_count(2)
    expect(teacher.locator(".task", has_text="отклонено")).to_contain_text("это пересмотр")
    teacher.goto("/today")
    expect(teacher.locator(".waiting .task", has_text="исправлено")).to_have_count(2)


def test_a_final_mark_takes_the_deputys_conclusion_and_the_directors_order(site, signed_in):
    with_director(site)
    add(site, "Соколова", *graduating(site))
    year = streams.year(SCHOOL, (site.today - timedelta(days=40)).year)
    sheet = streams.period_sheet(SCHOOL, FINALS, year)
    seen = site.here.store.load(SCHOOL, streams=[sheet]).streams[sheet][-1].position
    item = {
        "target": "period_mark",
        "journal": str(FINALS),
        "period": str(year),
        "kind": "final",
        "pupil": str(named(GRADUATE)),
        "new": "5",
        "seen": seen,
    }
    asked_for(site, item, reason="При подсчёте пропущена контрольная работа")
    director = signed_in("director")
    director.goto("/inbox")
    expect(director.locator(".final .cannot")).to_contain_text("заключения")
    expect(director.get_by_role("button", name="Исправить по распоряжению")).to_have_count(0)
    deputy = signed_in("deputy")
    deputy.goto("/inbox")
    expect(deputy.locator(".final q").first).to_have_text("При подсчёте пропущена контрольная работа")
    deputy.get_by_label("Заключение заместителя").fill("Работа найдена, отметка ошибочна")
    press(deputy, "Дать заключение", "ConcludeFinalCorrection")
    expect(deputy.locator(".final .cannot")).to_contain_text("распоряжения директора")
    director.goto("/tasks")
    director.locator(".task a", has_text="Нужно распоряжение").click()
    director.wait_for_load_state()
    director.get_by_label("Распоряжение №").fill("12-р")
    director.get_by_role("button", name="Исправить по распоряжению").click()
    expect(director.locator(".final [data-saying]")).to_have_text("У распоряжения должна быть дата.")
    director.get_by_label("от", exact=True).fill(site.today.isoformat())
    press(director, "Исправить по распоряжению", "OrderFinalCorrection")
    expect(director.locator(".decided")).to_contain_text("распоряжением № 12-р")
    assert Caller(site, "teacher").get("/tasks").json()["groups"][0]["tasks"][0]["status"] == "approved"


def test_a_report_is_sent_on_to_the_teacher_who_is_called(site, signed_in):
    end_term_today(site)
    lesson = str(site.lesson(-1))
    body = {"target": "mark", "lesson": lesson, "work": lesson, "journal": str(named("7А Алгебра"))}
    sent = Caller(site, "parent").do(
        "ReportError", **body, pupil=str(named("Каляна Мария")), text="В тетради стоит 5"
    )
    assert sent.status_code == 200, sent.text
    deputy = signed_in("deputy", width=390)
    deputy.goto("/inbox")
    expect(deputy.locator(".cases")).to_contain_text("ответить до")
    deputy.locator("[name=case]").check()
    deputy.get_by_label("Слова учителю").fill("Посмотрите тетрадь")
    press(deputy, "Передать учителю", "ForwardErrorReports")
    expect(deputy.locator(".decided")).to_contain_text("Посмотрите тетрадь")
    assert deputy.evaluate("document.documentElement.scrollWidth") <= 390
    teacher = signed_in("teacher")
    teacher.goto("/tasks")
    expect(teacher.locator(".task.calls")).to_contain_text("В тетради стоит 5")
    expect(teacher.locator("nav .waits").first).to_contain_text("1")
