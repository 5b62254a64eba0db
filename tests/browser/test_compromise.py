"""A stolen password from the report to the journal: notice, receipt, wizard, commission, Act (AT-19; 10.3, 10.4)."""

from __future__ import annotations

from io import BytesIO
from uuid import uuid4

import pytest
from playwright.sync_api import Page, Route, expect
from pypdf import PdfReader

from tests.browser import grid
from tests.browser.conftest import JOURNAL
from tests.browser.offices import with_offices
from tests.browser.school import Site, named
from tests.test_api import Caller

COMMISSION = {"deputy": "Дьячкова", "class-teacher": "Громова", "colleague": "Петрова"}
KALYANA = named("Каляна Мария")


def mark(caller: Caller, site: Site, value: str, seen: int = 0) -> int:
    lesson = str(site.lesson())
    body = {"lesson": lesson, "work": lesson, "pupil": str(KALYANA), "value": value, "seen": seen}
    answer = caller.do("GiveMark", **body)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["position"])


def sent(page: Page, button: str, command: str, sure: bool = False) -> None:
    page.wait_for_load_state()  # with its scripts
    with page.expect_response(f"**/{command}") as answer:
        page.get_by_role("button", name=button).first.click()
        if sure:
            page.locator("dialog[open] [value=yes], dialog[open] .btn-primary").first.click()
    assert answer.value.status == 200, answer.value.text()


@pytest.mark.case("AT-19")
def test_a_stolen_password_from_the_report_to_the_journal(site, signed_in):
    with_offices(site)
    thief = Caller(site, "teacher")
    seen = mark(thief, site, "3")
    colleague = signed_in("colleague")
    colleague.goto("/report-compromise")
    colleague.get_by_label("Фамилия владельца").fill("соко")
    colleague.get_by_role("button", name="Найти").click()
    colleague.wait_for_url("**who=*")  # the page with its scripts
    other = colleague.locator("#other")
    other.get_by_label("Что произошло").fill("пароль на бумажке")
    with colleague.expect_response("**/ReportCompromise") as told:
        other.get_by_role("button", name="Сообщить").click()
    assert told.value.status == 200, told.value.text()

    director = signed_in("director")
    director.goto("/tasks")
    expect(director.locator("nav a", has_text="Нарушения доступа").locator(".waits")).to_have_text("ждёт: 1")
    director.get_by_role("link", name="Сообщение о нарушении доступа").click()
    expect(director.locator(".said")).to_contain_text("пароль на бумажке")
    expect(director.locator(".times .none")).to_have_count(3)
    expect(director.locator(".does")).to_contain_text("Ни одна запись при этом не меняется")
    # Told by word of mouth a minute that began before the second mark: everything of this minute is in the interval.
    director.get_by_label("Когда вам сказали").fill(minute(director))
    mark(thief, site, "5", seen)
    sent(director, "Подтвердить и закрыть доступ", "ConfirmNotice")
    expect(director.locator(".tag").first).to_contain_text("доступ закрыт")
    refused = thief.do(
        "GiveMark", lesson=str(site.lesson()), work=str(site.lesson()), pupil=str(KALYANA), value="4"
    )
    assert refused.status_code == 401, refused.text

    director.get_by_role("link", name="Дальше: что было сделано").click()
    rows = director.locator(".operation-group .operations tbody tr")
    expect(rows.last).to_contain_text("5")
    expect(director.locator(".does")).to_contain_text("Ничего не отменяется")
    director.get_by_role("link", name="по ученикам").click()
    expect(director.locator(".operation-group summary", has_text="Каляна")).to_be_visible()
    director.get_by_role("link", name="Дальше: какими станут журналы").click()
    expect(director.locator(".sheet-half.before td.differs")).to_have_text("5")
    director.get_by_role("link", name="Дальше: комиссия и акт").click()
    expect(director.locator(".cannot")).to_contain_text("владелец")
    for person in COMMISSION.values():
        director.locator(f"input[name=members][value='{named(person)}']").check()
    director.locator("[name='order.number']").fill("150")
    sent(director, "Назначить", "AppointCommission")

    admin = signed_in("administrator")
    admin.goto(director.url)
    admin.get_by_label("Номер Акта").fill("11")
    sent(admin, "Составить проект", "DrawUpAct")
    expect(admin.locator(".act-card")).to_contain_text("Ждём подписи")
    admin.get_by_text("В проекте ошибка").click()
    admin.get_by_label("Номер Акта").fill("1")
    sent(admin, "Составить проект", "DrawUpAct")
    expect(admin.locator(".act-card")).to_have_count(1)
    expect(admin.locator(".act-card")).to_contain_text("Акт № 1 от")
    for login in COMMISSION:
        member = colleague if login == "colleague" else signed_in(login)
        member.goto("/tasks")
        member.get_by_role("link", name="Подпишите Акт").click()
        sent(member, "Подписать Акт", "SignAct", sure=True)
        expect(member.get_by_text("Подписали")).to_be_visible()
    admin.goto("/tasks")
    admin.get_by_role("link", name="Оформите Акт").click()
    sent(admin, "Оформить Акт", "FinaliseAct", sure=True)
    expect(admin.locator(".act-card")).to_contain_text("изменились страницы")
    expect(admin.locator(".does")).to_contain_text("Акт действует")

    address = admin.get_by_role("link", name="PDF").get_attribute("href")
    printed = admin.request.get(f"{site.url}{address}")
    assert printed.status == 200, printed.text()
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(printed.body())).pages)
    assert "АКТ № 1" in text
    assert "проект" not in text
    assert "Соколова Ирина Владимировна" in text
    assert text.count("подписано в журнале") == len(COMMISSION)
    director.goto(JOURNAL)
    expect(grid.cell(director, "Каляна", site.lesson())).not_to_contain_text("5")


def minute(page: Page) -> str:
    """The earliest minute the receipt may have: the field's own, which is that of the detection."""
    return page.get_by_label("Когда вам сказали").get_attribute("min") or ""


def test_the_owner_closes_the_own_access_with_one_press_and_is_out(site, signed_in):
    with_offices(site)
    teacher = signed_in("teacher")
    teacher.goto("/report-compromise")
    sent(teacher, "Закрыть доступ сейчас", "ReportCompromise", sure=True)
    teacher.wait_for_url("**/sign-in*")
    expect(teacher.get_by_role("status")).to_contain_text("Доступ закрыт")
    teacher.goto("/today")
    assert "/sign-in" in teacher.url
    director = signed_in("director", width=390, dark=True)
    director.goto("/incidents")
    expect(director.locator(".incident")).to_contain_text("Соколова")
    wide = director.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def test_a_notice_is_rejected_with_a_reason(site, signed_in):
    with_offices(site)
    caller = Caller(site, "colleague")
    told = caller.do(
        "ReportCompromise",
        incident=str(uuid4()),
        account=str(named("account teacher")),
        detected_at=f"{site.today.isoformat()}T08:00",
    )
    assert told.status_code == 200, told.text
    admin = signed_in("administrator")
    admin.goto("/incidents")
    admin.get_by_role("link", name="Подтвердить или отклонить").click()
    admin.get_by_text("Отклонить: нарушения не было").click()
    admin.get_by_role("textbox", name="Почему").fill("проверено, вход был свой")
    sent(admin, "Отклонить", "RejectNotice")
    expect(admin.locator(".note")).to_contain_text("проверено, вход был свой")
    admin.goto("/incidents")
    expect(admin.locator(".incident .tag")).to_have_text("отклонено")


def test_a_form_pressed_before_its_script_came_waits_for_it(site, signed_in):
    """Sent by the browser itself, what somebody says of a colleague would stand in the address."""
    with_offices(site)
    colleague = signed_in("colleague")
    held: list[Route] = []
    colleague.route("**/js/school.js", lambda route: held.append(route))
    colleague.goto("/report-compromise?who=соко", wait_until="commit")
    other = colleague.locator("#other")
    other.get_by_label("Что произошло").fill("пароль на бумажке")
    other.get_by_role("button", name="Сообщить").click(no_wait_after=True)
    assert "text=" not in colleague.url
    with colleague.expect_response("**/ReportCompromise") as told:
        for route in held:
            route.continue_()
    assert told.value.status == 200, told.value.text()
    expect(colleague.get_by_role("status").first).to_contain_text("Сообщение отправлено")
