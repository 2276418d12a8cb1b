"""Messages between staff and the relative who holds the code; sealed, added, never changed; they go with
their request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import col, delete, select, update

from service.store.columns import new_id, now
from service.store.sealed import Place
from service.store.tables import RequestMessageRow, TracingRequestRow
from service.store.work import Work


@dataclass(frozen=True)
class Message:
    """One message, opened. `author_id` None: the relative wrote it."""

    message_id: str
    author_id: str | None
    said_on: date
    unread: bool  # by staff
    text: str

    @property
    def from_staff(self) -> bool:
        return self.author_id is not None


def _place(message_id: str, organisation_id: str) -> Place:
    return Place("request_message", "sealed", message_id, organisation_id)


def add(work: Work, request: TracingRequestRow, author_id: str | None, text: str) -> str:
    """Append a message to a request; its id."""
    message_id = new_id()
    work.session.add(
        RequestMessageRow(
            id=message_id,
            organisation_id=request.organisation_id,
            request_id=request.id,
            ordinal=count(work, request.id) + 1,
            author_id=author_id,
            said_on=now().date(),
            sealed=work.sealer.seal_text(_place(message_id, request.organisation_id), text),
        )
    )
    work.session.flush()
    return message_id


def count(work: Work, request_id: str, *, by_relative: bool = False) -> int:
    """How many messages a request has, or how many of them the relative wrote."""
    query = select(func.count()).where(col(RequestMessageRow.request_id) == request_id)
    if by_relative:
        query = query.where(col(RequestMessageRow.author_id).is_(None))
    return work.session.exec(query).one()


def of_request(work: Work, request_id: str) -> tuple[Message, ...]:
    """All messages of a request, the oldest first."""
    rows: Sequence[RequestMessageRow] = work.session.exec(
        select(RequestMessageRow)
        .where(col(RequestMessageRow.request_id) == request_id)
        .order_by(col(RequestMessageRow.ordinal))
    ).all()
    return tuple(
        Message(
            message_id=row.id,
            author_id=row.author_id,
            said_on=row.said_on,
            unread=row.author_id is None and row.read_at is None,
            text=work.sealer.open_text(_place(row.id, row.organisation_id), row.sealed),
        )
        for row in rows
    )


def mark_read(work: Work, request_id: str) -> None:
    """Staff have seen what the relative wrote."""
    work.session.connection().execute(
        update(RequestMessageRow)
        .where(
            col(RequestMessageRow.request_id) == request_id,
            col(RequestMessageRow.author_id).is_(None),
            col(RequestMessageRow.read_at).is_(None),
        )
        .values(read_at=now())
    )


def unread_requests(work: Work, organisation_id: str, most: int) -> tuple[str, ...]:
    """Ids of requests whose relative wrote something that nobody has read, the longest waiting first."""
    rows = work.session.exec(
        select(RequestMessageRow.request_id)
        .where(
            col(RequestMessageRow.organisation_id) == organisation_id,
            col(RequestMessageRow.author_id).is_(None),
            col(RequestMessageRow.read_at).is_(None),
        )
        .group_by(RequestMessageRow.request_id)
        .order_by(func.min(RequestMessageRow.said_on), RequestMessageRow.request_id)
        .limit(most)
    ).all()
    return tuple(rows)


def drop(work: Work, request_id: str) -> None:
    """Remove the whole exchange of a request."""
    work.session.connection().execute(
        delete(RequestMessageRow).where(col(RequestMessageRow.request_id) == request_id)
    )
