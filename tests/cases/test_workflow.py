"""No sequence of acts, by whomever, brings a link past the rules of docs/workflow.md."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.review import ClosureReason, EvidenceType, Judgement, LinkState, Move, RejectReason
from service.cases.workflow import EXCLUSIVE_STATES, Act, Standing, decide, open_moves
from service.errors import HomewardError
from service.security.actors import Role

S = LinkState
PEOPLE = {
    "a" * 32: frozenset({Role.REVIEWER}),
    "b" * 32: frozenset({Role.REVIEWER, Role.SECOND_REVIEWER}),
    "c" * 32: frozenset({Role.SECOND_REVIEWER}),
    "d" * 32: frozenset({Role.CHILD_PROTECTION_LEAD}),
    "e" * 32: frozenset({Role.REVIEWER, Role.SECOND_REVIEWER}),  # imported the list
    "f" * 32: frozenset(Role),
}
ANNA, BELLA, CLARA, LEAD, IMPORTER, ALL_ROLES = PEOPLE
REASONS = ["", "because", *RejectReason, *ClosureReason]


@dataclass
class Link:
    """A link as it stands after every act that was allowed."""

    supported: bool = True
    taken: bool = False
    contested: bool = False
    state: LinkState = S.SUGGESTED
    history: list[Judgement] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        return Standing(
            self.state, tuple(self.history), frozenset({IMPORTER}), self.supported, self.taken, self.contested
        )

    def act(self, act: Act) -> None:
        after = decide(self.standing, act)
        self.history.append(
            Judgement(
                judgement_id=f"{len(self.history):032x}",
                link_id="0" * 32,
                move=act.move,
                before=self.state,
                after=after,
                actor_id=act.actor_id,
                reason_code=act.reason_code,
                reason=act.reason,
                evidence_type=act.evidence_type,
                decided_at=datetime(2026, 1, 1, tzinfo=UTC),
            )
        )
        self.state = after


ACTS = st.builds(
    lambda move, who, code, reason, evidence: Act(move, who, PEOPLE[who], code, reason, evidence),
    st.sampled_from(list(Move)),
    st.sampled_from(list(PEOPLE)),
    st.sampled_from(REASONS),
    st.sampled_from(["", "seen on the documents"]),
    st.one_of(st.none(), st.sampled_from(list(EvidenceType))),
)


# the straight way, so that random walks come past it often
def straight(first: str) -> list[Act]:
    return [
        Act(Move.CLAIM, first, PEOPLE[first]),
        Act(Move.RECOMMEND, first, PEOPLE[first]),
        Act(Move.VERIFY, BELLA, PEOPLE[BELLA], reason="papers seen", evidence_type=EvidenceType.DOCUMENT),
        Act(Move.CONFIRM, CLARA, PEOPLE[CLARA]),
    ]


STRAIGHT = straight(ANNA)
# and the same steps by people with several roles
LIKELY = st.builds(
    lambda step, who: Act(step.move, who, PEOPLE[who], "", "seen", step.evidence_type),
    st.sampled_from(STRAIGHT),
    st.sampled_from([BELLA, CLARA, ALL_ROLES]),
)


def walk(link: Link, acts: list[Act]) -> None:
    for act in acts:
        try:
            link.act(act)
        except HomewardError:
            continue


def assert_sound(link: Link) -> None:
    """What the history of a link has to show, whatever state it is in."""
    if link.state in EXCLUSIVE_STATES:
        revision = link.standing.revision
        [*_, confirmed] = [one for one in revision if one.move is Move.CONFIRM]
        recommended = {one.actor_id for one in revision if one.move is Move.RECOMMEND}
        before = revision[: revision.index(confirmed)]
        kinds = {one.evidence_type for one in before} - {None}
        assert recommended
        assert confirmed.actor_id not in recommended
        assert kinds - {EvidenceType.DNA_EXCLUSION, EvidenceType.DNA_INCONCLUSIVE}
        assert EvidenceType.DNA_EXCLUSION not in kinds
        assert not link.taken
        assert not link.contested or Role.CHILD_PROTECTION_LEAD in PEOPLE[confirmed.actor_id]
    opinions = {Move.CLAIM, Move.RECOMMEND, Move.REJECT, Move.VERIFY, Move.CONFIRM, Move.DISAGREE}
    assert not [one for one in link.history if one.actor_id == IMPORTER and one.move in opinions]


@given(
    st.lists(st.one_of(LIKELY, ACTS), max_size=25),
    st.sampled_from([ANNA, BELLA, ALL_ROLES]),
    st.integers(0, 4),
    st.sampled_from([Link(), Link(), Link(supported=False), Link(taken=True), Link(contested=True)]),
)
@settings(max_examples=400, deadline=None)
def test_nothing_is_confirmed_but_by_two_people_on_evidence(
    acts: list[Act], first: str, head_start: int, kind: Link
) -> None:
    link = replace(kind, history=[])
    walk(link, straight(first)[:head_start] + acts)
    for last in PEOPLE:
        tried = replace(link, history=list(link.history))
        walk(tried, [Act(Move.CONFIRM, last, PEOPLE[last])])
        assert_sound(tried)


@given(st.lists(st.one_of(ACTS, LIKELY), max_size=12), ACTS)
@settings(max_examples=200, deadline=None)
def test_a_move_that_is_not_offered_is_refused(acts: list[Act], last: Act) -> None:
    link = Link()
    walk(link, acts)
    if last.move not in open_moves(link.standing, last.actor_id, last.roles):
        with pytest.raises(HomewardError):
            decide(link.standing, last)


@pytest.mark.parametrize("who", [BELLA, ALL_ROLES])
def test_who_recommended_neither_confirms_nor_disagrees(who: str) -> None:
    link = Link()
    walk(link, [Act(Move.CLAIM, who, PEOPLE[who]), Act(Move.RECOMMEND, who, PEOPLE[who]), STRAIGHT[2]])
    for move in (Move.CONFIRM, Move.DISAGREE):
        with pytest.raises(HomewardError) as refused:
            link.act(Act(move, who, PEOPLE[who], reason="I am sure"))
        assert refused.value.code == "second_person_needed"
    link.act(Act(Move.CONFIRM, CLARA, PEOPLE[CLARA]))
    assert link.state is S.CONFIRMED


def test_the_straight_way_leads_to_confirmed() -> None:
    link = Link()
    for act in STRAIGHT:
        link.act(act)
    assert link.state is S.CONFIRMED
    assert [one.after for one in link.history] == [
        S.UNDER_REVIEW, S.PLAUSIBLE, S.VERIFIED_BY_EVIDENCE, S.CONFIRMED
    ]  # fmt: skip


def test_reopening_makes_earlier_opinions_void() -> None:
    link = Link()
    walk(link, STRAIGHT)
    link.act(Act(Move.REOPEN, BELLA, PEOPLE[BELLA], reason="a new paper came"))
    assert link.state is S.UNDER_REVIEW
    with pytest.raises(HomewardError):
        link.act(STRAIGHT[3])
