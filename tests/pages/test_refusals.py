"""Every form of the staff pages, sent empty, is answered in the reader's language and without a fault."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.looks import faults
from tests.pages.tour import STOPS, Stop
from tests.support.demonstration import Demonstration

LEAD = "demo-lead"
LANGUAGE, SIZE = "ru", {"width": 360, "height": 740}  # no other says as much about what was left in English
NOT_SENT = re.compile("/sign-out$|/staff/sign-in$")  # they end the visit; the walks take them
# what no language translates: our name, formats, units, identifiers and what stands between marks of a name
KEPT = re.compile(r"Homeward|CSV|TSV|XLSX|XLS|ODS|PDF|UTC|JPEG|PNG|WebP|API|ID|DNA|Prometheus|[a-z]+-[a-z]+")
WORD = re.compile(r"\b[a-z]{4,}\b")  # a name of a person begins large


@pytest.fixture
def stops() -> list[Stop]:
    """The stops of the tour that staff open, those of one address once, and two that others come to."""
    staff = [stop for stop in STOPS if stop.who]
    lead = next(replace(stop, who=LEAD) for stop in staff if stop.name == "request")
    return [*staff, lead]


@pytest.fixture
def enter(browser: Browser, own_demonstration: Demonstration) -> Iterator[object]:
    pages: dict[str, Page] = {}

    def entered(who: str) -> Page:
        if who not in pages:
            context = browser.new_context(
                viewport={"width": SIZE["width"], "height": SIZE["height"]},
                java_script_enabled=False,
                base_url=own_demonstration.address,
                locale=LANGUAGE,
            )
            context.set_default_timeout(20_000)
            context.add_cookies([own_demonstration.cookie(who)])
            pages[who] = context.new_page()
        return pages[who]

    yield entered
    for page in pages.values():
        page.context.close()


def test_a_form_sent_empty_is_answered_in_words(enter, stops: list[Stop]) -> None:
    """Nothing breaks, nothing is left in English, whatever is sent too early."""
    tried: set[str] = set()
    wrong: dict[str, object] = {}
    for stop in stops:
        page = enter(stop.who)
        kinds = forms(page, stop)
        address = page.url
        for kind in kinds:
            if kind in tried:
                continue
            status = send_empty(page, address, kind)
            if status is None:  # what was sent before took it away
                continue
            tried.add(kind)
            assert status < 500, (stop.name, kind)
            spoken = page.locator("html").get_attribute("lang")
            told = (spoken != LANGUAGE, faults(page), english(page))
            if any(told):
                wrong[f"{stop.name}: {kind}"] = told
    assert wrong == {}
    assert len(tried) > 25, sorted(tried)


def forms(page: Page, stop: Stop) -> list[str]:
    """The kinds of forms on the page: where each goes, and which step of the workflow it is."""
    page.goto(stop.address.format(language=LANGUAGE))
    stop.act(page)
    kinds = page.evaluate(
        """() => [...document.querySelectorAll('form[method=post]')].map(one =>
             new URL(one.action).pathname.replace(/[0-9a-f]{32}/g, '*')
             + ' ' + (one.querySelector('[name=move]')?.value || ''))"""
    )
    return [kind for kind in dict.fromkeys(kinds) if not NOT_SENT.search(kind.strip())]


def send_empty(page: Page, address: str, kind: str) -> int | None:
    """Sends the first form of this kind with every box emptied, past the browser's own checks; the status."""
    page.goto(address)
    there = page.evaluate(
        """kind => {
             const found = [...document.querySelectorAll('form[method=post]')].find(one =>
               new URL(one.action).pathname.replace(/[0-9a-f]{32}/g, '*')
               + ' ' + (one.querySelector('[name=move]')?.value || '') === kind);
             if (!found) return false;
             found.noValidate = true;
             for (const box of found.querySelectorAll('input:not([type]), [type=text], [type=password],'
                 + ' [type=search], [type=date], textarea')) box.value = '';
             for (const box of found.querySelectorAll('[type=checkbox], [type=radio]')) box.checked = false;
             for (let outer = found; outer; outer = outer.parentElement)
               if (outer.tagName === 'DETAILS') outer.open = true;
             found.dataset.sent = 'yes';
             return true;
           }""",
        kind,
    )
    if not there:
        return None
    with page.expect_navigation() as answered:
        page.evaluate("document.querySelector('[data-sent]').submit()")
    return answered.value.status


def english(page: Page) -> list[str]:
    """English words of the page that are nobody's name and no code."""
    text: str = page.evaluate(
        """() => {
             const copy = document.body.cloneNode(true);
             for (const one of copy.querySelectorAll('bdi, code, .quiet, footer, option')) one.remove();
             return copy.textContent;
           }"""
    )
    return WORD.findall(KEPT.sub("", text))
