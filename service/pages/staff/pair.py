"""Why a sought person and a row are, or are not, proposed to each other. Posted: an address says nothing."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import requests
from service.cases.explain import Explainer, PairAsked
from service.errors import NotFound
from service.pages.forms import posted
from service.pages.staff.facts import headline
from service.pages.staff.frame import staff_page
from service.pages.staff.ids import known_form
from service.pages.staff.sought import sought_of
from service.pages.staff.waterfall import waterfall
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of

router = APIRouter(prefix="/staff/pairs")


@router.post("")
def pair(
    request: Request,
    actor: Annotated[Actor, Depends(allowed(Operation.EXPLAIN_PAIR))],
    form: Annotated[dict[str, str], Depends(posted)],
) -> Response:
    """The answer in a sentence, and how the two would be weighed today."""
    request_id, place = known_form(form.get("request_id", "")), form.get("person", "")
    with store_of(request).begin() as work:
        case = requests.read_request(work, actor, request_id)
    person = sought_of(case.request, place)
    if person is None:
        raise NotFound
    explainer: Explainer = request.app.state.explainer
    asked = PairAsked(request_id, person.person_id, known_form(form.get("record_id", "")))
    answer = explainer.explain(actor, asked)
    return staff_page(
        request,
        "pair",
        answer=answer,
        falls=waterfall(answer.proposal.evidence) if answer.proposal else None,
        sought=headline(person.person),
        back=f"/staff/search?request_id={request_id}&person={place}",
    )
