"""The public surface by API: file a request, ask its status with the code, withdraw it.

No answer depends on what lists, links or other requests hold.
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from schemas.base import Value
from schemas.review import PublicStatus
from schemas.tracing import TracingRequest
from schemas.vocabulary import Channel
from service.api.answers import CHANGE, PUBLIC, problems
from service.api.bodies import StrictJsonRoute
from service.api.parts import Expected, IdempotencyKey, TheStore, body_with, tag
from service.api.request_body import EXAMPLE, RequestBody
from service.cases import correspondence, intake
from service.security.access import Operation
from service.security.actors import Actor
from service.security.codes import show_code
from service.security.gate import address_of, open_to_all
from service.security.limits import CODE_ALL, CODE_BY_ADDRESS, FILE_ALL, FILE_BY_ADDRESS, spend

EXAMPLE_CODE = "7K2QX-0M4TR-9WZ1C-B8NVD-HGP5E"  # of no request

router = APIRouter(
    prefix="/api/v1/public", tags=["for relatives"], route_class=StrictJsonRoute, responses=PUBLIC
)


class PublicReceipt(BaseModel):
    """What the relative keeps. The code is shown once and opens the request; silence says nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "code": EXAMPLE_CODE,
                    "received_on": "2026-11-02",
                    "expires_on": "2028-11-02",
                }
            ]
        }
    )

    code: str
    received_on: date
    expires_on: date


class CodeBody(Value):
    """The case code, in the body only: addresses end up in histories and logs."""

    model_config = body_with({"code": "7K2QX-0M4TR-9WZ1C-B8NVD-HGP5E"})

    code: Annotated[str, Field(max_length=80)]


class StatusAnswer(BaseModel):
    """All that a code shows. Only a human release changes `status`."""

    status: PublicStatus
    received_on: date
    expires_on: date


class OwnMessage(BaseModel):
    """One message between the relative and the staff."""

    from_staff: bool
    said_on: date
    text: str


class Held(BaseModel):
    """Everything that is held of a request."""

    request: TracingRequest
    messages: list[OwnMessage]


class CorrectionBody(Value):
    """The code, and the whole request as it should be."""

    model_config = body_with({"code": EXAMPLE_CODE, "request": EXAMPLE})

    code: Annotated[str, Field(max_length=80)]
    request: RequestBody


class OwnMessageBody(Value):
    """The code and the message."""

    model_config = body_with(
        {"code": "7K2QX-0M4TR-9WZ1C-B8NVD-HGP5E", "text": "My new number: +7 900 555 01 02"}
    )

    code: Annotated[str, Field(max_length=80)]
    text: Annotated[str, Field(min_length=1, max_length=2000)]


class Withdrawn(BaseModel):
    """The request is out of the matching; its code opens nothing any more."""

    withdrawn: bool = True


@router.post("/requests", status_code=201, summary="File a tracing request")
def file_request(
    actor: Annotated[Actor, Depends(open_to_all(Operation.FILE_OWN_REQUEST))],
    request: Request,
    store: TheStore,
    body: RequestBody,
    key: IdempotencyKey = None,
) -> PublicReceipt:
    """Store the request and give out its code. The matching happens later and elsewhere."""
    spend(store, FILE_ALL)
    spend(store, FILE_BY_ADDRESS, address_of(request))
    with store.begin() as work:
        receipt = intake.file_request(work, actor, body.as_request(Channel.API), key)
    return PublicReceipt(
        code=show_code(receipt.code), received_on=receipt.received_on, expires_on=receipt.expires_on
    )


@router.post("/status", summary="Ask how a request stands")
def read_status(
    _: Annotated[Actor, Depends(open_to_all(Operation.READ_OWN_STATUS))],
    request: Request,
    store: TheStore,
    body: CodeBody,
) -> StatusAnswer:
    """Wrong, expired and withdrawn codes are answered alike."""
    _spend_code(store, request)
    with store.read() as work:
        found = intake.own_status(work, body.code)
    return StatusAnswer(status=found.status, received_on=found.received_on, expires_on=found.expires_on)


@router.post("/export", summary="Read everything that is held")
def export(
    actor: Annotated[Actor, Depends(open_to_all(Operation.READ_OWN_STATUS))],
    request: Request,
    store: TheStore,
    body: CodeBody,
    response: Response,
) -> Held:
    """What the relative told, contact data included, and the messages. The version goes into a correction."""
    _spend_code(store, request)
    with store.begin() as work:
        told, version = intake.read_own(work, actor, body.code)
        said = correspondence.own_messages(work, body.code)
    tag(response, version)
    messages = [OwnMessage(from_staff=m.from_staff, said_on=m.said_on, text=m.text) for m in said]
    return Held(request=told, messages=messages)


@router.post("/correction", summary="Correct a request", responses=CHANGE)
def correct(
    actor: Annotated[Actor, Depends(open_to_all(Operation.CORRECT_OWN_REQUEST))],
    request: Request,
    store: TheStore,
    body: CorrectionBody,
    expected: Expected,
) -> StatusAnswer:
    """The whole corrected request. People keep their links when it names the same `person_id`."""
    _spend_code(store, request)
    corrected = body.request.as_request(Channel.API)
    with store.begin() as work:
        found = intake.correct_own(work, actor, body.code, corrected, expected)
    return StatusAnswer(status=found.status, received_on=found.received_on, expires_on=found.expires_on)


@router.post("/messages", status_code=204, summary="Write to the staff", responses=problems(409))
def say(
    _: Annotated[Actor, Depends(open_to_all(Operation.CORRECT_OWN_REQUEST))],
    request: Request,
    store: TheStore,
    body: OwnMessageBody,
) -> None:
    """Keep a message; nobody is told automatically what it says."""
    _spend_code(store, request)
    with store.begin() as work:
        correspondence.say_own(work, body.code, body.text)


@router.post("/withdrawal", summary="Withdraw a request")
def withdraw(
    actor: Annotated[Actor, Depends(open_to_all(Operation.WITHDRAW_OWN_REQUEST))],
    request: Request,
    store: TheStore,
    body: CodeBody,
) -> Withdrawn:
    """Take the request out of the matching and out of review at once."""
    _spend_code(store, request)
    with store.begin() as work:
        intake.withdraw_own(work, actor, body.code)
    return Withdrawn()


def _spend_code(store: TheStore, request: Request) -> None:
    spend(store, CODE_ALL)
    spend(store, CODE_BY_ADDRESS, address_of(request))
