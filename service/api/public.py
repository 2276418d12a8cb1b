"""The public surface by API: file a request, ask its status with the code, withdraw it.

No answer depends on what lists, links or other requests hold.
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from schemas.base import Value
from schemas.review import PublicStatus
from schemas.vocabulary import Channel
from service.api.answers import PUBLIC
from service.api.bodies import StrictJsonRoute
from service.api.parts import IdempotencyKey, TheStore, body_with
from service.api.request_body import RequestBody
from service.cases import intake
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
