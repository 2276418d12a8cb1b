"""The guided demonstration (docs/guided-demo.md), walked by everybody in it: three languages, two sizes."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from service.jobs.worker import Worker
from tests.pages.looks import faults
from tests.pages.steps import act
from tests.support.demonstration import Demonstration

SIZES = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1280, "height": 900}}
Enter = Callable[[str], Page]


@pytest.fixture
def enter(browser: Browser, own_demonstration: Demonstration, language: str, size: str) -> Iterator[Enter]:
    """A person's browser, in their language and size, without scripts; nothing may complain."""
    told: list[str] = []
    opened: list[BrowserContext] = []

    def entered(login: str) -> Page:
        context = browser.new_context(
            viewport={"width": SIZES[size]["width"], "height": SIZES[size]["height"]},
            java_script_enabled=False,
            base_url=own_demonstration.address,
            locale=language,
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text))
        if login:
            sign_in(page, login, own_demonstration.passwords[login])
        return page

    yield entered
    for context in opened:
        context.close()
    assert told == []


def sign_in(page: Page, login: str, password: str) -> None:
    page.goto("/staff/sign-in")
    page.fill("#login", login)
    page.fill("#password", password)
    page.locator("main form button").click()
    page.wait_for_url("**/staff")


def good(page: Page, language: str) -> None:
    root = page.locator("html")
    assert root.get_attribute("lang") == language
    assert root.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert faults(page) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ru", "ar"])
def test_everybody_gets_their_work_done(
    enter: Enter, own_demonstration: Demonstration, language: str, size: str
) -> None:
    """A list, a link, a second opinion, a relative, the audit log: each from its first page to its last."""
    import_a_list(enter("demo-importer"), language)
    while Worker(own_demonstration.store).step():
        pass
    recommend_a_link(enter("demo-reviewer"), language)
    confirm_a_link(enter("demo-second"), language)
    clear_best_interests(enter("demo-lead"), language)
    file_a_request(enter(""), language)
    enter_a_request(enter("demo-intake"), language)
    add_an_account(enter("demo-admin"), language)
    check_the_chain(enter("demo-auditor"), language)


def import_a_list(page: Page, language: str) -> None:
    page.locator("ul.numbers a[href='/staff/lists']").first.click()
    page.locator("ul.queue a.line").first.click()
    good(page, language)
    page.locator("form[action$='/mapping'] button").click()
    assert page.locator("[role=status]").count() == 1
    page.locator("form[action$='/commit'] button").click()
    good(page, language)
    assert page.locator("form[action$='/take-back']").count() == 1
    assert page.locator("form[action$='/commit']").count() == 0


def recommend_a_link(page: Page, language: str) -> None:
    page.locator("ul.numbers a").first.click()
    good(page, language)
    page.locator("ol.queue a.line").first.click()
    good(page, language)
    act(page, "claim")
    act(page, "recommend")
    good(page, language)
    assert page.locator("input[name=move][value=recommend]").count() == 0
    assert page.locator("ol.history > li").count() == 2


def confirm_a_link(page: Page, language: str) -> None:
    page.locator("ul.numbers a[href*=verified_by_evidence]").click()
    page.locator("ol.queue a.line").first.click()
    good(page, language)
    assert page.locator("ol.history em").count() >= 1  # the first opinion is veiled
    act(page, "confirm")
    good(page, language)
    assert page.locator("ol.history em").count() == 0


def clear_best_interests(page: Page, language: str) -> None:
    page.goto("/staff/queue?state=confirmed")
    page.locator("ol.queue a.line").first.click()
    act(page, "clear_best_interests", reason_code="mother_consents", reason="Asked by the delegate.")
    good(page, language)
    assert page.locator("input[name=move][value=consent]").count() == 1


def file_a_request(page: Page, language: str) -> None:
    page.goto(f"/{language}/request")
    page.fill("#you_name", "Ровзан Тарамова")
    page.select_option("#you_relation", "grandmother")
    page.select_option("#p1_role", "child")
    page.fill("#p1_name", "آمنة تراموفا")
    page.locator("#consent_homeward input[value=yes]").check()
    page.click("button.main")
    good(page, language)
    page.click("button.main")
    good(page, language)
    code = "-".join(one.strip().strip("-") for one in page.locator(".code span").all_inner_texts())
    page.goto(f"/{language}/code")
    page.fill("#code", code)
    page.locator("main form button").first.click()
    good(page, language)
    assert page.locator("main").inner_text() != ""


def enter_a_request(page: Page, language: str) -> None:
    page.locator("a[href='/staff/requests']").first.click()
    page.locator("a[href='/staff/requests/new']").click()
    good(page, language)
    page.select_option("#language", "ce")
    page.select_option("#channel", "phone")
    page.fill("#you_name", "Тоита Тарамова")
    page.select_option("#you_relation", "aunt")
    page.select_option("#p1_role", "child")
    page.fill("#p1_name", "Адам Тарамов")
    page.locator("#consent_homeward input[value=yes]").check()
    page.click("button.main")
    good(page, language)
    page.click("button.main")
    good(page, language)
    assert page.locator(".code span").count() == 5
    page.locator("main .buttons a[href^='/staff/requests/']").click()
    extend = page.locator("details:has(form[action$='/extend'])")
    extend.locator("summary").click()
    extend.locator("button").click()
    good(page, language)
    assert page.locator("[role=status]").count() == 1


def add_an_account(page: Page, language: str) -> None:
    page.locator("a[href='/staff/accounts']").first.click()
    page.fill("#login", "new-reviewer")
    page.fill("#password", "an invented long sentence")
    page.locator("form.narrow [name=roles][value=reviewer]").check()
    page.locator("form.narrow button.main").click()
    good(page, language)
    assert "new-reviewer" in page.inner_text("main")


def check_the_chain(page: Page, language: str) -> None:
    page.goto("/staff/audit")
    good(page, language)
    page.locator("form[action='/staff/audit'] button").click()
    assert page.locator(".note[role=status]").count() == 1
    assert "Тарамова" not in page.content()
