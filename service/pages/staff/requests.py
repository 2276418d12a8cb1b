"""Requests as staff see them: listed, read, their public status released, withdrawn."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.review import ClosureReason, PublicStatus
from service.cases import correspondence, requests
from service.errors import HomewardError, PreconditionFailed
from service.pages.forms import posted
from service.pages.staff.entry import SPOKEN_LANGUAGES
from service.pages.staff.facts import facts, headline
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import After, Id
from service.pages.staff.versions import version_of
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.speech import _
from service.store.states import RequestState

router = APIRouter(prefix="/staff/requests")
Reader = Annotated[Actor, Depends(allowed(Operation.READ_REQUEST))]
Releaser = Annotated[Actor, Depends(allowed(Operation.SET_PUBLIC_STATUS))]
Form = Annotated[dict[str, str], Depends(posted)]


@router.get("")
def every(request: Request, actor: Reader, state: str = "open", after: After = "") -> Response:
    wanted = RequestState(state) if state in set(RequestState) else None
    with store_of(request).begin() as work:
        page = requests.list_requests(work, actor, wanted, after or None, 25, ending=state == "ending")
    return staff_page(
        request,
        "requests",
        page=page,
        state=wanted.value if wanted else state if state == "ending" else "",
        states=[one.value for one in RequestState],
        headline=headline,
    )


@router.get("/{request_id}")
def one(request: Request, request_id: Id, actor: Reader) -> Response:
    return _one(request, actor, request_id)


def _one(request: Request, actor: Actor, request_id: str, refused: HomewardError | None = None) -> Response:
    with store_of(request).begin() as work:
        case = requests.read_request(work, actor, request_id)
        said = correspondence.read_messages(work, actor, request_id)
        questions = correspondence.open_questions(work, actor, request_id)
    return staff_page(
        request,
        "request",
        refused.status if refused else 200,
        case=case,
        language=_(SPOKEN_LANGUAGES.get(case.request.language, case.request.language)),
        said=said,
        questions=questions,
        problem=refused.sentence if refused else "",
        facts_of=facts,
        headline=headline,
        statuses=[one.value for one in PublicStatus],
        closure_reasons=[one.value for one in ClosureReason],
    )


@router.post("/{request_id}/contact")
def contact(request: Request, request_id: Id, actor: Reader) -> Response:
    """How to reach the enquirer: asked for with a button of its own, since each look is noted."""
    with store_of(request).begin() as work:
        case = requests.read_request(work, actor, request_id)
        found = requests.read_contact(work, actor, request_id)
    return staff_page(request, "contact", case=case, contact=found)


@router.post("/{request_id}/status")
def release(request: Request, request_id: Id, actor: Releaser, form: Form) -> Response:
    """The human release of what the relative's code shows."""
    address = f"/staff/requests/{request_id}"
    status = form.get("status", "")
    if status not in set(PublicStatus):
        return go(address)
    try:
        with store_of(request).begin() as work:
            requests.set_public_status(work, actor, request_id, PublicStatus(status), version_of(form))
    except PreconditionFailed:
        return go(address, "changed")
    return go(address, "status")


@router.post("/{request_id}/question")
def ask(request: Request, request_id: Id, actor: Releaser, form: Form) -> Response:
    """Shows a question on the page that the relative's code opens."""
    try:
        with store_of(request).begin() as work:
            correspondence.ask_relative(work, actor, request_id, form.get("text", ""))
    except HomewardError as refused:
        if refused.status not in (409, 422):
            raise
        return _one(request, actor, request_id, refused)
    return go(f"/staff/requests/{request_id}", "asked")


@router.post("/{request_id}/close")
def close(request: Request, request_id: Id, actor: Releaser, form: Form) -> Response:
    address = f"/staff/requests/{request_id}"
    reason = form.get("reason_code", "")
    if reason not in set(ClosureReason):
        return go(address)
    try:
        with store_of(request).begin() as work:
            requests.close_request(work, actor, request_id, ClosureReason(reason), version_of(form))
    except PreconditionFailed:
        return go(address, "changed")
    return go(address, "closed")


@router.post("/{request_id}/extend")
def extend(
    request: Request,
    request_id: Id,
    actor: Annotated[Actor, Depends(allowed(Operation.EXTEND_REQUEST))],
    form: Form,
) -> Response:
    address = f"/staff/requests/{request_id}"
    try:
        with store_of(request).begin() as work:
            requests.extend_request(work, actor, request_id, version_of(form))
    except PreconditionFailed:
        return go(address, "changed")
    return go(address, "extended")


@router.post("/{request_id}/withdraw")
def withdraw(
    request: Request,
    request_id: Id,
    actor: Annotated[Actor, Depends(allowed(Operation.WITHDRAW_REQUEST))],
) -> Response:
    with store_of(request).begin() as work:
        requests.withdraw_request(work, actor, request_id)
    return go("/staff/requests", "withdrawn")
