"""Debian's chromium over a really served school; without the program these tests are skipped, and say so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Response, sync_playwright

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
        page.goto = patient(page.goto)
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Security Policy" in said.text else None)
        enter(page, login)
        return page

    yield sign_in
    for context in contexts:
        context.close()
    assert wrong == []


def patient(goto: Callable[..., Response | None]) -> Callable[..., Response | None]:
    """`page.goto` that asks again when the page a click before it had asked for came in between and cut it off."""

    def asked_again(address: str, **options) -> Response | None:
        try:
            return goto(address, **options)
        except Error as error:
            if "ERR_ABORTED" not in str(error):
                raise
            return goto(address, **options)

    return asked_again


def enter(page: Page, login: str) -> None:
    page.goto("/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("form:has(#password) .btn-primary")
    page.wait_for_url(lambda url: "/sign-in" not in url)


JOURNAL = f"/journal/{named('7А Алгебра')}"
