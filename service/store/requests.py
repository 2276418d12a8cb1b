"""Tracing requests: sealed in two parts, the case and the contact data."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from schemas.tracing import Contact, TracingRequest
from schemas.vocabulary import ConsentPurpose, ConsentRecipient
from service.store.pages import Page, cut
from service.store.sealed import Place
from service.store.states import RequestState
from service.store.tables import TracingRequestRow
from service.store.versions import swap
from service.store.work import Work

TABLE = "tracing_request"


def _place(row: TracingRequestRow, column: str) -> Place:
    return Place(TABLE, column, row.id, row.organisation_id)


def insert(work: Work, row: TracingRequestRow, request: TracingRequest) -> TracingRequestRow:
    """Store a request under the row's id; the row's sealed columns are filled here."""
    for column, value in _columns(work, row, request).items():
        setattr(row, column, value)
    work.session.add(row)
    work.session.flush()
    return row


def replace(work: Work, row: TracingRequestRow, request: TracingRequest) -> TracingRequestRow:
    """Store a corrected request. Raises `VersionConflict` when the row changed since it was read."""
    return swap(work.session, row, **_columns(work, row, request))


def _columns(work: Work, row: TracingRequestRow, request: TracingRequest) -> dict[str, Any]:
    without = request.enquirer.model_copy(update={"contact": Contact()})
    case = request.model_copy(update={"request_id": row.id, "enquirer": without})
    return {
        "sealed": work.sealer.seal_value(_place(row, "sealed"), case),
        "sealed_contact": work.sealer.seal_value(_place(row, "sealed_contact"), request.enquirer.contact),
        "sought_count": len(request.sought),
        "matching_allowed": request.allows(ConsentPurpose.MATCHING, ConsentRecipient.HOMEWARD),
    }


def value(work: Work, row: TracingRequestRow) -> TracingRequest:
    """The request as filed, without contact data."""
    return work.sealer.open_value(_place(row, "sealed"), row.sealed, TracingRequest)


def contact(work: Work, row: TracingRequestRow) -> Contact:
    """The contact data, which need a permission of their own."""
    return work.sealer.open_value(_place(row, "sealed_contact"), row.sealed_contact, Contact)


def whole(work: Work, row: TracingRequestRow) -> TracingRequest:
    """The request with its contact data: for the relative's own export, and for a correction."""
    case = value(work, row)
    enquirer = case.enquirer.model_copy(update={"contact": contact(work, row)})
    return case.model_copy(update={"enquirer": enquirer})


def get(session: Session, request_id: str) -> TracingRequestRow | None:
    return session.get(TracingRequestRow, request_id)


def by_code_hash(session: Session, code_hash: str) -> TracingRequestRow | None:
    return session.exec(
        select(TracingRequestRow).where(col(TracingRequestRow.code_hash) == code_hash)
    ).first()


def some(session: Session, request_ids: Iterable[str]) -> Sequence[TracingRequestRow]:
    """The rows with these ids, by id; absent ids are left out."""
    return session.exec(
        select(TracingRequestRow)
        .where(col(TracingRequestRow.id).in_(list(request_ids)))
        .order_by(col(TracingRequestRow.id))
    ).all()


def page(
    session: Session,
    organisation_id: str,
    state: RequestState | None,
    after: str | None,
    limit: int,
    ends_by: date | None = None,
) -> Page[TracingRequestRow]:
    """Requests of one organisation of which something is left to read, by id. `ends_by`: only those that
    expire, or have expired, by then.
    """
    query = select(TracingRequestRow).where(
        col(TracingRequestRow.organisation_id) == organisation_id, col(TracingRequestRow.erased_on).is_(None)
    )
    if state is not None:
        query = query.where(col(TracingRequestRow.state) == state.value)
    if ends_by is not None:
        kept = col(TracingRequestRow.state) != RequestState.WITHDRAWN.value
        query = query.where(kept, col(TracingRequestRow.expires_on) <= ends_by)
    if after is not None:
        query = query.where(col(TracingRequestRow.id) > after)
    return cut(session.exec(query.order_by(col(TracingRequestRow.id)).limit(limit + 1)).all(), limit)


def expired(session: Session, today: date, limit: int) -> Sequence[TracingRequestRow]:
    """Open or closed requests whose day has come, the longest overdue first."""
    return session.exec(
        select(TracingRequestRow)
        .where(
            col(TracingRequestRow.expires_on) <= today,
            col(TracingRequestRow.state).in_([RequestState.OPEN.value, RequestState.CLOSED.value]),
        )
        .order_by(col(TracingRequestRow.expires_on), col(TracingRequestRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def to_erase(session: Session, ended: date, limit: int) -> Sequence[TracingRequestRow]:
    """Requests that ended on that day or before and are not erased yet, the oldest first."""
    return session.exec(
        select(TracingRequestRow)
        .where(col(TracingRequestRow.ended_on) <= ended, col(TracingRequestRow.erased_on).is_(None))
        .order_by(col(TracingRequestRow.ended_on), col(TracingRequestRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def empty(row: TracingRequestRow, today: date) -> None:
    """Erase what was told. Days, state and counts stay; no code leads here any more."""
    row.sealed = row.sealed_contact = b""
    row.code_hash = f"erased:{row.id}"
    row.erased_on = today
    row.version += 1


def is_matchable(row: TracingRequestRow, today: date) -> bool:
    """Whether a request takes part in the matching: open, with consent, not expired."""
    return row.state == RequestState.OPEN.value and row.matching_allowed and row.expires_on > today


def matchable_ids(session: Session, today: date) -> Sequence[str]:
    """The ids of all requests that take part in the matching, sorted."""
    return session.exec(
        select(TracingRequestRow.id)
        .where(
            col(TracingRequestRow.state) == RequestState.OPEN.value,
            col(TracingRequestRow.matching_allowed).is_(True),
            col(TracingRequestRow.expires_on) > today,
        )
        .order_by(col(TracingRequestRow.id))
    ).all()
