"""Detainee lists: previewed, mapped, published, taken back. The matching sees published lists only."""

from collections.abc import Collection
from dataclasses import replace

from schemas.registry import DetaineeRecord
from service.cases import list_removal, list_states
from service.cases.list_details import ListDetails, ListView, view
from service.cases.list_memory import corrected_on, recall
from service.cases.list_readings import NO_PREDECESSOR, Taken, Upload, read, read_as_before, store_reading
from service.errors import Conflict, NotFound, TooLarge
from service.imports import ReadOptions
from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import idempotency, records, source_lists
from service.store.columns import new_id, now
from service.store.pages import Page
from service.store.states import ListState
from service.store.tables import SourceListRow
from service.store.versions import swap
from service.store.work import Store, Work

__all__ = [
    "NO_PREDECESSOR",
    "Upload",
    "commit_list",
    "list_lists",
    "list_records",
    "own_list",
    "preview_list",
    "preview_of",
    "read_list_view",
    "reread_list",
    "take_back_list",
]

# A file that is in one of these states was taken in; delivering it again changes nothing.
_TAKEN_IN = (ListState.PREVIEW, ListState.PUBLISHED, ListState.SUPERSEDED)


def preview_list(store: Store, actor: Actor, upload: Upload) -> ListView:
    """Read a file and keep what was understood, sealed, where neither matching nor reviewers see it.

    The same bytes again return the list they made before, with `repeated` set. Raises Unprocessable
    with the reader's code when the file cannot be read, TooLarge above the limit.
    """
    require(actor, Operation.UPLOAD_LIST)
    if len(upload.data) > store.settings.upload_limit_mib * 1024 * 1024:
        raise TooLarge("file_too_large", f"A list file has at most {store.settings.upload_limit_mib} MiB.")
    file_hash = store.keys.mac("file_hash", f"{actor.organisation_id}|".encode() + upload.data).hex()
    with store.read() as work:
        known = source_lists.with_file(work.session, actor.organisation_id, file_hash, _TAKEN_IN)
        if known is not None:
            return view(work, known, repeated=True)
    list_id = new_id()
    reading = read(upload.data, upload.file_name, upload.options, list_id)
    with store.read() as work:
        found = recall(work, actor.organisation_id, reading, upload.options, upload.continues)
    taken = read_as_before(upload, reading, found, list_id)
    with store.begin() as work:
        idempotency.hold(work.session, file_hash)
        known = source_lists.with_file(work.session, actor.organisation_id, file_hash, _TAKEN_IN)
        if known is not None:
            return view(work, known, repeated=True)
        row = SourceListRow(
            id=list_id,
            organisation_id=actor.organisation_id,
            file_hash=file_hash,
            imported_by=actor.account_id,
            sealed=b"",
        )
        store_reading(work, row, taken)
        _note(work, actor, "list.previewed", row, records=row.record_count, problems=row.problem_count)
        return view(work, row)


def reread_list(
    store: Store,
    actor: Actor,
    list_id: str,
    options: ReadOptions,
    expected_version: int | None = None,
    continues: str = "",
) -> ListView:
    """Read a preview again with another mapping, encoding, sheet or date."""
    require(actor, Operation.MAP_LIST)
    with store.read() as work:
        row = own_list(work, actor, list_id)
        data, details = preview_of(work, row), source_lists.details(work, row, ListDetails)
        version = row.version if expected_version is None else expected_version
    upload = Upload(data, details.source.file_name, options, details.source.title, continues)
    day = corrected_on(details.options, options, details.corrected_on, now().date())
    remembered = details.remembered if details.remembered and details.remembered.holds(options) else None
    reading = read(data, upload.file_name, options, list_id)
    with store.begin() as work:
        row = own_list(work, actor, list_id)
        preview_of(work, row)
        swap(work.session, row, version)
        records.remove(work.session, row.id)
        store_reading(work, row, Taken(upload, reading, day, remembered, details.typed))
        _note(work, actor, "list.mapped", row, records=row.record_count, problems=row.problem_count)
        return view(work, row)


def commit_list(
    work: Work,
    actor: Actor,
    list_id: str,
    *,
    keep_good_rows: bool = False,
    expected_version: int | None = None,
) -> ListView:
    """Publish a preview: all of its rows become visible to the matching in this one transaction.

    Raises Conflict when a row was not understood (unless the good rows are to be kept), when the
    encoding was guessed, or when the edition before changed since the preview.
    """
    require(actor, Operation.COMMIT_LIST)
    row = own_list(work, actor, list_id)
    if row.state == ListState.PUBLISHED.value:
        return view(work, row, repeated=True)
    preview_of(work, row)
    details = source_lists.details(work, row, ListDetails)
    if details.source.supersedes != row.predecessor_id:
        raise Conflict("edition_overtaken", list_states.OVERTAKEN)
    if not row.record_count:
        raise Conflict("list_of_nobody", "Nobody is on this list yet. Type in a row first.")
    _refuse_unsure(details, keep_good_rows)
    if keep_good_rows:
        details = details.model_copy(update={"kept_good_rows": True})
    sealed = source_lists.seal_details(work, row, details)
    swap(work.session, row, expected_version, sealed=sealed)
    list_states.publish(work, actor, row)
    _note(work, actor, "list.published", row, records=row.record_count, lost=details.rows_lost)
    return view(work, row)


def take_back_list(work: Work, actor: Actor, list_id: str, expected_version: int | None = None) -> ListView:
    """Undo an import: the edition before, if any, is what the matching sees again.

    Nothing of the list is left but its audit rows: people, proposals, pictures and corrections go with
    it. Links that somebody acted on stay, marked `new_data`, each with the record it speaks of. Raises
    Conflict when a newer edition stands on this one.
    """
    require(actor, Operation.TAKE_BACK_LIST)
    row = own_list(work, actor, list_id)
    if row.state == ListState.PREVIEW.value:
        swap(work.session, row, expected_version, state=ListState.DISCARDED.value)
        _note(work, actor, "list.discarded", row)
        return _removed(work, row)
    if row.state == ListState.SUPERSEDED.value:
        raise Conflict("list_superseded", "A newer edition is published. Take that one back first.")
    if row.state != ListState.PUBLISHED.value:
        raise Conflict("list_not_published", "This list is not published.")
    swap(work.session, row, expected_version)
    gone = list_states.take_back(work, actor, row)
    _note(work, actor, "list.taken_back", row, records=row.record_count)
    return _removed(work, row, gone)


def _removed(work: Work, row: SourceListRow, gone: Collection[str] = ()) -> ListView:
    """The list as it was, after it is gone."""
    last = view(work, row)
    return replace(last, removed=list_removal.remove(work, row, gone))


def read_list_view(work: Work, actor: Actor, list_id: str) -> ListView:
    """A list of the actor's organisation with its report. Absent and foreign ones raise NotFound."""
    require(actor, Operation.READ_LIST)
    return view(work, own_list(work, actor, list_id))


def list_lists(work: Work, actor: Actor, after: str | None = None, limit: int = 50) -> Page[ListView]:
    """The lists of the actor's organisation, by id."""
    require(actor, Operation.READ_LIST)
    found = source_lists.page(work.session, actor.organisation_id, after, limit)
    return Page(tuple(view(work, row) for row in found.rows), found.next_after)


def list_records(
    work: Work, actor: Actor, list_id: str, offset: int = 0, limit: int = 50
) -> tuple[DetaineeRecord, ...]:
    """Records of a list in its order; a reading in the audit log."""
    require(actor, Operation.READ_LIST)
    row = own_list(work, actor, list_id)
    found = records.of_list(work.session, row.id, offset, limit)
    opened = tuple(records.value(work, record) for record in found)
    _note(work, actor, "list.rows_read", row, offset=offset, count=len(opened))
    return opened


def _refuse_unsure(details: ListDetails, keep_good_rows: bool) -> None:
    if not details.reading.file.encoding_sure and not details.options.encoding:
        raise Conflict(
            "encoding_unsure",
            "The letters of this file could be read in several ways. Choose the encoding first.",
        )
    if details.rows_lost and not keep_good_rows:
        raise Conflict(
            "rows_not_understood",
            "Some rows were not understood; the report names them. Correct the file or the mapping, or say "
            "that the good rows are to be kept.",
        )


def preview_of(work: Work, row: SourceListRow) -> bytes:
    """The delivered bytes of a preview. Raises Conflict for a list that is no preview any more."""
    data = source_lists.delivered(work, row) if row.state == ListState.PREVIEW.value else None
    if data is None:
        raise Conflict("list_not_a_preview", "This list is not a preview any more.")
    return data


def own_list(work: Work, actor: Actor, list_id: str) -> SourceListRow:
    """A list of the actor's organisation. Absent and foreign ones raise NotFound alike."""
    row = source_lists.get(work.session, list_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def _note(work: Work, actor: Actor, act: str, row: SourceListRow, **details: int) -> None:
    audit.record(
        work.session,
        work.keys,
        actor.audit_id,
        act,
        "source_list",
        row.id,
        details,
        organisation_id=row.organisation_id,
    )
