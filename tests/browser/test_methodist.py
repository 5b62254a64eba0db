"""The methodist's morning in a browser: who is away, lessons covered, the sheet, the substitute at work, the end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.physics import lesson_of, with_physics
from tests.browser.school import LESSON_NOW, Site, named


@pytest.fixture
def physics(site: Site) -> Site:
    with_physics(site)
    return site


def mark_away(page: Page, who: str) -> None:
    page.goto("/substitutions")
    page.get_by_label("Учитель").select_option(label=who)
    expect(page.locator("[data-chosen] .chip")).to_contain_text(who)
    page.get_by_role("button", name="Отметить").click()
    expect(page.locator("#away .chip b")).to_have_text(who)


def cover_all(page: Page) -> None:
    page.locator("#cover .save button.btn-primary").click()
    expect(page.locator("#cover-title")).to_have_text("Закрывать нечего")


@pytest.mark.case("AT-08")
def test_from_the_absence_to_the_cancelled_substitution(physics: Site, signed_in) -> None:
    methodist, kim = signed_in("methodist"), signed_in("kim")
    mark_away(methodist, "Петров О. А.")
    expect(methodist.locator("tr[data-lesson]").first).to_be_visible()
    chosen = methodist.locator("tr[data-lesson] [name=substitute] option:checked").all_inner_texts()
    assert chosen
    assert all(text.startswith("Ким Р. С.") for text in chosen)  # the same subject, free at both hours
    cover_all(methodist)
    expect(methodist.locator("#covered")).to_contain_text("Петров О. А. → Ким Р. С.")

    methodist.goto("/substitutions/sheet")
    expect(methodist.locator(".staff-sheet tbody tr")).to_have_count(2)
    expect(methodist.locator(".staff-sheet")).to_contain_text("8А")

    now = lesson_of(physics, LESSON_NOW)
    kim.goto("/today")
    expect(kim.locator(f'[data-lesson="{now}"]')).to_contain_text("замена: Петров О. А.")
    kim.goto(f"/lesson/{now}")
    expect(kim.locator(".page-head")).to_contain_text("замена: Ким Р. С. (Петров О. А.)")
    kim.fill("#topic", "Плавление")
    kim.locator("#topic").press("Enter")
    expect(kim.locator("[data-field=topic] [data-saying]")).to_contain_text("сохранено")
    kim.fill("#topic", "Плавление и отвердевание")

    methodist.goto("/substitutions")
    methodist.locator(f'[data-cancel][data-lesson="{now}"]').click()
    methodist.get_by_role("button", name="Отменить замену").click()
    expect(methodist.locator(f'#cover tr[data-lesson="{now}"]')).to_be_visible()
    kim.locator("#topic").press("Enter")
    expect(kim.locator("[data-field=topic] [data-saying]")).to_contain_text("доступ к уроку закрыт")


def test_another_subject_the_number_of_the_order_and_the_return(physics: Site, signed_in) -> None:
    methodist, mother = signed_in("methodist", width=390), signed_in("mother")
    mark_away(methodist, "Петров О. А.")
    row = methodist.locator(f'tr[data-lesson="{lesson_of(physics, LESSON_NOW + 1)}"]')
    row.locator("[name=manner]").select_option("dropped")
    expect(row.locator("[name=substitute]")).to_be_disabled()
    cover_all(methodist)
    mother.goto(f"/diary/{named('Кергитваль Пётр')}")
    today = mother.locator("#today")
    expect(today).to_contain_text("замена: Ким Р. С.")
    expect(today).to_contain_text("урока не будет")

    form = methodist.locator(".number-order")
    form.locator("[name=number]").fill("91-ОД")
    form.get_by_role("button", name="Вписать").click()
    expect(methodist.locator(".number-order")).to_have_count(0)
    expect(methodist.locator("#covered")).to_contain_text("№ 91-ОД")

    methodist.wait_for_load_state("networkidle")  # the page is made anew: its scripts come last
    methodist.get_by_role("button", name="Вернулся").click()
    methodist.locator("dialog[open]").get_by_role("button", name="Вернулся").click()
    expect(methodist.locator("#away")).to_contain_text("Все на месте.")
    mother.reload()
    expect(mother.locator("#today")).not_to_contain_text("урока не будет")


def test_the_same_press_twice_is_one_action(physics: Site, signed_in) -> None:
    """Ctrl+Enter while the first is on its way, and again before the page is made anew: one command, one order."""
    page = signed_in("methodist")
    mark_away(page, "Петров О. А.")
    sent: list[str] = []

    def seen(request: Request) -> None:
        if request.url.endswith("/RecordSubstitutions"):
            sent.append(request.headers["idempotency-key"])

    page.on("request", seen)
    press = "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', ctrlKey: true, bubbles: true}))"
    page.evaluate(f"() => {{ setInterval(() => {press}, 5); }}")
    expect(page.locator("#cover-title")).to_have_text("Закрывать нечего")
    assert len(sent) == 1
    expect(page.locator(".number-order")).to_have_count(1)


def test_the_rest_of_a_teachers_lessons_is_decided_with_one_press(physics: Site, signed_in) -> None:
    """Whoever was offered is not wanted where the class works on its own: the lesson is saved without a person."""
    page = signed_in("methodist")
    mark_away(page, "Петров О. А.")
    rows = page.locator("tr[data-lesson]")
    save = page.locator("#cover .save button.btn-primary")
    expect(save).to_contain_text("Сохранить 2 из 2")
    rows.first.locator("[name=manner]").select_option("independent")
    expect(rows.first.locator("[name=substitute]")).to_have_value("")
    rows.last.locator("[name=substitute]").select_option("")
    expect(save).to_contain_text("Сохранить 1 из 2")
    page.get_by_label("Чьи уроки").select_option(label="Петров О. А.")
    page.locator("[data-rest]").get_by_role("button", name="Самостоятельная работа").click()
    expect(save).to_contain_text("Сохранить 2 из 2")
    save.click()
    expect(page.locator("#cover-title")).to_have_text("Закрывать нечего")
    expect(page.locator("#covered")).to_contain_text("никто: класс работает сам")


def test_a_teacher_sees_the_sheet_but_not_the_morning(physics: Site, signed_in) -> None:
    kim = signed_in("kim")
    kim.goto("/substitutions/sheet")
    expect(kim.locator(".empty")).to_have_text("Замен в этот день нет.")
    answered = kim.goto("/substitutions")
    assert answered is not None
    assert answered.status == 403
    kim.goto("/substitutions/register")
    expect(kim.locator(".register tbody th")).to_contain_text("Ким Р. С.")
