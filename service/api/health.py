"""Whether the process lives, and whether it can do its work."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import open_to_all, store_of

router = APIRouter(tags=["health"])
Anybody = Annotated[Actor, Depends(open_to_all(Operation.HEALTH))]


@router.get("/healthz", summary="The process is alive")
def healthz(_: Anybody) -> dict[str, str]:
    return {"status": "ok"}


@router.get("/readyz", summary="The database answers")
def readyz(_: Anybody, request: Request) -> dict[str, str]:
    """Raises 503 while the database is away."""
    store_of(request).database.ping()
    return {"status": "ready"}
