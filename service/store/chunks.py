"""Chunks of runs and their leases. A chunk belongs to one worker until its lease ends."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, or_, update
from sqlmodel import Session, col, select

from service.store.clock import database_seconds
from service.store.columns import now
from service.store.states import RunKind, WorkState
from service.store.tables import MatchingRunRow, RunChunkRow


def add_all(session: Session, run: MatchingRunRow, request_ids: Sequence[str], size: int) -> int:
    """Cut the requests of a run into chunks of `size` and return how many chunks there are."""
    starts = range(0, len(request_ids), size)
    for ordinal, start in enumerate(starts, start=1):
        session.add(
            RunChunkRow(run_id=run.id, ordinal=ordinal, request_ids=list(request_ids[start : start + size]))
        )
    session.flush()
    return len(starts)


def any_waiting(session: Session, run_id: str | None = None) -> bool:
    """Whether `claim` would find something; a reading, so that idle workers disturb nobody."""
    query = select(RunChunkRow.id).where(_free(database_seconds(session))).limit(1)
    if run_id is not None:
        query = query.where(col(RunChunkRow.run_id) == run_id)
    return session.exec(query).first() is not None


def _free(seconds: float) -> ColumnElement[bool]:
    """Queued, or left behind by a worker that fell silent."""
    return or_(
        col(RunChunkRow.state) == WorkState.QUEUED.value,
        (col(RunChunkRow.state) == WorkState.RUNNING.value) & (col(RunChunkRow.leased_until) < seconds),
    )


def claim(
    session: Session, owner: str, lease_seconds: float, run_id: str | None = None
) -> RunChunkRow | None:
    """Lease the next chunk: queued, or left behind by a worker that fell silent. None when idle.

    What one new request needs goes before what a whole list needs. On PostgreSQL rows that another
    worker is just claiming are skipped; on SQLite the write lock does the same.
    """
    seconds = database_seconds(session)
    query = (
        select(RunChunkRow)
        .join(MatchingRunRow, col(MatchingRunRow.id) == col(RunChunkRow.run_id))
        .where(
            _free(seconds),
        )
        .order_by(
            case((col(MatchingRunRow.kind) == RunKind.REQUEST.value, 0), else_=1),
            col(MatchingRunRow.created_at),
            col(RunChunkRow.ordinal),
            col(RunChunkRow.id),
        )
        .limit(1)
        .with_for_update(skip_locked=True, of=RunChunkRow)
    )
    if run_id is not None:
        query = query.where(col(RunChunkRow.run_id) == run_id)
    chunk = session.exec(query).first()
    if chunk is None:
        return None
    chunk.state = WorkState.RUNNING.value
    chunk.owner = owner
    chunk.leased_until = seconds + lease_seconds
    chunk.attempts += 1
    session.add(chunk)
    session.flush()
    return chunk


def extend(session: Session, chunk_id: str, owner: str, lease_seconds: float) -> bool:
    """Heartbeat. False when the chunk is no longer this owner's: stop working on it."""
    changed = session.connection().execute(
        update(RunChunkRow)
        .where(
            col(RunChunkRow.id) == chunk_id,
            col(RunChunkRow.owner) == owner,
            col(RunChunkRow.state) == WorkState.RUNNING.value,
        )
        .values(leased_until=database_seconds(session) + lease_seconds)
    )
    return changed.rowcount == 1


def leave(
    session: Session,
    chunk_id: str,
    owner: str,
    state: WorkState,
    *,
    error_code: str = "",
    uncount: bool = False,
) -> bool:
    """End the lease with this state. False when the chunk is no longer this owner's: nothing happened.

    `uncount`: the attempt is not held against the chunk (the worker was asked to stop, or the data
    changed under it).
    """
    values: dict[str, object] = {
        "state": state.value,
        "owner": None,
        "leased_until": None,
        "error_code": error_code,
        "done_at": now() if state is WorkState.DONE else None,
    }
    if uncount:
        values["attempts"] = col(RunChunkRow.attempts) - 1
    changed = session.connection().execute(
        update(RunChunkRow)
        .where(
            col(RunChunkRow.id) == chunk_id,
            col(RunChunkRow.owner) == owner,
            col(RunChunkRow.state) == WorkState.RUNNING.value,
        )
        .values(**values)
    )
    return changed.rowcount == 1


def counts(session: Session, run_id: str) -> dict[WorkState, int]:
    """How many chunks of a run are in each state."""
    found = session.exec(
        select(RunChunkRow.state, func.count())
        .where(col(RunChunkRow.run_id) == run_id)
        .group_by(col(RunChunkRow.state))
    ).all()
    return {WorkState(state): count for state, count in found}


def cancel_waiting(session: Session, run_id: str) -> int:
    """Cancel the chunks that nobody works on."""
    changed = session.connection().execute(
        update(RunChunkRow)
        .where(col(RunChunkRow.run_id) == run_id, col(RunChunkRow.state) == WorkState.QUEUED.value)
        .values(state=WorkState.CANCELLED.value)
    )
    return changed.rowcount


def of_run(session: Session, run_id: str) -> Sequence[RunChunkRow]:
    return session.exec(
        select(RunChunkRow).where(col(RunChunkRow.run_id) == run_id).order_by(col(RunChunkRow.ordinal))
    ).all()
