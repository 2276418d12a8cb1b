"""The audit log of the organisation, and whether its chain holds."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import oversight
from service.pages.staff.acts import act_in_words
from service.pages.staff.frame import staff_page
from service.security import audit as chain
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of

router = APIRouter(prefix="/staff")
Auditor = Annotated[Actor, Depends(allowed(Operation.READ_AUDIT))]
PAGE = 200


@router.get("/audit")
def audit(request: Request, actor: Auditor, after: str = "") -> Response:
    """The newest events unless a sequence number to begin after is given."""
    return _page(request, actor, after)


@router.post("/audit")
def verify(request: Request, actor: Auditor) -> Response:
    """Walks the whole chain: every row is checked against the one before it."""
    return _page(request, actor, "", verified=True)


def _page(request: Request, actor: Actor, after: str, *, verified: bool = False) -> Response:
    with store_of(request).read() as work:
        newest = chain.head(work.session).sequence
        start = int(after) if after.isascii() and after.isdigit() and len(after) < 12 else newest - PAGE
        events = oversight.read_events(work, actor, max(0, start), PAGE)
        verdict = oversight.verify_chain(work, actor)[0] if verified else None
    older = max(0, start - PAGE)
    return staff_page(
        request,
        "audit",
        events=list(reversed(events)),
        words=act_in_words,
        verdict=verdict,
        older=older,
        start=max(0, start),
    )
