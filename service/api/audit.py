"""The audit log, for auditors: ids, codes and counts, and whether the chain holds."""

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from service.api.answers import STAFF
from service.api.parts import TheStore
from service.cases import oversight
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed

router = APIRouter(prefix="/api/v1/audit", tags=["audit"], responses=STAFF)
Auditor = Annotated[Actor, Depends(allowed(Operation.READ_AUDIT))]


class EventAnswer(BaseModel):
    sequence: int
    at: datetime
    actor_id: str
    act: str
    kind: str
    object_id: str
    details: dict[str, str | int | bool | None]
    mac: str


class EventPage(BaseModel):
    """In the order of the chain; `next_after` is null at the end."""

    items: list[EventAnswer]
    next_after: int | None


class ChainAnswer(BaseModel):
    """`holds` covers the rows up to `sequence`; keep `sequence` and `head` on another host, so that a
    later cut of the log is noticed."""

    holds: bool
    broken_at: int | None
    sequence: int
    head: str


@router.get("", summary="Read the log")
def read_events(
    actor: Auditor,
    store: TheStore,
    after: Annotated[int, Query(ge=0, le=2**53)] = 0,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> EventPage:
    with store.read() as work:
        found = oversight.read_events(work, actor, after, limit)
    items = [
        EventAnswer(
            sequence=event.sequence,
            at=event.at,
            actor_id=event.actor_id,
            act=event.act,
            kind=event.kind,
            object_id=event.object_id,
            details=json.loads(event.details),
            mac=event.mac,
        )
        for event in found
    ]
    return EventPage(items=items, next_after=items[-1].sequence if len(items) == limit else None)


@router.get("/chain", summary="Verify the chain")
def verify_chain(
    actor: Auditor,
    store: TheStore,
    sequence: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    head: Annotated[str | None, Query(pattern="^[0-9a-f]{64}$")] = None,
) -> ChainAnswer:
    """With `sequence` and `head` of an earlier answer, rows cut off or rewritten since are noticed."""
    with store.read() as work:
        verdict, end = oversight.verify_chain(work, actor, sequence, head)
    return ChainAnswer(holds=verdict.holds, broken_at=verdict.broken_at, sequence=end.sequence, head=end.mac)
