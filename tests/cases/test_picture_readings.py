"""Readings of pictures in the audit log: one for a page with all its pictures, one for each opened alone."""

import re
from datetime import timedelta

from sqlalchemy import update
from sqlmodel import col, select
from starlette.testclient import TestClient

from service.cases import case_papers
from service.store import case_papers as stored
from service.store.columns import now
from service.store.tables import AuditEvent, CaseFileRow
from tests.api.scenario import matched
from tests.pages.test_link_page import photograph
from tests.support.staffed import Staffed


def readings(staffed: Staffed, link_id: str) -> list[tuple[str, str, str]]:
    """Who read which pictures of the link, the oldest first: account, act, details."""
    with staffed.store.read() as work:
        found = work.session.exec(
            select(AuditEvent)
            .where(
                col(AuditEvent.kind) == case_papers.LINK,
                col(AuditEvent.object_id) == link_id,
                col(AuditEvent.act).in_([case_papers.SHOWN, "picture.read"]),
            )
            .order_by(col(AuditEvent.sequence))
        ).all()
    names = {account: name for name, account in staffed.accounts.items()}
    return [(names[event.actor_id], event.act, event.details) for event in found]


def with_pictures(staffed: Staffed, count: int) -> tuple[TestClient, str]:
    """A reviewer and a link with so many pictures."""
    link_id = matched(staffed)["link"]
    client = staffed.sign_in("reviewer@north")
    for _ in range(count):
        add(client, link_id)
    return client, link_id


def add(client: TestClient, link_id: str) -> None:
    added = client.post(
        f"/staff/links/{link_id}/files",
        data={"kind": "photo", "caption": "", "csrf_token": client.headers["X-CSRF-Token"]},
        files={"picture": ("x.jpg", photograph(), "image/jpeg")},
        follow_redirects=False,
    )
    assert added.status_code == 303, added.text


def on_page(client: TestClient, link_id: str) -> list[str]:
    """Open the link page; the addresses of its pictures."""
    return re.findall(r'<img src="([^"]+)"', client.get(f"/staff/links/{link_id}").text)


def load(client: TestClient, addresses: list[str]) -> None:
    for address in addresses:
        assert client.get(address).headers["content-type"] == "image/jpeg"


def test_a_page_with_pictures_is_one_reading_that_names_the_link(staffed: Staffed) -> None:
    """However many pictures it shows, and however often the browser asks for them."""
    client, link_id = with_pictures(staffed, 3)
    shown = on_page(client, link_id)
    assert len(shown) == 3
    load(client, shown * 2)
    assert readings(staffed, link_id) == [("reviewer@north", "pictures.shown", '{"pictures":3}')]
    on_page(client, link_id)
    assert len(readings(staffed, link_id)) == 2


def test_a_picture_opened_alone_is_a_reading_of_its_own(staffed: Staffed) -> None:
    client, link_id = with_pictures(staffed, 1)
    page = client.get(f"/staff/links/{link_id}").text
    (alone,) = re.findall(r'<a href="(/staff/files/[^"]+)"><img', page)
    load(client, [alone, alone])
    assert [act for _, act, _ in readings(staffed, link_id)] == ["pictures.shown", *["picture.read"] * 2]


def test_a_page_without_pictures_is_no_reading_of_pictures(staffed: Staffed) -> None:
    client, link_id = with_pictures(staffed, 0)
    on_page(client, link_id)
    assert readings(staffed, link_id) == []


def test_no_picture_is_seen_without_a_reading(staffed: Staffed) -> None:
    """The page's address gives nothing unnoted to who did not open the page, opened it long ago, or asks
    for a picture that came later.
    """
    client, link_id = with_pictures(staffed, 1)
    shown = on_page(client, link_id)
    other = staffed.sign_in("second_reviewer@north")
    load(other, shown)
    assert readings(staffed, link_id)[1:] == [("second_reviewer@north", "picture.read", "{}")]
    add(client, link_id)
    with staffed.store.read() as work:
        newest = stored.files_of(work, case_papers.LINK, link_id)[-1].id
    load(client, [f"/staff/files/{newest}/on-page"])
    assert readings(staffed, link_id)[2:] == [("reviewer@north", "picture.read", "{}")]
    with staffed.store.begin() as work:
        long_ago = now() - case_papers.SHOWN_FOR - timedelta(minutes=1)
        for table, column in ((AuditEvent, "at"), (CaseFileRow, "created_at")):
            work.session.connection().execute(update(table).values({column: long_ago}))
    load(client, shown)
    assert len(readings(staffed, link_id)) == 4
