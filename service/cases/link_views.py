"""The link page's content: both originals, evidence, the household, neighbours, history, next moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schemas.link import Band, CandidateLink, Evidence
from schemas.registry import DetaineeRecord
from schemas.review import EvidenceDetails, EvidenceType, Judgement, LinkState, Move, PublicStatus
from schemas.tracing import SoughtPerson, TracingRequest
from service.cases.family_views import FamilyView, Neighbour, family_of, neighbour, record_for
from service.cases.reviews import note, own_link
from service.cases.standings import standing_of
from service.cases.workflow import Standing, moves_at_once, open_moves
from service.errors import NotFound
from service.security.access import Operation, require
from service.security.actors import Actor, Role
from service.store import accounts, links, records, requests, source_lists
from service.store.tables import CandidateLinkRow
from service.store.work import Work

_SECOND_OPINION = (LinkState.PLAUSIBLE, LinkState.VERIFIED_BY_EVIDENCE)
_OPINION_MOVES = (Move.CLAIM, Move.ASK, Move.RECOMMEND, Move.RELEASE, Move.REOPEN, Move.REJECT)


@dataclass(frozen=True)
class HistoryEntry:
    """One judgement. `veiled`: the reader owes an own opinion first, so who and why are left out.

    Of evidence, which the reader judges on, only who recorded it is left out then.
    """

    decided_at: datetime
    move: Move
    before: LinkState
    after: LinkState
    actor_id: str
    actor: str  # the account's work name
    reason_code: str
    reason: str
    evidence_type: EvidenceType | None
    evidence: EvidenceDetails | None = None
    veiled: bool = False


@dataclass(frozen=True)
class ListFacts:
    """Where the record stands."""

    list_id: str
    edition: int
    list_date: date | None
    state: str


@dataclass(frozen=True)
class LinkView:
    """All of one link, for one reader. `record` is None where the list's organisation keeps it."""

    link_id: str
    version: int
    state: LinkState
    proposal: CandidateLink
    request: TracingRequest  # without contact data
    sought: SoughtPerson
    public_status: PublicStatus
    request_version: int
    record: DetaineeRecord | None
    source: ListFacts | None
    family: FamilyView | None
    siblings: tuple[Neighbour, ...]  # links of the same family, decided together, stored one by one
    runners_up: tuple[Neighbour, ...]  # further candidates for the same person
    other_claims: tuple[Neighbour, ...]  # links of other requests on the same record
    history: tuple[HistoryEntry, ...]
    moves: tuple[Move, ...]
    at_once: tuple[Move, ...]  # further ones, for a reader who claims the link in the same act
    current: bool
    new_data: bool
    contested: bool
    frozen: bool
    in_panel: bool
    claimed_by_me: bool
    claimed: bool

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Adds up to `weight`."""
        return self.proposal.evidence

    @property
    def weight(self) -> float:
        return self.proposal.weight

    @property
    def probability(self) -> float:
        return self.proposal.probability

    @property
    def band(self) -> Band:
        return self.proposal.band


def read_link(work: Work, actor: Actor, link_id: str) -> LinkView:
    """One link with everything around it; the reading itself is audited.

    Takes a write transaction. Raises NotFound for absent and foreign links alike.
    """
    require(actor, Operation.READ_LINK)
    row = own_link(work, actor, link_id)
    request_row = requests.get(work.session, row.request_id)
    if request_row is None:
        raise NotFound
    request = requests.value(work, request_row)
    proposal = _shown(links.value(work, row), actor, row)
    standing = standing_of(work, row, proposal)
    same_request = links.of_request(work.session, row.request_id)
    family = family_of(work, actor, row, request)
    view = LinkView(
        link_id=row.id,
        version=row.version,
        state=LinkState(row.state),
        proposal=proposal,
        request=request,
        sought=_person(request, row.person_id),
        public_status=PublicStatus(request_row.public_status),
        request_version=request_row.version,
        record=record_for(work, actor, row.record_id),
        source=_source(work, row),
        family=family,
        siblings=_neighbours(work, actor, _of_family(row, family, same_request)),
        runners_up=_neighbours(work, actor, [r for r in same_request if _is_runner_up(row, r)]),
        other_claims=_neighbours(work, actor, _claims(work, row)),
        history=_history(work, actor, standing),
        moves=open_moves(standing, actor.account_id, actor.roles),
        at_once=moves_at_once(standing, actor.account_id, actor.roles),
        current=row.current,
        new_data=row.new_data,
        contested=row.contested,
        frozen=standing.frozen,
        in_panel=standing.in_panel,
        claimed_by_me=row.claimed_by == actor.account_id,
        claimed=row.claimed_by is not None,
    )
    note(work, actor, "link.read", row.id)
    return view


def _person(request: TracingRequest, person_id: str) -> SoughtPerson:
    for person in request.sought:
        if person.person_id == person_id:
            return person
    raise NotFound  # the correction of a request took the person out


def _shown(proposal: CandidateLink, actor: Actor, row: CandidateLinkRow) -> CandidateLink:
    """Another organisation's list gives its levels and weights, not its words."""
    if row.record_organisation_id == actor.organisation_id:
        return proposal
    veiled = tuple(
        e.model_copy(update={"recorded": "", "sentence": "", "detail": ()}) for e in proposal.evidence
    )
    return proposal.model_copy(update={"evidence": veiled})


def _source(work: Work, row: CandidateLinkRow) -> ListFacts | None:
    record = records.newest(work.session, row.record_id)
    source = source_lists.get(work.session, record.list_id) if record else None
    return ListFacts(source.id, source.edition, source.list_date, source.state) if source else None


def _of_family(
    row: CandidateLinkRow, family: FamilyView | None, same_request: Sequence[CandidateLinkRow]
) -> list[CandidateLinkRow]:
    joined = {pair.link_id for pair in family.pairs} if family else set()
    return [other for other in same_request if other.id in joined and other.id != row.id]


def _is_runner_up(row: CandidateLinkRow, other: CandidateLinkRow) -> bool:
    return other.person_id == row.person_id and other.id != row.id


def _claims(work: Work, row: CandidateLinkRow) -> list[CandidateLinkRow]:
    return [
        other
        for other in links.of_record(work.session, row.record_id)
        if other.request_id != row.request_id and other.organisation_id == row.organisation_id
    ]


def _neighbours(work: Work, actor: Actor, rows: list[CandidateLinkRow]) -> tuple[Neighbour, ...]:
    heaviest_first = sorted(rows, key=lambda r: (-r.weight, r.id))
    return tuple(neighbour(work, actor, r) for r in heaviest_first)


def owes_opinion(standing: Standing, actor: Actor) -> bool:
    """Who may still vote on a link sees the evidence before the first opinion (docs/workflow.md)."""
    owes = standing.state in _SECOND_OPINION and not standing.voted(actor.account_id)
    return owes and not (standing.in_panel and Role.CHILD_PROTECTION_LEAD in actor.roles)


def _history(work: Work, actor: Actor, standing: Standing) -> tuple[HistoryEntry, ...]:
    owes = owes_opinion(standing, actor)
    now = {id(j) for j in standing.revision} if owes else set()
    return tuple(_entry(work, actor, judgement, id(judgement) in now) for judgement in standing.history)


def _entry(work: Work, actor: Actor, judgement: Judgement, owed: bool) -> HistoryEntry:
    veiled = owed and judgement.move in _OPINION_MOVES
    nameless = veiled or (owed and judgement.actor_id != actor.account_id)
    account = None if nameless else accounts.get(work.session, judgement.actor_id)
    return HistoryEntry(
        decided_at=judgement.decided_at,
        move=judgement.move,
        before=judgement.before,
        after=judgement.after,
        actor_id="" if nameless else judgement.actor_id,
        actor=account.login if account else "",
        reason_code="" if veiled else judgement.reason_code,
        reason="" if veiled else judgement.reason,
        evidence_type=judgement.evidence_type,
        evidence=judgement.evidence,
        veiled=veiled,
    )
