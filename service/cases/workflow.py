"""The state machine of a candidate link: which move, from which state, by whom, on what grounds.

Pure: values in, the new state out, or an error that says what is missing. The rules are those of
docs/workflow.md; the table `MOVES` is the short form of them, the guards are the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass

from schemas.review import (
    BestInterests,
    ClosureReason,
    EvidenceDetails,
    EvidenceType,
    Independence,
    Judgement,
    LinkState,
    Move,
    RejectReason,
)
from service.errors import Conflict, Forbidden, HomewardError, Unprocessable
from service.security.actors import Role

S = LinkState
_L1 = frozenset({Role.REVIEWER})
_L2 = frozenset({Role.SECOND_REVIEWER})
_LEAD = frozenset({Role.CHILD_PROTECTION_LEAD})
_CASE = _L1 | _L2 | _LEAD

FROZEN_STATES = frozenset({S.PLAUSIBLE, S.VERIFIED_BY_EVIDENCE, S.CONFIRMED})
# states 5 to 10: a child is in them with one link at most
EXCLUSIVE_STATES = frozenset(
    {S.CONFIRMED, S.BEST_INTERESTS_CLEARED, S.CONSENT_TO_CONTACT, S.IN_CONTACT}
    | {S.REUNIFICATION_PLANNED, S.REUNIFIED, S.FOLLOW_UP}
)
LIVE_CLAIM = FROZEN_STATES | EXCLUSIVE_STATES
UNDECIDED = frozenset({S.SUGGESTED, S.UNDER_REVIEW, S.NEEDS_INFORMATION})
_SECOND_OPINION = frozenset({S.PLAUSIBLE, S.VERIFIED_BY_EVIDENCE})
_AFTER_CONTACT = frozenset({S.IN_CONTACT, S.REUNIFICATION_PLANNED, S.REUNIFIED, S.FOLLOW_UP})
OPINIONS = frozenset(
    {Move.CLAIM, Move.ASK, Move.REJECT, Move.RECOMMEND, Move.VERIFY, Move.CONFIRM, Move.DISAGREE}
)
# decisions that can carry their claim with them: the reviewer has read the page and needs no second one
AT_ONCE = (Move.RECOMMEND, Move.ASK, Move.REJECT)
# a laboratory that found nothing or excluded the kinship verifies nothing
_NO_SUPPORT = frozenset({EvidenceType.DNA_EXCLUSION, EvidenceType.DNA_INCONCLUSIVE})
_LABORATORY = _NO_SUPPORT | {EvidenceType.DNA_INCLUSION}
CONFLICT_DECLARED = "conflict_of_interest"


@dataclass(frozen=True)
class Rule:
    """One move: from which states, to which (None: unchanged), by which roles."""

    before: frozenset[LinkState]
    after: LinkState | None
    roles: frozenset[Role]


MOVES: dict[Move, Rule] = {
    Move.CLAIM: Rule(frozenset({S.SUGGESTED, S.NEEDS_INFORMATION}), S.UNDER_REVIEW, _L1),
    # a claimed link goes back to the queue; on a contested child it lifts the freeze (lead only)
    Move.RELEASE: Rule(frozenset({S.UNDER_REVIEW}) | FROZEN_STATES, None, _CASE),
    Move.ASK: Rule(frozenset({S.UNDER_REVIEW, S.PLAUSIBLE}), S.NEEDS_INFORMATION, _CASE),
    Move.REJECT: Rule(frozenset({S.UNDER_REVIEW}) | FROZEN_STATES, S.REJECTED, _L1 | _LEAD),
    Move.RECOMMEND: Rule(frozenset({S.UNDER_REVIEW}), S.PLAUSIBLE, _L1),
    Move.VERIFY: Rule(_SECOND_OPINION, S.VERIFIED_BY_EVIDENCE, _CASE),
    Move.CONFIRM: Rule(frozenset({S.VERIFIED_BY_EVIDENCE}), S.CONFIRMED, _L2 | _LEAD),
    Move.DISAGREE: Rule(_SECOND_OPINION, None, _L2),
    Move.CLEAR_BEST_INTERESTS: Rule(frozenset({S.CONFIRMED}), S.BEST_INTERESTS_CLEARED, _LEAD),
    Move.CONSENT: Rule(frozenset({S.BEST_INTERESTS_CLEARED}), S.CONSENT_TO_CONTACT, _CASE),
    Move.CONTACT: Rule(frozenset({S.CONSENT_TO_CONTACT}), S.IN_CONTACT, _CASE),
    Move.PLAN: Rule(frozenset({S.IN_CONTACT}), S.REUNIFICATION_PLANNED, _CASE),
    Move.REUNIFY: Rule(frozenset({S.REUNIFICATION_PLANNED}), S.REUNIFIED, _L2 | _LEAD),
    Move.FOLLOW: Rule(frozenset({S.REUNIFIED, S.FOLLOW_UP}), S.FOLLOW_UP, _CASE),
    Move.CLOSE: Rule(frozenset(LinkState) - {S.REJECTED, S.CLOSED}, S.CLOSED, _L2 | _LEAD),
    Move.REOPEN: Rule(frozenset(LinkState) - {S.SUGGESTED, S.UNDER_REVIEW}, S.UNDER_REVIEW, _CASE),
}


@dataclass(frozen=True)
class Standing:
    """All that the rules look at in one link.

    `barred`: accounts that imported the list or filed the request. `supported`: the machine found a
    positive comparison other than names and sex. `taken`: another link of the same child stands in
    states 5 to 10. `contested`: several enquirers claim this child and the lead has not decided.
    `mother_in_custody`: the list, or a live link of the mother, says that she is held and alive.
    """

    state: LinkState
    history: tuple[Judgement, ...] = ()
    barred: frozenset[str] = frozenset()
    supported: bool = False
    taken: bool = False
    contested: bool = False
    mother_in_custody: bool = False

    @property
    def revision(self) -> tuple[Judgement, ...]:
        """The judgements since the link was last reopened; earlier opinions no longer count."""
        opened = [n for n, judgement in enumerate(self.history) if judgement.move is Move.REOPEN]
        return self.history[opened[-1] :] if opened else self.history

    @property
    def claimant(self) -> str | None:
        """Who holds the link under review."""
        holders = [j.actor_id for j in self.revision if j.move in (Move.CLAIM, Move.REOPEN)]
        return holders[-1] if holders and self.state is S.UNDER_REVIEW else None

    @property
    def recommenders(self) -> frozenset[str]:
        return frozenset(j.actor_id for j in self.revision if j.move is Move.RECOMMEND)

    @property
    def frozen(self) -> bool:
        return self.contested and self.state in FROZEN_STATES

    @property
    def in_panel(self) -> bool:
        """The second reviewer disagreed, and nobody has decided since."""
        return self.state in _SECOND_OPINION and any(j.move is Move.DISAGREE for j in self.revision)

    @property
    def verified(self) -> bool:
        return any(j.evidence_type and j.evidence_type not in _NO_SUPPORT for j in self.revision)

    @property
    def excluded(self) -> bool:
        return any(j.evidence_type is EvidenceType.DNA_EXCLUSION for j in self.revision)

    def is_barred(self, account_id: str) -> bool:
        """By the list, by the request, or by the account's own word."""
        return account_id in self.barred or any(
            j.actor_id == account_id and j.reason_code == CONFLICT_DECLARED for j in self.history
        )

    def voted(self, account_id: str) -> bool:
        """Whether the account gave an opinion of its own in this revision."""
        votes = (Move.RECOMMEND, Move.CONFIRM, Move.DISAGREE)
        return any(j.actor_id == account_id and j.move in votes for j in self.revision)


@dataclass(frozen=True)
class Act:
    """What somebody wants to do to a link."""

    move: Move
    actor_id: str
    roles: frozenset[Role]
    reason_code: str = ""
    reason: str = ""
    evidence_type: EvidenceType | None = None
    evidence: EvidenceDetails | None = None


def decide(standing: Standing, act: Act) -> LinkState:
    """The state after the act. Raises HomewardError with the reason when the act is not allowed."""
    _may_move(standing, act)
    grounds = _GROUNDS.get(act.move)
    if grounds is not None:
        grounds(standing, act)
    return _after(standing, act)


def open_moves(standing: Standing, actor_id: str, roles: frozenset[Role]) -> tuple[Move, ...]:
    """The moves this person could make now, their grounds (reason, evidence) not yet asked for."""
    return tuple(move for move in Move if _is_open(standing, Act(move, actor_id, roles)))


def moves_at_once(standing: Standing, actor_id: str, roles: frozenset[Role]) -> tuple[Move, ...]:
    """The decisions this person could make now together with the claim that they need."""
    return AT_ONCE if _is_open(standing, Act(Move.CLAIM, actor_id, roles)) else ()


def _is_open(standing: Standing, act: Act) -> bool:
    try:
        _may_move(standing, act)
    except HomewardError:
        return False
    return True


def _may_move(standing: Standing, act: Act) -> None:
    rule = MOVES[act.move]
    if not act.roles & rule.roles:
        raise Forbidden("role_may_not_move", "Your role does not include this step.")
    if standing.state not in rule.before:
        raise Conflict("move_not_open", "This step is not possible in the present state of the link.")
    if act.move in OPINIONS and standing.is_barred(act.actor_id):
        raise Forbidden(
            "conflict_of_interest",
            "You imported this list, filed this request or declared a conflict; a colleague must review it.",
        )
    is_lead = Role.CHILD_PROTECTION_LEAD in act.roles
    if standing.frozen and not is_lead and act.move is not Move.REOPEN:
        raise Conflict(
            "child_contested", "Several enquirers claim this child; the child-protection lead decides."
        )
    if standing.in_panel and not is_lead and act.move is not Move.REOPEN:
        raise Conflict("in_panel", "The two reviewers disagree; the child-protection lead decides.")
    person = _PERSON.get(act.move)
    if person is not None:
        person(standing, act)


def _after(standing: Standing, act: Act) -> LinkState:
    if act.move is Move.RELEASE and standing.state is S.UNDER_REVIEW:
        return S.SUGGESTED
    if act.move is Move.VERIFY and act.evidence_type in _NO_SUPPORT:
        return standing.state
    return MOVES[act.move].after or standing.state


# --- who: guards that need no reason or evidence yet ---------------------------------------------


def _holds(standing: Standing, act: Act) -> None:
    if standing.state is S.UNDER_REVIEW and standing.claimant != act.actor_id:
        raise Conflict("claimed_by_another", "A colleague has claimed this link.")


def _may_reject(standing: Standing, act: Act) -> None:
    _holds(standing, act)
    if standing.state in FROZEN_STATES and Role.CHILD_PROTECTION_LEAD not in act.roles:
        raise Forbidden(
            "role_may_not_move", "A recommended link is decided by a second reviewer or the lead."
        )


def _may_release(standing: Standing, act: Act) -> None:
    is_lead = Role.CHILD_PROTECTION_LEAD in act.roles
    if standing.state is S.UNDER_REVIEW:
        if not is_lead:
            _holds(standing, act)
    elif not (is_lead and standing.contested):
        raise Conflict("move_not_open", "Only the freeze of a contested child can be lifted here.")


def _may_confirm(standing: Standing, act: Act) -> None:
    if act.actor_id in standing.recommenders or not standing.recommenders:
        raise Forbidden("second_person_needed", "A second, different person must decide on this link.")
    if standing.taken:
        raise Conflict("child_already_linked", "Another link of this child is already confirmed.")
    if not standing.verified:
        raise Conflict("evidence_needed", "Record evidence before confirming.")
    if standing.excluded:
        raise _excluded()


def _excluded() -> Conflict:
    return Conflict(
        "kinship_excluded", "A laboratory excluded the kinship; reopen the link if that was wrong."
    )


def _may_disagree(standing: Standing, act: Act) -> None:
    if act.actor_id in standing.recommenders:
        raise Forbidden("second_person_needed", "A second, different person must decide on this link.")


_PERSON: dict[Move, Callable[[Standing, Act], None]] = {
    Move.RELEASE: _may_release,
    Move.ASK: _holds,
    Move.REJECT: _may_reject,
    Move.RECOMMEND: _holds,
    Move.CONFIRM: _may_confirm,
    Move.DISAGREE: _may_disagree,
}


# --- on what grounds: reasons and evidence -------------------------------------------------------


def _reject_grounds(_: Standing, act: Act) -> None:
    if act.reason_code not in set(RejectReason):
        raise Unprocessable("reject_reason_needed", "Choose one of the reasons for a rejection.")


def _recommend_grounds(standing: Standing, act: Act) -> None:
    if not standing.supported and (act.evidence_type is None or act.evidence_type in _NO_SUPPORT):
        raise Unprocessable(
            "names_alone", "Names alone are not enough. Name one piece of evidence that is not a name."
        )


def _verify_grounds(_: Standing, act: Act) -> None:
    if act.evidence_type is None:
        raise Unprocessable("evidence_type_needed", "Say what kind of evidence this is.")
    if act.evidence_type in _LABORATORY and not (act.evidence and act.evidence.reference.strip()):
        raise Unprocessable(
            "laboratory_reference_needed", "A laboratory's result needs the laboratory's reference number."
        )
    _reason_grounds(_, act)


def _confirm_grounds(_: Standing, act: Act) -> None:
    if act.evidence_type is EvidenceType.DNA_EXCLUSION:
        raise _excluded()


def _reason_grounds(_: Standing, act: Act) -> None:
    if not act.reason.strip():
        raise Unprocessable("reason_needed", "Please write down the reason in a few words.")


def _close_grounds(standing: Standing, act: Act) -> None:
    if act.reason_code not in set(ClosureReason):
        raise Unprocessable("closure_reason_needed", "Choose one of the reasons for closing.")
    needs_contact = act.reason_code in (ClosureReason.REUNIFIED_STABLE, ClosureReason.CONTACT_ONLY)
    if needs_contact and standing.state not in _AFTER_CONTACT:
        raise Conflict("move_not_open", "There has been no contact yet; choose another reason for closing.")
    sources = {j.evidence_type for j in standing.history if j.evidence_type and not _same_source(j)}
    if act.reason_code == ClosureReason.DECEASED and len(sources) < 2:
        raise Conflict("two_sources_needed", "A death needs two independent sources recorded as evidence.")


def _same_source(judgement: Judgement) -> bool:
    found = judgement.evidence
    return found is not None and found.independence is Independence.SAME_SOURCE


def _best_interests_grounds(standing: Standing, act: Act) -> None:
    if act.reason_code not in set(BestInterests):
        raise Unprocessable("best_interests_needed", "Say on what the best interests are cleared.")
    if standing.mother_in_custody and act.reason_code == BestInterests.NO_LIVING_PARENT:
        raise Conflict(
            "mother_in_custody",
            "The mother is alive in custody: the child is no orphan. Ask her, or say why she cannot be.",
        )
    _reason_grounds(standing, act)


_GROUNDS: dict[Move, Callable[[Standing, Act], None]] = {
    Move.REJECT: _reject_grounds,
    Move.ASK: _reason_grounds,
    Move.RECOMMEND: _recommend_grounds,
    Move.VERIFY: _verify_grounds,
    Move.CONFIRM: _confirm_grounds,
    Move.DISAGREE: _reason_grounds,
    Move.CLEAR_BEST_INTERESTS: _best_interests_grounds,
    Move.CONSENT: _reason_grounds,
    Move.REUNIFY: _reason_grounds,
    Move.FOLLOW: _reason_grounds,
    Move.CLOSE: _close_grounds,
    Move.REOPEN: _reason_grounds,
}
