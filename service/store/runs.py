"""Matching runs."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import Session, col, select

from service.store.pages import Page, cut
from service.store.states import RunKind, WorkState
from service.store.tables import MatchingRunRow


def add(session: Session, run: MatchingRunRow) -> MatchingRunRow:
    session.add(run)
    session.flush()
    return run


def get(session: Session, run_id: str) -> MatchingRunRow | None:
    return session.get(MatchingRunRow, run_id)


def locked(session: Session, run_id: str) -> MatchingRunRow | None:
    """The run, held until the transaction ends, so that two workers cannot both miss the last chunk."""
    return session.exec(
        select(MatchingRunRow).where(col(MatchingRunRow.id) == run_id).with_for_update()
    ).first()


def unfinished(session: Session, kind: RunKind, requested_by: str) -> Sequence[MatchingRunRow]:
    """Runs of this kind and origin that have not ended and are not being cancelled, the newest first."""
    table = MatchingRunRow
    return session.exec(
        select(table)
        .where(
            col(table.kind) == kind.value,
            col(table.requested_by) == requested_by,
            col(table.state).in_([WorkState.QUEUED.value, WorkState.RUNNING.value]),
            col(table.cancel_requested).is_(False),
        )
        .order_by(col(table.created_at).desc(), col(table.id))
    ).all()


def page(
    session: Session, organisation_id: str | None, after: str | None, limit: int
) -> Page[MatchingRunRow]:
    """Runs, the newest first; of every organisation when none is named."""
    table = MatchingRunRow
    query = select(table)
    if organisation_id is not None:
        query = query.where(col(table.organisation_id) == organisation_id)
    last = session.get(table, after) if after else None
    if last is not None:
        query = query.where(
            (col(table.created_at) < last.created_at)
            | ((col(table.created_at) == last.created_at) & (col(table.id) > last.id))
        )
    ordered = query.order_by(col(table.created_at).desc(), col(table.id)).limit(limit + 1)
    return cut(session.exec(ordered).all(), limit)


def forget_subject(session: Session, subject_id: str) -> None:
    """Runs that this request or list caused no longer name it; their counts stay."""
    table = MatchingRunRow
    session.connection().execute(
        update(table).where(col(table.subject_id) == subject_id).values(subject_id=None)
    )
