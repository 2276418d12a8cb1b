"""Matching runs: asked for, watched, cancelled. The matching itself is done by a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service.errors import NotFound
from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import chunks, list_counts, requests, runs
from service.store.columns import now
from service.store.pages import Page
from service.store.states import RunKind, WorkState
from service.store.tables import MatchingRunRow
from service.store.work import Store, Work

SYSTEM = "system"


@dataclass(frozen=True)
class Cause:
    """Why a run is needed: its kind, the request or list that changed, and who did it."""

    kind: RunKind
    actor_id: str = SYSTEM
    organisation_id: str = ""
    subject_id: str | None = None


@dataclass(frozen=True)
class RunProgress:
    """How far a run is. `links` counts links written or renewed."""

    run_id: str
    kind: RunKind
    state: WorkState
    requests: int
    chunks: int
    chunks_done: int
    chunks_failed: int
    links: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def finished(self) -> bool:
        return self.state in (WorkState.DONE, WorkState.FAILED, WorkState.CANCELLED)


def enqueue(work: Work, cause: Cause, request_ids: Sequence[str]) -> MatchingRunRow:
    """Put a run of these requests into the queue, in the caller's transaction.

    A run without requests is done at once; it is kept, so that whoever asked sees an answer.
    """
    run = runs.add(
        work.session,
        MatchingRunRow(
            kind=cause.kind.value,
            subject_id=cause.subject_id,
            requested_by=cause.actor_id,
            organisation_id=cause.organisation_id or None,
            request_count=len(request_ids),
        ),
    )
    run.chunk_count = chunks.add_all(work.session, run, request_ids, work.settings.chunk_requests)
    if run.chunk_count == 0:
        run.state = WorkState.DONE.value
        run.started_at = run.finished_at = run.created_at
    work.session.flush()
    return run


def enqueue_all(work: Work, cause: Cause) -> MatchingRunRow:
    """A run of every request that takes part in the matching: what a changed list touches."""
    return enqueue(work, cause, requests.matchable_ids(work.session, now().date()))


def start_run(work: Work, actor: Actor) -> RunProgress:
    """Match every open request anew, with names counted anew."""
    require(actor, Operation.START_RUN)
    list_counts.forget(work.session)
    run = enqueue_all(work, Cause(RunKind.FULL, actor.audit_id, actor.organisation_id))
    audit.record(
        work.session,
        work.keys,
        actor.audit_id,
        "run.started",
        "matching_run",
        run.id,
        {"requests": run.request_count},
        organisation_id=actor.organisation_id,
    )
    return progress(work, run)


def read_run(work: Work, actor: Actor, run_id: str) -> RunProgress:
    """Raises NotFound for an absent run and for one of another organisation alike."""
    require(actor, Operation.READ_RUN)
    return progress(work, _own(work, actor, run_id))


def list_runs(work: Work, actor: Actor, after: str | None = None, limit: int = 50) -> Page[RunProgress]:
    """The runs of the actor's organisation, the newest first."""
    require(actor, Operation.READ_RUN)
    found = runs.page(work.session, actor.organisation_id, after, limit)
    return Page(tuple(progress(work, run) for run in found.rows), found.next_after)


def cancel_run(work: Work, actor: Actor, run_id: str) -> RunProgress:
    """Stop a run: waiting chunks are dropped, and what a worker is just computing is thrown away."""
    require(actor, Operation.CANCEL_RUN)
    _own(work, actor, run_id)
    run = runs.locked(work.session, run_id)
    if run is None:
        raise NotFound
    if run.state in (WorkState.QUEUED.value, WorkState.RUNNING.value):
        stop(work, run)
        audit.record(
            work.session,
            work.keys,
            actor.audit_id,
            "run.cancelled",
            "matching_run",
            run.id,
            organisation_id=actor.organisation_id,
        )
    return progress(work, run)


def stop(work: Work, run: MatchingRunRow) -> None:
    """Cancel an unfinished run that the caller holds locked."""
    run.cancel_requested = True
    run.version += 1
    chunks.cancel_waiting(work.session, run.id)
    settle(work, run)


def settle(work: Work, run: MatchingRunRow) -> None:
    """Count the chunks of a run that the caller holds locked, and end the run after the last one."""
    work.session.flush()
    counted = chunks.counts(work.session, run.id)
    run.chunks_done = counted.get(WorkState.DONE, 0)
    if counted.get(WorkState.QUEUED, 0) or counted.get(WorkState.RUNNING, 0):
        run.state = WorkState.RUNNING.value if run.started_at else WorkState.QUEUED.value
    else:
        run.state = _end(run, counted).value
        run.finished_at = now()
    work.session.add(run)
    work.session.flush()


def _end(run: MatchingRunRow, counted: dict[WorkState, int]) -> WorkState:
    if counted.get(WorkState.FAILED, 0):
        return WorkState.FAILED
    return WorkState.CANCELLED if run.cancel_requested else WorkState.DONE


def read_progress(store: Store, run_id: str) -> RunProgress:
    """Raises NotFound for a run that is not there."""
    with store.read() as work:
        run = runs.get(work.session, run_id)
        if run is None:
            raise NotFound
        return progress(work, run)


def progress(work: Work, run: MatchingRunRow) -> RunProgress:
    counted = chunks.counts(work.session, run.id)
    return RunProgress(
        run_id=run.id,
        kind=RunKind(run.kind),
        state=WorkState(run.state),
        requests=run.request_count,
        chunks=run.chunk_count,
        chunks_done=counted.get(WorkState.DONE, 0),
        chunks_failed=counted.get(WorkState.FAILED, 0),
        links=run.link_count,
        created_at=run.created_at,
        started_at=run.started_at,
        finished_at=run.finished_at,
    )


def _own(work: Work, actor: Actor, run_id: str) -> MatchingRunRow:
    run = runs.get(work.session, run_id)
    if run is None or run.organisation_id != actor.organisation_id:
        raise NotFound
    return run
