"""The class teacher's week: reasons by keyboard and for several at once, a dispute, the list with contacts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from playwright.sync_api import Page, expect

from ledger import streams, windows
from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.regulations import RegulationAdopted
from ledger.store import SYSTEM
from tests.browser.school import SCHOOL, named
from tests.browser.test_looks import serious

WEEK = f"/class/{named('7А')}"
ARTYOM, MARIYA, OLGA = (named(who) for who in ("Рультытегин Артём", "Каляна Мария", "Ященко Ольга"))


def note_absent(site, teacher: Page, *pupils: str) -> None:
    """In the lesson that is running: a pupil is pressed, then whoever is left is there."""
    teacher.goto(f"/lesson/{site.lesson()}")
    token = teacher.evaluate("document.body.dataset.csrf")
    answer = teacher.request.post(
        f"{site.url}/api/v1/commands/TakeAttendance",
        data={"lesson": str(site.lesson()), "absent": [str(named(who)) for who in pupils]},
        headers={"X-CSRFToken": token, "Idempotency-Key": str(named(" ".join(pupils))), "Referer": site.url},
    )
    assert answer.status == 200, answer.text()


def cell(page: Page, site, pupil) -> object:
    return page.locator(f"#c{pupil}-{site.today.isoformat()}")


def test_a_reason_and_its_document_are_given_without_a_mouse(site, signed_in):
    note_absent(site, signed_in("teacher"), "Рультытегин Артём")
    page = signed_in("class-teacher")
    page.goto("/")
    page.get_by_role("link", name="Класс за неделю").click()
    expect(page).to_have_url(f"{site.url}{WEEK}")
    page.wait_for_load_state()
    expect(page.locator(".due")).to_contain_text("1 урок пропущен без причины")
    cell(page, site, ARTYOM).focus()
    page.keyboard.press("Digit1")
    expect(page.locator("#absence [name=document]")).to_be_focused()
    page.keyboard.type("справка № 45")
    page.keyboard.press("Enter")
    expect(page.locator(".due")).to_contain_text("Причины указаны у всех пропусков этой недели")
    expect(cell(page, site, ARTYOM)).to_contain_text("по болезни")
    expect(cell(page, site, ARTYOM)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#absence [data-said]")).to_contain_text("по болезни, справка № 45")
    page.get_by_role("button", name="Убрать причину").click()
    expect(cell(page, site, ARTYOM)).to_contain_text("без причины")


def test_a_wrong_reason_is_told_in_the_dialog_and_nothing_typed_is_lost(site, signed_in):
    """The days turned round are seen at once; what only the journal knows brings the dialog back with its sentence."""
    note_absent(site, signed_in("teacher"), "Рультытегин Артём")
    page = signed_in("class-teacher")
    page.goto(WEEK)
    cell(page, site, ARTYOM).focus()
    page.keyboard.press("Digit1")
    page.locator("#absence [name=document]").fill("справка № 45")
    first, last = page.locator("#absence [name=first]"), page.locator("#absence [name=last]")
    last.fill((site.today - timedelta(days=1)).isoformat())
    save = page.get_by_role("button", name="Сохранить")
    save.click()
    expect(page.locator("#absence [data-wrong]")).to_have_text("Последний день пропуска раньше первого.")
    first.fill("2020-01-01")
    last.fill("2020-01-02")
    save.click()
    expect(page.locator("#absence [data-wrong]")).not_to_be_empty()
    expect(page.locator("#absence[open] [name=document]")).to_have_value("справка № 45")
    first.fill(site.today.isoformat())
    last.fill(site.today.isoformat())
    save.click()
    expect(cell(page, site, ARTYOM)).to_contain_text("по болезни")


def test_several_pupils_get_one_reason_and_the_family_reads_it(site, signed_in):
    note_absent(site, signed_in("teacher"), "Каляна Мария", "Ященко Ольга")
    page = signed_in("class-teacher")
    page.goto(WEEK)
    for name in ("Каляна Мария", "Ященко Ольга"):
        page.get_by_label(f"Выбрать: {name}").check()
    page.get_by_role("button", name="Причина для выбранных (2)").click()
    page.get_by_role("button", name="Сохранить").click()
    expect(page.locator("#absence [data-wrong]")).to_have_text("Выберите причину.")
    page.get_by_label("по уважительной причине").check()
    page.get_by_role("button", name="Сохранить").click()
    for pupil in (MARIYA, OLGA):
        expect(cell(page, site, pupil)).to_contain_text("по уважительной причине")
    parent = signed_in("parent", width=390)
    parent.goto("/")
    expect(parent.locator(".news")).to_contain_text("по уважительной причине")
    parent.get_by_role("link", name="Неделя").click()
    expect(parent.locator(".box.today .absent")).to_have_text("нпо уважительной причине")


def test_an_absence_is_disputed_and_the_teacher_agrees(site, signed_in):
    teacher = signed_in("teacher")
    note_absent(site, teacher, "Рультытегин Артём", "Ященко Ольга")
    page = signed_in("class-teacher")
    for pupil, why in ((ARTYOM, "Был на олимпиаде."), (OLGA, "Сидела в медкабинете.")):
        page.goto(WEEK)
        cell(page, site, pupil).click()
        page.get_by_role("button", name="Оспорить").click()
        page.fill("#dispute-reason", why)
        page.locator("#dispute [value=dispute]").click()
        expect(cell(page, site, pupil)).to_contain_text("оспорено: 1")
    teacher.goto("/today")
    expect(teacher.locator("#disputes q")).to_have_text(["Был на олимпиаде.", "Сидела в медкабинете."])
    first = teacher.locator("#disputes tbody tr").first
    first.get_by_role("button", name="Был(а) на уроке").click()
    expect(teacher.locator("#disputes q")).to_have_text(["Сидела в медкабинете."])
    deputy = signed_in("deputy")
    deputy.goto("/inbox")
    deputy.get_by_role("button", name="Оставить «н»").click()
    expect(deputy.locator("#disputes [data-saying]")).to_have_text("Чтобы оставить «н», напишите причину.")
    deputy.get_by_label("Почему", exact=True).fill("Медкабинет в тот день закрыт.")
    deputy.get_by_role("button", name="Оставить «н»").click()
    expect(deputy.locator("#disputes")).to_have_count(0)
    page.goto(WEEK)
    expect(cell(page, site, ARTYOM)).to_have_count(0)
    expect(cell(page, site, OLGA)).to_contain_text("1 из 1")
    cell(page, site, OLGA).click()
    expect(page.locator("#absence .lessons")).to_contain_text("«н» осталась")


def test_contacts_are_written_and_checked(site, signed_in):
    page = signed_in("class-teacher")
    page.goto(WEEK)
    page.get_by_role("link", name="Список и контакты").click()
    page.get_by_role("link", name="Каляна Мария").click()
    mother = page.get_by_role("form", name="Каляна Анна Сергеевна")
    mother.get_by_label("Мобильный телефон").fill("мобильный")
    mother.get_by_role("button", name="Сохранить").click()
    expect(mother.get_by_role("alert")).to_contain_text("Телефон пишут цифрами")
    mother.get_by_label("Мобильный телефон").fill("+7 924 123-45-67")
    mother.get_by_role("button", name="Сохранить").click()
    page.get_by_role("link", name="Весь список").click()
    row = page.get_by_role("row", name="Каляна Мария")
    expect(row).to_contain_text("+7 924 123-45-67")
    row.get_by_label("Проверено").check()
    page.get_by_role("button", name="Отметить выбранных").click()
    expect(page.get_by_role("row", name="Каляна Мария")).to_contain_text("да")


def adopt_poshekhonye(site) -> None:
    toml = (Path(windows.__file__).parent / "regulations" / "poshekhonye.toml").read_text(encoding="utf-8")
    stamp = Stamp(
        school=SCHOOL,
        account=SYSTEM,
        person=SYSTEM,
        role=Role.SYSTEM,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.SYSTEM,
    )
    adopted = RegulationAdopted(title="Положение", toml=toml, in_force=site.today)
    draft = Draft(
        category=Category.REGULATION, stream=streams.regulation(SCHOOL), version=None, event=adopted
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=(draft,)))
    site.here.runner.catch_up(SCHOOL, patience=30)


def test_where_the_class_teacher_fills_the_journal_absences_are_put_and_taken_here(site, signed_in):
    """P-52 absence_full, Poshekhonye 3.3."""
    adopt_poshekhonye(site)
    page = signed_in("class-teacher")
    page.goto(WEEK)
    cell(page, site, ARTYOM).click()
    page.get_by_role("button", name="Поставить «н»").click()
    expect(cell(page, site, ARTYOM)).to_contain_text("1 из 1")
    page.wait_for_load_state()  # of the page made anew: its scripts come last
    cell(page, site, ARTYOM).click()
    page.get_by_role("button", name="Снять «н»").click()
    expect(cell(page, site, ARTYOM)).to_contain_text("пропусков нет")


def test_the_pages_of_a_class_fit_a_phone_and_speak_to_a_screen_reader(site, signed_in):
    note_absent(site, signed_in("teacher"), "Рультытегин Артём")
    addresses = (
        WEEK,
        f"{WEEK}/contacts",
        f"{WEEK}/contacts/{MARIYA}",
        f"{WEEK}/absences",
        f"/absences/{ARTYOM}",
        f"{WEEK}?at={site.founded}",
    )
    narrow, wide = signed_in("class-teacher", width=390), signed_in("class-teacher", dark=True)
    for address in addresses:
        answer = narrow.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        assert narrow.evaluate("document.documentElement.scrollWidth") <= 390, address
        wide.goto(address)
        assert serious(wide) == [], address
    deputy = signed_in("deputy", width=390)
    deputy.goto("/absences")
    assert deputy.evaluate("document.documentElement.scrollWidth") <= 390
    expect(deputy.get_by_role("row", name="7А")).to_contain_text("83,3")
