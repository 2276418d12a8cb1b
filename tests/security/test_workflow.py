"""The state machine of a candidate link keeps its promises whatever people try."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.review import EvidenceDetails, EvidenceType, Independence, Judgement, LinkState, Move
from service.cases.workflow import EXCLUSIVE_STATES, Act, Standing, decide, open_moves
from service.errors import HomewardError
from service.security.actors import Role

R1, R2, LEAD = Role.REVIEWER, Role.SECOND_REVIEWER, Role.CHILD_PROTECTION_LEAD
EVERYTHING = frozenset(Role)
STAMP = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Walk:
    """A link and what happened to it; wrong moves leave it as it was."""

    standing: Standing = field(default_factory=lambda: Standing(LinkState.SUGGESTED, supported=True))
    refused: list[str] = field(default_factory=list)

    def try_(self, act: Act) -> bool:
        try:
            after = decide(self.standing, act)
        except HomewardError as error:
            self.refused.append(error.code)
            return False
        judgement = Judgement(
            judgement_id="j",
            link_id="l",
            move=act.move,
            before=self.standing.state,
            after=after,
            actor_id=act.actor_id,
            reason_code=act.reason_code,
            reason=act.reason,
            evidence_type=act.evidence_type,
            evidence=act.evidence,
            decided_at=STAMP,
        )
        self.standing = replace(self.standing, state=after, history=(*self.standing.history, judgement))
        return True


LABORATORY = EvidenceDetails(reference="LAB-0000", independence=Independence.INDEPENDENT)


def act(move: Move, who: str, *roles: Role, evidence: EvidenceType | None = None, code: str = "") -> Act:
    code = code or ("mother_consents" if move is Move.CLEAR_BEST_INTERESTS else "")
    told = LABORATORY if evidence else None
    return Act(move, who, frozenset(roles) or EVERYTHING, code, "because of the papers", evidence, told)


def to_verified(walk: Walk) -> None:
    assert walk.try_(act(Move.CLAIM, "anna", R1))
    assert walk.try_(act(Move.RECOMMEND, "anna", R1))
    assert walk.try_(act(Move.VERIFY, "boris", R2, evidence=EvidenceType.DOCUMENT))


def acts(people: st.SearchStrategy[str]) -> st.SearchStrategy[Act]:
    codes = st.sampled_from(
        ["", "other_person", "withdrawn", "reunified_stable", "deceased", "conflict_of_interest"]
    )
    evidence = st.none() | st.sampled_from(list(EvidenceType))
    anything = st.builds(
        Act, st.sampled_from(list(Move)), people, st.just(EVERYTHING), codes, st.just("reason"), evidence
    )
    # the steps to a confirmation, so that many walks come that far
    straight = st.sampled_from([Move.CLAIM, Move.RECOMMEND, Move.VERIFY, Move.CONFIRM])
    likely = st.builds(
        lambda move, who: act(move, who, evidence=EvidenceType.DOCUMENT if move is Move.VERIFY else None),
        straight,
        people,
    )
    return likely | anything


@settings(max_examples=400)
@given(st.lists(acts(st.just("anna")), min_size=12, max_size=60))
def test_nobody_confirms_alone(attempts: list[Act]) -> None:
    """One person with every role there is never brings a link to `confirmed` or beyond."""
    walk = Walk()
    for attempt in attempts:
        walk.try_(attempt)
        assert walk.standing.state not in EXCLUSIVE_STATES


@settings(max_examples=400)
@given(st.lists(acts(st.sampled_from(["anna", "boris", "chloe"])), min_size=20, max_size=60))
def test_every_confirmation_has_two_people_and_evidence(attempts: list[Act]) -> None:
    """In any walk of three people, whoever confirmed is not who recommended, and evidence stands."""
    walk = Walk()
    for attempt in attempts:
        if walk.try_(attempt) and attempt.move is Move.CONFIRM:
            assert attempt.actor_id not in walk.standing.recommenders
            assert walk.standing.recommenders
            assert walk.standing.verified
            assert not walk.standing.excluded


@settings(max_examples=300)
@given(st.lists(acts(st.sampled_from(["anna", "boris"])), max_size=40))
def test_rejections_stick_and_everything_can_be_reopened(attempts: list[Act]) -> None:
    """From `rejected` and `closed` only reopening leads on, and it is always possible."""
    walk = Walk()
    for attempt in attempts:
        before = walk.standing.state
        moved = walk.try_(attempt)
        if before in (LinkState.REJECTED, LinkState.CLOSED):
            assert moved == (attempt.move is Move.REOPEN)
        if walk.standing.state not in (LinkState.SUGGESTED, LinkState.UNDER_REVIEW):
            assert Move.REOPEN in open_moves(walk.standing, "dora", frozenset({R1}))


@given(st.lists(acts(st.sampled_from(["importer", "filer"])), max_size=40))
def test_importer_and_filer_form_no_opinion(attempts: list[Act]) -> None:
    """Who imported the list or filed the request cannot move the link off the queue but to close it."""
    walk = Walk(replace(Walk().standing, barred=frozenset({"importer", "filer"})))
    for attempt in attempts:
        walk.try_(attempt)
        assert walk.standing.state in (LinkState.SUGGESTED, LinkState.CLOSED, LinkState.UNDER_REVIEW)


def test_the_whole_way() -> None:
    """Claim, recommend, verify, confirm, and on to the follow-up and the closure."""
    walk = Walk()
    to_verified(walk)
    assert walk.try_(act(Move.CONFIRM, "boris", R2))
    for move in (Move.CLEAR_BEST_INTERESTS, Move.CONSENT, Move.CONTACT, Move.PLAN, Move.REUNIFY, Move.FOLLOW):
        assert walk.try_(act(move, "lead", LEAD))
    assert walk.try_(act(Move.CLOSE, "boris", R2, code="reunified_stable"))
    assert walk.standing.state is LinkState.CLOSED


def refused(walk: Walk, attempt: Act) -> str:
    assert not walk.try_(attempt)
    return walk.refused[-1]


@pytest.mark.parametrize("who", ["anna", "lead"])
def test_who_recommended_leaves_the_decision_to_another(who: str) -> None:
    """Not even with every role there is, and not by disagreeing either."""
    walk = Walk()
    assert walk.try_(act(Move.CLAIM, who))
    assert walk.try_(act(Move.RECOMMEND, who))
    assert walk.try_(act(Move.VERIFY, "boris", R2, evidence=EvidenceType.DOCUMENT))
    assert refused(walk, act(Move.CONFIRM, who)) == "second_person_needed"
    assert refused(walk, act(Move.DISAGREE, who)) == "second_person_needed"
    assert walk.try_(act(Move.CONFIRM, "boris", R2))


def test_names_alone_are_not_plausible() -> None:
    """Without a comparison other than names, the reviewer must name evidence."""
    walk = Walk(Standing(LinkState.SUGGESTED))
    assert walk.try_(act(Move.CLAIM, "anna", R1))
    assert refused(walk, act(Move.RECOMMEND, "anna", R1)) == "names_alone"
    assert (
        refused(walk, act(Move.RECOMMEND, "anna", R1, evidence=EvidenceType.DNA_EXCLUSION)) == "names_alone"
    )
    assert walk.try_(act(Move.RECOMMEND, "anna", R1, evidence=EvidenceType.WITNESS))


def test_a_laboratory_exclusion_blocks_confirmation() -> None:
    """An inconclusive result verifies nothing; an exclusion outweighs any paper."""
    walk = Walk()
    assert walk.try_(act(Move.CLAIM, "anna", R1))
    assert walk.try_(act(Move.RECOMMEND, "anna", R1))
    assert walk.try_(act(Move.VERIFY, "anna", R1, evidence=EvidenceType.DNA_INCONCLUSIVE))
    assert walk.standing.state is LinkState.PLAUSIBLE
    assert walk.try_(act(Move.VERIFY, "anna", R1, evidence=EvidenceType.DOCUMENT))
    assert walk.try_(act(Move.VERIFY, "anna", R1, evidence=EvidenceType.DNA_EXCLUSION))
    assert refused(walk, act(Move.CONFIRM, "boris", R2)) == "kinship_excluded"


@pytest.mark.parametrize("state", [LinkState.PLAUSIBLE, LinkState.VERIFIED_BY_EVIDENCE, LinkState.CONFIRMED])
def test_a_contested_child_waits_for_the_lead(state: LinkState) -> None:
    """At 3 to 5 only the lead moves a contested child's link; reopening stays possible."""
    standing = Standing(state, supported=True, contested=True)
    assert open_moves(standing, "anna", frozenset({R1, R2})) == (Move.REOPEN,)
    assert Move.RELEASE in open_moves(standing, "lead", frozenset({LEAD}))


def test_one_child_one_link() -> None:
    """A child that another confirmed link names cannot be confirmed a second time."""
    walk = Walk()
    to_verified(walk)
    walk.standing = replace(walk.standing, taken=True)
    assert refused(walk, act(Move.CONFIRM, "boris", R2)) == "child_already_linked"


def test_disagreement_goes_to_the_lead() -> None:
    """After a disagreement neither reviewer decides; the lead confirms, rejects or reopens."""
    walk = Walk()
    to_verified(walk)
    assert walk.try_(act(Move.DISAGREE, "boris", R2))
    assert refused(walk, act(Move.CONFIRM, "clara", R2)) == "in_panel"
    assert walk.try_(act(Move.REJECT, "lead", LEAD, code="mother_differs"))


def test_a_claimed_link_is_the_claimants() -> None:
    """A colleague cannot reject or recommend what another holds; a release gives it back."""
    walk = Walk()
    assert walk.try_(act(Move.CLAIM, "anna", R1))
    assert refused(walk, act(Move.RECOMMEND, "boris", R1)) == "claimed_by_another"
    assert walk.try_(act(Move.RELEASE, "anna", R1))
    assert walk.standing.state is LinkState.SUGGESTED


def test_a_declared_conflict_bars_for_good() -> None:
    """Who gives a link back because of knowing the family never reviews it again."""
    walk = Walk()
    assert walk.try_(act(Move.CLAIM, "anna", R1))
    assert walk.try_(act(Move.RELEASE, "anna", R1, code="conflict_of_interest"))
    assert refused(walk, act(Move.CLAIM, "anna", R1)) == "conflict_of_interest"


def test_a_death_needs_two_sources() -> None:
    """One paper is not enough to close a child's case as a death."""
    walk = Walk()
    to_verified(walk)
    assert refused(walk, act(Move.CLOSE, "boris", R2, code="deceased")) == "two_sources_needed"
    assert walk.try_(act(Move.VERIFY, "boris", R2, evidence=EvidenceType.WITNESS))
    assert walk.try_(act(Move.CLOSE, "boris", R2, code="deceased"))


def test_two_copies_of_one_source_are_one_source() -> None:
    """A second paper written off the first does not prove a death."""
    walk = Walk()
    to_verified(walk)
    copied = replace(
        act(Move.VERIFY, "boris", R2, evidence=EvidenceType.WITNESS),
        evidence=EvidenceDetails(independence=Independence.SAME_SOURCE),
    )
    assert walk.try_(copied)
    assert refused(walk, act(Move.CLOSE, "boris", R2, code="deceased")) == "two_sources_needed"


def test_a_laboratory_result_names_its_laboratory() -> None:
    """DNA without a reference could be anybody's word."""
    walk = Walk()
    to_verified(walk)
    bare = replace(act(Move.VERIFY, "boris", R2, evidence=EvidenceType.DNA_INCLUSION), evidence=None)
    assert refused(walk, bare) == "laboratory_reference_needed"
    assert walk.try_(act(Move.VERIFY, "boris", R2, evidence=EvidenceType.DNA_INCLUSION))


def test_a_child_whose_mother_is_held_is_no_orphan() -> None:
    """Best interests are cleared with her, or by a panel; never as if she did not live."""
    walk = Walk()
    to_verified(walk)
    assert walk.try_(act(Move.CONFIRM, "boris", R2))
    walk.standing = replace(walk.standing, mother_in_custody=True)
    orphan = act(Move.CLEAR_BEST_INTERESTS, "lead", LEAD, code="no_living_parent")
    assert refused(walk, orphan) == "mother_in_custody"
    assert walk.try_(act(Move.CLEAR_BEST_INTERESTS, "lead", LEAD, code="panel_decided"))
