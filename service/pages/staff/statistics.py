"""What was done, in numbers, with a bar beside each count."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import statistics
from service.cases.statistics import Figure
from service.pages.staff.frame import staff_page
from service.printing.figures import as_table
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of

router = APIRouter(prefix="/staff/statistics")
Reader = Annotated[Actor, Depends(allowed(Operation.READ_STATISTICS))]


@router.get("")
def page(request: Request, actor: Reader) -> Response:
    with store_of(request).read() as work:
        found = statistics.statistics(work, actor)
    groups = [(name, list(figures)) for name, figures in groupby(found, key=lambda figure: figure.name)]
    return staff_page(request, "statistics", groups=[_group(name, figures) for name, figures in groups])


@router.get(".csv")
def table(request: Request, actor: Reader) -> Response:
    with store_of(request).read() as work:
        data = as_table(statistics.statistics(work, actor))
    return Response(
        data,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="statistics.csv"'},
    )


def _group(name: str, figures: list[Figure]) -> dict[str, object]:
    most = max((figure.value or 0 for figure in figures), default=0)
    return {"name": name, "means": figures[0].means, "figures": figures, "most": most}
