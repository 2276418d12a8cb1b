"""A list on paper: its picture on one side, its rows on the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from service.cases import case_papers, lists, typed_lists
from service.cases.case_papers import LIST, FileView, Upload
from service.cases.list_details import ListView
from service.cases.typed_lists import COLUMNS, MOST_PAGES, MOST_ROWS, Cells, TypedRow
from service.errors import HomewardError, PreconditionFailed, Unprocessable
from service.pages.forms import posted, posted_with_file
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import Id
from service.pages.staff.mapping import date_told
from service.pages.staff.versions import version_of
from service.pictures.clean import clean
from service.security.access import Operation, require
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.speech import marked
from service.store.states import FileKind

router = APIRouter(prefix="/staff/lists")
Typist = Annotated[Actor, Depends(allowed(Operation.MAP_LIST))]
_GONE = (404, 409)
_REFUSED = (*_GONE, 412, 413, 422)
_AT_FIRST, _MORE, _SPARE = 10, 10, 3  # rows of an empty page, of the button, below what was typed
_OVERTAKEN = marked(
    "Somebody else saved this list meanwhile. What you typed is still here; saving it again replaces theirs."
)


@dataclass(frozen=True)
class Shown:
    """A page of paper as it is to be drawn. `typed`: what the form held, where that was not kept."""

    page: int
    rows: int = 0
    typed: tuple[Cells, ...] | None = None
    problem: str = ""
    status: int = 200


@dataclass(frozen=True)
class Desk:
    """What there is of the list; nothing, once it was committed or discarded."""

    view: ListView | None = None
    stored: tuple[TypedRow, ...] = ()
    files: tuple[FileView, ...] = ()


@router.post("/typed")
def begin(
    request: Request,
    actor: Annotated[Actor, Depends(allowed(Operation.UPLOAD_LIST))],
    form: Annotated[dict[str, str], Depends(posted)],
) -> Response:
    """An empty list, to type into."""
    try:
        title = form.get("title", "").strip()[:200]
        view = typed_lists.begin(store_of(request), actor, title, date_told(form.get("list_date", "")))
    except Unprocessable as refused:
        return staff_page(request, "refused", refused.status, sentence=refused.sentence, back="/staff/lists")
    return go(f"/staff/lists/{view.list_id}/typing")


@router.get("/{list_id}/typing")
def show(
    request: Request,
    list_id: Id,
    actor: Typist,
    page: Annotated[int, Query(ge=1, le=MOST_PAGES)] = 1,
    rows: Annotated[int, Query(ge=0, le=MOST_ROWS)] = 0,
) -> Response:
    return _page(request, actor, list_id, Shown(page, rows))


@router.post("/{list_id}/typing")
def save(
    request: Request,
    list_id: Id,
    actor: Typist,
    sent: Annotated[tuple[dict[str, str], bytes], Depends(posted_with_file)],
) -> Response:
    """Keeps the rows, and the picture if one was chosen; every button does, so that nothing is lost."""
    form, content = sent
    page, typed = _number(form.get("page", ""), MOST_PAGES), _typed(form)
    try:
        typed_lists.save_page(store_of(request), actor, list_id, page, typed, version_of(form))
        if content:
            _add_picture(request, actor, list_id, content, page)
    except PreconditionFailed as refused:
        return _page(request, actor, list_id, Shown(page, 0, typed, _OVERTAKEN, refused.status))
    except HomewardError as refused:
        if refused.status not in _REFUSED:
            raise
        return _page(request, actor, list_id, Shown(page, 0, typed, refused.sentence, refused.status))
    return _onward(list_id, page, len(typed), form.get("act", ""))


def _onward(list_id: str, page: int, rows: int, act: str) -> Response:
    here = f"/staff/lists/{list_id}/typing"
    if act == "read":
        return go(f"/staff/lists/{list_id}")
    if act == "more":
        return go(f"{here}?page={page}&rows={min(rows + _MORE, MOST_ROWS)}", "typed")
    if act.startswith("page:"):
        return go(f"{here}?page={_number(act.removeprefix('page:'), MOST_PAGES)}", "typed")
    return go(f"{here}?page={page}", "typed")


def _add_picture(request: Request, actor: Actor, list_id: str, content: bytes, page: int) -> None:
    require(actor, Operation.ADD_FILE)
    upload = Upload(FileKind.LIST_PAGE, str(page), clean(content).data)
    with store_of(request).begin() as work:
        case_papers.add_file(work, actor, (LIST, list_id), upload)


def _typed(form: Mapping[str, str]) -> tuple[Cells, ...]:
    """The rows of the form in their order; a cell is one line."""
    count = _number(form.get("rows", ""), MOST_ROWS)
    return tuple(
        tuple(" ".join(form.get(f"r{n}_{field}", "").split()) for field, _, _ in COLUMNS)
        for n in range(1, count + 1)
    )


def _number(text: str, most: int) -> int:
    """A number of the page's own fields, kept within its bounds."""
    return max(1, min(int(text), most)) if text.isascii() and text.isdigit() and len(text) < 5 else 1


def _page(request: Request, actor: Actor, list_id: str, shown: Shown) -> Response:
    desk = _desk(request, actor, list_id, shown)
    view, stored, files = desk.view, desk.stored, desk.files
    own = tuple(row for row in stored if row.page == shown.page)
    cells = tuple(row.cells for row in own) if shown.typed is None else shown.typed
    count = min(MOST_ROWS, max(shown.rows, _AT_FIRST, len(cells) + (_SPARE if shown.typed is None else 0)))
    blank = ("",) * len(COLUMNS)
    return staff_page(
        request,
        "typing",
        shown.status,
        list_id=list_id,
        view=view,
        page=shown.page,
        pages=_pages(stored, files, shown.page),
        most_pages=MOST_PAGES,
        columns=[field for field, _, _ in COLUMNS],
        rows=[*cells, *[blank] * (count - len(cells))],
        remarks=_remarks(view, own) if view and shown.typed is None else {},
        first=min((row.row for row in own), default=0) if shown.typed is None else 0,
        picture=_picture(files, shown.page),
        idle=store_of(request).settings.idle_minutes,
        problem=shown.problem,
    )


def _desk(request: Request, actor: Actor, list_id: str, shown: Shown) -> Desk:
    """The list as it stands. Where it is typed in no more, the form still shows what was typed last."""
    try:
        with store_of(request).begin() as work:
            view = lists.read_list_view(work, actor, list_id)
            stored = typed_lists.typed_rows(work, actor, list_id)
            return Desk(view, stored, case_papers.show_files(work, actor, (LIST, list_id)))
    except HomewardError as gone:
        if shown.typed is None or gone.status not in _GONE:
            raise
        return Desk()


def _picture(files: tuple[FileView, ...], page: int) -> FileView | None:
    """The picture that was added to this page; pictures added beside the list follow their order."""
    of_pages = {file.caption: file for file in files if file.caption.isdecimal()}
    others = [file for file in files if file.caption not in of_pages]
    return of_pages.get(str(page)) or (others[page - 1] if page <= len(others) else None)


def _pages(stored: tuple[TypedRow, ...], files: tuple[FileView, ...], here: int) -> int:
    return max(1, here, len(files), *(row.page for row in stored))


def _remarks(view: ListView, own: tuple[TypedRow, ...]) -> dict[int, list[str]]:
    """What the reader did not understand, by the place of the row on this page, from 0."""
    places = {row.row: place for place, row in enumerate(own)}
    told: dict[int, list[str]] = {}
    for problem in view.details.reading.problems:
        if problem.row in places:
            told.setdefault(places[problem.row], []).append(problem.sentence)
    return told
