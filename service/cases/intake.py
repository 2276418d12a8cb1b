"""Filing a tracing request, and everything that the case code opens to the relative who filed it."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.review import PublicStatus
from schemas.tracing import SoughtPerson, TracingRequest
from schemas.vocabulary import Channel
from service.cases import matching_runs, withdrawn_links
from service.errors import Conflict, NotFound, PreconditionFailed, Unavailable, Unprocessable
from service.security import audit, codes
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import idempotency, organisations, requests
from service.store.columns import new_id, now
from service.store.sealed import Place
from service.store.states import RequestState, RunKind
from service.store.tables import IdempotencyKeyRow, TracingRequestRow
from service.store.work import Work

KEPT = timedelta(hours=24)
SCOPE = "request.file"
MOST_SOUGHT = 60


@dataclass(frozen=True)
class Receipt:
    """What the relative takes home. The code is shown once; the database knows only its hash."""

    request_id: str
    code: str
    received_on: date
    expires_on: date
    replayed: bool = False  # the same submission had been accepted before


@dataclass(frozen=True)
class OwnStatus:
    """All that a code shows of the progress: it depends on human releases only."""

    status: PublicStatus
    received_on: date
    expires_on: date


def file_request(
    work: Work, actor: Actor, request: TracingRequest, idempotency_key: str | None = None
) -> Receipt:
    """Store a request, sealed, and queue its matching; all in the caller's one transaction.

    `actor` is the public, or an account that enters a request on somebody's behalf. A repetition with
    the same idempotency key within 24 hours gets the same receipt and changes nothing; raises
    Unprocessable when the key comes with another request, Unavailable before any organisation exists.
    """
    require(actor, Operation.FILE_OWN_REQUEST if actor.is_public else Operation.ENTER_REQUEST)
    if idempotency_key is None:
        return _file(work, actor, request, codes.issue_code(work.keys))
    scope = f"{SCOPE}|{actor.audit_id}"
    key_hash = work.keys.mac("idempotency", f"{scope}|{idempotency_key}".encode()).hex()
    body_hash = work.keys.mac("idempotency_body", _content(request)).hex()
    idempotency.hold(work.session, key_hash)
    kept = idempotency.get(work.session, key_hash, now())
    if kept is not None:
        return _again(work, kept, body_hash, idempotency_key)
    nonce = new_id()
    receipt = _file(work, actor, request, codes.issue_code(work.keys, f"{nonce}|{idempotency_key}"))
    place = Place("idempotency_key", "sealed_response", key_hash, "")
    idempotency.add(
        work.session,
        IdempotencyKeyRow(
            key_hash=key_hash,
            scope=SCOPE,
            body_hash=body_hash,
            status=201,
            object_id=receipt.request_id,
            sealed_response=work.sealer.seal_text(place, nonce),
            created_at=now(),
            expires_at=now() + KEPT,
        ),
    )
    return receipt


def _content(request: TracingRequest) -> bytes:
    """The request without what the server itself adds."""
    told = request.model_dump(mode="json", exclude={"request_id", "received_on"})
    return json.dumps(told, sort_keys=True).encode()


def _again(work: Work, kept: IdempotencyKeyRow, body_hash: str, idempotency_key: str) -> Receipt:
    if kept.body_hash != body_hash:
        raise Unprocessable(
            "idempotency_key_reused",
            "This Idempotency-Key was used for another request. Use a new key for a new request.",
        )
    row = requests.get(work.session, kept.object_id or "")
    if row is None:
        raise NotFound
    nonce = work.sealer.open_text(
        Place("idempotency_key", "sealed_response", kept.key_hash, ""), kept.sealed_response
    )
    code = codes.issue_code(work.keys, f"{nonce}|{idempotency_key}")
    return Receipt(row.id, code, row.received_on, row.expires_on, replayed=True)


def _file(work: Work, actor: Actor, request: TracingRequest, code: str) -> Receipt:
    today = now().date()
    organisation_id = _organisation_for(work, actor)
    row = TracingRequestRow(
        organisation_id=organisation_id,
        code_hash=codes.code_hash(work.keys, code),
        channel=request.channel.value,
        received_on=today,
        expires_on=months_later(today, work.settings.expiry_months),
        matching_allowed=False,
        sought_count=len(request.sought),
        filed_by=actor.account_id or None,
        sealed=b"",
        sealed_contact=b"",
    )
    requests.insert(work, row, request.model_copy(update={"received_on": today}))
    match_anew(work, actor, row)
    note(work, actor, "request.filed", row, sought=row.sought_count)
    return Receipt(row.id, code, row.received_on, row.expires_on)


def _organisation_for(work: Work, actor: Actor) -> str:
    if not actor.is_public:
        return actor.organisation_id
    receiving = organisations.receiving(work.session)
    if receiving is None:
        raise Unavailable(
            "not_set_up", "This service is not set up yet. The administrator must add an organisation first."
        )
    return receiving.id


def match_anew(work: Work, actor: Actor, row: TracingRequestRow) -> None:
    """Queue the matching of one request. Never done here: the answer must not depend on what is held."""
    ids = [row.id] if requests.is_matchable(row, now().date()) else []
    cause = matching_runs.Cause(RunKind.REQUEST, actor.audit_id, row.organisation_id, row.id)
    matching_runs.enqueue(work, cause, ids)


def note(work: Work, actor: Actor, act: str, row: TracingRequestRow, **details: str | int | bool) -> None:
    audit.record(
        work.session,
        work.keys,
        actor.audit_id,
        act,
        "tracing_request",
        row.id,
        details,
        organisation_id=row.organisation_id,
    )


# --- with the case code --------------------------------------------------------------------------


def own_status(work: Work, code: str) -> OwnStatus:
    """The coarse status. Wrong, expired and withdrawn codes raise the same NotFound."""
    row = by_code(work, code)
    return OwnStatus(PublicStatus(row.public_status), row.received_on, row.expires_on)


def export_own(work: Work, actor: Actor, code: str) -> TracingRequest:
    """Everything that the relative told, machine-readable, contact data included."""
    row = by_code(work, code)
    held = requests.whole(work, row)
    note(work, actor, "request.exported_by_code", row)
    return held


def read_own(work: Work, actor: Actor, code: str) -> tuple[TracingRequest, int]:
    """Everything that the relative told, and its version, for a correction."""
    row = by_code(work, code)
    held = requests.whole(work, row)
    note(work, actor, "request.read_by_code", row)
    return held, row.version


def correct_own(
    work: Work, actor: Actor, code: str, request: TracingRequest, expected_version: int | None = None
) -> OwnStatus:
    """Put a corrected request in the place of the old one, and match it anew.

    People keep their identity when the correction names the same `person_id`. Raises
    PreconditionFailed when the request changed since `expected_version` was read.
    """
    row = by_code(work, code)
    if expected_version is not None and row.version != expected_version:
        raise PreconditionFailed
    store_correction(work, actor, row, request, "request.corrected_by_code")
    return OwnStatus(PublicStatus(row.public_status), row.received_on, row.expires_on)


def add_own(
    work: Work, actor: Actor, code: str, people: tuple[SoughtPerson, ...], unnamed_children: int = 0
) -> OwnStatus:
    """Add sought people to a request. Raises Conflict for a person_id that is there already."""
    row = by_code(work, code)
    held = requests.whole(work, row)
    known = {person.person_id for person in held.sought}
    if known & {person.person_id for person in people} or len(held.sought) + len(people) > MOST_SOUGHT:
        raise Conflict(
            "people_not_added", f"Each added person needs a new id, and a request holds {MOST_SOUGHT} people."
        )
    grown = held.model_copy(
        update={
            "sought": held.sought + people,
            "unnamed_children": held.unnamed_children + unnamed_children,
        }
    )
    store_correction(work, actor, row, grown, "request.extended_by_code")
    return OwnStatus(PublicStatus(row.public_status), row.received_on, row.expires_on)


def withdraw_own(work: Work, actor: Actor, code: str) -> None:
    """End the search: at once out of the matching and out of review. The code opens nothing any more."""
    withdraw(work, actor, by_code(work, code), "request.withdrawn_by_code")


def store_correction(
    work: Work, actor: Actor, row: TracingRequestRow, request: TracingRequest, act: str
) -> TracingRequestRow:
    """Replace the sealed request, queue its matching, and say so in the audit log."""
    kept = request.model_copy(update={"received_on": row.received_on, "channel": Channel(row.channel)})
    row = requests.replace(work, row, kept)
    if not row.matching_allowed:
        withdrawn_links.of_request(work, row.id)
    match_anew(work, actor, row)
    note(work, actor, act, row, sought=row.sought_count)
    return row


def withdraw(work: Work, actor: Actor, row: TracingRequestRow, act: str) -> None:
    """Withdraw a request that is at hand; `service.cases.erasure` follows."""
    row.state = RequestState.WITHDRAWN.value
    row.ended_on = now().date()
    row.version += 1
    work.session.flush()
    withdrawn_links.of_request(work, row.id)
    note(work, actor, act, row)


def by_code(work: Work, code: str) -> TracingRequestRow:
    """Raises one and the same NotFound whatever is wrong with the code."""
    canonical = codes.check_code(code)
    row = requests.by_code_hash(work.session, codes.code_hash(work.keys, canonical or ""))
    gone = (RequestState.WITHDRAWN.value, RequestState.EXPIRED.value)
    if canonical is None or row is None or row.state in gone or row.expires_on <= now().date():
        raise NotFound(
            "code_unknown", "This code opens nothing. Check it letter by letter, or ask where you filed."
        )
    return row


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for length in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, length)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
