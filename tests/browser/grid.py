"""What a test does with the grid of marks, as a hand on a keyboard would."""

from __future__ import annotations

from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import patient
from tests.browser.school import SCHOOL, Site


def cell(page: Page, pupil: str, lesson: UUID) -> Locator:
    """The cell of «Ответ на уроке» of that lesson."""
    head = page.locator(f"th.head[data-l='{lesson}']:not([data-w])").first
    index = patient(page, head.evaluate)("th => th.cellIndex")  # waits for the head of a page that comes anew
    return page.locator("table.grid tbody tr", has_text=pupil).locator("td").nth(index - 1)


def go_to(page: Page, pupil: str, lesson: UUID) -> Locator:
    expect(page.locator("td.here")).to_have_count(1)  # the page's scripts are at work
    found = cell(page, pupil, lesson)
    found.click()
    expect(found).to_be_focused()
    return found


def state(found: Locator, name: str) -> None:
    """Wait until the cell says it is saving, saved, unsaved, refused or in conflict."""
    expect(found).to_have_attribute("data-state", name)


def outbox(page: Page) -> list[dict[str, object]]:
    """What the browser keeps of this account until the journal has it."""
    return page.evaluate(
        "Object.entries(localStorage)"
        ".filter(([key]) => key.startsWith('letopis:outbox:')).map(([, item]) => JSON.parse(item))"
    )


def entries(site: Site, *events: str) -> int:
    """How many entries of these kinds the ledger holds."""
    found = site.here.store.entries(SCHOOL, after=0, limit=10_000)
    return sum(type(entry.event).__name__ in events for entry in found)
