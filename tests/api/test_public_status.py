"""The relative's status is constant, whatever happens inside, until a human releases another one."""

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from schemas.review import Move
from tests.api.scenario import judge, match, matched, publish, request_body
from tests.support.staffed import Staffed, build_staffed

FRESH = "No,Name,Sex,Date of birth,Camp {0}\n1,Ibrahim Tsurkaev,M,2014,a\n2,Zara Naibova,F,{0},b\n"
_NUMBERS = count(1980)
STEPS = ("import", "match", "second_request", *Move)


def test_only_a_release_moves_the_status(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Random walks through imports, matchings and judgements by everybody: the answer's bytes stay."""
    directory = tmp_path_factory.mktemp("status")
    built = build_staffed(directory, f"sqlite:///{directory / 'homeward.db'}")
    at = matched(built)
    ask = {"code": at["code"]}
    first = built.client().post("/api/v1/public/status", json=ask)
    people = [built.sign_in(f"{r}@north") for r in ("reviewer", "second_reviewer", "child_protection_lead")]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 2)), min_size=5, max_size=20))
    def walk(steps: list[tuple[str, int]]) -> None:
        for step, person in steps:
            take(built, at["link"], step, people[person])
            now = built.client().post("/api/v1/public/status", json=ask)
            assert (now.status_code, now.content) == (first.status_code, first.content)

    walk()
    built.store.close()


def take(built: Staffed, link_id: str, step: str, client: TestClient) -> None:
    """One step; moves that are not allowed just now are refused, which is fine."""
    acts: dict[str, Callable[[], object]] = {
        "import": lambda: publish(built.sign_in("importer@north"), FRESH.format(next(_NUMBERS))),
        "match": lambda: match(built),
        "second_request": lambda: built.client().post("/api/v1/public/requests", json=request_body()),
    }
    if step in acts:
        acts[step]()
        return
    codes = {Move.REJECT: "other_person", Move.CLOSE: "withdrawn"}
    more = {"reason": "seen", "reason_code": codes.get(Move(step), "")}
    evidence = {"evidence_type": "document"} if step in (Move.VERIFY, Move.RECOMMEND) else {}
    answer = judge(client, link_id, step, **more, **evidence)
    assert answer.status_code in (201, 403, 409, 422)


def test_a_relative_reads_corrects_and_writes_by_api(staffed: Staffed) -> None:
    """Everything that the pages do with the code the API does too; a stale correction is refused."""
    client = staffed.client()
    code = client.post("/api/v1/public/requests", json=request_body()).json()["code"]
    held = client.post("/api/v1/public/export", json={"code": code})
    assert held.json()["request"]["enquirer"]["contact"]["telephone"] == "+7 900 555 01 01"
    grown = request_body() | {"unnamed_children": 2}
    tag = {"If-Match": held.headers["ETag"]}
    first = client.post("/api/v1/public/correction", json={"code": code, "request": grown}, headers=tag)
    stale = client.post("/api/v1/public/correction", json={"code": code, "request": grown}, headers=tag)
    assert (first.status_code, stale.status_code) == (200, 412)
    said = client.post("/api/v1/public/messages", json={"code": code, "text": "Новый телефон"})
    assert said.status_code == 204
    after = client.post("/api/v1/public/export", json={"code": code}).json()
    assert after["request"]["unnamed_children"] == 2
    assert [(one["from_staff"], one["text"]) for one in after["messages"]] == [(False, "Новый телефон")]
    nothing = client.post("/api/v1/public/messages", json={"code": "0" * 25, "text": "x"})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "code_unknown")


def test_staff_read_and_answer_messages_by_api(staffed: Staffed) -> None:
    """A reviewer reads; only whoever may release a status asks the relative."""
    at = matched(staffed)
    path = f"/api/v1/requests/{at['request']}/messages"
    question = {"text": "Опишите бабушку."}
    assert staffed.sign_in("reviewer@north").post(path, json=question).status_code == 403
    assert staffed.sign_in("second_reviewer@south").post(path, json=question).status_code == 404
    assert staffed.sign_in("second_reviewer@north").post(path, json=question).status_code == 204
    assert [one["text"] for one in staffed.sign_in("reviewer@north").get(path).json()] == ["Опишите бабушку."]
    shown = staffed.client().post("/api/v1/public/status", json={"code": at["code"]}).json()
    assert shown["status"] == "contact_us"
