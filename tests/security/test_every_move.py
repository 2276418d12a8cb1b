"""Every move from every state by every role: pages and API allow the same, and only what the table says.

A link is brought to each state by real judgements; then each role tries each move. A refused move
changes nothing; an allowed one is stored, and the link is put back for the next try.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, delete, select
from starlette.testclient import TestClient

from schemas.review import LinkState, Move
from service.security.actors import Role
from service.store import links
from service.store.tables import CandidateLinkRow, JudgementRow
from tests.api.scenario import judge, match, matched, request_body
from tests.support.staffed import ROLES, Staffed, build_staffed

S, M = LinkState, Move
R1, R2, LEAD = Role.REVIEWER, Role.SECOND_REVIEWER, Role.CHILD_PROTECTION_LEAD
# the way to each state: who makes which move
WAY: list[tuple[LinkState, Role, Move]] = [
    (S.UNDER_REVIEW, R1, M.CLAIM),
    (S.PLAUSIBLE, R1, M.RECOMMEND),
    (S.VERIFIED_BY_EVIDENCE, R1, M.VERIFY),
    (S.CONFIRMED, R2, M.CONFIRM),
    (S.BEST_INTERESTS_CLEARED, LEAD, M.CLEAR_BEST_INTERESTS),
    (S.CONSENT_TO_CONTACT, LEAD, M.CONSENT),
    (S.IN_CONTACT, LEAD, M.CONTACT),
    (S.REUNIFICATION_PLANNED, LEAD, M.PLAN),
    (S.REUNIFIED, LEAD, M.REUNIFY),
    (S.FOLLOW_UP, LEAD, M.FOLLOW),
]
OTHER_WAYS = {
    S.SUGGESTED: [],
    S.NEEDS_INFORMATION: [(R1, M.CLAIM), (R1, M.ASK)],
    S.REJECTED: [(R1, M.CLAIM), (R1, M.REJECT)],
    S.CLOSED: [(R2, M.CLOSE)],
}
GROUNDS: dict[Move, dict[str, Any]] = {
    M.REJECT: {"reason_code": "other_person"},
    M.CLOSE: {"reason_code": "transferred"},
    M.CLEAR_BEST_INTERESTS: {"reason_code": "panel_decided"},
    M.VERIFY: {"evidence_type": "document"},
}
# what docs/workflow.md says, written out by hand: state -> role -> moves. Nobody else moves anything.
ANY_LATE = {R1: {M.REOPEN}, R2: {M.REOPEN, M.CLOSE}, LEAD: {M.REOPEN, M.CLOSE}}
ALLOWED: dict[LinkState, dict[Role, set[Move]]] = {
    S.SUGGESTED: {R1: {M.CLAIM}, R2: {M.CLOSE}, LEAD: {M.CLOSE}},
    # the claimant alone, but for the lead who may give the link back to the queue
    S.UNDER_REVIEW: {
        R1: {M.RELEASE, M.ASK, M.REJECT, M.RECOMMEND},
        R2: {M.CLOSE},
        LEAD: {M.RELEASE, M.CLOSE},
    },
    S.NEEDS_INFORMATION: {R1: {M.CLAIM, M.REOPEN}, R2: {M.CLOSE, M.REOPEN}, LEAD: {M.CLOSE, M.REOPEN}},
    S.REJECTED: {R1: {M.REOPEN}, R2: {M.REOPEN}, LEAD: {M.REOPEN}},
    S.PLAUSIBLE: {
        R1: {M.ASK, M.VERIFY, M.REOPEN},
        R2: {M.ASK, M.VERIFY, M.DISAGREE, M.CLOSE, M.REOPEN},
        LEAD: {M.ASK, M.VERIFY, M.REJECT, M.CLOSE, M.REOPEN},
    },
    S.VERIFIED_BY_EVIDENCE: {
        R1: {M.VERIFY, M.REOPEN},
        R2: {M.VERIFY, M.CONFIRM, M.DISAGREE, M.CLOSE, M.REOPEN},
        LEAD: {M.VERIFY, M.CONFIRM, M.REJECT, M.CLOSE, M.REOPEN},
    },
    S.CONFIRMED: {
        R1: {M.REOPEN},
        R2: {M.CLOSE, M.REOPEN},
        LEAD: {M.CLEAR_BEST_INTERESTS, M.REJECT, M.CLOSE, M.REOPEN},
    },
    S.BEST_INTERESTS_CLEARED: {role: moves | {M.CONSENT} for role, moves in ANY_LATE.items()},
    S.CONSENT_TO_CONTACT: {role: moves | {M.CONTACT} for role, moves in ANY_LATE.items()},
    S.IN_CONTACT: {role: moves | {M.PLAN} for role, moves in ANY_LATE.items()},
    S.REUNIFICATION_PLANNED: {
        R1: {M.REOPEN},
        R2: {M.REUNIFY, M.CLOSE, M.REOPEN},
        LEAD: {M.REUNIFY, M.CLOSE, M.REOPEN},
    },
    S.REUNIFIED: {role: moves | {M.FOLLOW} for role, moves in ANY_LATE.items()},
    S.FOLLOW_UP: {role: moves | {M.FOLLOW} for role, moves in ANY_LATE.items()},
    S.CLOSED: {R1: {M.REOPEN}, R2: {M.REOPEN}, LEAD: {M.REOPEN}},
}
# decisions that carry their claim with them: refused where the link cannot be claimed, or needs no claim
AT_ONCE = {M.RECOMMEND, M.ASK, M.REJECT}


def with_claim(role: Role, state: LinkState, allowed: set[Move]) -> set[Move]:
    """What a role may do that carries its claim with it, by what it may do without."""
    if role is R1 and state is S.UNDER_REVIEW and allowed:  # it is theirs already
        return allowed
    return AT_ONCE if M.CLAIM in allowed else set()


@dataclass
class Desk:
    """One link and everybody who might move it."""

    staffed: Staffed
    link_id: str
    clients: dict[Role, TestClient]

    def grounds(self, move: Move) -> dict[str, str]:
        return {"move": move.value, "reason": "because of the papers", **GROUNDS.get(move, {})}

    def bring_to(self, state: LinkState) -> None:
        steps: list[tuple[Role, Move]] = list(OTHER_WAYS.get(state, []))
        if state not in OTHER_WAYS:
            at = [reached for reached, _, _ in WAY].index(state)
            steps = [(role, move) for _, role, move in WAY[: at + 1]]
        for role, move in steps:
            answer = judge(self.clients[role], self.link_id, **self.grounds(move))
            assert answer.status_code == 201, (state, move, answer.text)
        assert self.state is state

    @property
    def state(self) -> LinkState:
        return LinkState(self.row["state"])

    @property
    def row(self) -> dict[str, Any]:
        with self.staffed.store.read() as work:
            found = links.get(work.session, self.link_id)
            assert found is not None
            return found.model_dump()

    def put_back(self, kept: dict[str, Any]) -> None:
        """The link and its judgements as they were: tries must not lean on each other."""
        with self.staffed.store.begin() as work:
            session = work.session
            there = session.exec(
                select(JudgementRow.id).where(col(JudgementRow.link_id) == self.link_id)
                .order_by(col(JudgementRow.ordinal))
            ).all()  # fmt: skip
            extra = list(there)[kept["judgements"] :]
            session.exec(delete(JudgementRow).where(col(JudgementRow.id).in_(extra)))
            row = session.get(CandidateLinkRow, self.link_id)
            assert row is not None
            for name, value in kept["row"].items():
                setattr(row, name, value)

    def kept(self) -> dict[str, Any]:
        with self.staffed.store.read() as work:
            rows = work.session.exec(select(JudgementRow).where(col(JudgementRow.link_id) == self.link_id))
            return {"row": self.row, "judgements": len(rows.all())}

    def by_api(self, role: Role, move: Move, version: int, claim: bool) -> bool:
        answer = self.clients[role].post(
            f"/api/v1/links/{self.link_id}/judgements",
            json={**self.grounds(move), "claim": claim},
            headers={"If-Match": f'"{version}"'},
        )
        assert answer.status_code in (201, 403, 409), (role, move, answer.text)
        return answer.status_code == 201

    def by_page(self, role: Role, move: Move, version: int, claim: bool) -> bool:
        client = self.clients[role]
        form = self.grounds(move) | {
            "version": str(version),
            "csrf_token": client.headers["X-CSRF-Token"],
            "claim": "yes" if claim else "",
        }
        answer = client.post(f"/staff/links/{self.link_id}/judgements", data=form, follow_redirects=False)
        assert answer.status_code in (303, 403, 409), (role, move, answer.status_code)
        return answer.status_code == 303

    def offered(self, role: Role) -> set[str]:
        """The steps that the page offers this role."""
        page = self.clients[role].get(f"/staff/links/{self.link_id}")
        return set(re.findall(r'name="move" value="(\w+)"', page.text)) if page.status_code == 200 else set()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Rules are no matter of the database: once is enough."""
    directory = tmp_path_factory.mktemp("moves")
    staffed = build_staffed(Path(directory), f"sqlite:///{directory / 'homeward.db'}")
    made = matched(staffed)
    yield Desk(staffed, made["link"], {role: staffed.sign_in(f"{role}@north") for role in ROLES})
    staffed.store.close()


@pytest.mark.parametrize("state", list(LinkState))
def test_moves_from(desk: Desk, state: LinkState) -> None:
    """Allowed and refused alike by page and by API; the page offers exactly what would be carried out."""
    start = desk.kept()
    desk.bring_to(state)
    wrong = tried(desk, ALLOWED[state])
    desk.put_back(start)
    assert wrong == []


@dataclass(frozen=True)
class Situation:
    """More than a state: what happened beside the usual way, and what is open then."""

    state: LinkState
    then: tuple[tuple[Role, Move, str], ...]
    allowed: dict[Role, set[Move]]


SITUATIONS = {
    "a panel on a recommended link": Situation(
        S.PLAUSIBLE,
        ((R2, M.DISAGREE, ""),),
        {R1: {M.REOPEN}, R2: {M.REOPEN}, LEAD: {M.ASK, M.VERIFY, M.REJECT, M.CLOSE, M.REOPEN}},
    ),
    "a panel on a link with evidence": Situation(
        S.VERIFIED_BY_EVIDENCE,
        ((R2, M.DISAGREE, ""),),
        {R1: {M.REOPEN}, R2: {M.REOPEN}, LEAD: {M.VERIFY, M.CONFIRM, M.REJECT, M.CLOSE, M.REOPEN}},
    ),
    "a conflict of interest that the reviewer declared": Situation(
        S.UNDER_REVIEW, ((R1, M.RELEASE, "conflict_of_interest"),), {R2: {M.CLOSE}, LEAD: {M.CLOSE}}
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_moves_when(desk: Desk, name: str) -> None:
    """Disagreement and conflict bind by page and by API."""
    situation, start = SITUATIONS[name], desk.kept()
    desk.bring_to(situation.state)
    for role, move, code in situation.then:
        made = judge(desk.clients[role], desk.link_id, **desk.grounds(move), reason_code=code)
        assert made.status_code == 201, made.text
    wrong = tried(desk, situation.allowed)
    desk.put_back(start)
    assert wrong == []


def test_moves_when_two_enquirers_claim_one_child(tmp_path: Path) -> None:
    """Both recommended links freeze: only the lead decides until the freeze is lifted, by page and API."""
    staffed = build_staffed(tmp_path, f"sqlite:///{tmp_path / 'homeward.db'}")
    made = matched(staffed)
    assert staffed.client().post("/api/v1/public/requests", json=request_body()).status_code == 201
    match(staffed)
    clients = {role: staffed.sign_in(f"{role}@north") for role in ROLES}
    queue = clients[R1].get("/api/v1/links").json()["items"]
    twins = [item["link_id"] for item in queue if item["person_id"] == "c" and item["probability"] > 0.5]
    assert len(twins) == 2
    desks = [Desk(staffed, made["link"], clients), Desk(staffed, *set(twins) - {made["link"]}, clients)]
    for one in desks:
        one.bring_to(S.PLAUSIBLE)
    frozen = {R1: {M.REOPEN}, R2: {M.REOPEN}, LEAD: {M.RELEASE, M.ASK, M.VERIFY, M.REJECT, M.CLOSE, M.REOPEN}}
    assert tried(desks[0], frozen) == []
    assert [desks[1].offered(role) for role in (R1, R2)] == [{"reopen"}, {"reopen"}]
    assert judge(clients[LEAD], desks[0].link_id, **desks[0].grounds(M.RELEASE)).status_code == 201
    assert tried(desks[1], ALLOWED[S.PLAUSIBLE]) == []
    staffed.store.close()


def tried(desk: Desk, allowed_to: dict[Role, set[Move]]) -> list[tuple[object, ...]]:
    """Every role tries every move both ways; what went otherwise than allowed. Nothing stays changed."""
    here = desk.kept()
    wrong: list[tuple[object, ...]] = []
    for role in ROLES:
        allowed = allowed_to.get(role, set())
        claiming = with_claim(role, desk.state, allowed)
        offered = desk.offered(role)
        if {move.value for move in allowed | claiming} != offered:
            wrong.append((role, "offered", sorted(offered)))
        for move, claim, ask in product(Move, (False, True), (desk.by_api, desk.by_page)):
            if not _says_more(role, move, claim, by_page=ask == desk.by_page):
                continue
            moved = ask(role, move, here["row"]["version"], claim)
            if moved != (move in (claiming if claim else allowed)):
                wrong.append((role, move, claim, ask.__name__, moved))
            if moved:
                desk.put_back(here)
            assert desk.row == here["row"]
    return wrong


def _says_more(role: Role, move: Move, claim: bool, *, by_page: bool) -> bool:
    """Whether a try adds to the others: nobody but the three judges, so the door stops the rest before it is
    read which move they make; and a claim is carried by three moves only.
    """
    if role not in (R1, R2, LEAD):
        return not claim and (move is M.CLAIM or not by_page)
    return not claim or move in AT_ONCE or not by_page


def test_the_table_reaches_every_state() -> None:
    """No state is left out, and each is reached by somebody's move."""
    assert set(ALLOWED) == set(LinkState)
    assert {reached for reached, _, _ in WAY} | set(OTHER_WAYS) == set(LinkState)
