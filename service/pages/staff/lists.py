"""The import wizard: upload, what was recognised, problems, difference, commit, take back."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from service.cases import case_papers, edition_people, lists
from service.cases.lists import NO_PREDECESSOR, Upload
from service.errors import HomewardError, PreconditionFailed, Unprocessable
from service.imports import ReadOptions
from service.pages.forms import posted
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import After, Id
from service.pages.staff.mapping import date_told, meaning_choices, options_of
from service.pages.staff.versions import version_of
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.store.states import ListState

router = APIRouter(prefix="/staff/lists")
Reader = Annotated[Actor, Depends(allowed(Operation.READ_LIST))]
Form = Annotated[dict[str, str], Depends(posted)]
SHOWN_PROBLEMS = 200
SHOWN_CHANGES = 50
SHOWN_ROWS = 5


async def uploaded(request: Request) -> tuple[str, bytes]:
    """Name and bytes of the posted file; an empty name when none was chosen."""
    sent = (await request.form()).get("file")
    if not isinstance(sent, UploadFile):
        return "", b""
    try:
        return sent.filename or "", await sent.read()
    finally:
        await sent.close()


@router.get("")
def every(request: Request, actor: Reader, after: After = "") -> Response:
    return _overview(request, actor, after)


@router.post("")
def upload(
    request: Request,
    actor: Annotated[Actor, Depends(allowed(Operation.UPLOAD_LIST))],
    form: Form,
    file: Annotated[tuple[str, bytes], Depends(uploaded)],
) -> Response:
    """Reads the file into a preview that neither the matching nor a reviewer sees."""
    name, data = file
    try:
        if not name:
            raise Unprocessable("file_missing", "Choose a file first.")
        sent = Upload(
            data,
            name[:200],
            ReadOptions(list_date=date_told(form.get("list_date", ""))),
            form.get("title", "").strip()[:200],
            form.get("continues", "")[:64],
        )
        view = lists.preview_list(store_of(request), actor, sent)
    except HomewardError as refused:
        if refused.status not in (409, 413, 422):
            raise
        return _overview(request, actor, "", refused)
    return go(f"/staff/lists/{view.list_id}", "repeated" if view.repeated else "")


@router.get("/{list_id}")
def one(request: Request, list_id: Id, actor: Reader) -> Response:
    return _page(request, actor, list_id)


@router.post("/{list_id}/mapping")
def remap(
    request: Request,
    list_id: Id,
    actor: Annotated[Actor, Depends(allowed(Operation.MAP_LIST))],
    form: Form,
) -> Response:
    """Reads the preview again with what the importer corrected."""
    store = store_of(request)
    try:
        with store.read() as work:
            view = lists.read_list_view(work, actor, list_id)
        options = options_of(view, form)
        lists.reread_list(store, actor, list_id, options, version_of(form), form.get("continues", "")[:64])
    except PreconditionFailed:
        return go(f"/staff/lists/{list_id}", "changed")
    except HomewardError as refused:
        if refused.status not in (409, 422):
            raise
        return _page(request, actor, list_id, refused)
    return go(f"/staff/lists/{list_id}", "mapped")


@router.post("/{list_id}/commit")
def commit(
    request: Request,
    list_id: Id,
    actor: Annotated[Actor, Depends(allowed(Operation.COMMIT_LIST))],
    form: Form,
) -> Response:
    """All rows at once, or none."""
    try:
        with store_of(request).begin() as work:
            lists.commit_list(
                work,
                actor,
                list_id,
                keep_good_rows=form.get("keep_good_rows") == "yes",
                expected_version=version_of(form),
            )
    except PreconditionFailed:
        return go(f"/staff/lists/{list_id}", "changed")
    except HomewardError as refused:
        if refused.status not in (409, 422):
            raise
        return _page(request, actor, list_id, refused)
    return go(f"/staff/lists/{list_id}", "published")


@router.post("/{list_id}/take-back")
def take_back(
    request: Request,
    list_id: Id,
    actor: Annotated[Actor, Depends(allowed(Operation.TAKE_BACK_LIST))],
    form: Form,
) -> Response:
    try:
        with store_of(request).begin() as work:
            view = lists.take_back_list(work, actor, list_id, version_of(form))
    except PreconditionFailed:
        return go(f"/staff/lists/{list_id}", "changed")
    except HomewardError as refused:
        if refused.status != 409:
            raise
        return _page(request, actor, list_id, refused)
    discarded = view.state is ListState.DISCARDED
    back = "/staff/lists" if view.removed else f"/staff/lists/{list_id}"
    return go(back, "discarded" if discarded else "taken_back")


def _overview(request: Request, actor: Actor, after: str, refused: HomewardError | None = None) -> Response:
    with store_of(request).read() as work:
        page = lists.list_lists(work, actor, after or None, 50)
    return staff_page(
        request,
        "lists",
        refused.status if refused else 200,
        page=page,
        none=NO_PREDECESSOR,
        problem=refused.sentence if refused else "",
    )


def _page(request: Request, actor: Actor, list_id: str, refused: HomewardError | None = None) -> Response:
    with store_of(request).begin() as work:
        view = lists.read_list_view(work, actor, list_id)
        shown = view.state in (ListState.PREVIEW, ListState.PUBLISHED)
        rows = lists.list_records(work, actor, list_id, 0, SHOWN_ROWS) if shown else ()
        comparison = edition_people.compare(work, actor, view, SHOWN_CHANGES) if shown else None
        files = case_papers.show_files(work, actor, (case_papers.LIST, list_id))
    return staff_page(
        request,
        "list",
        refused.status if refused else 200,
        view=view,
        reading=view.details.reading,
        rows=rows,
        comparison=comparison,
        files=files,
        pictured=shown,
        meanings=meaning_choices(),
        most_problems=SHOWN_PROBLEMS,
        most_changes=SHOWN_CHANGES,
        problem=refused.sentence if refused else "",
    )
