"""What was told in a request that ended is erased: from every table, and from every sealed value."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, Table, text, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel, col, select

from service.cases import expiry
from service.cases.reviewed_links import reviewed_links
from service.store import links, requests
from service.store.columns import now
from service.store.sealed import Place, SealBroken
from service.store.tables import AuditEvent, ExportOrderRow
from service.store.work import Work
from tests.api.scenario import match, matched
from tests.support.staffed import Staffed
from tests.support.told import WORDS, Filled


@pytest.fixture
def filled(staffed: Staffed) -> Filled:
    return Filled(staffed)


def rows(work: Work) -> Iterator[tuple[Table, dict[str, Any]]]:
    for table in SQLModel.metadata.sorted_tables:
        for row in work.session.connection().execute(select(table)).mappings():
            yield table, dict(row)


def opened(staffed: Staffed, table: Table, column: str, row: dict[str, Any]) -> bytes:
    """A sealed value, whichever organisation it was sealed for. One that nobody can open is a failure."""
    key = str(next(iter(table.primary_key.columns.values())).name)
    for organisation in (*staffed.organisations.values(), ""):
        try:
            return staffed.store.sealer.open(Place(table.name, column, row[key], organisation), row[column])
        except SealBroken:
            continue
    raise AssertionError(f"{table.name}.{column} opens for nobody")


def spoken(staffed: Staffed) -> dict[str, set[str]]:
    """The words that can be read anywhere with the keys in hand, and in which columns."""
    found: dict[str, set[str]] = {}
    with staffed.store.read() as work:
        for table, row in rows(work):
            for column in table.columns:
                value = row[column.name]
                if isinstance(column.type, LargeBinary) and value:
                    value = opened(staffed, table, column.name, row).decode("utf-8", "replace")
                # JSON may write a letter as its number
                held = f"{value} {value!r}" + str(value).encode("ascii", "ignore").decode(
                    "unicode_escape", "ignore"
                )
                for where, word in WORDS.items():
                    if word in held:
                        found.setdefault(where, set()).add(f"{table.name}.{column.name}")
    return found


def blobs_of(staffed: Staffed, request_id: str) -> list[bytes]:
    """The sealed values of one request as they lie in the database."""
    with staffed.store.read() as work:
        row = requests.get(work.session, request_id)
        assert row is not None
        ids = {request_id, *(link.id for link in links.of_request(work.session, request_id))}
        return [
            value
            for _, held in rows(work)
            if ids & {v for v in held.values() if isinstance(v, str)}
            for value in held.values()
            if isinstance(value, bytes) and value
        ]


def test_no_word_is_left_in_any_table_or_sealed_value(filled: Filled) -> None:
    """Request, contact, evidence, families, messages, notes, pictures, captions, reasons: all of it."""
    before = spoken(filled.staffed)
    assert set(before) == set(WORDS)
    filled.withdraw()
    assert filled.sweep().erased == 1
    assert spoken(filled.staffed) == {}
    assert filled.sweep().erased == 0


def test_an_expired_request_is_erased_as_well(filled: Filled) -> None:
    """In two steps: on its day it leaves matching and review, thirty days later it is gone."""
    with filled.staffed.store.begin() as work:
        row = requests.get(work.session, filled.request)
        assert row is not None
        row.expires_on = now().date()
    assert (filled.sweep(timedelta(0)).requests, set(spoken(filled.staffed))) == (1, set(WORDS))
    assert filled.sweep(timedelta(days=29)).erased == 0
    assert filled.sweep(timedelta(days=30)).erased == 1
    assert spoken(filled.staffed) == {}


def test_nobody_else_loses_anything(filled: Filled) -> None:
    """The other family's request reads the same, code and all, and so does the list."""
    code = {"code": filled.other["code"]}
    asked = ("/api/v1/public/status", "/api/v1/public/export")
    before = [filled.staffed.client().post(path, json=code).text for path in asked]
    filled.withdraw()
    filled.sweep()
    assert [filled.staffed.client().post(path, json=code).text for path in asked] == before
    assert filled.reviewer.get(f"/api/v1/links/{filled.other['link']}").status_code == 200
    assert filled.reviewer.get(f"/staff/links/{filled.other['link']}").status_code == 200


def test_a_claim_on_a_child_outlives_its_words(filled: Filled) -> None:
    """A decided link stays as a bare claim, so that the next family's link is contested as it was before."""
    filled.withdraw()
    filled.sweep()
    with filled.staffed.store.read() as work:
        kept = links.of_request(work.session, filled.request)
        assert [(row.id, row.state, row.erased, row.sealed) for row in kept] == [
            (filled.link, "verified_by_evidence", True, b"")
        ]
        other = links.get(work.session, filled.other["link"])
        assert other is not None
        assert other.record_id == kept[0].record_id
        assert other.contested
        event = work.session.exec(select(AuditEvent).where(col(AuditEvent.act) == "request.erased")).one()
    assert (event.object_id, json.loads(event.details)) == (filled.request, {"links_kept": 1})
    view = filled.reviewer.get(f"/api/v1/links/{filled.other['link']}").json()
    assert [(one["link_id"], one["sought"]) for one in view["other_claims"]] == [(filled.link, None)]


def test_what_is_erased_is_answered_as_gone_and_breaks_no_page(filled: Filled) -> None:
    filled.withdraw()
    filled.sweep()
    officer = filled.staffed.sign_in("intake@north")
    for client, path in (
        (officer, f"/api/v1/requests/{filled.request}"),
        (filled.reviewer, f"/api/v1/links/{filled.link}"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (410, "request_erased")
    listed = officer.get("/api/v1/requests").json()["items"]
    assert [item["request"]["request_id"] for item in listed] == [filled.other["request"]]
    states = "?state=verified_by_evidence&state=needs_information&state=suggested&state=plausible"
    queued = filled.reviewer.get(f"/api/v1/links{states}").json()["items"]
    assert filled.request not in {item["request_id"] for item in queued}
    for page in ("", "/queue", "/requests", "/statistics", f"/links/{filled.link}"):
        assert filled.reviewer.get(f"/staff{page}").status_code == (410 if "links" in page else 200), page
    assert (
        filled.staffed.client().post("/api/v1/public/status", json={"code": filled.code}).status_code == 404
    )
    assert len(reviewed_links(filled.staffed.store)) == 0
    match(filled.staffed)  # a later matching finds nothing to stumble over
    assert spoken(filled.staffed) == {}


def test_no_sealed_byte_of_it_is_left_in_the_files(filled: Filled, tmp_path: Path) -> None:
    """Not only out of the tables: what a SQLite file held is overwritten, its log emptied."""
    held = blobs_of(filled.staffed, filled.request)
    assert len(held) > 10
    filled.withdraw()
    filled.sweep()
    database = filled.staffed.store.database
    if database.is_sqlite:
        assert database.url.database
        folder = Path(database.url.database)
        files = b"".join(path.read_bytes() for path in folder.parent.glob(f"{folder.name}*"))
    else:
        with filled.staffed.store.read() as work:
            files = b"".join(v for _, row in rows(work) for v in row.values() if isinstance(v, bytes))
    assert len(files) > 1000
    assert [blob for blob in held if blob[40:104] in files] == []


REFUSE = {  # a database that takes no audit row of an erasure
    "sqlite": (
        "CREATE TRIGGER refuse BEFORE INSERT ON audit_event WHEN NEW.act = 'request.erased' "
        "BEGIN SELECT RAISE(ABORT, 'refused'); END",
        "DROP TRIGGER refuse",
    ),
    "postgresql": (
        "CREATE RULE refuse AS ON INSERT TO audit_event WHERE NEW.act = 'request.erased' "
        "DO INSTEAD SELECT 1 / 0",
        "DROP RULE refuse ON audit_event",
    ),
}


def test_what_failed_halfway_is_done_by_the_next_sweep(filled: Filled) -> None:
    """One transaction: while the audit row is refused nothing is erased, and nothing is half erased."""
    engine = filled.staffed.store.database.engine
    refuse, allow = REFUSE[engine.dialect.name]
    filled.withdraw()
    before = spoken(filled.staffed)
    with engine.begin() as connection:
        connection.execute(text(refuse))
    with pytest.raises(DBAPIError):
        filled.sweep()
    assert spoken(filled.staffed) == before
    with engine.begin() as connection:
        connection.execute(text(allow))
    assert filled.sweep().erased == 1
    assert spoken(filled.staffed) == {}


def test_orders_of_exports_go_after_ninety_days(staffed: Staffed) -> None:
    """The reason in them is somebody's words; the audit log still tells that they were."""
    matched(staffed)
    body = {"format": "csv", "state": "suggested", "reason": "for the partner"}
    assert staffed.sign_in("reviewer@north").post("/api/v1/exports", json=body).status_code == 201
    for age, left in ((89, 1), (91, 0)):
        with staffed.store.begin() as work:
            work.session.connection().execute(
                update(ExportOrderRow).values(asked_at=now() - timedelta(days=age))
            )
        expiry.sweep(staffed.store)
        with staffed.store.read() as work:
            assert len(work.session.exec(select(ExportOrderRow)).all()) == left


def test_every_sealed_column_is_known_here() -> None:
    """Who adds a sealed column decides here whether it speaks of a request and is erased with it."""
    sealed = {
        f"{table.name}.{column.name}"
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    of_requests = {
        *("tracing_request.sealed", "tracing_request.sealed_contact", "candidate_link.sealed"),
        *("family_link.sealed", "judgement.sealed_reason", "judgement.sealed_evidence"),
        *("request_message.sealed", "case_note.sealed", "case_file.sealed", "case_file.sealed_caption"),
    }
    of_others = {
        *("source_list.sealed", "source_list.sealed_file", "detainee_record.sealed"),
        *("account.totp_sealed", "mail_choice.sealed", "key_check.sealed"),
        *("export_order.sealed_reason", "idempotency_key.sealed_response"),  # go by time
        "list_counts.sealed",  # how often names are on all lists; goes with any list that is taken back
    }
    assert sealed == of_requests | of_others
