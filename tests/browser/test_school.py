"""The office moves a pupil: asked about what stands after the date, told why not, and shown what is to be put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.school import named
from tests.browser.test_looks import serious

MARIA, CLASS = named("Каляна Мария"), named("7А")
CARD = f"/pupils/{MARIA}"


def opened(page: Page, act: str) -> Page:
    """The form folded under this title."""
    form = page.locator("details.act", has=page.locator("summary", has_text=act))
    form.locator("summary").click()
    return form


def give_mark(site, teacher: Page) -> None:
    token = teacher.evaluate("document.body.dataset.csrf")
    lesson = str(site.lesson())
    answer = teacher.request.post(
        f"{site.url}/api/v1/commands/GiveMark",
        data={"lesson": lesson, "work": lesson, "pupil": str(MARIA), "value": "4"},
        headers={"X-CSRFToken": token, "Idempotency-Key": str(named("4")), "Referer": site.url},
    )
    assert answer.status == 200, answer.text()


def test_a_backdated_transfer_asks_and_leaves_a_list_to_put_right(site, signed_in):
    give_mark(site, signed_in("teacher"))
    page = signed_in("deputy")
    page.goto(CARD)
    form = opened(page, "Перевести в другой класс")
    form.get_by_label("В класс").select_option(label="7Б")
    form.get_by_label("Первый день там").fill((site.today + timedelta(days=400)).isoformat())
    form.get_by_role("button", name="Сохранить").click()
    expect(form.locator("[data-saying]")).to_contain_text("Дата вне")
    form.get_by_label("Первый день там").fill((site.today - timedelta(days=3)).isoformat())
    form.get_by_label("Приказ №").fill("91")
    form.get_by_role("button", name="Сохранить").click()
    question = page.locator("dialog[open]")
    expect(question).to_contain_text("Алгебра: отметка")
    question.locator("[value=yes]").click()
    expect(page.locator(".left-standing")).to_contain_text("Сверить: 1 запись")
    expect(page.locator(".page-head")).to_contain_text("7Б")
    expect(page.get_by_text("прибыл(а)")).to_contain_text("приказ № 91")
    page.goto(f"/journal/{named('7А Алгебра')}")
    expect(page.locator(f"th[data-p='{MARIA}'] .pupil-note")).to_contain_text("выбыл(а)")


def test_a_class_teacher_enrols_a_new_pupil_by_name(site, signed_in):
    page = signed_in("class-teacher", width=390)
    page.goto(f"/school/class/{CLASS}")
    form = opened(page, "Зачислить нового ученика")
    form.get_by_label("Фамилия").fill("Эттувги")
    form.get_by_label("Имя", exact=True).fill("Роман")
    form.get_by_role("button", name="Сохранить").click()
    expect(page.locator(".pupils")).to_contain_text("Эттувги Роман")
    expect(page.locator(".pupils tr", has_text="Эттувги")).to_contain_text("прибыл(а)")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("path", ["/school/", f"/school/class/{CLASS}", CARD, "/school/staff"])
def test_the_pages_of_the_office_are_readable_by_everybody(signed_in, path, dark):
    page = signed_in("deputy", dark=dark)
    page.goto(path)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    assert serious(page) == []


@pytest.mark.parametrize("path", ["/school/", f"/school/class/{CLASS}", CARD, "/school/staff"])
def test_the_pages_of_the_office_fit_a_phone(signed_in, path):
    page = signed_in("deputy", width=390)
    page.goto(path)
    page.evaluate("document.querySelectorAll('main details').forEach((each) => { each.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
