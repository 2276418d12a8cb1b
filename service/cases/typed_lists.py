"""Lists on paper, typed in beside their picture: a preview whose delivered file grows row by row.

What was typed is kept as a CSV and read by the same reader as any file, so that its problems, its
correction, its commit and its take-back are those of every list.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.cases.list_details import ListDetails, ListView, view
from service.cases.list_readings import Taken, Upload, read, store_reading
from service.cases.lists import own_list, preview_of
from service.cases.reviews import note
from service.errors import Unprocessable
from service.imports import FileFacts, ListReading, ReadOptions
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import records, source_lists
from service.store.columns import new_id
from service.store.tables import SourceListRow
from service.store.versions import swap
from service.store.work import Store, Work

# Field of the page, heading of the file, meaning for the reader.
COLUMNS = (
    ("name", "Name", "name"),
    ("mother", "Mother", "mother"),
    ("father", "Father", "father"),
    ("age", "Age or birth", "age"),
    ("sex", "Sex", "sex"),
    ("nationality", "Nationality", "nationality"),
    ("household", "Household or tent", "household"),
    ("note", "Note", "remarks"),
)
_PAPER = "Page"  # of the paper that a row stands on
MOST_PAGES, MOST_ROWS, LONGEST = 40, 40, 200  # pages of a list, rows of a page, characters of a cell
_NOBODY = frozenset({"no_people", "empty_file"})
FILE_NAME = "typed.csv"
Cells = tuple[str, ...]


@dataclass(frozen=True)
class TypedRow:
    """`row` as the preview and its problems number it; `cells` in the order of COLUMNS."""

    row: int
    page: int
    cells: Cells


def begin(store: Store, actor: Actor, title: str, list_date: date | None) -> ListView:
    """An empty list of its own, to which pictures and rows are added."""
    require(actor, Operation.UPLOAD_LIST)
    list_id = new_id()
    mapping = {heading: meaning for _, heading, meaning in COLUMNS} | {_PAPER: "ignore"}
    options = ReadOptions(list_date=list_date, mapping=mapping)
    upload = Upload(_file(()), FILE_NAME, options, title)
    with store.begin() as work:
        row = SourceListRow(
            id=list_id,
            organisation_id=actor.organisation_id,
            file_hash=work.keys.mac("file_hash", list_id.encode()).hex(),  # no delivered file is this one
            imported_by=actor.account_id,
            sealed=b"",
        )
        store_reading(work, row, Taken(upload, _nobody(upload), typed=True))
        note(work, actor, "list.previewed", list_id, {"records": 0, "problems": 0}, kind="source_list")
        return view(work, row)


def typed_rows(work: Work, actor: Actor, list_id: str) -> tuple[TypedRow, ...]:
    """What was typed so far; a reading in the audit log. Raises Conflict once the list is no preview."""
    require(actor, Operation.MAP_LIST)
    row = own_list(work, actor, list_id)
    rows = _rows(preview_of(work, row))
    note(work, actor, "list.rows_read", list_id, {"count": len(rows)}, kind="source_list")
    return rows


def save_page(
    store: Store, actor: Actor, list_id: str, page: int, typed: Sequence[Cells], expected_version: int
) -> ListView:
    """Put these rows in the place of what was typed from this page, and read the whole list anew.

    Blank rows are left out. Raises Unprocessable for what is too long, PreconditionFailed when
    somebody else saved meanwhile; nothing is stored then.
    """
    require(actor, Operation.MAP_LIST)
    _check(page, typed)
    with store.read() as work:
        row = own_list(work, actor, list_id)
        before = _rows(preview_of(work, row))
        details = source_lists.details(work, row, ListDetails)
    others = [(one.page, one.cells) for one in before if one.page != page]
    own = [(page, cells) for cells in typed if any(cells)]
    data = _file(sorted([*others, *own], key=lambda one: one[0]))
    source = details.source
    upload = Upload(data, FILE_NAME, details.options, source.title, source.supersedes or "")
    reading = _read(upload, list_id)
    with store.begin() as work:
        row = own_list(work, actor, list_id)
        preview_of(work, row)
        swap(work.session, row, expected_version)
        records.remove(work.session, row.id)
        store_reading(work, row, Taken(upload, reading, typed=True))
        _note_typed(work, actor, row)
        return view(work, row)


def _note_typed(work: Work, actor: Actor, row: SourceListRow) -> None:
    note(
        work,
        actor,
        "list.typed",
        row.id,
        {"records": row.record_count, "problems": row.problem_count},
        kind="source_list",
    )


def _check(page: int, typed: Sequence[Cells]) -> None:
    if not 1 <= page <= MOST_PAGES:
        raise Unprocessable("page_unknown", f"A list has at most {MOST_PAGES} pages of paper.")
    if len(typed) > MOST_ROWS:
        raise Unprocessable("too_many_rows_typed", f"Type at most {MOST_ROWS} rows from one page.")
    if any(len(cell) > LONGEST for cells in typed for cell in cells):
        raise Unprocessable("cell_too_long_typed", f"Shorten each cell to {LONGEST} characters.")


def _read(upload: Upload, list_id: str) -> ListReading:
    try:
        return read(upload.data, upload.file_name, upload.options, list_id)
    except Unprocessable as refused:
        if refused.code in _NOBODY:
            return _nobody(upload)
        raise


def _nobody(upload: Upload) -> ListReading:
    facts = FileFacts(name=upload.file_name, format="csv", sha256="")
    return ListReading(file=facts, list_date=upload.options.list_date)


def _file(rows: Sequence[tuple[int, Cells]]) -> bytes:
    """UTF-8 with its mark, every cell quoted: nothing about it has to be guessed."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([*(heading for _, heading, _ in COLUMNS), _PAPER])
    writer.writerows([*cells, str(page)] for page, cells in rows)
    return out.getvalue().encode("utf-8-sig")


def _rows(data: bytes) -> tuple[TypedRow, ...]:
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1:]
    return tuple(TypedRow(n, int(line[-1]), tuple(line[:-1])) for n, line in enumerate(lines, 2))
