"""From a cell: the teacher asks for a correction, the parent reports an error and reads the answer."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

from playwright.sync_api import Page, expect

from ledger.appending import Append
from ledger.entry import Category, Draft, Origin, Role, Stamp
from ledger.events.error_reports import ErrorReported
from ledger.events.lessons import LessonHeld, TopicRecorded
from ledger.events.marks import MarkGiven
from ledger.windows import tzdb_version
from tests.browser.conftest import JOURNAL
from tests.browser.grid import entries, go_to, state
from tests.browser.school import SCHOOL, Site, named
from tests.test_api import Caller

MARIA, FOREIGN = named("Каляна Мария"), named("Вуквукай Илья")
DIARY = f"/diary/{MARIA}"


def yesterday(site: Site) -> None:
    """Yesterday Соколова wrote a topic and gave Каляна a 3: its deadline is past."""
    planned = site.here.school(SCHOOL).timetable.by_id[site.lesson(-1)]
    held = LessonHeld(
        slot=planned.slot,
        journal=planned.journal,
        date=planned.date,
        number=planned.number,
        starts=planned.starts.time(),
        ends=planned.ends.time(),
        answer_due=datetime.combine(planned.date, time(23, 59, 59)),
        tzdb=tzdb_version(),
    )
    events = (held, TopicRecorded(text="Степень"), MarkGiven(work=planned.id, pupil=MARIA, value=(3,)))
    stamp = Stamp(
        school=SCHOOL,
        account=named("account teacher"),
        person=named("Соколова"),
        role=Role.TEACHER,
        command_id=uuid4(),
        received_at=datetime.now(UTC),
        origin=Origin.UI,
    )
    drafts = tuple(
        Draft(category=Category.LESSON, stream=planned.id, version=None, event=event) for event in events
    )
    site.here.store.append(Append(stamp=stamp, body_sha256=bytes(32), answer="{}", drafts=drafts))
    site.here.runner.catch_up(SCHOOL, patience=30)


def ask(page: Page, reason: str) -> None:
    page.fill("#correction-reason", reason)
    page.locator("#correction [data-send]").click()
    expect(page.locator("#correction [data-done]")).to_contain_text("Запрос отправлен")
    page.locator("#correction [data-done] button").click()


def test_a_mark_refused_for_its_deadline_becomes_a_request_for_a_correction(site, signed_in):
    yesterday(site)
    teacher = signed_in("teacher")
    teacher.goto(JOURNAL)
    mark = go_to(teacher, "Каляна", site.lesson(-1))
    teacher.keyboard.press("Digit4")
    state(mark, "refused")
    teacher.get_by_role("button", name="Запросить исправление").click()
    expect(teacher.locator("#correction [data-old]")).to_have_text("3")
    expect(teacher.locator("#correction-mark")).to_have_value("4")
    teacher.locator("#correction [data-send]").click()
    expect(teacher.locator("#correction [data-wrong]")).to_have_text("Напишите почему.")
    ask(teacher, "Отметка другой ученицы")
    expect(teacher.locator(".bar [data-saying]")).to_contain_text("ждёт решения")
    assert entries(site, "CorrectionRequested") == 1

    teacher.keyboard.press("Space")  # its history says that it waits, and offers no second request
    expect(teacher.locator("#history .waiting-case")).to_contain_text("3 → 4")
    expect(teacher.locator("#history .trail")).to_contain_text("Отметка другой ученицы")
    expect(teacher.locator("#history [data-correction]")).to_have_count(0)


def test_a_refusal_is_said_in_the_dialog_and_nothing_typed_is_lost(site, signed_in):
    yesterday(site)
    teacher, colleague = signed_in("teacher"), signed_in("teacher")
    for page in (teacher, colleague):
        page.goto(f"/lesson/{site.lesson(-1)}")
        page.get_by_role("button", name="Исправить тему").click()
        page.fill("#correction-text", "Степень числа")
    ask(teacher, "Описка")
    colleague.fill("#correction-reason", "Тоже описка")
    colleague.locator("#correction [data-send]").click()
    expect(colleague.locator("#correction [data-wrong]")).to_contain_text("уже есть запрос")
    expect(colleague.locator("#correction-text")).to_have_value("Степень числа")
    colleague.keyboard.press("Escape")
    colleague.reload()
    expect(colleague.locator("[data-field=topic] .waiting-case")).to_contain_text("Степень → Степень числа")
    expect(colleague.get_by_role("button", name="Исправить тему")).to_have_count(0)


def test_a_parent_reports_an_error_from_the_diary_and_reads_the_answer(site, signed_in):
    yesterday(site)
    week = f"{DIARY}?week={(site.today - timedelta(days=1)).isoformat()}"
    parent = signed_in("parent", width=390)
    parent.goto(week)
    row = parent.locator(".box tr", has=parent.locator(".given"))
    row.click()  # on a phone the button stands in the opened line only
    row.get_by_role("button", name="Сообщить об ошибке").click()
    parent.locator("#error-report [data-send]").click()
    expect(parent.locator("#error-report [data-wrong]")).to_have_text("Напишите, что неверно.")
    parent.fill("#error-report-text", "В тетради стоит 5")
    parent.locator("#error-report [data-send]").click()
    expect(parent.locator("#error-report [data-done]")).to_contain_text("Сообщение отправлено")
    parent.get_by_role("button", name="Понятно").click()
    parent.reload()
    expect(parent.locator("#reports")).to_contain_text("принято, ждёт ответа")

    (report,) = _reports(site)
    place = {"journal": str(named("7А Алгебра")), "lesson": str(site.lesson(-1)), "report": str(report)}
    answered = Caller(site, "deputy").do(
        "CloseErrorReport", **place, corrected=False, answer="Пять — за другое"
    )
    assert answered.status_code == 200, answered.text
    parent.reload()
    expect(parent.locator("#reports")).to_contain_text("запись верна")
    expect(parent.locator("#reports")).to_contain_text("Пять — за другое")


def _reports(site: Site) -> set[UUID]:
    found = site.here.store.entries(SCHOOL, after=0, limit=10_000)
    return {entry.event.report for entry in found if isinstance(entry.event, ErrorReported)}


def test_a_corrected_mark_says_in_the_diary_what_stood_there(site, signed_in):
    yesterday(site)
    lesson = str(site.lesson(-1))
    seen = next(
        entry.position
        for entry in site.here.store.entries(SCHOOL, after=0, limit=10_000)
        if isinstance(entry.event, MarkGiven)
    )
    item = {"target": "mark", "lesson": lesson, "work": lesson, "pupil": str(MARIA), "new": "4", "seen": seen}
    asked = Caller(site, "teacher").do(
        "RequestCorrections", items=[item], ground="erroneous_entry", reason="Отметка Антипиной"
    )
    assert asked.status_code == 200, asked.text
    ref = {"case": asked.json()["parts"][0]["case"], "lesson": lesson}
    agreed = Caller(site, "deputy").do("ApproveCorrections", cases=[ref], reason="тетрадь приложена")
    assert agreed.status_code == 200, agreed.text
    parent = signed_in("parent")
    parent.goto(f"{DIARY}?week={(site.today - timedelta(days=1)).isoformat()}")
    parent.locator(".given").focus()
    expect(parent.locator(".explain")).to_contain_text("исправлено: 3 → 4, ошибочная запись, согласовано")
    notice = parent.locator(".notice", has_text="Исправлено")
    expect(notice).to_contain_text("3 → 4")
    expect(parent.locator("main")).not_to_contain_text("Антипиной")  # why the school did it is about others


def test_another_familys_child_is_behind_every_new_door(site, signed_in):
    yesterday(site)
    parent, lesson = signed_in("parent"), str(site.lesson(-1))
    page, period = named("7А Алгебра"), named("I")
    for pupil in (FOREIGN, MARIA):  # the staff's histories are not for a family at all
        for address in (
            f"/trail/period-mark?journal={page}&period={period}&pupil={pupil}",
            f"/trail/cell?lesson={lesson}&work={lesson}&pupil={pupil}",
        ):
            answer = parent.goto(address)
            assert answer is not None
            assert answer.status == 404
    caller = Caller(site, "parent")
    place = {"target": "mark", "journal": str(page), "lesson": lesson, "work": lesson, "pupil": str(FOREIGN)}
    assert caller.do("ReportError", **place, text="чужая").status_code in (403, 404)
    item = {key: place[key] for key in ("target", "lesson", "work", "pupil")} | {"new": "5"}
    asked = caller.do("RequestCorrections", items=[item], ground="erroneous_entry", reason="чужая")
    assert asked.status_code in (403, 404)
    assert entries(site, "ErrorReported", "CorrectionRequested") == 0


def test_a_parent_agrees_to_an_attestation_against_the_rule_in_the_diary(site, signed_in):
    place = {"journal": str(named("7А Алгебра")), "period": str(named("I")), "pupil": str(MARIA)}
    asked = Caller(site, "teacher").do(
        "RequestException", **place, ground="non_attestation", reason="Лечение в Анадыре"
    )
    assert asked.status_code == 200, asked.text
    parent, leader = signed_in("parent", width=390), signed_in("class-teacher")
    leader.goto(DIARY)  # the word is a parent's
    expect(leader.locator("[data-agree]")).to_have_count(0)
    parent.goto(DIARY)
    notice = parent.locator(".agreement")
    expect(notice).to_contain_text("Нужно ваше согласие")
    expect(notice).to_contain_text("только с согласия родителей")
    notice.get_by_role("button", name="Согласен, согласна").click()
    expect(notice).to_contain_text("Согласие записано")
    assert entries(site, "ExceptionAgreed") == 1
    assert parent.evaluate("document.documentElement.scrollWidth") <= 390
