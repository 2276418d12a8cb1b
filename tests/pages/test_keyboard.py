"""A reviewer without a mouse: decisions by key, every action in reach of Tab, letters that stay text."""

from typing import Any

import pytest
from playwright.sync_api import Page

from schemas.review import LinkState, Move
from service.store import judgements, links
from tests.pages.conftest import DESK, Office, OpenPage
from tests.pages.looks import faults
from tests.pages.steps import act

# whatever a page offers, in the order of its text, with the place of the block that it stands in
_OFFERED = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  const all = [...document.querySelectorAll('a[href], button, summary, input, select, textarea')];
  window.offered = all.filter(e => e.type !== 'hidden' && e.checkVisibility());
  return window.offered.map(e => {
    const block = e.closest('.move, .side, section.part, header, footer')?.getBoundingClientRect();
    const words = (e.labels?.[0] || e).textContent.trim().slice(0, 40) || e.name;
    return {words, place: block ? [Math.round(block.top), Math.round(block.left)] : null};
  });
}"""
_HERE = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {
    at: window.offered.indexOf(e), body: e === document.body,
    edge: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
# boxes of text, all of them open, every other group of them shut: keys may change neither
_TOLD = "() => [location.href, ...[...document.querySelectorAll('details')].map(one => one.open)].join()"
_OPEN_TEXT = """() => document.querySelectorAll('details').forEach((one, number) => {
  one.open = number % 2 === 1 || !!one.querySelector('textarea');
})"""


def opened(open_page: OpenPage, office: Office, role: str) -> Page:
    page = open_page(DESK, staff=f"{role}@north", scripts=True)
    page.goto(f"/staff/links/{office.made['link']}")
    return page


def walked(page: Page) -> list[dict[str, Any]]:
    """Where Tab stops from the top of the page on, each stop once; a box for a date is several in one."""
    stops: list[dict[str, Any]] = []
    for _ in range(500):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here["body"] or (stops and here["at"] == stops[0]["at"]):
            return stops
        if not stops or here["at"] != stops[-1]["at"]:
            stops.append(here)
    raise AssertionError("Tab never comes back to the top of the page")


def chord(page: Page, keys: str) -> None:
    """Keys that bring the next page, and exactly one."""
    with page.expect_event("load"):
        page.keyboard.press(keys)


def test_two_people_decide_with_keys_alone(open_page: OpenPage, office: Office) -> None:
    """From the home page to a confirmed link: no click; a recommendation is one page, and claims the link."""
    first = open_page(DESK, staff="reviewer@north", scripts=True)
    first.goto("/staff")
    chord(first, "n")
    link_id = first.url.rsplit("/", 1)[1]
    loads: list[str] = []
    first.on("load", lambda loaded: loads.append(loaded.url))
    first.keyboard.press("r")
    first.keyboard.press("Tab")
    first.keyboard.type("The grandmother and the year of birth agree")
    chord(first, "Control+Enter")
    assert len(loads) == 1
    assert link_id not in first.url
    assert first.inner_text("[role=status]") == "Your judgement is kept."
    assert made(office, link_id) == (LinkState.PLAUSIBLE, [Move.CLAIM, Move.RECOMMEND])
    second = open_page(DESK, staff="second_reviewer@north", scripts=True)
    second.goto("/staff")
    chord(second, "q")
    chord(second, "n")
    assert link_id in second.url
    assert "year of birth agree" not in second.content()
    second.keyboard.press("v")
    second.keyboard.type("doc")
    second.keyboard.press("Tab")
    second.keyboard.type("A birth certificate")
    chord(second, "Control+Enter")
    assert link_id in second.url  # evidence is no end: its form stays
    second.keyboard.press("f")
    chord(second, "Control+Enter")
    assert made(office, link_id)[0] is LinkState.CONFIRMED


def made(office: Office, link_id: str) -> tuple[LinkState, list[Move]]:
    with office.staffed.store.read() as work:
        row = links.get(work.session, link_id)
        assert row is not None
        return LinkState(row.state), [Move(one.move) for one in judgements.of_link(work.session, link_id)]


def test_what_is_refused_is_read_first_and_nothing_moves(open_page: OpenPage, office: Office) -> None:
    """Without a reason a rejection is refused; the focus is on the sentence, the keys go on working."""
    page = opened(open_page, office, "reviewer")
    before = made(office, office.made["link"])
    page.keyboard.press("x")
    chord(page, "Control+Enter")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    assert faults(page) == []
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.name") == "reason_code"
    assert made(office, office.made["link"]) == before


@pytest.mark.parametrize("role", ["reviewer", "second_reviewer"])
def test_tab_reaches_every_action_in_reading_order(open_page: OpenPage, office: Office, role: str) -> None:
    """Each once, none before what stands above it, the focus always to be seen."""
    page = opened(open_page, office, role)
    offered = page.evaluate(_OFFERED)
    words = [one["words"] for one in offered]
    assert len(words) > 20
    assert {"Keep the note", "Case sheet as PDF"} <= set(words)
    stops = walked(page)
    assert [words[stop["at"]] for stop in stops if stop["at"] >= 0] == words
    assert [words[stop["at"]] for stop in stops if stop["edge"] < 2 or not stop["inside"]] == []
    places = [one["place"] for one in offered if one["place"]]
    assert places == sorted(places)  # downwards; of boxes beside each other the left one first


def test_letters_in_a_text_box_are_letters(open_page: OpenPage, office: Office) -> None:
    """Every shortcut key, in every box that takes text: nothing opens, nothing moves, the text is there."""
    page = opened(open_page, office, "reviewer")
    if page.locator("form:has(input[value=claim])").count():
        act(page, "claim")
    keys = "jk" + "".join(page.locator("[data-key]").evaluate_all("all => all.map(e => e.dataset.key)"))
    assert set("jkqmxra") <= set(keys)
    page.evaluate(_OPEN_TEXT)
    boxes = page.locator("textarea:visible, input[type=text]:visible, input:not([type]):visible")
    assert boxes.count() >= 4
    before = page.evaluate(_TOLD)
    for box in boxes.all():
        box.focus()
        page.keyboard.type(keys)
        assert box.input_value() == keys
        assert page.evaluate("e => e === document.activeElement", box.element_handle())
    assert page.evaluate(_TOLD) == before
