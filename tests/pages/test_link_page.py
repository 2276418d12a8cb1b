"""The link page beyond the judgement: family, timeline, pictures, notes, siblings, keys."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page

from schemas.review import LinkState
from service.store import links
from service.store.tables import CaseFileRow
from tests.pages.conftest import DESK, Office, OpenPage
from tests.pages.looks import faults
from tests.pages.steps import act


def photograph() -> bytes:
    """A picture that remembers who took it and where."""
    exif = Image.Exif()
    exif[0x0110] = "CAMERA-OF-SOMEBODY"
    out = BytesIO()
    Image.new("RGB", (900, 700), "steelblue").save(out, "JPEG", exif=exif)
    return out.getvalue()


def open_link(open_page: OpenPage, office: Office, role: str, **more: bool) -> Page:
    page = open_page(DESK, staff=f"{role}@north", **more)
    page.goto(f"/staff/links/{office.made['link']}")
    return page


def states(office: Office) -> dict[str, LinkState]:
    with office.staffed.store.read() as work:
        rows = links.of_request(work.session, office.made["request"])
        return {row.id: LinkState(row.state) for row in rows}


def test_the_family_is_drawn_and_said_and_dates_stand_in_order(open_page: OpenPage, office: Office) -> None:
    """The drawing has both rows and the weight between; the timeline runs from the earliest on."""
    page = open_link(open_page, office, "reviewer")
    drawn = page.locator(".graph").text_content() or ""
    assert "Цуркаева" in drawn
    assert "Tsurkaeva" in drawn
    assert page.locator(".graph .join.here").count() == 1
    assert page.locator(".timeline li").count() >= 3
    assert "2014" in page.locator(".timeline li").first.inner_text()
    assert faults(page) == []


def test_a_picture_is_kept_without_what_the_camera_wrote(open_page: OpenPage, office: Office) -> None:
    """It is shown to reviewers of the organisation alone; a text that calls itself a picture is refused."""
    page = open_link(open_page, office, "reviewer")
    for content, kept in ((b"<svg onload=alert(1)>", False), (photograph(), True)):
        page.locator("summary", has_text="Add a photograph").click()
        page.set_input_files("#picture", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": content})
        page.fill("#caption", "صورة العائلة")
        page.get_by_role("button", name="Add it").click()
        if not kept:
            assert "Nothing was stored" in page.inner_text("h1")
            assert faults(page) == []
            page.get_by_role("link", name="Back").click()
    shown_at = page.locator(".pictures img")
    shown_at.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.pictures img').naturalWidth === 900")
    address = shown_at.get_attribute("src")
    assert address is not None
    shown = page.request.get(address)
    assert shown.headers["content-type"] == "image/jpeg"
    assert b"CAMERA-OF-SOMEBODY" not in shown.body()
    assert Image.open(BytesIO(shown.body())).size == (900, 700)
    assert faults(page) == []
    foreign = open_page(DESK, staff="reviewer@south")
    assert foreign.request.get(address).status == 404
    importer = open_page(DESK, staff="importer@north")
    assert importer.request.get(address).status == 403


def test_siblings_are_decided_together_and_the_second_look_is_blind(
    open_page: OpenPage, office: Office
) -> None:
    """One form moves both links, each with a judgement of its own; notes wait for the reader's opinion."""
    page = open_link(open_page, office, "reviewer")
    page.locator("summary", has_text="Write a note").click()
    page.fill("#text", "I know this handwriting")
    page.get_by_role("button", name="Keep the note").click()
    sibling = page.locator("input[name^=with-]").first
    name = sibling.get_attribute("name")
    assert name is not None
    sibling.check()
    act(page, "claim")
    page.locator(f"details:has(input[value=recommend]) input[name={name}]").check()
    act(page, "recommend", reason="Mother, age and household agree")
    moved = states(office)
    assert moved[office.made["link"]] is moved[name.removeprefix("with-")] is LinkState.PLAUSIBLE
    second = open_link(open_page, office, "second_reviewer")
    text = second.inner_text("main")
    assert "handwriting" not in text
    assert "household agree" not in text
    assert "reviewer@north" not in text.replace("second_reviewer@north", "")
    act(second, "disagree", reason="Another family")
    assert "handwriting" in second.inner_text("main")
    assert "household agree" in second.inner_text("main")
    assert faults(second) == []


def test_keys_move_and_open_and_can_be_switched_off(open_page: OpenPage, office: Office) -> None:
    """j and k walk the queue, a letter opens a step; off means off, and text boxes take every letter."""
    page = open_page(DESK, staff="reviewer@north", scripts=True)
    page.goto("/staff/queue?band=do_not_show")
    if page.locator("a.line").count() == 0:
        page.goto("/staff/queue")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/links/*")
    page.keyboard.press("m")
    page.keyboard.type("joking", delay=5)
    assert page.input_value("#text") == "joking"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Shortcut keys are on").click()
    page.keyboard.press("q")
    assert "/staff/links/" in page.url
    assert faults(page) == []
    page.get_by_role("button", name="Shortcut keys are off").click()
    page.locator("h1").click()
    page.keyboard.press("q")
    page.wait_for_url("**/staff/queue")


@pytest.mark.parametrize("commit", [False, True])
def test_the_pages_of_a_list_stand_beside_it_and_go_with_it(
    open_page: OpenPage, office: Office, commit: bool
) -> None:
    """A scan is kept through a new reading of the file; taking the list back or discarding it leaves none."""
    importer = office.staffed.sign_in("importer@north")
    content = f"No,Name,Sex\n1,Invented {commit},F\n".encode()
    made = importer.post("/api/v1/lists", files={"file": ("x.csv", content, "text/csv")})
    list_id, tag = made.json()["list_id"], made.headers["ETag"]
    if commit:
        path = f"/api/v1/lists/{list_id}/publication"
        tag = importer.post(path, json={}, headers={"If-Match": tag}).headers["ETag"]
    page = open_page(DESK, staff="importer@north")
    page.goto(f"/staff/lists/{list_id}")
    page.locator("summary", has_text="Add a photograph").click()
    page.set_input_files("#picture", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
    page.get_by_role("button", name="Add it").click()
    address = page.locator(".pictures img").get_attribute("src")
    assert address is not None
    assert page.request.get(address).status == 200
    assert faults(page) == []
    page.get_by_role("button", name="Take this list back" if commit else "Discard this preview").click()
    assert page.request.get(address).status == 404
    with office.staffed.store.read() as work:
        assert work.session.get(CaseFileRow, address.rsplit("/", 1)[1]) is None
