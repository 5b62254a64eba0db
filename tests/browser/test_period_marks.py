"""A class's period marks as a teacher sets them: proposals accepted, one changed with a reason, one asked for."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import JOURNAL
from tests.browser.school import named
from tests.browser.term import FEW, SHEET, end_term_today
from tests.browser.test_looks import serious
from tests.test_api import Caller

COMMAND = "**/SetPeriodMarks"


def mark(page: Page, pupil: str) -> Locator:
    return page.locator(f"tr[data-pupil='{named(pupil)}'] select.mark")


def row(page: Page, pupil: str) -> Locator:
    return page.locator(f"tr[data-pupil='{named(pupil)}']")


def test_a_teacher_accepts_what_is_proposed_and_gives_a_reason_for_what_is_not(site, signed_in):
    end_term_today(site)
    teacher = signed_in("teacher")
    teacher.goto(JOURNAL)
    teacher.get_by_role("link", name="Отметки за период").first.click()
    expect(teacher).to_have_url(re.compile(SHEET))
    teacher.get_by_role("button", name="Принять предложенные").click()
    expect(mark(teacher, "Антипина Дарья")).to_have_value("5")
    # Whoever has too few marks is left to the deputy.
    expect(mark(teacher, FEW[0])).to_have_value("")
    expect(teacher.locator("[data-bar]")).to_contain_text("нужно решение заместителя")
    mark(teacher, "Антипина Дарья").focus()
    teacher.keyboard.press("4")
    teacher.get_by_role("button", name="Сохранить").click()
    expect(row(teacher, "Антипина Дарья").locator("[data-saying]")).to_have_text("Напишите почему.")
    teacher.keyboard.type("устные ответы слабее")
    with teacher.expect_response(COMMAND) as saved:
        teacher.get_by_role("button", name="Сохранить").click()
    assert saved.value.status == 200
    expect(teacher.locator("[data-bar]")).to_contain_text("отметок: 5")
    teacher.reload()
    expect(mark(teacher, "Антипина Дарья")).to_have_value("4")
    expect(row(teacher, "Антипина Дарья").locator("q")).to_have_text("устные ответы слабее")
    expect(teacher.locator(".filled")).to_contain_text("Соколова И. В.")
    teacher.goto(f"{JOURNAL}?period={named('I')}")
    expect(teacher.locator("td.period a").first).to_have_text("4")


def test_a_pupil_short_of_marks_is_refused_and_the_deputy_is_asked(site, signed_in):
    end_term_today(site)
    teacher = signed_in("teacher")
    teacher.goto(SHEET)
    few = row(teacher, FEW[0])
    expect(few).to_contain_text("отметок 3 из 7")
    mark(teacher, "Антипина Дарья").focus()
    for key in ("5", "Enter", "4"):  # by the keyboard, as in the grid
        teacher.keyboard.press(key)
    expect(mark(teacher, FEW[0])).to_have_value("4")
    with teacher.expect_response(lambda answer: "SetPeriodMarks" in answer.url and answer.status == 200):
        teacher.get_by_role("button", name="Сохранить").click()
    # The other mark is saved without it.
    expect(few.locator("[data-saying]")).to_contain_text("Отметок 3, а для аттестации нужно не менее 7")
    expect(teacher.locator("[data-bar]")).to_contain_text("отметок: 1; не принято: 1")
    few.locator("[data-way-out]").get_by_role("button", name="Запросить решение заместителя").click()
    teacher.fill("#period-reason-text", "Перешёл из другой школы, работы не пропускал")
    with teacher.expect_response("**/RequestException") as asked:
        teacher.locator("#period-reason [data-yes]").click()
    assert asked.value.status == 200
    teacher.reload()
    expect(few).to_contain_text("запрошено решение")
    expect(few.get_by_role("button", name="Запросить решение заместителя")).to_have_count(0)


def test_a_mark_answered_again_is_shown_for_a_check(site, signed_in):
    """R-172."""
    end_term_today(site)
    lesson = site.lesson()
    teacher = signed_in("teacher")
    teacher.goto(SHEET)
    mark(teacher, "Антипина Дарья").focus()
    teacher.keyboard.press("5")
    with teacher.expect_response(COMMAND) as saved:
        teacher.get_by_role("button", name="Сохранить").click()
    assert saved.value.status == 200
    given = Caller(site, "teacher").do(
        "GiveMark", lesson=str(lesson), work=str(lesson), pupil=str(named("Антипина Дарья")), value="3"
    )
    assert given.status_code == 200
    teacher.reload()
    own = row(teacher, "Антипина Дарья")
    expect(own).to_contain_text("проверьте: изменилась отметка")
    own.get_by_role("button", name="Оставить 5").click()
    teacher.fill("#period-reason-text", "Ответ на последнем уроке учтён")
    teacher.locator("#period-reason [data-yes]").click()
    expect(own).not_to_contain_text("проверьте")


def test_on_a_phone_a_pupil_is_a_card_and_nothing_is_wider_than_the_screen(site, signed_in):
    end_term_today(site)
    teacher = signed_in("teacher", width=390, dark=True)
    teacher.goto(SHEET)
    assert teacher.evaluate("document.documentElement.scrollWidth") <= 390
    mark(teacher, "Антипина Дарья").select_option("5")
    expect(teacher.get_by_role("button", name="Сохранить (1)")).to_be_enabled()


def test_a_deputy_reads_the_sheet_and_sets_nothing(site, signed_in):
    end_term_today(site)
    deputy = signed_in("deputy")
    deputy.goto(SHEET)
    expect(deputy.locator("tbody tr")).to_have_count(6)
    expect(deputy.locator("select.mark")).to_have_count(0)
    expect(deputy.get_by_role("button", name="Сохранить")).to_have_count(0)


def test_marks_never_set_are_asked_for_together_once_the_sheet_is_closed(site, signed_in):
    """R-163: one request, the proposals filled in."""
    end_term_today(site)
    sheet = {"journal": str(named("7А Алгебра")), "period": str(named("I"))}
    assert Caller(site, "deputy").do("ClosePeriods", sheets=[sheet], confirmed=True).status_code == 200
    teacher = signed_in("teacher")
    teacher.goto(SHEET)
    teacher.locator("[data-omitted]").click()
    dialog = teacher.locator("#period-omitted")
    expect(dialog.locator(f"select[data-pupil='{named('Антипина Дарья')}']")).to_have_value("5")
    dialog.locator(f"select[data-pupil='{named(FEW[0])}']").select_option("")
    dialog.locator("[data-send]").click()
    expect(dialog.locator("[data-wrong]")).to_have_text("Напишите почему.")
    dialog.locator("[name=reason]").fill("Болела, ведомость закрыли без меня")
    with teacher.expect_response("**/RequestCorrections") as asked:
        dialog.locator("[data-send]").click()
    assert asked.value.status == 200
    expect(row(teacher, "Антипина Дарья")).to_contain_text("исправление ждёт: пусто → 5")
    expect(row(teacher, "Антипина Дарья").locator("[data-correction]")).to_have_count(0)
    expect(row(teacher, FEW[0]).locator("[data-correction]")).to_be_visible()
    assert serious(teacher) == []


def test_before_the_last_week_the_sheet_is_a_forecast_and_says_since_when_marks_are_set(site, signed_in):
    """W-14: the period of the school's own ends in sixty days."""
    teacher = signed_in("teacher")
    teacher.goto(SHEET)
    expect(teacher.locator("[data-bar]")).to_contain_text("Отметки ставят с")
    expect(teacher.locator("[data-accept]")).to_be_disabled()
    expect(teacher.locator("[data-save]")).to_be_disabled()
    expect(mark(teacher, "Антипина Дарья")).to_be_disabled()
    expect(teacher.locator("[data-last-lesson]")).to_have_attribute("href", re.compile("/lesson/.*#topic"))


def test_what_was_saved_stands_at_the_head_and_what_was_taken_back_is_said(site, signed_in):
    end_term_today(site)
    teacher = signed_in("teacher")
    teacher.goto(SHEET)
    mark(teacher, "Антипина Дарья").select_option("5")
    with teacher.expect_response(COMMAND) as saved:
        teacher.locator("[data-save]").click()
    assert saved.value.status == 200
    expect(teacher.locator(".filled")).to_contain_text("заполнено сегодня")
    expect(teacher.locator("[data-bar]")).to_contain_text("Сохранено")
    teacher.locator("[data-take-back] button").click()
    expect(teacher.locator("[data-take-back]")).to_contain_text("Отменено: отметки за период")
    expect(mark(teacher, "Антипина Дарья")).to_have_value("")
    row(teacher, "Антипина Дарья").locator("a.why").click()
    expect(teacher.locator("#explanation .before")).to_contain_text("5")


def test_the_sheet_is_no_wider_than_a_school_screen(site, signed_in):
    end_term_today(site)
    teacher = signed_in("teacher")
    teacher.set_viewport_size({"width": 1280, "height": 800})
    teacher.goto(SHEET)
    for saying in teacher.locator("[data-saying]").all():
        saying.evaluate(
            "each => { each.textContent = 'Иванова Антонина Александровна уже поставила здесь 4 в 12:45; '.repeat(3) }"
        )
    assert teacher.evaluate("document.documentElement.scrollWidth") <= 1280


def test_a_mark_of_a_closed_sheet_is_corrected_through_a_case_the_deputy_approves(site, signed_in):
    """R-162, 7.14(b9): the refusal itself offers the way out."""
    end_term_today(site)
    teacher = signed_in("teacher")
    teacher.goto(SHEET)
    teacher.get_by_role("button", name="Принять предложенные").click()
    with teacher.expect_response(COMMAND) as saved:
        teacher.get_by_role("button", name="Сохранить").click()
    assert saved.value.status == 200
    sheet = {"journal": str(named("7А Алгебра")), "period": str(named("I"))}
    assert Caller(site, "deputy").do("ClosePeriods", sheets=[sheet], confirmed=True).status_code == 200

    mark(teacher, "Антипина Дарья").focus()
    teacher.keyboard.press("4")
    row(teacher, "Антипина Дарья").locator("[name=reason]").fill("описка")
    teacher.get_by_role("button", name="Сохранить").click()
    teacher.get_by_role("button", name="Запросить исправление").click()
    expect(teacher.locator("#correction-period-mark")).to_have_value("4")
    teacher.fill("#correction-reason", "Отметка соседки по списку")
    teacher.locator("#correction [data-send]").click()
    expect(teacher.locator("#correction [data-done]")).to_contain_text("Запрос отправлен")

    deputy = signed_in("deputy")
    deputy.goto("/inbox")
    expect(deputy.locator(".cases")).to_contain_text("Отметка соседки по списку")
    deputy.locator("[name=case]").first.check()
    deputy.get_by_role("button", name="Исправить").click()
    expect(deputy.locator(".decided")).to_contain_text("Антипина")

    teacher.goto(SHEET)
    own = row(teacher, "Антипина Дарья")
    expect(own.locator(".notes")).to_contain_text("исправлена")
    expect(own.locator("[data-correction]")).to_be_visible()
    expect(own.locator("select.mark, .set b, .set").first).to_contain_text("4")
