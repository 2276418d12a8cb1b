"""Publishing a list and taking it back: one flip of states, and what follows for links and matching."""

from service.cases import matching_runs, withdrawn_links
from service.errors import Conflict
from service.security.actors import Actor
from service.store import list_counts, records, source_lists
from service.store.columns import now
from service.store.states import ListState, RunKind
from service.store.tables import SourceListRow
from service.store.work import Work

OVERTAKEN = "The edition before is not the newest any more. Read this file again first."


def publish(work: Work, actor: Actor, row: SourceListRow) -> None:
    """Make a preview visible in the place of its predecessor, and queue the matching.

    Raises Conflict when the predecessor is not the newest edition any more.
    """
    before = _held(work, row.predecessor_id)
    gone: set[str] = set()
    if before is not None and before.state == ListState.PUBLISHED.value:
        gone = set(records.identities(work.session, before.id))
        gone -= set(records.identities(work.session, row.id))
        _move(before, ListState.SUPERSEDED)
    elif before is not None and (
        before.state != ListState.TAKEN_BACK.value or records.on_published(work.session, row.id)
    ):
        raise Conflict("edition_overtaken", OVERTAKEN)
    _move(row, ListState.PUBLISHED)
    row.published_at = now()
    row.sealed_file = None
    work.session.flush()
    withdrawn_links.of_records(work, gone)
    _match(work, actor, row)


def take_back(work: Work, actor: Actor, row: SourceListRow) -> frozenset[str]:
    """Hide a published list, show its predecessor again if that was superseded by it, and match anew.

    Returns the records that no published list holds now.
    """
    before = _held(work, row.predecessor_id)
    gone = set(records.identities(work.session, row.id))
    if before is not None and before.state == ListState.SUPERSEDED.value:
        gone -= set(records.identities(work.session, before.id))
        _move(before, ListState.PUBLISHED)
    _move(row, ListState.TAKEN_BACK)
    list_counts.forget(work.session)
    work.session.flush()
    _match(work, actor, row)
    return frozenset(gone)


def _held(work: Work, list_id: str | None) -> SourceListRow | None:
    """The predecessor, locked against another publication at the same time."""
    return source_lists.locked(work.session, list_id) if list_id else None


def _move(row: SourceListRow, state: ListState) -> None:
    row.state = state.value
    row.version += 1


def _match(work: Work, actor: Actor, row: SourceListRow) -> None:
    cause = matching_runs.Cause(RunKind.LIST, actor.audit_id, row.organisation_id, row.id)
    matching_runs.enqueue_all(work, cause)
