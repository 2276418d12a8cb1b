"""Requests as staff handle them: enter for somebody, list, read, release a status, withdraw."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.responses import Response

from schemas.base import Value
from schemas.review import PublicStatus
from schemas.tracing import Contact, TracingRequest
from schemas.vocabulary import Channel
from service.api.answers import CHANGE, STAFF, problems
from service.api.bodies import StrictJsonRoute
from service.api.parts import After, Expected, Id, IdempotencyKey, Limit, TheStore, body_with, tag
from service.api.request_body import RequestBody
from service.cases import correspondence, intake, requests
from service.security.access import Operation
from service.security.actors import Actor
from service.security.codes import show_code
from service.security.gate import allowed
from service.store.messages import Message
from service.store.states import RequestState

router = APIRouter(prefix="/api/v1/requests", tags=["requests"], route_class=StrictJsonRoute, responses=STAFF)


class StaffReceipt(BaseModel):
    """For the enquirer: the code, shown once. For staff: the request's id."""

    request_id: str
    code: str
    received_on: date
    expires_on: date


class RequestAnswer(BaseModel):
    """A request and how it stands; contact data are a reading of their own."""

    request: TracingRequest
    state: RequestState
    public_status: PublicStatus
    received_on: date
    expires_on: date
    matching_allowed: bool
    version: int


class RequestPage(BaseModel):
    """A page of requests; `next_after` is null at the end."""

    items: list[RequestAnswer]
    next_after: str | None


class StatusBody(Value):
    """The coarse status that the relative's code will show."""

    model_config = body_with({"status": "contact_us"})

    status: PublicStatus


class MessageBody(Value):
    """An open question, in the relative's language; nothing of candidates."""

    model_config = body_with({"text": "Please describe the children's grandmother on the mother's side."})

    text: Annotated[str, Field(min_length=1, max_length=2000)]


Reader = Annotated[Actor, Depends(allowed(Operation.READ_REQUEST))]


@router.post("", status_code=201, summary="Enter a request on somebody's behalf")
def enter(
    actor: Annotated[Actor, Depends(allowed(Operation.ENTER_REQUEST))],
    store: TheStore,
    body: RequestBody,
    key: IdempotencyKey = None,
) -> StaffReceipt:
    with store.begin() as work:
        receipt = intake.file_request(work, actor, body.as_request(Channel.NGO), key)
    return StaffReceipt(
        request_id=receipt.request_id,
        code=show_code(receipt.code),
        received_on=receipt.received_on,
        expires_on=receipt.expires_on,
    )


@router.get("", summary="List requests")
def list_requests(
    actor: Reader,
    store: TheStore,
    page: Limit,
    state: Annotated[RequestState | None, Query()] = None,
    after: After = None,
    ending: Annotated[bool, Query(description="Only those that expire within 30 days or have.")] = False,
) -> RequestPage:
    with store.begin() as work:
        found = requests.list_requests(work, actor, state, after, page.limit, ending=ending)
    return RequestPage(items=[_answer(case) for case in found.rows], next_after=found.next_after)


@router.get("/{request_id}", summary="Read a request")
def read(actor: Reader, store: TheStore, request_id: Id, response: Response) -> RequestAnswer:
    with store.begin() as work:
        case = requests.read_request(work, actor, request_id)
    tag(response, case.version)
    return _answer(case)


@router.get("/{request_id}/contact", summary="Read how to reach the enquirer")
def read_contact(actor: Reader, store: TheStore, request_id: Id) -> Contact:
    with store.begin() as work:
        return requests.read_contact(work, actor, request_id)


@router.put("/{request_id}", summary="Correct a request", responses=CHANGE)
def correct(
    actor: Annotated[Actor, Depends(allowed(Operation.ENTER_REQUEST))],
    store: TheStore,
    request_id: Id,
    body: RequestBody,
    expected: Expected,
    response: Response,
) -> RequestAnswer:
    """People keep their links when the correction names the same `person_id`."""
    with store.begin() as work:
        case = requests.correct_request(work, actor, request_id, body.as_request(Channel.NGO), expected)
    tag(response, case.version)
    return _answer(case)


@router.put("/{request_id}/public-status", summary="Release a public status", responses=CHANGE)
def set_public_status(
    actor: Annotated[Actor, Depends(allowed(Operation.SET_PUBLIC_STATUS))],
    store: TheStore,
    request_id: Id,
    body: StatusBody,
    expected: Expected,
    response: Response,
) -> RequestAnswer:
    """The only thing that changes what the relative's code shows."""
    with store.begin() as work:
        case = requests.set_public_status(work, actor, request_id, body.status, expected)
    tag(response, case.version)
    return _answer(case)


@router.get("/{request_id}/messages", summary="Messages with the relative")
def read_messages(actor: Reader, store: TheStore, request_id: Id) -> tuple[Message, ...]:
    """The oldest first. Reading them marks what the relative wrote as seen."""
    with store.begin() as work:
        return correspondence.read_messages(work, actor, request_id)


@router.post("/{request_id}/messages", status_code=204, summary="Ask the relative", responses=problems(409))
def ask_relative(
    actor: Annotated[Actor, Depends(allowed(Operation.SET_PUBLIC_STATUS))],
    store: TheStore,
    request_id: Id,
    body: MessageBody,
) -> None:
    """Show a question with the code, and release the status `contact_us` with it."""
    with store.begin() as work:
        correspondence.ask_relative(work, actor, request_id, body.text)


@router.post("/{request_id}/extension", summary="Keep a request for longer", responses=CHANGE)
def extend(
    actor: Annotated[Actor, Depends(allowed(Operation.EXTEND_REQUEST))],
    store: TheStore,
    request_id: Id,
    expected: Expected,
    response: Response,
) -> RequestAnswer:
    """For as long again from today. An expired request is open again, until it is erased."""
    with store.begin() as work:
        case = requests.extend_request(work, actor, request_id, expected)
    tag(response, case.version)
    return _answer(case)


@router.post(
    "/{request_id}/withdrawal",
    status_code=204,
    summary="Withdraw on the enquirer's behalf",
    responses=problems(409),
)
def withdraw(
    actor: Annotated[Actor, Depends(allowed(Operation.WITHDRAW_REQUEST))], store: TheStore, request_id: Id
) -> None:
    with store.begin() as work:
        requests.withdraw_request(work, actor, request_id)


def _answer(case: requests.RequestCase) -> RequestAnswer:
    return RequestAnswer(
        request=case.request,
        state=case.state,
        public_status=case.public_status,
        received_on=case.received_on,
        expires_on=case.expires_on,
        matching_allowed=case.matching_allowed,
        version=case.version,
    )
