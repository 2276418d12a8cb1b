"""What waits for a member of staff: counts only, each asked of the table of roles first."""

from dataclasses import dataclass
from datetime import timedelta

from schemas.review import LinkState
from service.cases.reviews import WORKING_STATES
from service.security.access import Operation, may, require
from service.security.actors import Actor
from service.store import links, requests, source_lists
from service.store.columns import now
from service.store.links import QueueFilter
from service.store.states import ListState, RequestState
from service.store.work import Work

MOST = 200  # a longer queue is shown as that many
OLD_LIST = timedelta(days=90)


@dataclass(frozen=True)
class LinksWaiting:
    """How many links of the organisation are where; `mine` are claimed by the reader."""

    suggested: int
    mine: int
    needs_information: int
    plausible: int
    verified: int
    confirmed: int
    contested: int
    new_data: int


@dataclass(frozen=True)
class Waiting:
    """None where the roles do not open that kind of work."""

    links: LinksWaiting | None
    previews: int | None
    old_lists: int | None
    open_requests: int | None


def what_waits(work: Work, actor: Actor) -> Waiting:
    """Counts for the home page. No names, so it is not a reading in the audit log."""
    require(actor, Operation.READ_HOME)
    previews, old = _lists(work, actor) if may(actor, Operation.READ_LIST) else (None, None)
    return Waiting(
        links=_links(work, actor) if may(actor, Operation.READ_QUEUE) else None,
        previews=previews,
        old_lists=old,
        open_requests=_requests(work, actor) if may(actor, Operation.READ_REQUEST) else None,
    )


def _links(work: Work, actor: Actor) -> LinksWaiting:
    states = links.count_by_state(work.session, actor.organisation_id)

    def counted(wanted: QueueFilter) -> int:
        return len(links.queue(work.session, wanted, None, MOST).rows)

    own = actor.organisation_id
    return LinksWaiting(
        suggested=counted(QueueFilter(own)),
        mine=counted(QueueFilter(own, WORKING_STATES, claimed_by=actor.account_id)),
        needs_information=states.get(LinkState.NEEDS_INFORMATION.value, 0),
        plausible=states.get(LinkState.PLAUSIBLE.value, 0),
        verified=states.get(LinkState.VERIFIED_BY_EVIDENCE.value, 0),
        confirmed=states.get(LinkState.CONFIRMED.value, 0),
        contested=counted(QueueFilter(own, WORKING_STATES, contested=True)),
        new_data=counted(QueueFilter(own, WORKING_STATES, new_data=True)),
    )


def _lists(work: Work, actor: Actor) -> tuple[int, int]:
    wanted = (ListState.PREVIEW, ListState.PUBLISHED)
    found = source_lists.in_states(work.session, actor.organisation_id, wanted)
    oldest = now().date() - OLD_LIST
    previews = sum(1 for row in found if row.state == ListState.PREVIEW.value)
    old = sum(
        1
        for row in found
        if row.state == ListState.PUBLISHED.value and row.list_date and row.list_date < oldest
    )
    return previews, old


def _requests(work: Work, actor: Actor) -> int:
    return len(requests.page(work.session, actor.organisation_id, RequestState.OPEN, None, MOST).rows)
