"""Detainee records: the rows of lists, and which of them the matching sees."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import ColumnElement, delete, func, insert
from sqlmodel import Session, col, select

from schemas.registry import DetaineeRecord
from service.logs import get_logger
from service.store.columns import new_id
from service.store.sealed import Place, SealBroken
from service.store.states import ListState, RowStatus
from service.store.tables import DetaineeRecordRow, SourceListRow
from service.store.work import Store, Work

TABLE = "detainee_record"
_BATCH = 1000


@dataclass(frozen=True)
class NewRow:
    """A record to store. `continues` is the identity of the line in the edition before, if any."""

    record: DetaineeRecord
    continues: str | None = None
    status: RowStatus = RowStatus.NEW


class SealedRow(NamedTuple):
    """What it takes to open a row, and whose it is: of a long list the rows themselves take three times the
    memory and as much time again.
    """

    id: str
    record_id: str
    list_id: str
    organisation_id: str
    sealed: bytes


_Row = TypeVar("_Row", DetaineeRecordRow, SealedRow)


def _place(row_id: str, organisation_id: str) -> Place:
    return Place(TABLE, "sealed", row_id, organisation_id)


def insert_all(work: Work, source: SourceListRow, rows: Iterable[NewRow]) -> int:
    """Store the rows of a list in their order and return how many there are.

    Every record is stored under the list's id and its own lasting identity.
    """
    batch: list[dict[str, object]] = []
    ordinal = 0
    for ordinal, new in enumerate(rows, start=1):
        batch.append(_values(work, source, new, ordinal))
        if len(batch) == _BATCH:
            work.session.connection().execute(insert(DetaineeRecordRow), batch)
            batch = []
    if batch:
        work.session.connection().execute(insert(DetaineeRecordRow), batch)
    return ordinal


def _values(work: Work, source: SourceListRow, new: NewRow, ordinal: int) -> dict[str, object]:
    row_id = new_id()
    record_id = new.continues or row_id
    record = new.record.model_copy(update={"record_id": record_id, "list_id": source.id})
    return {
        "id": row_id,
        "record_id": record_id,
        "list_id": source.id,
        "organisation_id": source.organisation_id,
        "status": new.status.value,
        "ordinal": ordinal,
        "sealed": work.sealer.seal_value(_place(row_id, source.organisation_id), record),
    }


def remove(session: Session, list_id: str, kept: Iterable[str] = ()) -> None:
    """Remove the rows of a list, except those of these lasting identities."""
    table = DetaineeRecordRow
    statement = delete(table).where(col(table.list_id) == list_id)
    session.connection().execute(statement.where(col(table.record_id).not_in(sorted(set(kept)))))


def value(work: Work, row: DetaineeRecordRow | SealedRow) -> DetaineeRecord:
    return work.sealer.open_value(_place(row.id, row.organisation_id), row.sealed, DetaineeRecord)


def opened(work: Work, rows: deque[_Row]) -> Iterator[tuple[_Row, DetaineeRecord]]:
    """The records of these rows one after the other, none kept; `rows` is empty in the end. One altered row
    must not stop the search for everybody else: it is left out, and the log names it.
    """
    while rows:
        row = rows.popleft()
        try:
            yield row, value(work, row)
        except SealBroken:
            get_logger().error("record_seal_broken", record=row.record_id, list=row.list_id)


def of_lists(store: Store, list_ids: Iterable[str]) -> Iterator[tuple[SealedRow, DetaineeRecord]]:
    """All rows of lists with their records, list by list in the order of the rows. Each list is read in a
    transaction of its own and opened after it: on SQLite a long reading keeps everybody else from committing,
    and the sealed rows of all lists together are larger than what is made of them. Whoever needs to know that
    nothing changed meanwhile asks `source_lists.published` again.
    """
    for list_id in list_ids:
        with store.read() as work:
            rows = _sealed(work.session, list_id)
        yield from opened(work, rows)


def _sealed(session: Session, list_id: str) -> deque[SealedRow]:
    columns = [col(getattr(DetaineeRecordRow, name)) for name in SealedRow._fields]
    query = select(*columns).where(col(DetaineeRecordRow.list_id) == list_id)
    return deque(map(SealedRow._make, session.exec(query.order_by(col(DetaineeRecordRow.ordinal)))))


def of_list(
    session: Session, list_id: str, offset: int = 0, limit: int | None = None
) -> Sequence[DetaineeRecordRow]:
    """Rows of a list in their order."""
    query = (
        select(DetaineeRecordRow)
        .where(col(DetaineeRecordRow.list_id) == list_id)
        .order_by(col(DetaineeRecordRow.ordinal))
        .offset(offset)
    )
    return session.exec(query if limit is None else query.limit(limit)).all()


def count(session: Session, list_id: str) -> int:
    return session.exec(
        select(func.count()).select_from(DetaineeRecordRow).where(col(DetaineeRecordRow.list_id) == list_id)
    ).one()


def of_status(session: Session, list_id: str, status: RowStatus) -> Iterator[DetaineeRecordRow]:
    """Rows of a list that stand so to the edition before, in their order."""
    yield from _streamed(session, list_id, col(DetaineeRecordRow.status) == status.value)


def not_continued(session: Session, list_id: str, by_list: str) -> Iterator[DetaineeRecordRow]:
    """Rows of an edition whose line is on the other one no more, in their order."""
    there = select(DetaineeRecordRow.record_id).where(col(DetaineeRecordRow.list_id) == by_list)
    yield from _streamed(session, list_id, col(DetaineeRecordRow.record_id).not_in(there))


def _streamed(session: Session, list_id: str, wanted: ColumnElement[bool]) -> Iterator[DetaineeRecordRow]:
    yield from session.exec(
        select(DetaineeRecordRow)
        .where(col(DetaineeRecordRow.list_id) == list_id, wanted)
        .order_by(col(DetaineeRecordRow.ordinal))
        .execution_options(yield_per=_BATCH)
    )


def published_of(session: Session, record_ids: Sequence[str]) -> dict[str, DetaineeRecordRow]:
    """Those of a few records that stand on a published list now."""
    query = (
        select(DetaineeRecordRow)
        .join(SourceListRow, col(SourceListRow.id) == col(DetaineeRecordRow.list_id))
        .where(
            col(SourceListRow.state) == ListState.PUBLISHED.value,
            col(DetaineeRecordRow.record_id).in_(record_ids),
        )
    )
    return {row.record_id: row for row in session.exec(query)}


def on_published(session: Session, list_id: str) -> bool:
    """Whether a published list holds one of the lasting identities of this list already."""
    mine = select(DetaineeRecordRow.record_id).where(col(DetaineeRecordRow.list_id) == list_id)
    query = (
        select(DetaineeRecordRow.id)
        .join(SourceListRow, col(SourceListRow.id) == col(DetaineeRecordRow.list_id))
        .where(
            col(SourceListRow.state) == ListState.PUBLISHED.value,
            col(SourceListRow.id) != list_id,
            col(DetaineeRecordRow.record_id).in_(mine),
        )
        .limit(1)
    )
    return session.exec(query).first() is not None


def identities(session: Session, list_id: str) -> Sequence[str]:
    """The lasting identities of a list's rows."""
    return session.exec(
        select(DetaineeRecordRow.record_id).where(col(DetaineeRecordRow.list_id) == list_id)
    ).all()


def newest(session: Session, record_id: str) -> DetaineeRecordRow | None:
    """What is known of a line now: its row in the published edition, else in the newest one."""
    rows = session.exec(
        select(DetaineeRecordRow, SourceListRow.state)
        .join(SourceListRow, col(SourceListRow.id) == col(DetaineeRecordRow.list_id))
        .where(col(DetaineeRecordRow.record_id) == record_id)
        .where(col(SourceListRow.state).not_in([ListState.PREVIEW.value, ListState.DISCARDED.value]))
        .order_by(col(SourceListRow.edition).desc(), col(SourceListRow.created_at).desc())
    ).all()
    for row, state in rows:
        if state == ListState.PUBLISHED.value:
            return row
    return rows[0][0] if rows else None
