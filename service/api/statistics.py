"""What was done, in numbers; small counts are not told."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import PlainTextResponse, Response

from service.api.answers import STAFF
from service.api.parts import TheStore
from service.cases import statistics
from service.cases.statistics import Figure
from service.printing.figures import PROMETHEUS, as_metrics, as_table
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed

router = APIRouter(prefix="/api/v1", tags=["oversight"], responses=STAFF)
Reader = Annotated[Actor, Depends(allowed(Operation.READ_STATISTICS))]


@router.get("/statistics", summary="What was done, in numbers")
def read(actor: Reader, store: TheStore) -> tuple[Figure, ...]:
    """A null value is too small to be told, or there is nothing to count yet."""
    with store.read() as work:
        return statistics.statistics(work, actor)


@router.get("/statistics.csv", summary="The same as CSV", response_class=Response)
def read_csv(actor: Reader, store: TheStore) -> Response:
    with store.read() as work:
        table = as_table(statistics.statistics(work, actor))
    return Response(
        table,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="statistics.csv"'},
    )


@router.get("/metrics", summary="The same for Prometheus", response_class=PlainTextResponse)
def read_metrics(actor: Reader, store: TheStore) -> Response:
    """For a machine key with the scope `statistics:read`."""
    with store.read() as work:
        text = as_metrics(statistics.statistics(work, actor))
    return Response(text, media_type=PROMETHEUS)
