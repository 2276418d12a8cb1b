"""What a relative does later, with the code: correct, add, write, answer, download. And the other way in."""

import json

from playwright.sync_api import Page

from service.cases import correspondence, requests
from service.pages.words import words_of
from service.security.actors import Actor, Role
from tests.pages.conftest import Office, OpenPage
from tests.pages.looks import faults

T = words_of("en")


def one_by_one(page: Page, language: str) -> str:
    """Files a request on the pages with one question each; the code."""
    t = words_of(language)
    page.goto(f"/{language}/")
    page.get_by_role("link", name=t("request.by_steps")).click()
    page.click("button.main")
    assert page.is_visible("#you_name-problem")
    page.fill("#you_name", "Аминат")
    page.select_option("#you_relation", "grandmother")
    forward(page, 3)
    page.select_option("#p1_role", "mother")
    page.fill("#p1_name", "Залина Алмурзаева")
    forward(page, 2)
    page.fill("#p1_age", "25")
    page.click("button.main")
    assert page.is_visible("#p1_seen-problem")
    page.fill("#p1_seen", "2017")
    forward(page, 3)
    page.click("button[value=add_nameless]")
    assert page.is_checked("#p2_nameless")
    forward(page, 5)
    assert "Залина Алмурзаева" in page.inner_text("main")
    page.fill("#unnamed", "1")
    forward(page, 4)
    page.click("button.main")
    assert page.is_visible("#consent_homeward-problem")
    page.locator("#consent_homeward input[value=yes]").check()
    forward(page, 7)
    assert faults(page) == []
    page.click("button[value='change:you']")
    assert page.input_value("#you_name") == "Аминат"
    page.get_by_role("button", name=t("request.whole")).click()
    assert page.input_value("#p1_age") == "25"
    page.click("button.main")
    page.click("button.main")
    return "".join(page.locator(".code span").all_inner_texts())


def forward(page: Page, pages: int) -> None:
    for _ in range(pages):
        page.click("button.main")


def show(page: Page, code: str, language: str = "en") -> None:
    page.goto(f"/{language}/code")
    page.fill("#code", code)
    page.click("button.main")


def test_one_question_at_a_time_leads_to_the_same_request(open_page: OpenPage, office: Office) -> None:
    """Each page checks its own boxes only; back and forth nothing is lost; both ways can be mixed."""
    for language, width in (("ru", 320), ("ar", 360)):
        page = open_page({"width": width, "height": 640})
        code = one_by_one(page, language)
        show(page, code)
        page.get_by_role("button", name=T("code.correct_title")).click()
        assert page.input_value("#p1_name") == "Залина Алмурзаева"
        assert page.input_value("#p1_seen") == "2017"
        assert page.is_checked("#p2_nameless")
        assert page.input_value("#unnamed") == "1"
        assert faults(page) == []


def test_a_relative_corrects_adds_and_downloads(open_page: OpenPage, office: Office) -> None:
    """The correction is checked like the first request and changes nothing before it is sent."""
    page = open_page()
    code = one_by_one(page, "en")
    show(page, code)
    page.locator("button[value=first_add]").click()
    assert page.locator(".person").count() == 3
    page.select_option("#p3_role", "child")
    page.fill("#p3_name", "Юсуф")
    page.fill("#p1_name", "Залина Русланова")
    page.click("button.main")
    assert "Юсуф" in page.inner_text("main")
    page.click("button.main")
    assert T("code.said_corrected") in page.inner_text("main")
    assert faults(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name=T("code.download")).click()
    held = json.loads(download.value.path().read_text("utf-8"))
    assert [one["person"]["names"][0]["text"] for one in held["sought"] if one["name_known"]] == [
        "Залина Русланова",
        "Юсуф",
    ]
    assert held["sought"][0]["person_id"] == "1"


def test_a_correction_of_what_changed_meanwhile_is_asked_for_again(
    open_page: OpenPage, office: Office
) -> None:
    """Two telephones with one code: the later correction never overwrites the earlier one unseen."""
    first, second = open_page(), open_page()
    code = one_by_one(first, "en")
    for page in (first, second):
        show(page, code)
        page.get_by_role("button", name=T("code.correct_title")).click()
    first.fill("#you_place", "Шали")
    first.click("button.main")
    first.click("button.main")
    second.fill("#you_name", "Другая")
    second.click("button.main")
    second.click("button.main")
    assert T("code.correct_changed") in second.inner_text("main")
    assert second.input_value("#you_place") == "Шали"


def test_staff_ask_and_the_relative_answers(open_page: OpenPage, office: Office) -> None:
    """A question is released by a second reviewer, shows with the code, and its answer reaches the staff."""
    lead = Actor(
        office.staffed.accounts["child_protection_lead@north"],
        office.staffed.organisations["north"],
        frozenset({Role.CHILD_PROTECTION_LEAD}),
    )
    with office.staffed.store.begin() as work:
        correspondence.ask_relative(work, lead, office.made["request"], "Опишите бабушку по матери.")
    page = open_page()
    show(page, office.made["code"], "ru")
    assert "Опишите бабушку" in page.inner_text("#messages")
    assert page.inner_text(".status") == words_of("ru")("code.contact_us")
    page.get_by_role("button", name=words_of("ru")("code.message_send")).click()
    assert page.is_visible("#message-problem")
    page.fill("#message", "Её звали Петимат.")
    page.get_by_role("button", name=words_of("ru")("code.message_send")).click()
    assert words_of("ru")("code.said_yes") in page.inner_text("main")
    assert faults(page) == []
    with office.staffed.store.begin() as work:
        said = correspondence.read_messages(work, lead, office.made["request"])
        assert [message.unread for message in said] == [False, True]
        assert not correspondence.read_messages(work, lead, office.made["request"])[1].unread
        assert requests.read_request(work, lead, office.made["request"]).public_status == "contact_us"


def test_a_draft_is_kept_on_the_telephone_only_when_asked(open_page: OpenPage) -> None:
    """The file holds what was typed; the service holds nothing; another file is refused in plain words."""
    page = open_page()
    page.goto("/en/request/steps")
    page.fill("#you_name", "Аминат")
    page.select_option("#you_relation", "grandmother")
    page.click("button.main")
    with page.expect_download() as download:
        page.get_by_role("button", name=T("request.keep")).click()
    kept = download.value.path().read_bytes()
    assert download.value.suggested_filename == "draft.json"
    page.goto("/en/request")
    page.locator("summary", has_text=T("request.open_title")).click()
    for content, opened in ((b"{}", False), (kept, True)):
        page.set_input_files(
            "#draft", {"name": "draft.json", "mimeType": "application/json", "buffer": content}
        )
        page.get_by_role("button", name=T("request.open"), exact=True).click()
        assert (page.input_value("#you_name") == "Аминат") is opened
        assert (T("request.open_failed") in page.inner_text("main")) is not opened
        assert faults(page) == []
        if not opened:
            page.locator("summary", has_text=T("request.open_title")).click()
