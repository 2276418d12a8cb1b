"""The pages over a real socket: a whole service with staff, an invented list and an invented request."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from service.security import sessions
from service.store import accounts
from tests.api.scenario import matched
from tests.support.processes import free_port
from tests.support.staffed import Staffed, build_staffed

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@dataclass
class Office:
    """A served service; `made` holds the ids of `tests.api.scenario.matched`, if it was matched."""

    staffed: Staffed
    address: str
    made: dict[str, str]


@contextmanager
def served(staffed: Staffed, made: dict[str, str]) -> Iterator[Office]:
    """The service on 127.0.0.1, by uvicorn, until the block ends."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(staffed.app, host="127.0.0.1", port=port, log_config=None))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    try:
        yield Office(staffed, f"http://127.0.0.1:{port}", made)
    finally:
        server.should_exit = True
        thread.join()
        staffed.store.close()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One service for the module, matched once."""
    directory = tmp_path_factory.mktemp("office")
    staffed = build_staffed(directory, f"sqlite:///{directory / 'homeward.db'}")
    with served(staffed, matched(staffed)) as office:
        yield office


@dataclass
class Told:
    """What a browser complained about while its pages were open."""

    lines: list[str]

    def hear(self, message: ConsoleMessage) -> None:
        if "Failed to load resource" not in message.text:  # a 422 or 404 that the test asked for
            self.lines.append(message.text)


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, office: Office) -> Iterator[OpenPage]:
    """Opens a page without scripts on a fresh profile; fails afterwards if a browser complained."""
    told = Told([])
    contexts: list[BrowserContext] = []

    def opened(size: dict[str, int] = PHONE, staff: str = "", scripts: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            java_script_enabled=scripts,
            base_url=office.address,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if staff:
            context.add_cookies([_cookie(office, staff)])
        page = context.new_page()
        page.on("console", told.hear)
        page.on("pageerror", lambda error: told.lines.append(str(error)))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert told.lines == []


def _cookie(office: Office, name: str) -> dict[str, str]:
    """A living sign-in of an account, as the sign-in page would have set it."""
    store = office.staffed.store
    with store.begin() as work:
        account = accounts.get(work.session, office.staffed.accounts[name])
        assert account is not None
        token = sessions.open_session(work, account, second_factor=False).token
    return {"name": sessions.cookie_name(store.settings), "value": token, "url": office.address}
