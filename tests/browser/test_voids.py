"""What people see of a stolen access: «оспаривается» until there is an Act, and its number after it (R-177, R-185)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests import stolen_site
from tests.browser.conftest import JOURNAL
from tests.browser.school import named
from tests.test_api import Caller

CONTESTED = "оспаривается: внесено с доступом, о нарушении которого сообщено"
DIARY = f"/diary/{named('Каляна Мария')}"


@pytest.mark.case("AT-20")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_parent_is_told_that_a_mark_is_contested_and_then_that_it_was_void(site, signed_in, dark):
    lesson, pupil = str(site.lesson()), str(named("Каляна Мария"))
    given = Caller(site, "teacher").do("GiveMark", lesson=lesson, work=lesson, pupil=pupil, value="5", seen=0)
    stolen_site.notified(site)
    parent, deputy = signed_in("parent", width=390, dark=dark), signed_in("deputy", dark=dark)
    parent.goto(DIARY)
    expect(parent.locator(".box.today .contested")).to_contain_text("оспаривается")
    deputy.goto(JOURNAL)
    expect(deputy.locator("td.q").first).to_contain_text("5")
    expect(deputy.locator("td.q").first).to_have_attribute(
        "title", "оспаривается: внесено с доступом, о нарушении которого сообщено"
    )
    stolen_site.voided(site, given.json()["position"])
    parent.reload()
    notice = parent.get_by_role("region", name="Признано недействительным")
    expect(notice).to_contain_text("Алгебра")
    expect(notice.locator("s")).to_have_text("5")
    expect(notice).to_contain_text(f"Акт № 1 от {site.today:%d.%m.%Y}")
    expect(notice).not_to_contain_text("Соколова")
    expect(parent.locator(".box.today .given")).to_have_count(0)
    deputy.reload()
    expect(deputy.locator("td.v").first).to_have_text("⊘")
    deputy.goto(f"/trail/cell?lesson={lesson}&work={lesson}&pupil={pupil}")
    expect(deputy.locator(".trail li.voided")).to_contain_text("признана недействительной, Акт № 1")
    teacher = signed_in("teacher", dark=dark)
    teacher.goto("/tasks")
    teacher.get_by_role("link", name="Восстановить записи").click()
    expect(teacher.locator("tbody tr")).to_contain_text("5")
    expect(teacher.get_by_role("button", name="Запросить восстановление")).to_be_visible()
