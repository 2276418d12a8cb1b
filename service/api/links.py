"""Candidate links: the queue, the link with everything around it, judgements, and any pair explained."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from schemas.base import Value
from schemas.link import Band
from schemas.review import EvidenceDetails, EvidenceType, LinkState, Move
from service.api.answers import CHANGE, STAFF
from service.api.bodies import StrictJsonRoute
from service.api.parts import ID_PATTERN, Expected, Id, TheStore, body_with, tag
from service.cases import link_views, reviews
from service.cases.explain import Explainer, PairAsked, PairExplained
from service.cases.link_views import HistoryEntry, LinkView
from service.cases.reviews import WORKING_STATES, Judged, Order, Queue, QueueWanted
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed

router = APIRouter(prefix="/api/v1", tags=["review"], route_class=StrictJsonRoute, responses=STAFF)
LinkReader = Annotated[Actor, Depends(allowed(Operation.READ_LINK))]


class QueueQuery(Value):
    """Filters of the queue; what is left out leaves the question open."""

    state: tuple[LinkState, ...] = WORKING_STATES
    band: tuple[Band, ...] = (Band.SHOW, Band.NEEDS_FACTS)
    list_id: Annotated[str | None, Field(pattern=ID_PATTERN)] = None
    request_id: Annotated[str | None, Field(pattern=ID_PATTERN)] = None
    contested: bool | None = None
    new_data: bool | None = None
    mine: bool = False
    sample: bool = False
    after: Annotated[str | None, Field(pattern=ID_PATTERN)] = None
    limit: Annotated[int, Field(ge=1, le=50)] = 25


class JudgementBody(Value):
    """One move of the workflow, with its reason and its evidence where the move needs them."""

    model_config = body_with(
        {"move": "claim"},
        {
            "move": "reject",
            "reason_code": "mother_differs",
            "reason": "another mother on the paper",
        },
        {
            "move": "verify",
            "evidence_type": "dna_inclusion",
            "reason": "grandmother and child",
            "evidence": {"found_on": "2026-09-30", "independence": "independent", "reference": "LAB-0000"},
        },
        {"move": "recommend", "claim": True},
        {"move": "confirm"},
    )

    move: Move
    reason_code: Annotated[str, Field(max_length=60, pattern="^[a-z_]*$")] = ""
    reason: Annotated[str, Field(max_length=2000)] = ""
    evidence_type: EvidenceType | None = None
    evidence: EvidenceDetails | None = None
    claim: bool = False  # with `recommend`, `ask` and `reject`: claim the link first, in the same act


class PairBody(Value):
    """A sought person of a request, and a detainee record."""

    model_config = body_with(
        {
            "request_id": "0f8fad5bd9cb469fa16570867728950e",
            "person_id": "p2",
            "record_id": "7c9e6679f34b4e6e8f1e3b2a5d1c0f42",
        }
    )

    request_id: Annotated[str, Field(pattern=ID_PATTERN)]
    person_id: Annotated[str, Field(min_length=1, max_length=64)]
    record_id: Annotated[str, Field(pattern=ID_PATTERN)]


@router.get("/links", summary="The review queue")
def read_queue(
    actor: Annotated[Actor, Depends(allowed(Operation.READ_QUEUE))],
    store: TheStore,
    query: Annotated[QueueQuery, Query()],
) -> Queue:
    """The heaviest first. Names are read here, so each page is a reading in the audit log."""
    wanted = QueueWanted(
        states=query.state,
        bands=query.band,
        list_id=query.list_id,
        request_id=query.request_id,
        contested=query.contested,
        new_data=query.new_data,
        mine=query.mine,
        sample=query.sample,
    )
    with store.begin() as work:
        return reviews.read_queue(work, actor, wanted, query.after, query.limit)


@router.get("/links/{link_id}", summary="One link with everything around it")
def read_link(actor: LinkReader, store: TheStore, link_id: Id, response: Response) -> LinkView:
    """Both originals, the evidence that adds up to the weight, the household, the history, the next moves."""
    with store.begin() as work:
        view = link_views.read_link(work, actor, link_id)
    tag(response, view.version)
    return view


@router.get("/links/{link_id}/history", summary="What humans decided about a link")
def read_history(actor: LinkReader, store: TheStore, link_id: Id) -> tuple[HistoryEntry, ...]:
    """The oldest first. Who still owes an own opinion does not see the first one."""
    with store.begin() as work:
        return link_views.read_link(work, actor, link_id).history


@router.post("/links/{link_id}/judgements", status_code=201, summary="Judge a link", responses=CHANGE)
def judge(
    actor: Annotated[Actor, Depends(allowed(Operation.JUDGE_LINK))],
    store: TheStore,
    link_id: Id,
    body: JudgementBody,
    expected: Expected,
    response: Response,
) -> Judged:
    """Append one judgement. Judgements are never edited or deleted; an undo is a further one."""
    order = Order(body.move, body.reason_code, body.reason, body.evidence_type, body.evidence, body.claim)
    with store.begin() as work:
        judged = reviews.judge(work, actor, link_id, order, expected)
    tag(response, judged.version)
    return judged


@router.post("/pairs/explanation", summary="Why a pair is proposed, or is not")
def explain(
    actor: Annotated[Actor, Depends(allowed(Operation.EXPLAIN_PAIR))], request: Request, body: PairBody
) -> PairExplained:
    """Always answers, for every sought person and every record of the organisation."""
    explainer: Explainer = request.app.state.explainer
    return explainer.explain(actor, PairAsked(body.request_id, body.person_id, body.record_id))
