"""What waits for a member of staff: counts only, each asked of the table of roles first."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.review import LinkState
from service.cases.requests import ENDING
from service.cases.reviews import WORKING_STATES
from service.cases.trends import Trends, trends
from service.security.access import Operation, may, require
from service.security.actors import Actor
from service.store import counts, export_orders, links, messages, requests, source_lists
from service.store.columns import now
from service.store.links import QueueFilter
from service.store.states import ExportState, ListState, RequestState
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
    since_look: int | None  # first proposed since the reader last looked here; None at the first look


@dataclass(frozen=True)
class Waiting:
    """None where the roles do not open that kind of work."""

    links: LinksWaiting | None
    trends: Trends | None
    previews: int | None
    old_lists: int | None
    open_requests: int | None
    ending: int | None  # requests that expire within 30 days or have expired, for those who can extend them
    answers: int | None  # requests whose relative wrote something that nobody has read
    exports: int | None  # exports that wait for a second person


def what_waits(work: Work, actor: Actor) -> Waiting:
    """Counts for the home page, and a note that the reader has looked. Takes a write transaction.

    No names, so it is not a reading in the audit log.
    """
    found = waiting(work, actor, since=counts.looked_at(work.session, actor.account_id))
    counts.look(work.session, actor.account_id)
    return found


def waiting(work: Work, actor: Actor, since: datetime | None) -> Waiting:
    """What waits for one person; `since` is when that person was last told."""
    require(actor, Operation.READ_HOME)
    previews, old = _lists(work, actor) if may(actor, Operation.READ_LIST) else (None, None)
    linked = _links(work, actor, since) if may(actor, Operation.READ_QUEUE) else None
    return Waiting(
        links=linked,
        trends=trends(work, actor) if may(actor, Operation.READ_QUEUE) else None,
        previews=previews,
        old_lists=old,
        open_requests=_requests(work, actor) if may(actor, Operation.READ_REQUEST) else None,
        ending=_ending(work, actor) if may(actor, Operation.EXTEND_REQUEST) else None,
        answers=_answers(work, actor) if may(actor, Operation.READ_REQUEST) else None,
        exports=_exports(work, actor) if may(actor, Operation.APPROVE_EXPORT) else None,
    )


def _links(work: Work, actor: Actor, since: datetime | None) -> LinksWaiting:
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
        since_look=None if since is None else counts.links_since(work.session, own, since),
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


def _answers(work: Work, actor: Actor) -> int:
    return len(messages.unread_requests(work, actor.organisation_id, MOST))


def _exports(work: Work, actor: Actor) -> int:
    found = export_orders.newest(work, actor.organisation_id, MOST)
    return sum(
        1 for row in found if row.state == ExportState.ASKED.value and row.asked_by != actor.account_id
    )


def _ending(work: Work, actor: Actor) -> int:
    by = now().date() + ENDING
    return len(requests.page(work.session, actor.organisation_id, None, None, MOST, by).rows)


def _requests(work: Work, actor: Actor) -> int:
    return len(requests.page(work.session, actor.organisation_id, RequestState.OPEN, None, MOST).rows)
