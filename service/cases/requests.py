"""Requests as staff see them: listed, read, corrected, closed, their public status released."""

from dataclasses import dataclass
from datetime import date, timedelta

from schemas.review import ClosureReason, PublicStatus
from schemas.tracing import Contact, TracingRequest
from service.cases import intake, withdrawn_links
from service.errors import Conflict, Erased, NotFound
from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import requests
from service.store.columns import now
from service.store.pages import Page
from service.store.states import RequestState
from service.store.tables import TracingRequestRow
from service.store.versions import VersionConflict, swap
from service.store.work import Work

ENDING = timedelta(days=30)  # so long before its day a request is told to those who can extend it


@dataclass(frozen=True)
class RequestCase:
    """A request and how it stands. Contact data are asked for separately."""

    request: TracingRequest
    state: RequestState
    public_status: PublicStatus
    received_on: date
    expires_on: date
    matching_allowed: bool
    filed_by: str | None
    version: int


def list_requests(
    work: Work,
    actor: Actor,
    state: RequestState | None = None,
    after: str | None = None,
    limit: int = 50,
    *,
    ending: bool = False,
) -> Page[RequestCase]:
    """Requests of the actor's organisation, by id; each page is one reading in the audit log.

    `ending`: only those that expire within 30 days or have expired, and can still be extended.
    """
    require(actor, Operation.READ_REQUEST)
    ends_by = now().date() + ENDING if ending else None
    found = requests.page(work.session, actor.organisation_id, state, after, limit, ends_by)
    cases = tuple(_case(work, row) for row in found.rows)
    audit.record(
        work.session,
        work.keys,
        actor.audit_id,
        "request.listed",
        "organisation",
        actor.organisation_id,
        {"count": len(cases)},
        organisation_id=actor.organisation_id,
    )
    return Page(cases, found.next_after)


def read_request(work: Work, actor: Actor, request_id: str) -> RequestCase:
    """One request, without contact data. Absent and foreign requests raise the same NotFound."""
    require(actor, Operation.READ_REQUEST)
    row = own(work, actor, request_id)
    case = _case(work, row)
    intake.note(work, actor, "request.read", row)
    return case


def read_contact(work: Work, actor: Actor, request_id: str) -> Contact:
    """How to reach the enquirer; a reading of its own in the audit log."""
    require(actor, Operation.READ_REQUEST)
    row = own(work, actor, request_id)
    found = requests.contact(work, row)
    intake.note(work, actor, "request.contact_read", row)
    return found


def correct_request(
    work: Work, actor: Actor, request_id: str, request: TracingRequest, expected_version: int | None = None
) -> RequestCase:
    """Correct a request on the enquirer's behalf. Raises `VersionConflict` when it changed meanwhile."""
    require(actor, Operation.ENTER_REQUEST)
    row = _open(own(work, actor, request_id))
    _unchanged(row, expected_version)
    return _case(work, intake.store_correction(work, actor, row, request, "request.corrected"))


def set_public_status(
    work: Work, actor: Actor, request_id: str, status: PublicStatus, expected_version: int | None = None
) -> RequestCase:
    """The human release: the only thing that changes what the relative's code shows."""
    require(actor, Operation.SET_PUBLIC_STATUS)
    row = own(work, actor, request_id)
    before = row.public_status
    swap(work.session, row, expected_version, public_status=status.value)
    intake.note(work, actor, "request.status_released", row, before=before, after=status.value)
    return _case(work, row)


def close_request(
    work: Work, actor: Actor, request_id: str, reason: ClosureReason, expected_version: int | None = None
) -> RequestCase:
    """End the search for staff. The public status changes by its own release only."""
    require(actor, Operation.SET_PUBLIC_STATUS)
    row = _open(own(work, actor, request_id))
    swap(work.session, row, expected_version, state=RequestState.CLOSED.value)
    withdrawn_links.of_request(work, row.id)
    intake.note(work, actor, "request.closed", row, reason=reason.value)
    return _case(work, row)


def extend_request(
    work: Work, actor: Actor, request_id: str, expected_version: int | None = None
) -> RequestCase:
    """Keep a request for as long again from today, when the enquirer wishes it. An expired one is open again
    and matched anew. Raises Conflict for a withdrawn one.
    """
    require(actor, Operation.EXTEND_REQUEST)
    row = own(work, actor, request_id)
    if row.state == RequestState.WITHDRAWN.value:
        raise Conflict("request_withdrawn", "The enquirer withdrew this request; only a new one can follow.")
    expired = row.state == RequestState.EXPIRED.value
    until = intake.months_later(now().date(), work.settings.expiry_months)
    state = RequestState.OPEN.value if expired else row.state
    swap(work.session, row, expected_version, state=state, expires_on=until, ended_on=None)
    if expired:
        intake.match_anew(work, actor, row)
    intake.note(work, actor, "request.extended", row)
    return _case(work, row)


def withdraw_request(work: Work, actor: Actor, request_id: str) -> None:
    """Withdraw on the enquirer's behalf."""
    require(actor, Operation.WITHDRAW_REQUEST)
    intake.withdraw(work, actor, _open(own(work, actor, request_id)), "request.withdrawn")


def own(work: Work, actor: Actor, request_id: str) -> TracingRequestRow:
    """A request of the actor's organisation. Absent and foreign ones raise the same NotFound; one of which
    nothing is left raises Erased.
    """
    row = requests.get(work.session, request_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    if row.erased_on is not None:
        raise Erased
    return row


def _open(row: TracingRequestRow) -> TracingRequestRow:
    if row.state != RequestState.OPEN.value:
        raise Conflict("request_not_open", "This request is closed, withdrawn or expired.")
    return row


def _unchanged(row: TracingRequestRow, expected_version: int | None) -> None:
    if expected_version is not None and row.version != expected_version:
        raise VersionConflict


def _case(work: Work, row: TracingRequestRow) -> RequestCase:
    return RequestCase(
        request=requests.value(work, row),
        state=RequestState(row.state),
        public_status=PublicStatus(row.public_status),
        received_on=row.received_on,
        expires_on=row.expires_on,
        matching_allowed=row.matching_allowed,
        filed_by=row.filed_by,
        version=row.version,
    )
