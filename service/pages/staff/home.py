"""What waits for the person who signs in."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import reviews, waiting
from service.pages.staff.frame import staff_page
from service.pages.staff_words import band
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.speech import _

router = APIRouter(prefix="/staff")


@router.get("")
def home(request: Request, actor: Annotated[Actor, Depends(allowed(Operation.READ_HOME))]) -> Response:
    with store_of(request).begin() as work:
        found = waiting.what_waits(work, actor)
        first = reviews.next_waiting(work, actor) if found.links else None
    trends = found.trends
    return staff_page(
        request,
        "home",
        waits=found,
        first=first,
        bands=[(band(one.words), one.number) for one in trends.bands] if trends else [],
        ages=[(_(one.words), one.number) for one in trends.ages] if trends else [],
    )
