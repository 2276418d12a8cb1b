"""A file's reading becomes the preview of a list: read, paired with the edition before, sealed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from schemas.registry import DetaineeRecord, SourceList
from service.cases import editions, list_memory
from service.cases.list_details import ListDetails, Remembered
from service.cases.list_quality import quality_of
from service.errors import Unprocessable
from service.imports import FileRejected, ListReading, ReadOptions, read_list
from service.store import records, source_lists
from service.store.columns import now
from service.store.records import NewRow
from service.store.states import ListState
from service.store.tables import SourceListRow
from service.store.work import Work

_EARLIER = (ListState.PUBLISHED, ListState.TAKEN_BACK)
NO_PREDECESSOR = "none"


@dataclass(frozen=True)
class Upload:
    """A delivered file. `continues`: the list it is a newer edition of; empty: find out; `none`: of none."""

    data: bytes
    file_name: str
    options: ReadOptions = field(default_factory=ReadOptions)
    title: str = ""
    continues: str = ""


@dataclass(frozen=True)
class Taken:
    """A file as delivered and what the reader made of it."""

    upload: Upload
    reading: ListReading
    corrected_on: date | None = None
    remembered: Remembered | None = None
    typed: bool = False


def read(data: bytes, file_name: str, options: ReadOptions, list_id: str) -> ListReading:
    """Read a file in the limited child process. Raises Unprocessable with the reader's code."""
    told = options.model_copy(update={"list_id": list_id, "received_on": options.received_on or now().date()})
    try:
        return read_list(data, file_name, told)
    except FileRejected as refused:
        raise Unprocessable(refused.code, refused.sentence) from None


def read_as_before(upload: Upload, first: ListReading, found: Remembered | None, list_id: str) -> Taken:
    """A first reading, or a second one with what was corrected on this source before."""
    if found is not None:
        told = replace(upload, options=found.applied(upload.options))
        try:
            again = read(told.data, told.file_name, told.options, list_id)
        except Unprocessable:  # what held for the earlier file makes nothing of this one
            found = None
        else:
            return Taken(told, again, found.corrected_on, found)
    return Taken(upload, first, list_memory.corrected_on(ReadOptions(), upload.options, None, now().date()))


def store_reading(work: Work, row: SourceListRow, taken: Taken) -> None:
    """Store a reading as the preview of this row: pair it with the edition before, seal, insert."""
    reading = taken.reading
    before = _predecessor(work, row, taken)
    older = [records.value(work, r) for r in records.of_list(work.session, before.id)] if before else []
    found = editions.pair(older, reading.records)
    row.predecessor_id = before.id if before else None
    row.edition = before.edition + 1 if before else 1
    row.list_date = reading.list_date
    row.record_count = len(reading.records)
    row.problem_count = len(reading.problems)
    details = ListDetails(
        source=_source(row, taken),
        options=taken.upload.options,
        reading=reading.model_copy(update={"records": ()}),
        difference=editions.difference(before.id, older, reading.records, found) if before else None,
        corrected_on=taken.corrected_on,
        remembered=taken.remembered,
        typed=taken.typed,
        quality=quality_of(reading.records, reading.problems, now().date()),
    )
    source_lists.insert(work, row, details, taken.upload.data)
    sure = before is not None and not source_lists.details(work, before, ListDetails).source.list_date_guessed
    records.insert_all(work, row, _identified(older, reading.records, found, sure))


def _source(row: SourceListRow, taken: Taken) -> SourceList:
    return SourceList(
        list_id=row.id,
        title=taken.upload.title,
        file_name=taken.upload.file_name,
        organisation=row.organisation_id,
        list_date=taken.reading.list_date,
        list_date_guessed=taken.reading.list_date_guessed,
        edition=row.edition,
        supersedes=row.predecessor_id,
    )


def _identified(
    older: Sequence[DetaineeRecord], newer: Sequence[DetaineeRecord], found: editions.Pairing, sure: bool
) -> list[NewRow]:
    """The new rows; a line of the edition before keeps its identity. `sure`: the day of that edition was not
    guessed.
    """
    before = {b: older[a] for a, b in found.pairs}
    rows = []
    for n, record in enumerate(newer):
        if n not in before:
            rows.append(NewRow(record))
            continue
        now = editions.continued(before[n], record) if sure else record
        rows.append(NewRow(now, before[n].record_id, editions.status(before[n], record)))
    return rows


def _predecessor(work: Work, row: SourceListRow, taken: Taken) -> SourceListRow | None:
    """The list that this file is a newer edition of: as told, else the likest of the organisation."""
    wanted = taken.upload.continues
    if wanted == NO_PREDECESSOR:
        return None
    earlier = [
        r for r in source_lists.in_states(work.session, row.organisation_id, _EARLIER) if r.id != row.id
    ]
    if wanted:
        told = [r for r in earlier if r.id == wanted]
        if not told:
            raise Unprocessable("list_to_continue_unknown", "The list to continue is not a published list.")
        return told[0]
    best: tuple[float, SourceListRow] | None = None
    for candidate in earlier:
        share = _likeness(work, candidate, taken)
        # a published edition wins over one that was taken back
        ranked = share + (1.0 if share and candidate.state == ListState.PUBLISHED.value else 0.0)
        if share and (best is None or ranked > best[0]):
            best = (ranked, candidate)
    return best[1] if best else None


def _likeness(work: Work, candidate: SourceListRow, taken: Taken) -> float:
    """How much of the candidate is found again in the reading; 0 when it is another list."""
    details = source_lists.details(work, candidate, ListDetails)
    old_headings = {c.heading for c in details.reading.columns}
    new_headings = {c.heading for c in taken.reading.columns}
    if len(old_headings & new_headings) * 2 < len(old_headings | new_headings):
        return 0.0
    older = [records.value(work, r) for r in records.of_list(work.session, candidate.id)]
    share = editions.likeness(older, taken.reading.records)
    same_name = taken.upload.file_name in ("", details.source.file_name) or (
        taken.upload.title != "" and taken.upload.title == details.source.title
    )
    return share if share >= (editions.SAME_LIST_BY_TITLE if same_name else editions.SAME_LIST) else 0.0
