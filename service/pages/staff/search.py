"""Looking for somebody on the lists. The form is posted: what is looked for must not stand in an address."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import requests
from service.cases.queue_choices import list_choices
from service.cases.search import SearchAnswer, Searcher, SearchReason, SearchWanted
from service.errors import HomewardError, Unprocessable
from service.pages.forms import posted
from service.pages.staff.facts import facts, headline
from service.pages.staff.frame import staff_page
from service.pages.staff.ids import After, cursor
from service.pages.staff.sought import sought_of
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.speech import marked

router = APIRouter(prefix="/staff/search")
Looker = Annotated[Actor, Depends(allowed(Operation.SEARCH_LISTS))]
_FIELDS = {"name": 200, "age": 3, "place": 100, "list": 64, "reason": 40, "household_of": 64}
_REASONS = {
    SearchReason.FAMILY_ASKED: marked("a family asked about this person"),
    SearchReason.REVIEW_OF_LINK: marked("to review a link"),
    SearchReason.NO_CANDIDATE: marked("a request has no good candidate"),
    SearchReason.DUPLICATE_ROWS: marked("the same person may stand on two lists"),
    SearchReason.LIST_QUALITY: marked("to check how a list was read"),
}


@dataclass(frozen=True)
class Sought:
    """For whom somebody looks: the person at `place` of a request."""

    request_id: str
    place: str
    name: str


@router.get("")
def empty(request: Request, actor: Looker, request_id: After = "", person: str = "") -> Response:
    asked = dict.fromkeys(_FIELDS, "")
    sought = _sought(request, actor, request_id, person)
    if sought:
        asked |= {"name": sought.name, "reason": SearchReason.NO_CANDIDATE.value}
    return _page(request, actor, asked, sought)


@router.post("")
def search(request: Request, actor: Looker, form: Annotated[dict[str, str], Depends(posted)]) -> Response:
    asked = {name: form.get(name, "").strip()[:most] for name, most in _FIELDS.items()}
    sought = _sought(request, actor, cursor(form.get("request_id", "")), form.get("person", ""))
    searcher: Searcher = request.app.state.searcher
    try:
        answer = searcher.search(actor, _wanted(asked))
    except HomewardError as refused:
        if refused.status not in (422, 429, 503):
            raise
        return _page(request, actor, asked, sought, refused=refused)
    return _page(request, actor, asked, sought, answer)


def _sought(request: Request, actor: Actor, request_id: str, place: str) -> Sought | None:
    if not request_id:
        return None
    with store_of(request).begin() as work:
        case = requests.read_request(work, actor, request_id)
    person = sought_of(case.request, place)
    return Sought(request_id, place, headline(person.person)) if person else None


def _wanted(asked: dict[str, str]) -> SearchWanted:
    if asked["reason"] not in set(SearchReason):
        raise Unprocessable("reason_missing", "Choose why you look for this person.")
    if asked["age"] and not (asked["age"].isdecimal() and int(asked["age"]) <= 120):
        raise Unprocessable("age_not_understood", "Give the age as a number of years, or leave it empty.")
    return SearchWanted(
        reason=SearchReason(asked["reason"]),
        name=asked["name"],
        age=int(asked["age"]) if asked["age"] else None,
        place=asked["place"],
        list_id=cursor(asked["list"]) or None,
        household_of=cursor(asked["household_of"]) or None,
    )


def _page(
    request: Request,
    actor: Actor,
    asked: dict[str, str],
    sought: Sought | None,
    answer: SearchAnswer | None = None,
    refused: HomewardError | None = None,
) -> Response:
    with store_of(request).read() as work:
        lists = list_choices(work, actor)
    return staff_page(
        request,
        "search",
        status=refused.status if refused else 200,
        asked=asked,
        sought=sought,
        answer=answer,
        refused=refused,
        reasons=_REASONS,
        lists=lists,
        titles={one.list_id: one.title for one in lists},
        headline=headline,
        facts_of=facts,
    )
