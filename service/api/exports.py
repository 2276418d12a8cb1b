"""Exports: asked for by one person, approved by another, fetched by the first."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.base import Value
from schemas.review import LinkState
from service.api.answers import CHANGE, STAFF, problems
from service.api.bodies import StrictJsonRoute
from service.api.parts import Expected, Id, TheStore, body_with
from service.cases import exports
from service.cases.exports import OrderView
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed
from service.store.states import ExportFormat

router = APIRouter(prefix="/api/v1/exports", tags=["exports"], route_class=StrictJsonRoute, responses=STAFF)
Asker = Annotated[Actor, Depends(allowed(Operation.ASK_EXPORT))]


class ExportBody(Value):
    """Links in one state, as one kind of file, and what it is for."""

    model_config = body_with({"format": "xlsx", "state": "confirmed", "reason": "meeting of the panel"})

    format: ExportFormat
    state: LinkState
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class DecisionBody(Value):
    """Whether the export may leave."""

    model_config = body_with({"approve": True})

    approve: bool


class Asked(BaseModel):
    """The new order."""

    order_id: str


@router.get("", summary="What was asked for")
def orders(actor: Asker, store: TheStore) -> tuple[OrderView, ...]:
    """The newest fifty."""
    with store.read() as work:
        return exports.orders(work, actor)


@router.post("", status_code=201, summary="Ask for an export")
def ask(actor: Asker, store: TheStore, body: ExportBody) -> Asked:
    """Nothing leaves before another person approved it."""
    with store.begin() as work:
        return Asked(order_id=exports.ask(work, actor, exports.Wanted(body.format, body.state, body.reason)))


@router.post("/{order_id}/decision", status_code=204, summary="Approve or refuse an export", responses=CHANGE)
def decide(
    actor: Annotated[Actor, Depends(allowed(Operation.APPROVE_EXPORT))],
    store: TheStore,
    order_id: Id,
    body: DecisionBody,
    expected: Expected,
) -> None:
    """By somebody else than who asked. `If-Match` is the order's `version`."""
    with store.begin() as work:
        exports.decide(work, actor, order_id, body.approve, expected)


@router.post(
    "/{order_id}/file",
    summary="Fetch an approved export",
    response_class=Response,
    responses=problems(409)
    | {200: {"description": "The file.", "content": {"application/octet-stream": {}}}},
)
def fetch(actor: Asker, store: TheStore, order_id: Id) -> Response:
    """Three times within a day of the approval, by the person who asked."""
    with store.begin() as work:
        made = exports.fetch(work, actor, order_id)
    return Response(
        made.data,
        media_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )
