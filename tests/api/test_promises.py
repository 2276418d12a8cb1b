"""What the API promises beyond single answers: repetitions, lost updates, and no oracle for strangers."""

import json
import re
import threading
from collections import Counter
from typing import Any

from sqlalchemy import event

from service.security.actors import Role
from tests.api.scenario import LIST, judge, match, matched, publish, request_body
from tests.support.staffed import Staffed

KEY = "3f0d4c4e9b1e4f0c8a5d2b7c6e9f1a20"
FILE = "/api/v1/public/requests"


def test_a_repeated_submission_is_one_request(staffed: Staffed) -> None:
    """The same key and body, also at the same time: one request, one code. Another body: 422."""
    answers: list[Any] = []

    def send() -> None:
        answers.append(staffed.client().post(FILE, json=request_body(), headers={"Idempotency-Key": KEY}))

    senders = [threading.Thread(target=send) for _ in range(5)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    listed = staffed.sign_in("intake@north").get("/api/v1/requests").json()["items"]
    assert len(listed) == 1
    other = request_body() | {"language": "en"}
    reused = staffed.client().post(FILE, json=other, headers={"Idempotency-Key": KEY})
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency_key_reused")


def test_a_repeated_start_is_one_run(staffed: Staffed) -> None:
    """And keys of different accounts do not meet."""
    reviewer, importer = staffed.sign_in("reviewer@north"), staffed.sign_in("importer@north")
    first, again = (reviewer.post("/api/v1/runs", headers={"Idempotency-Key": KEY}) for _ in range(2))
    assert first.status_code == 202
    assert first.json() == again.json()
    other = importer.post("/api/v1/runs", headers={"Idempotency-Key": KEY})
    assert other.json()["run_id"] != first.json()["run_id"]


def test_the_same_file_twice_is_one_list(staffed: Staffed) -> None:
    """Uploading the same bytes again returns the list that they made; a newer edition names the older."""
    importer = staffed.sign_in("importer@north")
    list_id = publish(importer)
    again = importer.post("/api/v1/lists", files={"file": ("other name.csv", LIST.encode(), "text/csv")})
    assert (again.json()["list_id"], again.json()["repeated"]) == (list_id, True)
    newer = LIST.replace("2011", "2012") + "7,Zara Naibova,Petimat,F,2018,Tajik,\n"
    shown = importer.post("/api/v1/lists", files={"file": ("camp.csv", newer.encode(), "text/csv")}).json()
    assert (shown["edition"], shown["predecessor_id"]) == (2, list_id)
    difference = importer.get(f"/api/v1/lists/{shown['list_id']}/difference").json()
    assert (len(difference["changed"]), len(difference["new_rows"])) == (1, 1)


def test_a_list_can_be_taken_back(staffed: Staffed) -> None:
    """Its undecided links leave the queue; a claimed one stays and is marked."""
    at = matched(staffed)
    reviewer, importer = staffed.sign_in("reviewer@north"), staffed.sign_in("importer@north")
    judge(reviewer, at["link"], "claim")
    tag = importer.get(f"/api/v1/lists/{at['list']}").headers["ETag"]
    taken = importer.delete(f"/api/v1/lists/{at['list']}", headers={"If-Match": tag})
    assert taken.json()["state"] == "taken_back", taken.text
    match(staffed)
    left = reviewer.get("/api/v1/links").json()["items"]
    assert [(item["link_id"], item["new_data"]) for item in left] == [(at["link"], True)]


def test_of_many_reviewers_one_gets_the_link(staffed: Staffed) -> None:
    """Ten claims made from the same version: one is accepted and kept, nine are told so."""
    at = matched(staffed)
    for number in range(10):
        staffed.hire(f"r{number}@north", Role.REVIEWER)
    clients = [staffed.sign_in(f"r{number}@north") for number in range(10)]
    tag = clients[0].get(f"/api/v1/links/{at['link']}").headers["ETag"]
    statuses: list[int] = []

    def claim(client: Any) -> None:
        path = f"/api/v1/links/{at['link']}/judgements"
        statuses.append(client.post(path, json={"move": "claim"}, headers={"If-Match": tag}).status_code)

    claims = [threading.Thread(target=claim, args=(client,)) for client in clients]
    for one in claims:
        one.start()
    for one in claims:
        one.join()
    assert Counter(statuses) == {201: 1, 412: 9}
    history = clients[0].get(f"/api/v1/links/{at['link']}/history").json()
    assert [entry["move"] for entry in history] == ["claim"]


def test_the_public_answer_does_not_depend_on_what_is_held(staffed: Staffed) -> None:
    """A name on a list, a name that is a duplicate of another request, and a stranger's: the same
    statements, the same headers, and the same body but for the code."""
    matched(staffed)
    stranger = request_body()
    for sought in stranger["sought"]:
        sought["person"]["names"][0]["text"] = "Nowhere Tobefound"
    seen = []
    for body in (request_body(), stranger, request_body(), stranger):
        statements: list[str] = []
        watch = _watching(statements)
        engine = staffed.store.database.engine
        event.listen(engine, "before_cursor_execute", watch)
        answer = staffed.client().post(FILE, json=body)
        event.remove(engine, "before_cursor_execute", watch)
        told = answer.json()
        assert len(told.pop("code")) == 29
        headers = sorted((name, value) for name, value in answer.headers.items())
        seen.append((answer.status_code, told, headers, statements))
    assert all(one == seen[0] for one in seen)
    assert len(seen[0][3]) > 3


def _watching(statements: list[str]) -> Any:
    def watch(_: Any, __: Any, statement: str, *___: Any) -> None:
        statements.append(statement)

    return watch


def test_wrong_withdrawn_and_mistyped_codes_are_one_answer(staffed: Staffed) -> None:
    """Byte for byte; and a withdrawn request leaves the queue."""
    at = matched(staffed)
    client = staffed.client()
    assert client.post("/api/v1/public/withdrawal", json={"code": at["code"]}).json() == {"withdrawn": True}
    wrong = at["code"][:-1] + ("0" if at["code"][-1] != "0" else "1")
    answers = [
        client.post("/api/v1/public/status", json={"code": code})
        for code in (at["code"], wrong, "0" * 25, "", "Зарема")
    ]
    assert len({(answer.status_code, answer.content) for answer in answers}) == 1
    assert answers[0].status_code == 404
    assert staffed.sign_in("reviewer@north").get("/api/v1/links").json()["items"] == []


def test_the_description_is_complete(staffed: Staffed) -> None:
    """Every operation has a summary, and every body an example."""
    described = staffed.client().get("/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert len(described["paths"]) >= 30
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            assert operation.get("summary"), (method, path)
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
            assert not name or schemas[name].get("examples"), (method, path, name)
    pointed = set(re.findall(r'"#/components/schemas/([A-Za-z0-9_-]+)"', json.dumps(described)))
    assert pointed <= set(schemas)
