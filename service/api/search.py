"""Staff look for somebody on the lists. What is looked for stands in the body: addresses end up in logs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from schemas.base import Value
from service.api.answers import STAFF
from service.api.bodies import StrictJsonRoute
from service.api.parts import ID_PATTERN, body_with
from service.cases.search import SearchAnswer, Searcher, SearchReason, SearchWanted
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed

router = APIRouter(prefix="/api/v1", tags=["review"], route_class=StrictJsonRoute, responses=STAFF)


class SearchBody(Value):
    """A name or its beginning, in any script, and what narrows it; or the household of a record."""

    model_config = body_with(
        {"reason": "family_asked", "name": "Гаджиев Ибрагим", "age": 9},
        {"reason": "no_candidate", "household_of": "7c9e6679f34b4e6e8f1e3b2a5d1c0f42"},
    )

    reason: SearchReason
    name: Annotated[str, Field(max_length=200)] = ""
    age: Annotated[int | None, Field(ge=0, le=120)] = None
    place: Annotated[str, Field(max_length=100)] = ""
    list_id: Annotated[str | None, Field(pattern=ID_PATTERN)] = None
    household_of: Annotated[str | None, Field(pattern=ID_PATTERN)] = None


@router.post("/search", summary="Look for somebody on the lists")
def search(
    actor: Annotated[Actor, Depends(allowed(Operation.SEARCH_LISTS))], request: Request, body: SearchBody
) -> SearchAnswer:
    """At most twenty rows of the organisation's own published lists. Everybody shown is recorded in the audit
    log with the reason, and counts against the account's budget for the day.
    """
    searcher: Searcher = request.app.state.searcher
    return searcher.search(
        actor, SearchWanted(body.reason, body.name, body.age, body.place, body.list_id, body.household_of)
    )
