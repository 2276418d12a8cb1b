"""Every main page over the demonstration's data, in three languages, on a phone and at a desk.

With HOMEWARD_PICTURES=<folder> the pages are photographed on the way (`make pictures`).
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.pages.looks import faults
from tests.pages.tour import STOPS, Stop
from tests.support.demonstration import Demonstration

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
SIZES = {"phone": PHONE, "desk": DESK}
LANGUAGES = ("en", "ru", "ar")
PICTURED = ("en", "ar")
LONGEST = 2400  # pixels of a picture; what is further down says nothing new
COLOURS = 48
HEAD = (
    "Every main page as `make pictures` photographs it over the data of `make demo`: in English and Arabic, "
    "on a phone (360 pixels wide) and at a desk (1280). All people are invented. The command writes this "
    "page too."
)
ALBUM = os.environ.get("HOMEWARD_PICTURES", "")


@pytest.fixture
def visit(browser: Browser, demonstration: Demonstration) -> Iterator[object]:
    """Opens stops on a fresh profile per account; fails afterwards if a browser complained."""
    told: list[str] = []
    pages: dict[str, Page] = {}

    def opened(stop: Stop, language: str, size: dict[str, int]) -> Page:
        page = pages.get(stop.who) or entered(stop.who, language, size)
        page.goto(stop.address.format(language=language))
        stop.act(page)
        return page

    def entered(who: str, language: str, size: dict[str, int]) -> Page:
        context = browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            java_script_enabled=False,
            base_url=demonstration.address,
            locale=language,
        )
        context.set_default_timeout(20_000)
        if who:
            context.add_cookies([demonstration.cookie(who)])
        pages[who] = context.new_page()
        pages[who].on("console", lambda message: told.append(message.text))
        return pages[who]

    yield opened
    for page in pages.values():
        page.context.close()
    assert told == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_main_page_suits_its_reader(visit, language: str, size: str) -> None:
    """In the reader's language and direction, without a fault that a program can see."""
    found = {}
    if ALBUM:
        write_album(Path(ALBUM))
    for stop in STOPS:
        page = visit(stop, language, SIZES[size])
        root = page.locator("html")
        assert root.get_attribute("lang") == language, stop.name
        assert root.get_attribute("dir") == ("rtl" if language == "ar" else "ltr"), stop.name
        found[stop.name] = faults(page)
        if ALBUM and language in PICTURED:
            photograph(page, Path(ALBUM) / f"{stop.name}-{language}-{size}.png")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def write_album(folder: Path) -> None:
    """The page of the documentation that shows the pictures, in the order of the tour."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["# The pages", "", HEAD, ""]
    for stop in STOPS:
        shown = " ".join(
            f'<img src="images/pages/{stop.name}-{language}-{size}.png" width="{width}" '
            f'alt="{stop.title}, {size}, {"Arabic" if language == "ar" else "English"}">'
            for language in PICTURED
            for size, width in (("phone", 150), ("desk", 330))
        )
        lines += [f"## {stop.title}", "", shown, ""]
    (folder.parents[1] / "pictures.md").write_text("\n".join(lines), encoding="utf-8")


def photograph(page: Page, path: Path) -> None:
    """The page as a small picture of few colours, from its top to where it repeats itself."""
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    shown = whole.crop((0, 0, whole.width, min(whole.height, LONGEST))).convert("RGB")
    shown.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
