"""Source lists: what was delivered, in which edition, and whether the matching sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy import update
from sqlmodel import Session, col, select

from service.store.pages import Page, cut
from service.store.sealed import Place
from service.store.states import ListState
from service.store.tables import SourceListRow
from service.store.work import Work

TABLE = "source_list"
V = TypeVar("V", bound=BaseModel)


def _place(row: SourceListRow, column: str) -> Place:
    return Place(TABLE, column, row.id, row.organisation_id)


def insert(work: Work, row: SourceListRow, details: BaseModel, data: bytes) -> SourceListRow:
    """Store a new list with its details and the bytes as delivered, both sealed."""
    row.sealed = seal_details(work, row, details)
    row.sealed_file = work.sealer.seal(_place(row, "sealed_file"), data)
    work.session.add(row)
    work.session.flush()
    return row


def seal_details(work: Work, row: SourceListRow, details: BaseModel) -> bytes:
    return work.sealer.seal_value(_place(row, "sealed"), details)


def details(work: Work, row: SourceListRow, kind: type[V]) -> V:
    return work.sealer.open_value(_place(row, "sealed"), row.sealed, kind)


def delivered(work: Work, row: SourceListRow) -> bytes | None:
    """The bytes as delivered; None once the list was published or discarded."""
    if row.sealed_file is None:
        return None
    return work.sealer.open(_place(row, "sealed_file"), row.sealed_file)


def get(session: Session, list_id: str) -> SourceListRow | None:
    return session.get(SourceListRow, list_id)


def locked(session: Session, list_id: str) -> SourceListRow | None:
    """The list as it stands now, held until the transaction ends."""
    return session.exec(
        select(SourceListRow)
        .where(col(SourceListRow.id) == list_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def with_file(
    session: Session, organisation_id: str, file_hash: str, states: Iterable[ListState]
) -> SourceListRow | None:
    """The newest list of this organisation that came from exactly these bytes."""
    return session.exec(
        select(SourceListRow)
        .where(
            col(SourceListRow.organisation_id) == organisation_id,
            col(SourceListRow.file_hash) == file_hash,
            col(SourceListRow.state).in_([state.value for state in states]),
        )
        .order_by(col(SourceListRow.created_at).desc())
        .limit(1)
    ).first()


def in_states(session: Session, organisation_id: str, states: Iterable[ListState]) -> Sequence[SourceListRow]:
    """Lists of one organisation in these states, the newest first."""
    return session.exec(
        select(SourceListRow)
        .where(
            col(SourceListRow.organisation_id) == organisation_id,
            col(SourceListRow.state).in_([state.value for state in states]),
        )
        .order_by(col(SourceListRow.created_at).desc(), col(SourceListRow.id))
    ).all()


def orphan(session: Session, list_id: str) -> None:
    """Lists that go on from this one stand by themselves from now on, and are to be looked at again."""
    table = SourceListRow
    session.connection().execute(
        update(table)
        .where(col(table.predecessor_id) == list_id)
        .values(predecessor_id=None, version=col(table.version) + 1)
    )


def page(session: Session, organisation_id: str, after: str | None, limit: int) -> Page[SourceListRow]:
    """Lists of one organisation, by id."""
    query = select(SourceListRow).where(col(SourceListRow.organisation_id) == organisation_id)
    if after is not None:
        query = query.where(col(SourceListRow.id) > after)
    return cut(session.exec(query.order_by(col(SourceListRow.id)).limit(limit + 1)).all(), limit)


def published_ids(session: Session) -> Sequence[tuple[str, str]]:
    """The published lists, each with its organisation."""
    published = col(SourceListRow.state) == ListState.PUBLISHED.value
    columns = select(SourceListRow.id, SourceListRow.organisation_id)
    return session.exec(columns.where(published).order_by(col(SourceListRow.id))).all()


@dataclass(frozen=True)
class Published:
    """Which lists the matching sees: the version of each, and how many records they have."""

    versions: dict[str, int]
    records: int

    @property
    def state(self) -> str:
        """A short text that changes whenever the set of lists, or one of them, does."""
        told = "|".join(f"{list_id}:{version}" for list_id, version in sorted(self.versions.items()))
        return sha256(told.encode()).hexdigest()


def published(session: Session) -> Published:
    table = SourceListRow
    rows = session.exec(
        select(table.id, table.version, table.record_count).where(
            col(table.state) == ListState.PUBLISHED.value
        )
    ).all()
    return Published({list_id: version for list_id, version, _ in rows}, sum(count for *_, count in rows))
