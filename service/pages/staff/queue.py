"""The queue: links by weight, one line each, names in their own direction."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.link import Band
from schemas.review import LinkState
from service.cases import reviews
from service.cases.queue_choices import list_choices
from service.cases.reviews import WORKING_STATES, QueueWanted
from service.pages.staff.frame import staff_page
from service.pages.staff.ids import After, cursor
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of

router = APIRouter(prefix="/staff")
_TICKS = ("list", "contested", "new", "mine", "sample")
Reviewer = Annotated[Actor, Depends(allowed(Operation.READ_QUEUE))]


@router.get("/queue")
def queue(
    request: Request,
    actor: Reviewer,
    state: str = "",
    band: str = "",
    after: After = "",
) -> Response:
    """Whatever the address asks for that we do not know counts as not asked."""
    asked = {name: request.query_params.get(name, "")[:64] for name in _TICKS}
    chosen = {"state": state, "band": band, **asked}
    with store_of(request).begin() as work:
        found = reviews.read_queue(work, actor, _wanted(chosen), after or None)
        lists = list_choices(work, actor)
        first = reviews.next_waiting(work, actor)
    again = urlencode({name: value for name, value in chosen.items() if value})
    return staff_page(
        request,
        "queue",
        queue=found,
        first=first,
        chosen=chosen,
        again=again,
        states=[one.value for one in LinkState],
        bands=[one.value for one in Band],
        lists=lists,
    )


def _wanted(chosen: dict[str, str]) -> QueueWanted:
    state, band = chosen["state"], chosen["band"]
    if chosen["sample"]:
        return QueueWanted(bands=(Band.DO_NOT_SHOW,), sample=True)
    return QueueWanted(
        states=(LinkState(state),) if state in set(LinkState) else WORKING_STATES,
        bands=(Band(band),) if band in set(Band) else (Band.SHOW, Band.NEEDS_FACTS),
        list_id=cursor(chosen["list"]) or None,
        contested=True if chosen["contested"] else None,
        new_data=True if chosen["new"] else None,
        mine=bool(chosen["mine"]),
    )
