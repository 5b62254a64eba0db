"""Debian's chromium over a really served school; without the program these tests are skipped, and say so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser.school import Site, named, served
from tests.databases import copy_of
from tests.small_school import PASSWORD

CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

SignIn = Callable[..., Page]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture
def site(server, template, tmp_path) -> Iterator[Site]:
    with copy_of(server, template.name) as database, served(database, tmp_path) as found:
        yield found


@pytest.fixture
def signed_in(chromium: Browser, site: Site) -> Iterator[SignIn]:
    """sign_in(login, width=…, dark=…) → a page of a browser of its own; errors of scripts fail the test."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def sign_in(login: str, width: int = 1280, dark: bool = False) -> Page:
        scheme = "dark" if dark else "light"
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            has_touch=width < 500,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto, page.evaluate = (patient(page, each) for each in (page.goto, page.evaluate))
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
        enter(page, login)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert wrong == []


# What is said when the page a click before had asked for came in between.
CUT_OFF = ("ERR_ABORTED", "Execution context was destroyed")


def patient(page: Page, action: Callable[..., Any]) -> Callable[..., Any]:
    """`page.goto` or `page.evaluate` that is done again when another page still on its way cut it off."""

    def done_again(*given: Any, **options: Any) -> Any:
        try:
            return action(*given, **options)
        except Error as error:
            if not any(words in str(error) for words in CUT_OFF):
                raise
            page.wait_for_load_state()
            return action(*given, **options)

    return done_again


def enter(page: Page, login: str) -> None:
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("form:has(#password) .btn-primary")
    page.wait_for_url(lambda url: "/sign-in" not in url)


JOURNAL = f"/journal/{named('7А Алгебра')}"
