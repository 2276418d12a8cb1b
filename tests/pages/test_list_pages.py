"""The importer's pages: what is remembered, what changed, how good a list is, and paper typed in."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page

from tests.api.scenario import LIST, publish
from tests.pages.conftest import DESK, Office, OpenPage
from tests.pages.looks import faults

PHONE = {"width": 360, "height": 740}
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
STRANGE = "Lfd;Alpha;Beta\n" + "".join(f"{n};Zarema Adieva {n};Khava {n}\n" for n in range(8))


def paper() -> bytes:
    """A tall page, as a telephone photographs it."""
    kept = io.BytesIO()
    Image.new("RGB", (600, 900), "#e8e0d0").save(kept, "PNG")
    return kept.getvalue()


def in_languages(page: Page) -> list[str]:
    """What is wrong with the page left to right and right to left."""
    address = page.url.split("#")[0]
    joined = "&" if "?" in address else "?"
    found: list[str] = []
    for language in ("ar", "en"):
        page.goto(f"{address}{joined}language={language}")
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        found += faults(page)
    return found


def upload(page: Page, name: str, text: str) -> None:
    page.goto("/staff/lists")
    page.set_input_files("#file", {"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    page.get_by_role("button", name="Read it").click()


@SIZES
def test_corrections_come_back_by_themselves(open_page: OpenPage, size: dict[str, int]) -> None:
    """The next file of a form is read as corrected, the page says since when, and one button undoes it."""
    page = open_page(size, staff="importer@north")
    form = STRANGE.replace("Lfd", f"Lfd {size['width']}")
    upload(page, "first.csv", form)
    page.select_option("#column-2", "mother")
    page.get_by_role("button", name="Read it again").click()
    page.get_by_role("button", name="Commit").click()
    upload(page, "second.csv", form.replace("Zarema", "Aminat").replace("Khava", "Petimat"))
    assert page.input_value("#column-2") == "mother"
    assert "as you corrected that one on" in page.inner_text("main")
    assert in_languages(page) == []
    page.get_by_role("button", name="Take these corrections back").click()
    assert page.input_value("#column-2") != "mother"
    assert "as you corrected that one on" not in page.inner_text("main")
    page.get_by_role("button", name="Discard this preview").click()
    assert "discarded" in page.inner_text("[role=status]")
    assert page.url.split("?")[0].endswith("/staff/lists")


@SIZES
def test_an_edition_shows_who_is_new_gone_and_changed(
    open_page: OpenPage, office: Office, size: dict[str, int]
) -> None:
    """Names and rows before the commit, the changed cells side by side, and the quality of the list."""
    tag = "Mars" if size is PHONE else "Juno"
    first = LIST.replace(",Name", f",Name {tag}").replace("Tsurkaev", f"{tag}aev")
    publish(office.staffed.sign_in("importer@north"), first, f"{tag}.csv")
    page = open_page(size, staff="importer@north")
    newer = first.replace("5,Fatima Almurzaeva,Aminat,F,2013,Kazakh,\n", "").replace("2011", "2012")
    upload(page, f"{tag}.csv", newer + "7,Zara Naibova,Petimat,F,2018,Tajik,\n")
    told = page.inner_text("#difference")
    assert "People before: 6, now: 6. Rows unchanged: 4, changed: 1, new: 1, gone: 1." in told
    assert "row 7: Zara Naibova" in told
    assert "row 6: Fatima Almurzaeva" in told
    assert "Date of birth (1)" in told
    assert "2011\t2012" in page.inner_text("#difference tbody")
    assert "0 of 6 (0 %)" in page.inner_text("#quality")
    assert "Children without a mother on the list" in page.inner_text("#quality")
    assert in_languages(page) == []
    page.get_by_role("button", name="Discard this preview").click()


@SIZES
def test_paper_is_typed_in_beside_its_picture(
    open_page: OpenPage, office: Office, size: dict[str, int]
) -> None:
    """From the picture over the rows to the committed list, without scripts; a refusal loses no word."""
    page = open_page(size, staff="importer@north")
    page.goto("/staff/lists")
    page.get_by_text("Type in a list that is on paper").click()
    page.fill("#typed_title", f"Sector {size['width']}")
    page.fill("#typed_date", "2020-03-15")
    page.get_by_role("button", name="Begin").click()
    page.fill("#r1_name", "زليخة عمروف")
    page.fill("#r2_name", "Хамза")
    page.set_input_files("#picture", {"name": "p.png", "mimeType": "image/png", "buffer": b"no picture"})
    page.get_by_role("button", name="Add it").click()
    assert "no picture that can be kept" in page.inner_text("[role=alert]")
    assert (page.input_value("#r1_name"), page.input_value("#r2_name")) == ("زليخة عمروف", "Хамза")
    assert faults(page) == []
    page.fill("#r2_age", "some years")
    page.select_option("#r2_sex", "M")
    page.set_input_files("#picture", {"name": "p.png", "mimeType": "image/png", "buffer": paper()})
    page.get_by_role("button", name="Add it").click()
    page.wait_for_load_state()  # the picture too
    assert page.locator(".sheet img").evaluate("img => img.complete && img.naturalWidth > 0")
    assert "The age is not understood" in page.inner_text("fieldset:nth-of-type(2)")
    assert in_languages(page) == []
    _beside(page, size)
    rows = page.locator("fieldset.typed").count()
    page.fill("#r3_name", "Sumaya")
    page.get_by_role("button", name="More rows").click()
    assert page.locator("fieldset.typed").count() == rows + 10
    page.fill("#r2_age", "about 7")
    page.get_by_role("button", name="New page").click()
    page.fill("#r1_name", "Aslan")
    page.get_by_role("button", name="Save and look at the list").click()
    assert "4 people" in page.inner_text("main")
    page.get_by_role("link", name="Type on beside the picture").click()
    assert page.input_value("#r3_name") == "Sumaya"
    page.go_back()
    page.get_by_role("button", name="Commit").click()
    page.get_by_role("button", name="Take this list back").click()
    assert "taken back" in page.inner_text("[role=status]")


def _beside(page: Page, size: dict[str, int]) -> None:
    """On a desk the picture stands at the side of the rows, on a phone above them."""
    picture, first = (
        page.locator(".paper").bounding_box(),
        page.locator("fieldset.typed").first.bounding_box(),
    )
    assert picture is not None
    assert first is not None
    at_the_side = picture["x"] + picture["width"] <= first["x"]
    assert at_the_side == (size is DESK)


def test_two_who_type_at_once_lose_nothing(open_page: OpenPage) -> None:
    """The later one is told, finds own words in the form, and can save them."""
    page = begun(open_page(DESK, staff="importer@north"))
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("#r1_name", "Khava")
    other.get_by_role("button", name="Save", exact=True).last.click()
    page.fill("#r1_name", "Petimat")
    page.get_by_role("button", name="Save", exact=True).last.click()
    assert "Somebody else saved" in page.inner_text("[role=alert]")
    assert page.input_value("#r1_name") == "Petimat"
    page.get_by_role("button", name="Save", exact=True).last.click()
    assert "What you typed is kept" in page.inner_text("[role=status]")
    other.reload()
    assert other.input_value("#r1_name") == "Petimat"


def test_a_list_that_is_gone_leaves_what_was_typed(open_page: OpenPage) -> None:
    """Committed or discarded by somebody else meanwhile: the words stand in the form, to be copied."""
    for button in ("Commit", "Discard this preview"):
        page = begun(open_page(DESK, staff="importer@north"))
        page.fill("#r1_name", f"Khava {button}")
        page.get_by_role("button", name="Save and look at the list").click()
        late = page.context.new_page()
        late.goto(f"{page.url.split('?')[0]}/typing")
        late.fill("#r2_name", "Petimat")
        page.get_by_role("button", name=button).click()
        late.get_by_role("button", name="Save", exact=True).last.click()
        assert "not typed in any more" in late.inner_text("[role=alert]")
        assert [late.input_value(f"#r{n}_name") for n in (1, 2)] == [f"Khava {button}", "Petimat"]
        assert faults(late) == []


def test_each_page_of_paper_has_its_own_picture_and_numbers(open_page: OpenPage) -> None:
    """A picture added to page 2 is no picture of page 1; a row says under which number the report has it."""
    page = begun(open_page(DESK, staff="importer@north"))
    for number, name in ((1, "Aslan"), (2, "Yusuf"), (3, "Hamza")):
        page.fill(f"#r{number}_name", name)
    page.get_by_role("button", name="New page").click()
    page.fill("#r1_name", "Makka")
    page.set_input_files("#picture", {"name": "p.png", "mimeType": "image/png", "buffer": paper()})
    page.get_by_role("button", name="Add it").click()
    assert page.locator(".sheet img").count() == 1
    assert "(row 5 of the list)" in page.inner_text("fieldset.typed >> nth=0")
    page.get_by_role("button", name="Page 1").click()
    assert page.locator(".sheet img").count() == 0
    page.set_input_files("#picture", {"name": "p.png", "mimeType": "image/png", "buffer": paper()})
    page.get_by_role("button", name="Add it").click()
    assert page.locator(".sheet img").count() == 1


def begun(page: Page) -> Page:
    page.goto("/staff/lists")
    page.get_by_text("Type in a list that is on paper").click()
    page.get_by_role("button", name="Begin").click()
    return page
