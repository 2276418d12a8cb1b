"""A day at the office: signing in, the queue, the link page, two people's judgements, the wizard."""

import re

import pyotp
import pytest
from playwright.sync_api import Page

from schemas.review import LinkState
from service.security.actors import Role
from service.store import links
from tests.api.scenario import match
from tests.pages.conftest import DESK, PHONE, Office, OpenPage
from tests.pages.looks import faults
from tests.pages.steps import act
from tests.support.staffed import PASSWORD

PLACES = {
    Role.REVIEWER: ("", "/queue", "/search", "/requests", "/runs", "/exports", "/statistics", "/me"),
    Role.IMPORTER: ("", "/lists", "/runs"),
    Role.INTAKE: ("", "/requests", "/requests/new"),
    Role.ADMINISTRATOR: ("", "/accounts"),
    Role.AUDITOR: ("", "/audit"),
}
NEXT_EDITION = (
    "No;Имя;Имя матери;Пол;Год рождения;Примечание\n"
    "1;Магомед Дадаев;Зара Дадаева;м;2013;\n"
    "2;Сафия Дадаева;Зара Дадаева;ж;2015;\n"
    "3;;;;;\n"
)


def state(office: Office) -> LinkState:
    with office.staffed.store.read() as work:
        row = links.get(work.session, office.made["link"])
        assert row is not None
        return LinkState(row.state)


def test_every_staff_page_suits_the_smallest_phone(open_page: OpenPage, office: Office) -> None:
    """Labels, targets, a token in every form, no sideways scrolling, no complaint of the browser.

    At 320 pixels; the tour opens the main pages at 360 and 1280.
    """
    for role, places in PLACES.items():
        page = open_page(PHONE, staff=f"{role}@north")
        for place in places:
            page.goto(f"/staff{place}")
            assert faults(page) == [], (role, place)
    page = open_page(PHONE, staff="reviewer@north")
    for place in (f"/staff/links/{office.made['link']}", f"/staff/requests/{office.made['request']}"):
        page.goto(place)
        assert faults(page) == [], place


def test_who_is_not_signed_in_is_asked_to(open_page: OpenPage, office: Office) -> None:
    """And a wrong password is refused with one sentence, whatever was wrong."""
    page = open_page()
    page.goto("/staff/queue")
    assert page.url.endswith("/staff/sign-in")
    for login, password in (("nobody@north", PASSWORD), ("reviewer@north", "not the password")):
        page.fill("#login", login)
        page.fill("#password", password)
        page.click("button.main")
        assert page.inner_text("[role=alert]") == "The name or the password is not right."
        assert page.input_value("#password") == ""
    assert faults(page) == []
    page.fill("#login", "reviewer@north")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    assert page.url == f"{office.address}/staff"
    page.get_by_role("button", name="Sign out").click()
    page.goto("/staff")
    assert page.url.endswith("/staff/sign-in")


def test_a_second_factor_is_set_up_and_then_asked_for(open_page: OpenPage, office: Office) -> None:
    office.staffed.hire("careful@north", Role.REVIEWER)
    page = open_page(staff="careful@north")
    page.goto("/staff/second-factor")
    assert faults(page) == []
    secret = page.inner_text("strong.code")
    page.fill("#code", "000000" if pyotp.TOTP(secret).now() != "000000" else "111111")
    page.click("button.main")
    assert page.inner_text("strong.code") == secret
    page.fill("#code", pyotp.TOTP(secret).now())
    page.click("button.main")
    page.fill("#login", "careful@north")
    page.fill("#password", PASSWORD)
    page.click("button.main")
    assert "six digits" in page.inner_text("[role=alert]")


def test_roles_see_only_their_pages(open_page: OpenPage, office: Office) -> None:
    """The navigation offers what the table allows, and an address typed by hand is refused."""
    page = open_page(DESK, staff="administrator@north")
    page.goto("/staff")
    assert page.locator("nav").first.inner_text().split() == ["Home", "Accounts"]
    page.goto(f"/staff/links/{office.made['link']}")
    assert page.inner_text("h1") == "This is not open to you"
    foreign = open_page(DESK, staff="reviewer@south")
    foreign.goto(f"/staff/links/{office.made['link']}")
    there = foreign.inner_text("main")
    foreign.goto(f"/staff/links/{'0' * 32}")
    assert foreign.inner_text("main") == there  # foreign and absent look alike


def test_two_people_confirm_a_link(open_page: OpenPage, office: Office) -> None:
    """Queue, link page, recommendation; the second reviewer judges blind, and only then confirms."""
    page = open_page(DESK, staff="reviewer@north")
    page.goto("/staff/queue")
    page.select_option("#list", office.made["list"])
    page.select_option("#band", "show")
    page.get_by_role("button", name="Show").click()
    assert page.input_value("#list") == office.made["list"]
    line = page.locator(f"a[href$='{office.made['link']}']")
    assert "Цуркаев Ибрагим" in line.inner_text()
    assert "Ibrahim Tsurkaev" in line.inner_text()
    line.click()
    assert [bdi.get_attribute("dir") for bdi in page.locator("main bdi").all()[:5]] == ["auto"] * 5
    _adds_up(page)
    assert page.locator(".household li").count() >= 2
    stale = open_page(DESK, staff="reviewer@north")
    stale.goto(page.url)
    act(page, "claim")
    assert page.inner_text("[role=status]") == "Your judgement is kept."
    act(page, "reject")
    assert "Choose one of the reasons" in page.inner_text("[role=alert]")
    assert state(office) is LinkState.UNDER_REVIEW
    act(page, "recommend", reason="The mother's name and the day of birth agree.")
    assert state(office) is LinkState.PLAUSIBLE
    act(stale, "claim")
    assert "Somebody changed this since you looked" in stale.inner_text("[role=status]")
    second = open_page(DESK, staff="second_reviewer@north")
    second.goto(f"/staff/links/{office.made['link']}")
    assert "The mother's name and the day" not in second.content()
    assert "reviewer@north" not in second.locator(".history").inner_text()
    act(second, "verify", evidence_type="document", reason="Birth certificate seen in the camp office.")
    act(second, "confirm")
    assert state(office) is LinkState.CONFIRMED
    assert "The mother's name and the day" in second.locator(".history").inner_text()
    page.goto("/staff/runs")
    page.get_by_role("button", name="Match everything now").click()
    assert page.locator("a.button[href='/staff/runs']").count() == 1
    match(office.staffed)
    page.goto("/staff/runs")
    assert page.locator("a.button[href='/staff/runs']").count() == 0
    assert state(office) is LinkState.CONFIRMED  # matching again alters no human decision


def _adds_up(page: Page) -> None:
    """The rows that a reviewer reads add up to the sum that stands below them."""
    rows = [_number(words) for words in page.locator(".evidence .bits").all_inner_texts()]
    total = _number(re.findall("[+\u2212][0-9.]+", page.inner_text(".sum"))[0])
    assert len(rows) >= 4
    assert abs(sum(rows) - total) <= 0.05 * (len(rows) + 1)  # each row is rounded for itself


def _number(words: str) -> float:
    return float(words.replace("\u2212", "-"))


@pytest.mark.usefixtures("search_compiled")
def test_a_reviewer_asks_why_a_row_was_not_proposed(open_page: OpenPage, office: Office) -> None:
    """From a sought person to the lists, and from a row there to the answer; no name in an address."""
    page = open_page(PHONE, staff="reviewer@north")
    page.goto(f"/staff/requests/{office.made['request']}")
    page.get_by_role("link", name="Search the lists for this person").nth(1).click()
    assert "Цуркаев Ибрагим" in page.inner_text("p.note")
    page.fill("#name", "Yusuf Naibov")
    page.get_by_role("button", name="Search").click()
    row = page.locator("li.found", has_text="Yusuf Naibov")
    row.get_by_role("button", name="Why not this pair?").click()
    page.wait_for_url("**/staff/pairs", timeout=120_000)  # the first answer compiles the matcher
    assert faults(page) == []
    told = page.inner_text("main")
    assert "Цуркаев Ибрагим" in told
    assert "too many other records fit this person better" in told or "The pair is proposed" in told
    assert page.locator("ol.evidence > li").count() > 2


@pytest.mark.usefixtures("search_compiled")
def test_a_reviewer_searches_the_lists(open_page: OpenPage, office: Office) -> None:
    """A name in another script, a reason; the row with its link, its household; nothing in the address."""
    for size in (PHONE, DESK):
        page = open_page(size, staff="reviewer@north")
        page.goto("/staff/search")
        page.fill("#name", "Цуркаев Ибрагим")
        page.select_option("#reason", "family_asked")
        page.click("button.main")
        first = page.locator("li.found").first
        assert "Ibrahim Tsurkaev" in first.inner_text()
        assert first.locator(f"a[href='/staff/links/{office.made['link']}']").count() == 1
        assert page.url.endswith("/staff/search")
        assert faults(page) == []
        first.locator("summary").click()
        assert "Madina Tsurkaeva" in first.inner_text()
        first.get_by_role("button", name="Show the household").click()
        assert page.locator("h2#found").inner_text() == "Household: 3 people"
        assert faults(page) == []
        page.fill("#name", "Иб")
        page.click("button.main")
        assert "at least 3 letters" in page.inner_text("[role=alert]")
        assert faults(page) == []


def test_malformed_addresses_look_like_absent_ones(open_page: OpenPage, office: Office) -> None:
    """Nothing that is typed into an address reaches the database but an identifier."""
    page = open_page(staff="reviewer@north")
    for path in ("/staff/links/%00", "/staff/links/..%2f", f"/staff/links/{'g' * 32}", "/staff/requests/%F0"):
        assert page.request.get(path, headers={"accept": "text/html"}).status == 404
    for path in (
        "/staff/queue?list=%00&after=%00&state=%00",
        "/staff/runs?after='",
        "/staff/requests?after=x",
    ):
        assert page.request.get(path).status == 200


def test_a_form_without_its_token_is_refused(open_page: OpenPage, office: Office) -> None:
    page = open_page(staff="reviewer@north")
    page.goto("/staff")
    answer = page.request.post("/staff/runs", form={"csrf_token": "x" * 43}, headers={"accept": "text/html"})
    assert answer.status == 403
    assert "out of date" in answer.text()


def test_a_list_goes_through_the_wizard(open_page: OpenPage, office: Office) -> None:
    """Upload, correction of a column, commit, once only, take back."""
    page = open_page(DESK, staff="importer@north")
    page.goto("/staff/lists")
    _upload(page, "детский дом.csv", NEXT_EDITION.encode("cp1251"))
    assert faults(page) == []
    assert "cp1251" in page.inner_text("main")
    assert [page.locator(f"#column-{n}").input_value() for n in (1, 2, 3)] == ["name", "mother", "sex"]
    page.select_option("#column-5", "ignore")
    page.fill("#list_date", "2021-10-01")
    page.get_by_role("button", name="Read it again").click()
    assert page.locator("#column-5").input_value() == "ignore"
    assert "1 Oct 2021" in page.inner_text("main")
    page.get_by_role("button", name="Commit").click()
    assert page.inner_text("main .tag >> nth=0") == "committed"
    address = page.url.split("?")[0]
    page.goto("/staff/lists")
    _upload(page, "again.csv", NEXT_EDITION.encode("cp1251"))
    assert page.url.split("?")[0] == address
    assert "taken in before" in page.inner_text("[role=status]")
    page.get_by_role("button", name="Take this list back").click()
    assert "taken back" in page.inner_text("[role=status]")
    assert page.goto(address).status == 404  # type: ignore[union-attr]  # a real address has an answer


def test_a_hostile_file_gets_a_sentence(open_page: OpenPage) -> None:
    page = open_page(DESK, staff="importer@north")
    page.goto("/staff/lists")
    _upload(page, "list.xlsx", b"PK\x03\x04 but no workbook")
    assert "Nothing was stored." in page.inner_text("[role=alert]")
    assert faults(page) == []


def _upload(page: Page, name: str, data: bytes) -> None:
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": data})
    page.get_by_role("button", name="Read it").click()


def test_an_administrator_makes_changes_and_closes_accounts(open_page: OpenPage) -> None:
    """The new colleague can work at once; a closed account cannot; nobody administers and reviews."""
    page = open_page(DESK, staff="administrator@north")
    page.goto("/staff/accounts")
    _new_account(page, "newcomer", "reviewer", "administrator")
    assert "Make two accounts" in page.inner_text("[role=alert]")
    _new_account(page, "newcomer", "reviewer")
    assert page.inner_text("[role=status]") == "The account is changed."
    assert _can_sign_in(open_page(), "newcomer")
    mine = page.locator("li", has=page.get_by_role("heading", name="newcomer"))
    mine.locator("summary").click()
    mine.get_by_role("button", name="Disable").click()
    assert not _can_sign_in(open_page(), "newcomer")


def _new_account(page: Page, login: str, *roles: str) -> None:
    form = page.locator("form[action='/staff/accounts']")
    form.locator("#login").fill(login)
    form.locator("#password").fill(PASSWORD)
    for role in ("reviewer", "administrator"):
        form.locator(f"[value={role}]").set_checked(role in roles)
    form.get_by_role("button").click()


def _can_sign_in(page: Page, login: str) -> bool:
    page.goto("/staff/sign-in")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    return page.url.endswith("/staff")


def test_staff_enter_a_request_for_a_relative(open_page: OpenPage) -> None:
    """The same form inside the staff frame; the code is for the relative, shown once."""
    page = open_page(DESK, staff="intake@north")
    page.goto("/staff/requests/new")
    page.select_option("#language", "ce")
    page.select_option("#channel", "phone")
    page.fill("#you_name", "Тоита")
    page.select_option("#you_relation", "aunt")
    page.select_option("#p1_role", "child")
    page.fill("#p1_name", "Адам Висаитов")
    page.click("button[value=add]")
    page.click("button[value='remove:2']")
    page.locator("#consent_homeward input[value=yes]").check()
    page.click("button.main")
    assert faults(page) == []
    page.click("button.main")
    assert page.locator(".code span").count() == 5
    page.get_by_role("link", name="Open the request").click()
    assert "Адам Висаитов" in page.inner_text("main")
    assert ", phone" in page.inner_text("main")
    page.get_by_role("button", name="Show how to reach").click()
    assert "left no address" in page.inner_text("main")


def test_the_auditor_sees_acts_and_no_names(open_page: OpenPage) -> None:
    page = open_page(DESK, staff="auditor@north")
    page.goto("/staff/audit")
    page.get_by_role("button", name="Check the whole chain").click()
    assert "The chain holds" in page.inner_text("[role=status]")
    assert "request.filed" in page.inner_text("main")
    assert not re.search("Цуркаев|Tsurkaev", page.content())
