"""Matching runs: how far they are, and a button to start one."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import matching_runs
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import After, Id
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of

router = APIRouter(prefix="/staff/runs")


@router.get("")
def runs(
    request: Request, actor: Annotated[Actor, Depends(allowed(Operation.READ_RUN))], after: After = ""
) -> Response:
    with store_of(request).read() as work:
        page = matching_runs.list_runs(work, actor, after or None, 25)
    busy = any(not run.finished for run in page.rows)
    return staff_page(request, "runs", page=page, busy=busy)


@router.post("")
def start(request: Request, actor: Annotated[Actor, Depends(allowed(Operation.START_RUN))]) -> Response:
    with store_of(request).begin() as work:
        matching_runs.start_run(work, actor)
    return go("/staff/runs", "run")


@router.post("/{run_id}/cancel")
def cancel(
    request: Request, run_id: Id, actor: Annotated[Actor, Depends(allowed(Operation.CANCEL_RUN))]
) -> Response:
    with store_of(request).begin() as work:
        matching_runs.cancel_run(work, actor, run_id)
    return go("/staff/runs", "cancelled")
