"""Notes and pictures beside a link or a list: added by a form, shown one at a time."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from service.cases import case_papers
from service.cases.case_papers import LINK, LIST, Upload
from service.errors import HomewardError
from service.pages.forms import posted, posted_with_file
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import Id
from service.pictures.clean import MEDIA_TYPE, clean
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.store.states import FileKind

router = APIRouter(prefix="/staff")
Adder = Annotated[Actor, Depends(allowed(Operation.ADD_FILE))]
Sent = Annotated[tuple[dict[str, str], bytes], Depends(posted_with_file)]
_REFUSED = (409, 413, 422)


@router.post("/links/{link_id}/notes")
def add_note(
    request: Request,
    link_id: Id,
    actor: Annotated[Actor, Depends(allowed(Operation.JUDGE_LINK))],
    form: Annotated[dict[str, str], Depends(posted)],
) -> Response:
    try:
        with store_of(request).begin() as work:
            case_papers.add_note(work, actor, link_id, form.get("text", ""))
    except HomewardError as refused:
        return _refusal(request, refused, f"/staff/links/{link_id}")
    return go(f"/staff/links/{link_id}", "noted")


@router.post("/links/{link_id}/files")
def add_to_link(request: Request, link_id: Id, actor: Adder, sent: Sent) -> Response:
    return _add(request, actor, (LINK, link_id), sent, f"/staff/links/{link_id}")


@router.post("/lists/{list_id}/files")
def add_to_list(request: Request, list_id: Id, actor: Adder, sent: Sent) -> Response:
    return _add(request, actor, (LIST, list_id), sent, f"/staff/lists/{list_id}")


@router.get("/files/{file_id}")
def show(
    request: Request, file_id: Id, actor: Annotated[Actor, Depends(allowed(Operation.READ_FILE))]
) -> Response:
    """The picture alone. It is never kept by the browser."""
    with store_of(request).begin() as work:
        picture = case_papers.read_file(work, actor, file_id)
    return _picture(picture)


@router.get("/files/{file_id}/on-page")
def show_on_page(
    request: Request, file_id: Id, actor: Annotated[Actor, Depends(allowed(Operation.READ_FILE))]
) -> Response:
    """The picture as a part of the page that shows it, whose reading is noted once for all pictures."""
    with store_of(request).begin() as work:
        picture = case_papers.read_on_page(work, actor, file_id)
    return _picture(picture)


def _picture(picture: bytes) -> Response:
    return Response(picture, media_type=MEDIA_TYPE, headers={"Content-Disposition": "inline"})


def _add(
    request: Request, actor: Actor, subject: tuple[str, str], sent: tuple[dict[str, str], bytes], back: str
) -> Response:
    """The picture is drawn anew before the store is opened: a child process may take a second."""
    form, content = sent
    kind = form.get("kind", "")
    try:
        upload = Upload(
            FileKind(kind) if kind in set(FileKind) else FileKind.DOCUMENT,
            form.get("caption", ""),
            clean(content).data,
        )
        with store_of(request).begin() as work:
            case_papers.add_file(work, actor, subject, upload)
    except HomewardError as refused:
        return _refusal(request, refused, back)
    return go(back, "pictured")


def _refusal(request: Request, refused: HomewardError, back: str) -> Response:
    if refused.status not in _REFUSED:
        raise refused
    return staff_page(request, "refused", refused.status, sentence=refused.sentence, back=back)
