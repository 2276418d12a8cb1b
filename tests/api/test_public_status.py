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
