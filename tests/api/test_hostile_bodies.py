"""Bodies that are meant to break something get 400, 413 or 422, never 5xx, and are never repeated."""

import json
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from service.api.bodies import BodyRefused, strict_json, text_fault
from service.security.headers import HEADERS
from tests.api.scenario import request_body
from tests.support.staffed import Staffed, build_staffed

CANARY = "Zamirakanareva"
PATH = "/api/v1/public/requests"
REFUSED = {400, 413, 415, 422}


def named(name: str) -> bytes:
    """A request whose enquirer has this name, as JSON with every escape that JSON knows."""
    body = request_body()
    body["enquirer"]["name"]["text"] = name
    return json.dumps(body).encode()


HOSTILE = {
    "lone_surrogate": named("\ud800" + CANARY),
    "nul": named("\x00" + CANARY),
    "control": named(CANARY + "\x1b[2J"),
    "tower_of_marks": named(CANARY + "a" + "\u0301" * 40),
    "long_name": named(CANARY * 20),
    "empty_name": named(""),
    "nan": b'{"sought": NaN, "n": "' + CANARY.encode() + b'"}',
    "infinity": b'{"sought": -Infinity}',
    "overflow_float": b'{"unnamed_children": 1e999}',
    "two_to_the_63": b'{"unnamed_children": 9223372036854775808}',
    "huge_integer": b'{"unnamed_children": ' + b"9" * 5000 + b"}",
    "deep": b"[" * 20_000 + b"]" * 20_000,
    "deep_object": b'{"a":' * 500 + b"1" + b"}" * 500,
    "png": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "empty": b"",
    "truncated": b'{"sought": [',
    "latin_1": '{"enquirer": "Zé"}'.encode("latin-1"),
    "utf_16": '{"enquirer": {}}'.encode("utf-16"),
    "repeated_key": b'{"language": "ru", "language": "' + CANARY.encode() + b'"}',
    "array": b"[1, 2]",
    "string": json.dumps(CANARY).encode(),
    "null": b"null",
    "unknown_field": json.dumps({CANARY: CANARY}).encode(),
    "unknown_field_inside": json.dumps(request_body() | {"enquirer": {CANARY: CANARY}}).encode(),
    "wrong_types": json.dumps({"sought": CANARY, "consents": {"a": CANARY}}).encode(),
    "many_people": json.dumps(request_body() | {"sought": request_body()["sought"] * 40}).encode(),
    "too_large": json.dumps(request_body() | {"language": CANARY * 6000}).encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_are_refused_without_echo(hostile: TestClient, name: str) -> None:
    """Refused with a problem and a stable code; nothing of the body comes back."""
    answer = hostile.post(PATH, content=HOSTILE[name], headers={"Content-Type": "application/json"})
    assert answer.status_code in REFUSED, (name, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    assert CANARY.lower() not in answer.text.lower()
    assert answer.json()["code"]
    assert all(header in answer.headers for header in HEADERS)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A public client of one service."""
    directory = tmp_path_factory.mktemp("hostile")
    built = build_staffed(directory, f"sqlite:///{directory / 'homeward.db'}")
    yield built.client()
    built.store.close()


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", ""])
def test_other_kinds_of_content_are_refused(hostile: TestClient, kind: str) -> None:
    """JSON is JSON only when it says so."""
    answer = hostile.post(PATH, content=json.dumps(request_body()), headers={"Content-Type": kind})
    assert answer.status_code in REFUSED


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
        max_leaves=20,
    )
)
def test_any_json_is_answered(hostile: TestClient, value: object) -> None:
    """Whatever JSON is posted in the place of a request, the answer is a refusal, not a fault."""
    answer = hostile.post(PATH, content=json.dumps(value), headers={"Content-Type": "application/json"})
    assert answer.status_code in REFUSED


@given(st.binary(max_size=200))
def test_strict_json_knows_one_error(body: bytes) -> None:
    """Any bytes give a value or BodyRefused; another error would fail this test."""
    with suppress(BodyRefused):
        strict_json(body)


def test_what_people_really_type_is_kept() -> None:
    """Joiners, direction marks, vocalised Arabic, palochka and line breaks are no fault."""
    for text in ("می‌خواهم", "مُحَمَّدٌ", "Ӏумар", "\u200fابن\u200f", "line\nline", "Zoë"):
        assert text_fault(text) is None


def test_hostile_text_is_the_same_on_both_databases(staffed: Staffed) -> None:
    """NUL and half surrogates are refused before any database is asked; odd but good text is kept."""
    client = staffed.client()
    for name in ("nul", "lone_surrogate", "two_to_the_63"):
        answer = client.post(PATH, content=HOSTILE[name], headers={"Content-Type": "application/json"})
        assert answer.status_code in REFUSED
    odd = named("\u202eمريم\u202c Ӏ \u200d\u2067")
    kept = client.post(PATH, content=odd, headers={"Content-Type": "application/json"})
    assert kept.status_code == 201


def test_a_large_body_is_cut_off_while_it_arrives(hostile: TestClient) -> None:
    """A body without a length, in pieces, is refused as soon as it is too large."""

    def endless() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 4096

    answer = hostile.post(PATH, content=endless(), headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_query_and_path_are_checked_too(staffed: Staffed) -> None:
    """Hostile identifiers, cursors, filters and headers never reach the database."""
    reviewer = staffed.sign_in("reviewer@north")
    for path in (
        "/api/v1/links/%00",
        "/api/v1/links/' OR 1=1",
        "/api/v1/links?after=%00",
        "/api/v1/links?state=%00",
        "/api/v1/links?limit=99999999999999999999",
        "/api/v1/requests?after=zz",
        "/api/v1/runs/%F0%9F%98%80",
    ):
        answer = reviewer.get(path)
        assert answer.status_code in {400, 404, 422}, path
        assert "%" not in answer.text
        assert "OR 1" not in answer.text
    odd = reviewer.post("/api/v1/runs", headers={"Idempotency-Key": "x"})
    assert odd.status_code == 422
