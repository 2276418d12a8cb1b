"""The distribution's Chromium, driven for real."""

import ctypes
import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests.support.missing import fail_for_missing

_QUIET = (  # no connection but to the page under test
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
)


def _page_click(page: Page, *given: Any, _click: Any = Page.click, **named: Any) -> None:
    _click(page, *given, **named)
    page.wait_for_load_state()


def _locator_click(locator: Locator, *given: Any, _click: Any = Locator.click, **named: Any) -> None:
    _click(locator, *given, **named)
    locator.page.wait_for_load_state()


@pytest.fixture(scope="session")
def whole_pages() -> Iterator[None]:
    """A click that leads to another page ends when that page is whole.

    The driver's own ends when the other document begins, and a question asked at once (how many are
    there, can it be seen) may then meet half of it on a busy machine.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "click", _page_click)
        patch.setattr(Locator, "click", _locator_click)
        yield


@pytest.fixture(scope="module")
def browser(whole_pages: None) -> Iterator[Browser]:
    """A headless Chromium, one per test module.

    Not one per session: the driver keeps an event loop running in the main thread, and tests in
    other modules must stay free to run their own.
    """
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        fail_for_missing("Chromium", "chromium", "fonts-noto-core")
    try:
        ctypes.CDLL("libatomic.so.1")  # the driver of the browser is linked against it
    except OSError:
        fail_for_missing("libatomic", "libatomic1")
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=executable, args=[*_QUIET, *sandbox], headless=True
        )
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile: no cookies of another test. Phone-sized, as most enquirers come."""
    fresh = browser.new_context(viewport={"width": 360, "height": 740}, bypass_csp=False)
    fresh.set_default_timeout(15_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of a fresh profile."""
    return context.new_page()
