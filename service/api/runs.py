"""Matching runs: start one, watch it, stop it. A worker does the matching."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from service.api.answers import STAFF
from service.api.bodies import StrictJsonRoute
from service.api.idempotent import Creation, once
from service.api.parts import After, Id, IdempotencyKey, Limit, TheStore
from service.cases import matching_runs
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed
from service.store.states import RunKind, WorkState

router = APIRouter(prefix="/api/v1/runs", tags=["runs"], route_class=StrictJsonRoute, responses=STAFF)
Reader = Annotated[Actor, Depends(allowed(Operation.READ_RUN))]


class RunAnswer(BaseModel):
    """How far a run is; ids and counts only."""

    run_id: str
    kind: RunKind
    state: WorkState
    requests: int
    chunks: int
    chunks_done: int
    chunks_failed: int
    links: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @classmethod
    def of(cls, progress: matching_runs.RunProgress) -> "RunAnswer":
        return cls(**{name: getattr(progress, name) for name in cls.model_fields})


class RunPage(BaseModel):
    """The newest first; `next_after` is null at the end."""

    items: list[RunAnswer]
    next_after: str | None


@router.post("", status_code=202, summary="Match every open request anew")
def start(
    actor: Annotated[Actor, Depends(allowed(Operation.START_RUN))],
    store: TheStore,
    key: IdempotencyKey = None,
) -> RunAnswer:
    with store.begin() as work:
        creation = Creation("run.start", RunAnswer, key)
        return once(work, actor, creation, lambda: RunAnswer.of(matching_runs.start_run(work, actor)))


@router.get("", summary="List runs")
def list_runs(actor: Reader, store: TheStore, page: Limit, after: After = None) -> RunPage:
    with store.read() as work:
        found = matching_runs.list_runs(work, actor, after, page.limit)
    return RunPage(items=[RunAnswer.of(run) for run in found.rows], next_after=found.next_after)


@router.get("/{run_id}", summary="Read a run")
def read(actor: Reader, store: TheStore, run_id: Id) -> RunAnswer:
    with store.read() as work:
        return RunAnswer.of(matching_runs.read_run(work, actor, run_id))


@router.post("/{run_id}/cancellation", summary="Stop a run")
def cancel(
    actor: Annotated[Actor, Depends(allowed(Operation.CANCEL_RUN))], store: TheStore, run_id: Id
) -> RunAnswer:
    """What was matched stays; waiting parts are dropped."""
    with store.begin() as work:
        return RunAnswer.of(matching_runs.cancel_run(work, actor, run_id))
