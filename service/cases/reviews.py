"""The reviewer's work: the queue, and judgements on links. The link page is in `link_views`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from schemas.link import Band
from schemas.person import Person
from schemas.review import EvidenceDetails, EvidenceType, LinkState, Move
from schemas.vocabulary import LinkRelation, NameRole
from service.cases import contests
from service.cases.standings import LIFTED, claims_on, evidence_place, reason_place, standing_of
from service.cases.workflow import AT_ONCE, FROZEN_STATES, Act, Standing, decide, open_moves
from service.errors import Conflict, Erased, NotFound, PreconditionFailed, Unprocessable
from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor, Role
from service.store import judgements, links, records, requests
from service.store.columns import new_id, now
from service.store.links import QueueFilter
from service.store.states import RequestState
from service.store.tables import CandidateLinkRow, JudgementRow
from service.store.versions import swap
from service.store.work import Work

KIND = "candidate_link"
LONGEST_PAGE = 50
_CARRIES_ON = frozenset({Move.CLAIM, Move.ASK, Move.RECOMMEND, Move.VERIFY, Move.CONFIRM, Move.CONTACT})
_ENDED = (RequestState.WITHDRAWN.value, RequestState.EXPIRED.value)
WORKING_STATES = (
    LinkState.SUGGESTED,
    LinkState.UNDER_REVIEW,
    LinkState.NEEDS_INFORMATION,
    LinkState.PLAUSIBLE,
    LinkState.VERIFIED_BY_EVIDENCE,
)


@dataclass(frozen=True)
class QueueWanted:
    """What a reviewer wants to see; None leaves a question open."""

    states: tuple[LinkState, ...] = WORKING_STATES
    bands: tuple[Band, ...] = (Band.SHOW, Band.NEEDS_FACTS)
    list_id: str | None = None
    request_id: str | None = None
    contested: bool | None = None
    new_data: bool | None = None
    mine: bool = False
    sample: bool = False  # only links of the drawn sample (service.store.links.in_sample)


@dataclass(frozen=True)
class QueueItem:
    """One line of the queue. `recorded` is None where the list's organisation keeps the names."""

    link_id: str
    version: int
    state: LinkState
    band: Band
    relation: LinkRelation
    weight: float
    probability: float
    rank: int
    contested: bool
    new_data: bool
    claimed_by_me: bool
    claimed: bool
    request_id: str
    person_id: str
    sought: tuple[str, ...]  # as written: the whole name first, then other names
    recorded: tuple[str, ...] | None
    list_id: str
    row: int
    family_id: str
    created_at: datetime


@dataclass(frozen=True)
class Queue:
    """A page of the queue; `next_after` goes into the next call, None at the end."""

    items: tuple[QueueItem, ...]
    next_after: str | None


@dataclass(frozen=True)
class Order:
    """A judgement as a reviewer sends it. `claim`: claim the link first, as a judgement of its own."""

    move: Move
    reason_code: str = ""
    reason: str = ""
    evidence_type: EvidenceType | None = None
    evidence: EvidenceDetails | None = None
    claim: bool = False


@dataclass(frozen=True)
class Judged:
    """What a judgement did."""

    link_id: str
    state: LinkState
    version: int
    contested: bool


def read_queue(
    work: Work, actor: Actor, wanted: QueueWanted, after: str | None = None, limit: int = 25
) -> Queue:
    """Links of the actor's organisation, the heaviest first. One page is one reading in the audit log.

    Takes a write transaction. Raises NotFound for a cursor that is not a link of this organisation.
    """
    require(actor, Operation.READ_QUEUE)
    if after is not None:
        own_link(work, actor, after)
    wanted_rows = QueueFilter(
        organisation_id=actor.organisation_id,
        states=wanted.states,
        bands=wanted.bands,
        contested=wanted.contested,
        new_data=wanted.new_data,
        claimed_by=actor.account_id if wanted.mine else None,
        request_id=wanted.request_id,
        list_id=wanted.list_id,
        sample_only=wanted.sample,
    )
    page = links.queue(work.session, wanted_rows, after, max(1, min(limit, LONGEST_PAGE)))
    items = tuple(_item(work, actor, row) for row in page.rows)
    note(work, actor, "queue.read", actor.organisation_id, {"links": len(items)}, kind="organisation")
    return Queue(items, page.next_after)


def judge(work: Work, actor: Actor, link_id: str, order: Order, expected_version: int) -> Judged:
    """Carry out one move on a link, append the judgement and the audit row, all or nothing.

    `expected_version` is the version that the reviewer saw; raises PreconditionFailed when the link
    changed since, NotFound for absent and foreign links, and what `workflow.decide` raises.
    """
    require(actor, Operation.JUDGE_LINK)
    links.lock(work.session)
    row = own_link(work, actor, link_id)
    if row.version != expected_version:
        raise PreconditionFailed
    if order.claim and row.claimed_by != actor.account_id:
        _refuse_at_once(order.move)
        expected_version = judge(work, actor, link_id, Order(Move.CLAIM), expected_version).version
    _refuse_without_ground(work, row, order.move)
    standing = standing_of(work, row, links.value(work, row))
    act = Act(
        order.move,
        actor.account_id,
        actor.roles,
        order.reason_code,
        order.reason,
        order.evidence_type,
        order.evidence,
    )
    after = decide(standing, act)
    code = _reason_code(work, row, standing, order)
    _append(work, row, act, after, code)
    swap(work.session, row, expected_version, **_changes(row, act, standing.state, after))
    contests.refresh(work, [row.record_id])
    work.session.refresh(row)
    note(work, actor, f"link.{order.move}", row.id, {"before": standing.state, "after": after, "code": code})
    return Judged(row.id, after, row.version, row.contested)


def judge_together(work: Work, actor: Actor, order: Order, versions: Mapping[str, int]) -> tuple[Judged, ...]:
    """One move on several links of one family (siblings are decided together), stored one by one.

    All or nothing: what one link refuses is carried out on none. Raises Unprocessable for links of
    different requests, and what `judge` raises.
    """
    first, *others = versions
    family = own_link(work, actor, first)
    if any(own_link(work, actor, other).request_id != family.request_id for other in others):
        raise Unprocessable("not_one_family", "Only links of one request can be decided together.")
    return tuple(judge(work, actor, link_id, order, version) for link_id, version in versions.items())


# what waits for whom, by role
_WAITS: dict[Role, tuple[LinkState, ...]] = {
    Role.REVIEWER: (LinkState.SUGGESTED, LinkState.UNDER_REVIEW),
    Role.SECOND_REVIEWER: (LinkState.PLAUSIBLE, LinkState.VERIFIED_BY_EVIDENCE),
    Role.CHILD_PROTECTION_LEAD: (LinkState.CONFIRMED,),
}
# a link waits for whoever can take, decide or second it; what is frozen or with the panel does not
_WORK = frozenset({Move.CLAIM, Move.RECOMMEND, Move.DISAGREE, Move.CLEAR_BEST_INTERESTS})


def next_waiting(work: Work, actor: Actor, link_id: str | None = None) -> str | None:
    """The id of the heaviest link that waits for the actor, or of the next one below this link, or None.

    Links that a colleague has claimed, or of which the actor has given an opinion, are passed over. Says
    nothing of anybody, so it is no reading.
    """
    require(actor, Operation.READ_QUEUE)
    after = own_link(work, actor, link_id).id if link_id else None
    states = tuple(state for role, waits in _WAITS.items() if role in actor.roles for state in waits)
    if not states:
        return None
    wanted = QueueFilter(actor.organisation_id, states)
    while True:
        page = links.queue(work.session, wanted, after, LONGEST_PAGE)
        for row in page.rows:
            if _waits_for(work, actor, row):
                return row.id
        if page.next_after is None:
            return None
        after = page.next_after


def _waits_for(work: Work, actor: Actor, row: CandidateLinkRow) -> bool:
    if row.claimed_by not in (None, actor.account_id):
        return False
    standing = standing_of(work, row, links.value(work, row))
    return not _WORK.isdisjoint(open_moves(standing, actor.account_id, actor.roles))


def own_link(work: Work, actor: Actor, link_id: str) -> CandidateLinkRow:
    """A link of the actor's organisation. Absent and foreign ones raise the same NotFound; one whose request
    is erased raises Erased.
    """
    row = links.get(work.session, link_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    if row.erased:
        raise Erased
    return row


def note(
    work: Work,
    actor: Actor,
    act: str,
    object_id: str,
    details: dict[str, audit.Detail] | None = None,
    kind: str = KIND,
) -> None:
    """One row of the audit log about the reviewer's work."""
    audit.record(
        work.session,
        work.keys,
        actor.audit_id,
        act,
        kind,
        object_id,
        details,
        organisation_id=actor.organisation_id,
    )


def _refuse_at_once(move: Move) -> None:
    if move not in AT_ONCE:
        raise Conflict("move_not_open", "This step cannot carry its claim with it; claim the link first.")


def _refuse_without_ground(work: Work, row: CandidateLinkRow, move: Move) -> None:
    """Once the enquirer withdrew or took the consent back, nobody carries the link on."""
    request = requests.get(work.session, row.request_id)
    gone = request is None or not request.matching_allowed
    gone = gone or (request is not None and request.state in _ENDED)
    if gone and move in _CARRIES_ON:
        raise Conflict(
            "request_withdrawn",
            "The enquirer withdrew the request or the consent; the link can only end.",
        )


def _reason_code(work: Work, row: CandidateLinkRow, standing: Standing, order: Order) -> str:
    """The code to keep; lifting a freeze also keeps how many claims the lead saw."""
    if order.move is Move.RELEASE and standing.state in FROZEN_STATES:
        return f"{LIFTED}{claims_on(work, row.record_id)}"
    return order.reason_code


def _append(work: Work, row: CandidateLinkRow, act: Act, after: LinkState, code: str) -> None:
    judgement_id = new_id()
    place = reason_place(judgement_id, row.organisation_id)
    judgements.add(
        work.session,
        JudgementRow(
            id=judgement_id,
            link_id=row.id,
            ordinal=0,
            actor_id=act.actor_id,
            move=act.move.value,
            before=row.state,
            after=after.value,
            reason_code=code,
            evidence_type=act.evidence_type.value if act.evidence_type else None,
            sealed_reason=work.sealer.seal_text(place, act.reason) if act.reason else None,
            sealed_evidence=_sealed_evidence(work, row, judgement_id, act),
            weight=row.weight,
        ),
    )


def _sealed_evidence(work: Work, row: CandidateLinkRow, judgement_id: str, act: Act) -> bytes | None:
    if act.evidence_type is None or act.evidence is None:
        return None
    return work.sealer.seal_value(evidence_place(judgement_id, row.organisation_id), act.evidence)


def _changes(
    row: CandidateLinkRow, act: Act, before: LinkState, after: LinkState
) -> dict[str, str | bool | datetime | None]:
    claims = act.move in (Move.CLAIM, Move.REOPEN)
    keeps = after is LinkState.UNDER_REVIEW and before is LinkState.UNDER_REVIEW
    recommended = row.recommended_by
    if act.move is Move.RECOMMEND:
        recommended = act.actor_id
    elif act.move is Move.REOPEN:
        recommended = None
    return {
        "state": after.value,
        "claimed_by": act.actor_id if claims else row.claimed_by if keeps else None,
        "recommended_by": recommended,
        "new_data": row.new_data and act.move is Move.RELEASE,  # whoever judges has looked
        "updated_at": now(),
    }


def _item(work: Work, actor: Actor, row: CandidateLinkRow) -> QueueItem:
    request_row = requests.get(work.session, row.request_id)
    request = requests.value(work, request_row) if request_row else None
    people = [person for person in request.sought if person.person_id == row.person_id] if request else []
    record_row = records.newest(work.session, row.record_id)
    record = records.value(work, record_row) if record_row else None
    is_own = row.record_organisation_id == actor.organisation_id
    return QueueItem(
        link_id=row.id,
        version=row.version,
        state=LinkState(row.state),
        band=Band(row.band),
        relation=LinkRelation(row.relation),
        weight=row.weight,
        probability=row.probability,
        rank=row.rank,
        contested=row.contested,
        new_data=row.new_data,
        claimed_by_me=row.claimed_by == actor.account_id,
        claimed=row.claimed_by is not None,
        request_id=row.request_id,
        person_id=row.person_id,
        sought=_names(people[0].person) if people else (),
        recorded=_names(record.person) if record and is_own else None,
        list_id=record_row.list_id if record_row else "",
        row=record.row if record else 0,
        family_id=row.family_id,
        created_at=row.created_at,
    )


def _names(person: Person) -> tuple[str, ...]:
    whole = person.headline
    parts = (NameRole.SURNAME, NameRole.GIVEN, NameRole.PATRONYMIC)
    others = [name.text for name in person.names if name.role not in parts and name.text != whole]
    return (whole, *others) if whole else ()
