"""The deputy's inbox: many requests, one reason; a permission may be taken back before it is used."""

from __future__ import annotations

from playwright.sync_api import expect


def test_a_whole_lesson_is_asked_for_permitted_and_taken_back(site, signed_in):
    teacher, deputy = signed_in("teacher"), signed_in("deputy")
    teacher.goto(f"/lesson/{site.lesson(-1)}")
    for reason in ("Болела", "Болела, и тему тоже"):
        teacher.get_by_role("button", name="Запросить внесение за весь урок").click()
        teacher.fill("#late-entry-reason", reason)
        with teacher.expect_response("**/RequestLateEntry") as asked:
            teacher.locator("#late-entry [value=ask]").click()
        assert asked.value.status == 200
    deputy.goto("/inbox")
    expect(deputy.locator("[name=case]")).to_have_count(2)
    deputy.get_by_role("button", name="Отклонить").click()
    expect(deputy.locator("form [data-saying]")).to_have_text("Выберите хотя бы один запрос.")
    deputy.locator("[data-all]").check()
    deputy.get_by_role("button", name="Отклонить").click()
    expect(deputy.locator("form [data-saying]")).to_have_text("Чтобы отклонить, напишите причину.")
    deputy.fill("#late-entries-reason", "справка есть")
    deputy.keyboard.press("Enter")  # the first button: to permit
    expect(deputy.locator(".decided tbody tr")).to_have_count(2)
    teacher.goto("/today")
    expect(teacher.locator(".waiting")).to_contain_text("разрешено")
    deputy.get_by_role("button", name="Отозвать").first.click()
    expect(deputy.locator(".decided")).to_contain_text("разрешение отозвано")
