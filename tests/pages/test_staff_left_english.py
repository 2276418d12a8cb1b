"""What the matcher says of the demonstration's links is said in a reviewer's language, all of it."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from service import speech
from service.app import create_app
from service.pages import staff_words
from tests.support.demonstration import Demonstration, load

REVIEWER = "demo-reviewer"
# words of the matcher's English that no invented name has
ENGLISH = re.compile(
    r"\b(?:the|this|that|which|list|lists|row|rows|name|names|same|different|differ|child|children|"
    r"mother|father|household|compared|known|fits?|sought|only|more|counted|found|stands?|years?)\b"
)


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[list[dict[str, str]]]":
    """Every line of evidence beside the links that the demonstration proposes, as the API gives it."""
    loaded = load(tmp_path_factory.mktemp("demonstration") / "data")
    store = loaded.store
    cookie = Demonstration(store, "http://testserver", loaded.passwords).cookie(REVIEWER)
    app = create_app(store.settings.model_copy(update={"rate_limits": False}), store)
    client = TestClient(app, cookies={cookie["name"]: cookie["value"]})
    yield [line for link in links(client) for line in link["proposal"]["evidence"]]
    store.close()


def links(client: TestClient) -> "Iterator[dict]":
    for band in ("show", "needs_facts", "do_not_show"):
        told = client.get("/api/v1/links", params={"limit": 40, "band": band}).raise_for_status()
        for item in told.json()["items"]:
            yield client.get(f"/api/v1/links/{item['link_id']}").raise_for_status().json()


def test_no_english_is_left_in_the_evidence(evidence: "list[dict[str, str]]") -> None:
    """Names aside, nothing of a sentence, a level or a count stays as the matcher wrote it."""
    assert len({line["comparison"] for line in evidence}) > 12
    left = set()
    with speech.speaking("ru"):
        for line in evidence:
            left.update(part for part in spoken(line) if ENGLISH.search(part))
    assert left == set()


def spoken(line: "dict[str, str]") -> "list[str]":
    return [
        speech.sentence(line["sentence"]),
        staff_words.level(line["level"]),
        staff_words.comparison(line["comparison"]),
        *(
            staff_words.compared(line[side], line["comparison"])
            for side in ("sought", "recorded")
            if line["comparison"].startswith("household")
        ),
    ]
