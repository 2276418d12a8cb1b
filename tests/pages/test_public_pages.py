"""What a relative meets: on a small phone, without scripts, in each language."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from schemas.review import PublicStatus
from service.cases import requests
from service.languages import USUAL as LANGUAGES
from service.pages.words import words_of
from service.security.actors import Actor, Role
from service.security.codes import check_code
from tests.pages.conftest import Office, OpenPage
from tests.pages.looks import faults

SIZES = ({"width": 320, "height": 640}, {"width": 360, "height": 740}, {"width": 1280, "height": 900})
PLACES = ("", "request", "code", "help", "privacy")
MOST_BYTES = 50 * 1024
# mother, her kunya, the child, the enquirer: invented, as people of these languages would write them
NAMES = {
    "ru": ("Алмурзаева Залина Руслановна", "Умм Юсуф", "Юсуф", "Аминат"),
    "en": ("Zalina Almurzaeva", "Umm Yusuf", "Yusuf", "Aminat"),
    "ar": ("زالينا المرزايفا", "أم يوسف", "يوسف", "أمينة"),
    "fr": ("Leïla Almourzaïeva", "Oum Youssef", "Youssef", "Aminat"),
    "tr": ("Zeynep Karagülle", "Ümmü Yusuf", "Yusuf", "Emine"),
    "uz": ("Yoʻldosheva Dilnoza Rustam qizi", "Ummu Yusuf", "Yusuf", "Oygul"),
    "tg": ("Саидзода Зарина", "Умму Юсуф", "Юсуф", "Гулҷаҳон"),
    "kk": ("Сәрсенова Ләззат Ерланқызы", "Умму Юсуф", "Юсуф", "Айгүл"),
    "ky": ("Токтобекова Гүлнара", "Умму Юсуф", "Юсуф", "Айнура"),
    "ce": ("Тарамова Зулай", "Умму Юсуп", "Юсуп", "Петимат"),
}


def fill(page: Page, language: str) -> None:
    """A mother, her named child and one that the enquirer cannot name; consent to the matching only."""
    mother, kunya, child, enquirer = NAMES[language]
    page.goto(f"/{language}/request")
    page.fill("#you_name", enquirer)
    page.select_option("#you_relation", "grandmother")
    page.fill("#contact_telephone", "+7 900 555 02 02")
    page.select_option("#p1_role", "mother")
    page.fill("#p1_name", mother)
    page.fill("#p1_kunya", kunya)
    page.fill("#p1_year", "1991")
    page.click("button[value=add]")
    page.select_option("#p2_role", "child")
    page.fill("#p2_name", child)
    page.fill("#p2_age", "٥")
    page.fill("#p2_seen", "2019")
    page.click("button[value=add_nameless]")
    page.fill("#place", "Baghuz")
    page.fill("#place_year", "2019")
    page.locator("#consent_homeward input[value=yes]").check()
    page.locator("#consent_detaining input[value=no]").check()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_suits_every_screen(open_page: OpenPage, language: str) -> None:
    """No sideways scrolling, labels, large targets, one heading, the language said, no cookie, <= 50 KB."""
    for size in SIZES:
        page = open_page(size)
        for place in PLACES:
            answer = page.goto(f"/{language}/{place}")
            assert answer is not None
            assert faults(page) == [], (place, size)
            sheet = page.request.get("/static/homeward.css").body()
            assert len(answer.body()) + len(sheet) <= MOST_BYTES, place
            assert page.locator("html").get_attribute("dir") == words_of(language).direction
            warned = words_of(language)("site.unread") in page.inner_text("footer")
            assert warned is (language == "ar")
        assert page.context.cookies() == []


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_request_goes_from_the_empty_form_to_its_receipt(
    open_page: OpenPage, language: str, width: int
) -> None:
    """Added cards keep what was typed, the check page shows it, the receipt holds a code that works."""
    page = open_page({"width": width, "height": 640})
    fill(page, language)
    assert page.input_value("#p1_name") == NAMES[language][0]
    assert page.input_value("#p2_age") == "٥"
    assert page.is_checked("#p3_nameless")
    assert faults(page) == []
    page.click("button.main")
    shown = page.inner_text("main")
    assert all(name in shown for name in NAMES[language])
    assert faults(page) == []
    page.click("button.main")
    assert faults(page) == []
    code = page.inner_text(".code").replace("\n", "").replace(" ", "")
    assert check_code(code) is not None
    assert page.locator(".qr svg").count() == 1
    page.goto(f"/{language}/code")
    page.fill("#code", code.lower().replace("-", " "))
    page.click("button.main")
    assert words_of(language)("code.received") in page.inner_text("main")
    assert code not in page.url
    assert faults(page) == []
    assert page.context.cookies() == []


def test_problems_stand_beside_their_boxes_and_nothing_typed_is_lost(open_page: OpenPage) -> None:
    """Plain words, never blame; the summary leads to the box, also into a folded part."""
    page = open_page()
    fill(page, "ru")
    page.fill("#p2_seen", "")
    page.locator("#person-2 summary").click()
    page.fill("#p2_place_year", "3000")
    page.click("button.main")
    t = words_of("ru")
    assert page.inner_text("#p2_seen-problem") == t("problem.age_year")
    assert page.inner_text("#problems").count("\n") >= 2
    assert page.input_value("#p2_name") == NAMES["ru"][2]
    assert page.is_checked("#consent_homeward input[value=yes]")
    page.fill("#p2_seen", "2019")
    page.click("button.main")
    assert page.is_visible("#p2_place_year-problem")
    assert faults(page) == []


def test_the_same_form_sent_twice_is_one_request(open_page: OpenPage, office: Office) -> None:
    """A double tap, or a reload of the receipt, gives the same code and files nothing more."""
    page = open_page()
    fill(page, "en")
    page.click("button.main")
    boxes = page.eval_on_selector_all("main input[type=hidden]", "all => all.map(i => [i.name, i.value])")
    form = dict(boxes) | {"do": "send"}
    before = _open_requests(office)
    answers = [page.request.post("/en/request", form=form).text() for _ in range(2)]
    codes = [re.findall(r"<span>([0-9A-Z]{5})", answer) for answer in answers]
    assert len(codes[0]) == 5
    assert codes[0] == codes[1]
    assert _open_requests(office) == before + 1


def _actor(office: Office, role: Role) -> Actor:
    name = f"{role}@north"
    return Actor(office.staffed.accounts[name], office.staffed.organisations["north"], frozenset({role}))


def _open_requests(office: Office) -> int:
    with office.staffed.store.begin() as work:
        return len(requests.list_requests(work, _actor(office, Role.INTAKE), limit=200).rows)


def test_a_code_opens_the_coarse_state_its_consents_and_the_way_out(
    open_page: OpenPage, office: Office
) -> None:
    """Only a human release changes the state; a yes can be taken back; then the whole request."""
    page = open_page()
    fill(page, "en")
    page.locator("#consent_icrc input[value=yes]").check()
    page.click("button.main")
    page.click("button.main")
    code = "".join(page.locator(".code span").all_inner_texts())
    _show(page, code)
    page.get_by_role("button", name=words_of("en")("consents.title")).click()
    question = page.locator("fieldset", has_text="Red Cross")
    question.locator("input").check()
    page.click("button.stop")
    assert words_of("en")("consents.taken") in page.locator("fieldset", has_text="Red Cross").inner_text()
    assert faults(page) == []
    _show(page, code)
    page.locator("summary").click()
    page.click("button.stop")
    assert words_of("en")("code.withdraw_tick") in page.inner_text("main")
    page.check("[name=sure]")
    page.click("button.stop")
    assert words_of("en")("code.withdrawn_title") in page.inner_text("h1")
    _show(page, code)
    withdrawn = page.content()
    _show(page, "00000-00000-00000-00000-00000")
    assert page.content().replace("00000-00000-00000-00000-00000", code) == withdrawn


def _show(page: Page, code: str) -> None:
    page.goto("/en/code")
    page.fill("#code", code)
    page.click("button.main")


@pytest.mark.parametrize("status", list(PublicStatus))
def test_the_state_is_one_of_four_sentences(
    open_page: OpenPage, office: Office, status: PublicStatus
) -> None:
    """What a reviewer released, in the relative's language, and nothing beside it."""
    lead = _actor(office, Role.CHILD_PROTECTION_LEAD)
    with office.staffed.store.begin() as work:
        requests.set_public_status(work, lead, office.made["request"], status)
    page = open_page()
    page.goto("/ar/code")
    page.fill("#code", office.made["code"])
    page.click("button.main")
    t = words_of("ar")
    assert page.inner_text(".status") == t(f"code.{status.value}")
    others = [t(f"code.{other.value}_words") for other in PublicStatus if other is not status]
    assert not any(words in page.inner_text("main") for words in others)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/ru/nowhere", 404, "Такой страницы нет"),
        ("/ar/nowhere", 404, "لا توجد"),
        ("/en/request", 413, "too much"),
    ],
)
def test_errors_are_pages_in_plain_words(open_page: OpenPage, path: str, status: int, words: str) -> None:
    """A relative never meets a machine's error, whatever went wrong; nor an echo of what was sent."""
    page = open_page()
    if status == 413:
        answer = page.request.post(path, form={"story": "secret" * 60_000}, headers={"accept": "text/html"})
        assert (answer.status, words in answer.text(), "secretsecret" in answer.text()) == (413, True, False)
        return
    page.goto(path)
    assert words in page.inner_text("h1")
    assert faults(page) == []


@pytest.mark.parametrize(("typed", "language"), [("/", "ar"), ("/ru", "ru"), ("/request", "ar")])
def test_short_addresses_lead_on(browser: Browser, office: Office, typed: str, language: str) -> None:
    """An address without a language leads to the browser's; one without its slash is forgiven."""
    context = browser.new_context(locale="ar-IQ", base_url=office.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(typed)
    assert page.locator("html").get_attribute("lang") == language
    context.close()


def test_another_site_cannot_send_the_form(office: Office, open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/en/")
    answer = page.request.post(
        "/en/request", form={"do": "check"}, headers={"origin": "https://elsewhere.example"}
    )
    assert answer.status == 403


def test_the_palette_can_be_read() -> None:
    """Every pair of ink and paper in the style sheet reaches the contrast of WCAG 2.2 AA (4.5)."""
    sheet = Path("service/pages/static/homeward.css").read_text("utf-8")
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", sheet))
    papers = ("paper", "card", "caution-paper", "stop-paper")
    pairs = [(ink, paper) for ink in ("ink", "soft", "action", "caution", "stop") for paper in papers[:2]]
    pairs += [("ink", paper) for paper in papers] + [("caution", "caution-paper"), ("stop", "stop-paper")]
    for ink, paper in pairs:
        assert _contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)
    assert _contrast("#ffffff", colours["action"]) >= 4.5
    assert _contrast(colours["edge"], "#ffffff") >= 3  # the border of a box


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
