"""Languages that no native speaker has read yet: off, until an operator names them in the setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pydantic import ValidationError

from service.config import Settings
from service.languages import KNOWN, USUAL
from service.pages.words import words_of
from tests.pages.conftest import Office, OpenPage, served
from tests.pages.looks import faults
from tests.pages.test_public_pages import NAMES, fill
from tests.support.staffed import build_staffed

WAITING = tuple(language for language in KNOWN if language not in USUAL)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One service that offers every language there is."""
    directory = tmp_path_factory.mktemp("office")
    staffed = build_staffed(directory, f"sqlite:///{directory / 'homeward.db'}", languages=",".join(KNOWN))
    with served(staffed, {}) as office:
        yield office


def unfit(page: Page, language: str) -> list[str]:
    """What is wrong with a page of a language that waits for its reader; empty for a good one."""
    t, root = words_of(language), page.locator("html")
    found = faults(page)
    if (root.get_attribute("lang"), root.get_attribute("dir")) != (language, t.direction):
        found.append("not marked with its language")
    if t("site.unread") not in page.inner_text("footer"):
        found.append("does not say that nobody has read it")
    return found


@pytest.mark.parametrize("language", WAITING)
def test_a_request_can_be_filed_on_a_small_phone_in_every_language(
    open_page: OpenPage, language: str
) -> None:
    """From the first page over a form sent too early to the receipt."""
    t = words_of(language)
    page = open_page()
    page.goto(f"/{language}/")
    assert unfit(page, language) == []
    assert page.locator(".languages a").all_inner_texts() == [words_of(one)("site.own_name") for one in KNOWN]
    assert page.locator("a.leave").get_attribute("href") == f"https://{language}.wikipedia.org/"
    page.click(".door.first")
    assert page.inner_text("h1") == t("request.title")
    page.click("button.main")
    assert page.inner_text("#you_name-problem") == t("problem.you_name")
    assert unfit(page, language) == []
    fill(page, language)
    page.click("button.main")
    assert all(name in page.inner_text("main") for name in NAMES[language])
    assert unfit(page, language) == []
    page.click("button.main")
    assert page.inner_text("h1") == t("receipt.title")
    assert unfit(page, language) == []


@pytest.mark.parametrize("language", WAITING)
def test_the_other_pages_suit_a_small_phone_in_every_language(open_page: OpenPage, language: str) -> None:
    page = open_page()
    for place in ("request/steps", "code", "help", "privacy", "nowhere"):
        page.goto(f"/{language}/{place}")
        assert unfit(page, language) == [], place


def test_a_language_is_off_until_the_setting_names_it(tmp_path: Path) -> None:
    """Nobody is led to a page that no native speaker has read, unless the operator chose so."""
    for number, (told, offered) in enumerate((({}, USUAL), ({"languages": "tg, ru"}, ("tg", "ru")))):
        directory = tmp_path / str(number)
        staffed = build_staffed(directory, f"sqlite:///{directory / 'homeward.db'}", **told)
        client = staffed.client()
        for language in KNOWN:
            answer = client.get(f"/{language}/", headers={"Accept": "text/html"})
            assert answer.status_code == (200 if language in offered else 404), language
            led = client.get("/", headers={"Accept-Language": language}, follow_redirects=False)
            assert led.headers["location"].strip("/") in offered, language
        staffed.store.close()


@pytest.mark.parametrize("told", ["ru,xx", "", "russian"])
def test_a_language_without_words_is_refused_at_the_start(told: str) -> None:
    with pytest.raises(ValidationError, match="HOMEWARD_LANGUAGES must name some of ru, en, ar"):
        Settings(environment="development", languages=told)
