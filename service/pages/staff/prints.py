"""Pages to print, as PDF: the case sheet, the photographs for a line-up, the poster without names."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from service import speech
from service.cases import case_sheets
from service.pages.public.desk import Desk
from service.pages.public.qr import qr_of
from service.pages.staff.facts import facts, headline
from service.pages.staff.ids import Id
from service.pages.staff.waterfall import waterfall
from service.pages.words import words_of
from service.printing.pdf import as_pdf
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of

router = APIRouter(prefix="/staff")
Printer = Annotated[Actor, Depends(allowed(Operation.PRINT_CASE))]


@router.get("/links/{link_id}/sheet.pdf")
def sheet(request: Request, link_id: Id, actor: Printer) -> Response:
    with store_of(request).begin() as work:
        made = case_sheets.case_sheet(work, actor, link_id)
    pdf = as_pdf(
        "case_sheet",
        view=made.view,
        notes=made.notes,
        falls=waterfall(made.view.evidence),
        facts_of=facts,
        headline=headline,
        mark=made.mark,
        language=speech.language(),
        direction=speech.direction(),
    )
    return _pdf(pdf, f"case-{link_id[:8]}.pdf")


@router.get("/links/{link_id}/photographs.pdf")
def photographs(request: Request, link_id: Id, actor: Printer) -> Response:
    with store_of(request).begin() as work:
        made = case_sheets.booklet(work, actor, link_id)
    pdf = as_pdf(
        "booklet",
        pictures=made.pictures,
        mark=made.mark,
        language=speech.language(),
        direction=speech.direction(),
    )
    return _pdf(pdf, f"photographs-{link_id[:8]}.pdf")


@router.get("/poster.pdf", dependencies=[Depends(allowed(Operation.READ_HOME))])
def poster(request: Request, language: Annotated[str, Query()] = "en") -> Response:
    """Says that one can ask, and where; names nobody."""
    store = store_of(request)
    known = store.settings.offered_languages
    t = words_of(language if language in known else known[0])
    where = store.settings.public_host or request.url.netloc
    address = f"https://{where}/{t.language}/"
    pdf = as_pdf(
        "poster",
        t=t,
        host=Desk(store).host(),
        qr=qr_of(address),
        address=address,
        mark="Homeward",
        language=t.language,
        direction=t.direction,
    )
    return _pdf(pdf, f"poster-{t.language}.pdf")


def _pdf(data: bytes, name: str) -> Response:
    return Response(
        data, media_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
