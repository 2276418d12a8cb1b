"""Staff pages and papers that run from right to left: what quotes, counts and draws still reads rightly."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page

from service import speech
from service.pages import inert
from service.pages.staff_words import bits, percent
from service.printing.pdf import directed
from service.wording import day
from tests.pages.conftest import DESK, PHONE, Office, OpenPage

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
_EDGES = """(element, [sign, digit]) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const middle = wanted => {
    walker.currentNode = element;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.search(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      const box = range.getBoundingClientRect();
      return (box.left + box.right) / 2;
    }
  };
  return [middle(sign), middle(digit)];
}"""
_BARS = """all => all.map(bar => {
  const [inner, outer] = [bar.getBoundingClientRect(), bar.closest('svg').getBoundingClientRect()];
  return [inner.left - outer.left, outer.right - inner.right, inner.width];
})"""


def order(element: Locator, first: str, second: str) -> bool:
    """Whether the first sign stands left of the second as a browser laid them out."""
    left, right = element.evaluate(_EDGES, [first, second])
    return bool(left < right)


def opened(open_page: OpenPage, office: Office, size: dict[str, int], language: str, where: str = "") -> Page:
    page = open_page(size, staff="reviewer@north")
    page.goto(f"{where or '/staff/links/' + office.made['link']}?language={language}")
    return page


@SIZES
def test_signs_and_units_keep_their_side(open_page: OpenPage, office: Office, size: dict[str, int]) -> None:
    """Plus and minus stand left of their number, the per cent right of it, in a line and in a drawing."""
    page = opened(open_page, office, size, "ar")
    assert page.locator("html").get_attribute("dir") == "rtl"
    for label in page.locator(".evidence .bits").all():
        assert order(label, "[+\u2212]", r"\d"), label.inner_text()
    assert order(page.locator(".sum"), "[+\u2212]", r"\d")
    assert order(page.locator("h1"), r"\d", "%")


@SIZES
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_bar_begins_at_its_words(
    open_page: OpenPage, office: Office, size: dict[str, int], language: str
) -> None:
    """A bar of the home page grows away from what it counts; the waterfall starts where reading starts."""
    page = opened(open_page, office, size, language, "/staff")
    near = 0 if language == "en" else 1
    bars = [one for one in page.locator(".figure rect").evaluate_all(_BARS) if one[2] > 0]
    assert bars
    assert all(abs(bar[near]) < 1 for bar in bars)
    page = opened(open_page, office, size, language)
    drawn = page.locator(".evidence rect")
    places = [float(one.get_attribute("x") or 0) for one in drawn.all()]
    widths = page.locator(".evidence svg").evaluate_all("all => all.map(one => one.clientWidth)")
    for place, width, bar in zip(places, widths, drawn.evaluate_all(_BARS), strict=True):
        assert bar[near] == pytest.approx(place * width / 240, abs=1)


@SIZES
def test_the_family_begins_where_reading_begins(
    open_page: OpenPage, office: Office, size: dict[str, int]
) -> None:
    """Columns keep their order, the first one on the right; letters are not mirrored, nothing is lost."""
    columns = {}
    for language in ("en", "ar"):
        page = opened(open_page, office, size, language)
        texts = page.locator(".graph text.named")
        boxes = texts.evaluate_all("all => all.map(one => one.getBoundingClientRect().x)")
        columns[language] = list(zip(boxes, texts.all_text_contents(), strict=True))
        assert all(texts.evaluate_all("all => all.map(one => one.getScreenCTM().a > 0)"))
        frames = page.locator(".graph rect.who").evaluate_all(
            "all => all.map(one => one.getScreenCTM().a > 0)"
        )
        assert set(frames) == {language == "en"}
    names = {language: _in_order(found) for language, found in columns.items()}
    assert names["ar"] == list(reversed(names["en"]))
    assert len(names["en"]) > 1


def _in_order(found: list[tuple[float, str]]) -> list[str]:
    """The sought names from left to right."""
    return [name for _x, name in sorted(found) if "Ц" in name]


def test_what_is_written_in_the_drawing_runs_in_its_own_direction(
    open_page: OpenPage, office: Office
) -> None:
    """A Cyrillic name that was cut ends at its dots in an Arabic page too."""
    page = opened(open_page, office, DESK, "ar")
    kinds = page.locator(".graph text").evaluate_all(
        "all => all.map(one => getComputedStyle(one).unicodeBidi)"
    )
    assert set(kinds) == {"plaintext"}


@pytest.mark.parametrize(
    ("sentence", "apart"),
    [
        ("أيضًا: Дениев Муслим = DENIEV Muslim (+5.4).", ["Дениев Муслим", "DENIEV Muslim", "+5.4"]),
        ("السواكن: ма-л-ка-н ~ مل-كا-ن", ["ма-л-ка-н"]),
        ("انظروا docs/lists.md.", ["docs/lists.md"]),
        ("Yo\u02bbldoshev O\u2019g\u2018li", ["Yo\u02bbldoshev O\u2019g", "li"]),
        ("في 2021-10-01 وبعد \u22122.0", ["2021-10-01", "\u22122.0"]),
        ("الصف 12، آمنة بنت يوسف.", []),
    ],
)
def test_an_arabic_sentence_keeps_apart_what_runs_the_other_way(sentence: str, apart: list[str]) -> None:
    """Names in other letters, numbers with a sign or dashes; plain numbers and Arabic names need nothing."""
    assert re.findall('<bdi dir="auto">(.*?)</bdi>', str(inert.prose(sentence, "rtl"))) == apart


@given(
    st.lists(
        st.sampled_from(["Барият", "=", "باريات", "(+4.0);", "عبد الله", "<b>", "\u202e", "12", "UTF-8."]),
        max_size=9,
    )
)
def test_an_arabic_sentence_keeps_every_word(words: list[str]) -> None:
    """Whatever is quoted: nothing is lost, reordered or left unescaped."""
    sentence = " ".join(words)
    shown = str(inert.prose(sentence, "rtl"))
    assert shown.replace('<bdi dir="auto">', "").replace("</bdi>", "") == str(inert._spelt(sentence))
    assert shown.count("<bdi") == shown.count("</bdi>")


def test_numbers_and_dates_are_those_of_the_reader() -> None:
    """Marks of direction are in Arabic alone; its months are those of Iraq, Syria and Lebanon."""
    when = date(2021, 10, 1)
    assert (bits(6.14), percent(0.94), day(when)) == ("+6.1", "94 %", "1 Oct 2021")
    with speech.speaking("ar"):
        assert (bits(6.14), bits(-2), percent(0.94)) == (
            "\u200e+6.1\u200e",
            "\u200e\u22122.0\u200e",
            "\u200e94%\u200e",
        )
        assert day(when).replace("\xa0", " ") == "1 تشرين الأول 2021"
        assert bits(0) == "0"


def test_a_printed_name_has_its_direction_said() -> None:
    """The first letter decides, past digits and tags; without a letter a line runs from left to right."""
    name = '<bdi dir="auto">{}</bdi>'
    for text, direction in (("12 آمنة Amina", "rtl"), ("<b>Амина</b>", "ltr"), ("2019-02", "ltr")):
        assert directed(name.format(text)) == f'<bdi dir="{direction}">{text}</bdi>'


def words_of(pdf: bytes, directory: Path) -> list[tuple[float, float, str]]:
    """Every word of the first page with its left edge and its height on the page."""
    file = directory / "x.pdf"
    file.write_bytes(pdf)
    found = subprocess.run(["pdftotext", "-bbox", "-l", "1", str(file), "-"], capture_output=True, check=True)
    pattern = r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>(.*?)</word>'
    return [(float(x), float(y), word) for x, y, word in re.findall(pattern, found.stdout.decode())]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_case_sheet_runs_as_its_reader_reads(office: Office, tmp_path: Path, language: str) -> None:
    """The request stands where reading begins, a label before its value, a minus before its number."""
    reviewer = office.staffed.sign_in("reviewer@north")
    sheet = f"/staff/links/{office.made['link']}/sheet.pdf?language={language}"
    words = words_of(reviewer.get(sheet).content, tmp_path)
    sign = 1 if language == "en" else -1
    sought = next(x for x, _y, word in words if word == "Цуркаев")
    recorded = next(x for x, _y, word in words if word == "Tsurkaev")
    assert sign * (recorded - sought) > 0
    label = {"en": "sex", "ar": "الجنس"[::-1]}[language]  # a reader of lines tells letters from left to right
    height = next(y for _x, y, word in words if word == label)
    row = sorted((sign * x, word) for x, y, word in words if y == height)
    assert row[0][1] == label
    assert len(row) > 3
    weights = [word.strip("().;\u200e") for _x, _y, word in words if re.search("[+\u2212]", word)]
    assert len(weights) > 3
    assert all(re.fullmatch(r"[+\u2212][0-9.]+", weight) for weight in weights), weights
