"""Detainee lists: upload and preview, correct the mapping, publish, see the difference, take back."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from pydantic import BaseModel, Field, ValidationError
from starlette.responses import Response

from schemas.base import Value
from schemas.registry import DetaineeRecord
from service.api.answers import CHANGE, STAFF
from service.api.bodies import StrictJsonRoute, strict_json, text_fault
from service.api.parts import ID_PATTERN, After, Expected, Id, Limit, TheStore, body_with, tag
from service.cases import lists, reviews
from service.cases.editions import EditionDifference
from service.cases.list_details import ListDetails, ListView
from service.errors import Unprocessable
from service.imports import ReadOptions
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed
from service.store.states import ListState

router = APIRouter(prefix="/api/v1/lists", tags=["lists"], route_class=StrictJsonRoute, responses=STAFF)
Reader = Annotated[Actor, Depends(allowed(Operation.READ_LIST))]
Publisher = Annotated[Actor, Depends(allowed(Operation.COMMIT_LIST))]
CONTINUES = f"^(none|{ID_PATTERN[1:-1]})?$"


class ReadingBody(Value):
    """How to read the file; what is left out is recognised.

    `mapping` goes from a heading or a column letter to a meaning.
    """

    model_config = body_with({"mapping": {"C": "mother_name"}, "list_date": "2021-10-03"})

    mapping: Annotated[Mapping[str, str], Field(max_length=100)] = {}
    list_date: date | None = None
    encoding: Annotated[str | None, Field(max_length=40, pattern="^[A-Za-z0-9_-]+$")] = None
    sheet: Annotated[str | None, Field(max_length=100)] = None
    date_order: Annotated[str, Field(pattern="^(dmy|mdy)?$")] = ""
    continues: Annotated[str, Field(pattern=CONTINUES)] = ""

    def options(self) -> ReadOptions:
        return ReadOptions(**self.model_dump(exclude={"continues"}))


class CommitBody(Value):
    """`keep_good_rows`: publish although the report names rows that were not understood."""

    model_config = body_with({"keep_good_rows": False})

    keep_good_rows: bool = False


class ListAnswer(BaseModel):
    """A list, how it was read, and the report: every row that was not understood, by its number."""

    list_id: str
    state: ListState
    edition: int
    predecessor_id: str | None
    record_count: int
    problem_count: int
    created_at: datetime
    published_at: datetime | None
    details: ListDetails
    version: int
    repeated: bool
    removed: bool

    @classmethod
    def of(cls, view: ListView) -> "ListAnswer":
        return cls(**{name: getattr(view, name) for name in cls.model_fields})


class ListPage(BaseModel):
    items: list[ListAnswer]
    next_after: str | None


class RecordPage(BaseModel):
    items: list[DetaineeRecord]
    next_offset: int | None


@router.post("", status_code=201, summary="Upload a list and see how it is read", responses=CHANGE)
def upload(
    actor: Annotated[Actor, Depends(allowed(Operation.UPLOAD_LIST))],
    store: TheStore,
    response: Response,
    file: Annotated[UploadFile, File(description="CSV, TSV, XLSX, XLS or ODS, at most 20 MiB.")],
    title: Annotated[str, Form(max_length=200)] = "",
    reading: Annotated[str, Form(max_length=20_000, description="JSON, as for `PUT .../reading`.")] = "{}",
) -> ListAnswer:
    """Nothing is visible to the matching before it is published. The same file again changes nothing."""
    asked = _asked(reading)
    name = (file.filename or "")[:200]
    if text_fault(title) or text_fault(name):
        raise Unprocessable("text_with_controls", "The title or the file's name holds unusable characters.")
    told = lists.Upload(file.file.read(), name, asked.options(), title, asked.continues)
    view = lists.preview_list(store, actor, told)
    tag(response, view.version)
    return ListAnswer.of(view)


@router.get("", summary="List the lists")
def list_lists(actor: Reader, store: TheStore, page: Limit, after: After = None) -> ListPage:
    with store.read() as work:
        found = lists.list_lists(work, actor, after, page.limit)
    return ListPage(items=[ListAnswer.of(view) for view in found.rows], next_after=found.next_after)


@router.get("/{list_id}", summary="Read a list's report")
def read(actor: Reader, store: TheStore, list_id: Id, response: Response) -> ListAnswer:
    with store.begin() as work:
        view = lists.read_list_view(work, actor, list_id)
        reviews.note(work, actor, "list.read", list_id, kind="source_list")  # samples are people's words
    tag(response, view.version)
    return ListAnswer.of(view)


@router.get("/{list_id}/records", summary="Read a list's people as understood")
def read_records(
    actor: Reader,
    store: TheStore,
    list_id: Id,
    page: Limit,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> RecordPage:
    """A reading of personal data, and in the audit log as such."""
    with store.begin() as work:
        found = lists.list_records(work, actor, list_id, offset, page.limit)
    more = offset + len(found) if len(found) == page.limit else None
    return RecordPage(items=list(found), next_offset=more)


@router.get("/{list_id}/difference", summary="What changed against the edition before")
def read_difference(actor: Reader, store: TheStore, list_id: Id) -> EditionDifference | None:
    """Null for a first edition."""
    with store.begin() as work:
        reviews.note(work, actor, "list.difference_read", list_id, kind="source_list")
        return lists.read_list_view(work, actor, list_id).details.difference


@router.put("/{list_id}/reading", summary="Read a preview again", responses=CHANGE)
def reread(
    actor: Annotated[Actor, Depends(allowed(Operation.MAP_LIST))],
    store: TheStore,
    list_id: Id,
    body: ReadingBody,
    expected: Expected,
    response: Response,
) -> ListAnswer:
    """With another mapping, encoding, sheet or date."""
    view = lists.reread_list(store, actor, list_id, body.options(), expected, body.continues)
    tag(response, view.version)
    return ListAnswer.of(view)


@router.post("/{list_id}/publication", summary="Publish a list, all or nothing", responses=CHANGE)
def publish(
    actor: Publisher, store: TheStore, list_id: Id, body: CommitBody, expected: Expected, response: Response
) -> ListAnswer:
    """Queues the matching of what the list touches."""
    with store.begin() as work:
        view = lists.commit_list(
            work, actor, list_id, keep_good_rows=body.keep_good_rows, expected_version=expected
        )
    tag(response, view.version)
    return ListAnswer.of(view)


@router.delete("/{list_id}", summary="Take a list back", responses=CHANGE)
def take_back(
    actor: Annotated[Actor, Depends(allowed(Operation.TAKE_BACK_LIST))],
    store: TheStore,
    list_id: Id,
    expected: Expected,
    response: Response,
) -> ListAnswer:
    """The edition before, if any, is what the matching sees again. Links that somebody acted on stay,
    marked, each with its record; nothing else is left of the list. The answer is the list as it was.
    """
    with store.begin() as work:
        view = lists.take_back_list(work, actor, list_id, expected)
    tag(response, view.version)
    return ListAnswer.of(view)


def _asked(reading: str) -> ReadingBody:
    """The form field as a body of its own. Raises 400 or 422 like a JSON body."""
    value = strict_json(reading.encode("utf-8", "surrogatepass"))
    try:
        return ReadingBody.model_validate(value)
    except ValidationError:
        raise Unprocessable("invalid", "The field `reading` is not understood.") from None
