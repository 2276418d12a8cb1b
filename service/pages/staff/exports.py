"""Exports: asked for by one person, approved by another, fetched by the first."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.review import LinkState
from service.cases import exports
from service.errors import HomewardError, PreconditionFailed
from service.pages.forms import posted
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import Id
from service.pages.staff.versions import version_of
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.store.states import ExportFormat

router = APIRouter(prefix="/staff/exports")
Asker = Annotated[Actor, Depends(allowed(Operation.ASK_EXPORT))]
Approver = Annotated[Actor, Depends(allowed(Operation.APPROVE_EXPORT))]
Form = Annotated[dict[str, str], Depends(posted)]
_HERE = "/staff/exports"


@router.get("")
def every(request: Request, actor: Asker) -> Response:
    return _page(request, actor)


@router.post("")
def ask(request: Request, actor: Asker, form: Form) -> Response:
    state, kind = form.get("state", ""), form.get("format", "")
    wanted = exports.Wanted(
        ExportFormat(kind) if kind in set(ExportFormat) else ExportFormat.CSV,
        LinkState(state) if state in set(LinkState) else LinkState.CONFIRMED,
        form.get("reason", ""),
    )
    try:
        with store_of(request).begin() as work:
            exports.ask(work, actor, wanted)
    except HomewardError as refused:
        if refused.status != 422:
            raise
        return _page(request, actor, refused)
    return go(_HERE, "export_asked")


@router.post("/{order_id}/decision")
def decide(request: Request, order_id: Id, actor: Approver, form: Form) -> Response:
    try:
        with store_of(request).begin() as work:
            exports.decide(work, actor, order_id, form.get("approve") == "yes", version_of(form))
    except PreconditionFailed:
        return go(_HERE, "changed")
    except HomewardError as refused:
        if refused.status not in (403, 409):
            raise
        return _page(request, actor, refused)
    return go(_HERE, "export_decided")


@router.post("/{order_id}/file")
def fetch(request: Request, order_id: Id, actor: Asker) -> Response:
    """A form, not a link: each fetching counts."""
    try:
        with store_of(request).begin() as work:
            made = exports.fetch(work, actor, order_id)
    except HomewardError as refused:
        if refused.status not in (403, 409, 410):
            raise
        return _page(request, actor, refused)
    return Response(
        made.data,
        media_type=made.media_type,
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )


def _page(request: Request, actor: Actor, refused: HomewardError | None = None) -> Response:
    with store_of(request).read() as work:
        found = exports.orders(work, actor)
    return staff_page(
        request,
        "exports",
        refused.status if refused else 200,
        orders=found,
        problem=refused.sentence if refused else "",
        states=[one.value for one in LinkState],
    )
