"""The public can learn nothing: what is answered does not depend on who stands on a list."""

import re
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from tests.api.scenario import match, matched, publish, request_body
from tests.support.staffed import Staffed

PAIRS = {"sqlite": 500, "postgresql": 100}  # what is matched costs the time
GIVEN = ("Ibrahim", "Sumaya", "Yusuf", "Khadija", "Adam", "Zarema", "Umar", "Fatima", "Ramzan", "Safiya")
CODE = re.compile(r"([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}")
SPANS = re.compile(r"<(?:span|path)[^>]*>|[0-9A-HJKMNP-TV-Z]{5}-?</span>")  # the code in groups, its picture
MASKED_HEADERS = {"date", "content-length", "x-request-id"}


def held(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} Tsurkaev{'abcdefghijklmnopqrstuvwxy'[number // 10 % 25]}"


def absent(number: int) -> str:
    """A name that no list holds, another one for each number."""
    return f"{'QX'[number // 250 % 2]}{held(number)[::-1]}"


def asked(name: str, number: int, *, contested: bool) -> dict[str, Any]:
    """A request of the same shape for either name; `contested` asks for a person of other claims too."""
    body = request_body()
    body["sought"][1]["person"]["names"][0]["text"] = name
    if not contested:
        body["sought"][0]["person"]["names"][0]["text"] = f"Zuleikhan Khamidovna {absent(number)}"
    return body


def filed_by_page(client: TestClient, name: str) -> tuple[str, str]:
    """The receipt's page, and the code on it."""
    form = {
        "you_name": "Хава", "you_relation": "grandmother", "people": "1", "p1_role": "child",
        "p1_name": name, "consent_homeward": "yes", "do": "send",
    }  # fmt: skip
    answer = client.post("/en/request", data=form)
    assert answer.status_code == 201, answer.text
    groups = re.findall(r"<span>([0-9A-Z]{5})", answer.text)
    return masked(answer), "-".join(groups)


def masked(answer: Any) -> str:
    """Status, headers and body without the code, its picture and what every answer has of its own."""
    headers = {name: text for name, text in answer.headers.items() if name not in MASKED_HEADERS}
    body = SPANS.sub("", CODE.sub("CODE", answer.text))
    return f"{answer.status_code} {sorted(headers.items())} {body}"


class Statements:
    """The kinds of statements that a database was asked, in their order."""

    def __init__(self, engine: Any) -> None:
        self.kinds: list[str] = []
        event.listen(engine, "before_cursor_execute", self._hear)

    def _hear(self, *heard: Any) -> None:
        self.kinds.append(heard[2])

    def take(self) -> list[str]:
        taken, self.kinds = self.kinds, []
        return taken


@pytest.fixture
def whole(staffed: Staffed) -> Staffed:
    matched(staffed)
    rows = "\n".join(f"{n},{held(n)},M,2014" for n in range(250))
    publish(staffed.sign_in("importer@north"), f"No,Name,Sex,Year of birth\n{rows}\n", "held.csv")
    return staffed


def test_submissions_and_their_states_are_alike(whole: Staffed) -> None:
    """500 pairs, 100 on PostgreSQL: same bytes and statements, before matching and after.

    One of each pair is on a list, sometimes of a contested person, and asked for a second time in the later
    half; the other is on none, and asked for once.
    """
    client, pairs = whole.client(), PAIRS[whole.store.database.engine.dialect.name]
    heard = Statements(whole.store.database.engine)
    codes: list[tuple[str, str]] = []
    for number in range(pairs):
        answers, kinds, pair = [], [], []
        listed = held(number % (pairs // 2))
        for name in (listed, absent(number)):
            heard.take()
            if number % 2:
                body = asked(name, number, contested=name == listed and number % 5 == 0)
                answer = client.post("/api/v1/public/requests", json=body)
                answers.append(masked(answer))
                pair.append(answer.json()["code"])
            else:
                page, code = filed_by_page(client, name)
                answers.append(page)
                pair.append(code)
            kinds.append(heard.take())
        assert answers[0] == answers[1], number
        assert "received_on" in answers[0] or "We have your request" in answers[0]  # not all was masked
        assert len(kinds[0]) > 3
        assert kinds[0] == kinds[1], number
        codes.append((pair[0], pair[1]))
    states_alike(client, heard, codes)
    match(whole)
    states_alike(client, heard, codes)


def states_alike(client: TestClient, heard: Statements, codes: list[tuple[str, str]]) -> None:
    for number, pair in enumerate(codes):
        answers, kinds = [], []
        for code in pair:
            heard.take()
            if number % 2:
                answers.append(masked(client.post("/api/v1/public/status", json={"code": code})))
            else:
                answers.append(masked(client.post("/en/code", data={"code": code})))
            kinds.append(heard.take())
        assert answers[0] == answers[1], number
        assert kinds[0] == kinds[1], number
