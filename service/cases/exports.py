"""Taking links out as a file: one person asks, another approves, the first fetches; all of it is noted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas.link import CandidateLink
from schemas.review import LinkState
from schemas.tracing import SoughtPerson
from service.cases.family_views import record_for
from service.cases.reviews import note
from service.errors import Conflict, Forbidden, Gone, NotFound, Unprocessable
from service.files.links_csv import reasons_of
from service.printing.tables import Sheet, as_csv, as_xlsx
from service.security.access import Operation, may, require
from service.security.actors import Actor
from service.speech import _, marked, sentence
from service.store import accounts, export_orders, links, requests
from service.store.columns import now
from service.store.links import QueueFilter
from service.store.states import ExportFormat, ExportState
from service.store.tables import CandidateLinkRow, ExportOrderRow
from service.store.versions import swap
from service.store.work import Work
from service.wording import birth

KIND = "export_order"
GOOD_FOR = timedelta(hours=24)  # after the approval
MOST_LINKS = 500  # of one file
MOST_FETCHES = 3
SHOWN = 50
HEADINGS = (
    marked("state"),
    marked("probability"),
    marked("weight in bits"),
    marked("sought"),
    marked("role"),
    marked("born (request)"),
    marked("on the list"),
    marked("born (list)"),
    marked("row"),
    marked("reasons"),
    marked("link"),
)
_TYPES = {
    ExportFormat.CSV: ("text/csv; charset=utf-8", as_csv),
    ExportFormat.XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to take out: links in this state, as this kind of file, and why."""

    format: ExportFormat
    state: LinkState
    reason: str


@dataclass(frozen=True)
class OrderView:
    """An order as staff see it. `mine`: the reader asked for it; `may_decide`: the reader may approve it."""

    order_id: str
    format: ExportFormat
    scope: str
    state: ExportState
    asked_by: str
    decided_by: str
    asked_at: datetime
    reason: str
    mine: bool
    may_decide: bool
    may_fetch: bool
    version: int


@dataclass(frozen=True)
class ExportedFile:
    """The bytes of an export."""

    name: str
    media_type: str
    data: bytes


def ask(work: Work, actor: Actor, wanted: Wanted) -> str:
    """Ask for an export; nothing leaves before another person approved. The id of the order."""
    require(actor, Operation.ASK_EXPORT)
    if wanted.format not in _TYPES:
        raise Unprocessable("format_unknown", "Choose CSV or XLSX.")
    if not wanted.reason.strip():
        raise Unprocessable("reason_needed", "Please write down the reason in a few words.")
    row = export_orders.add(
        work,
        actor.organisation_id,
        actor.account_id,
        (wanted.format, wanted.state.value),
        wanted.reason.strip()[:500],
    )
    note(work, actor, "export.asked", row.id, {"format": row.format, "scope": row.scope}, kind=KIND)
    return row.id


def orders(work: Work, actor: Actor) -> tuple[OrderView, ...]:
    """The newest orders of the organisation."""
    require(actor, Operation.ASK_EXPORT)
    return tuple(_view(work, actor, row) for row in export_orders.newest(work, actor.organisation_id, SHOWN))


def decide(work: Work, actor: Actor, order_id: str, approve: bool, expected_version: int) -> None:
    """Approve or refuse somebody else's order."""
    require(actor, Operation.APPROVE_EXPORT)
    row = _own(work, actor, order_id)
    if row.asked_by == actor.account_id:
        raise Forbidden("second_person_needed", "A second, different person must approve an export.")
    if row.state != ExportState.ASKED.value:
        raise Conflict("export_decided", "Somebody decided on this export already.")
    state = ExportState.APPROVED if approve else ExportState.REFUSED
    swap(
        work.session,
        row,
        expected_version,
        state=state.value,
        decided_by=actor.account_id,
        decided_at=now(),
    )
    note(work, actor, f"export.{state.value}", row.id, kind=KIND)


def fetch(work: Work, actor: Actor, order_id: str) -> ExportedFile:
    """The file, made now, for the person who asked. Raises Gone a day after the approval."""
    require(actor, Operation.ASK_EXPORT)
    row = _own(work, actor, order_id)
    if row.asked_by != actor.account_id:
        raise Forbidden("not_your_export", "Only the person who asked for an export may take it out.")
    if row.state != ExportState.APPROVED.value:
        raise Conflict("export_not_approved", "Another person must approve this export first.")
    if not _is_fresh(row):
        raise Gone("export_expired", "The approval has expired or was used up; ask for the export again.")
    row.fetched += 1
    row.version += 1
    sheet = _sheet(work, actor, row)
    media_type, write = _TYPES[ExportFormat(row.format)]
    note(work, actor, "export.fetched", row.id, {"links": len(sheet.rows)}, kind=KIND)
    return ExportedFile(f"links-{row.id[:8]}.{row.format}", media_type, write(sheet))


def _is_fresh(row: ExportOrderRow) -> bool:
    decided = row.decided_at
    return decided is not None and now() - decided < GOOD_FOR and row.fetched < MOST_FETCHES


def _sheet(work: Work, actor: Actor, row: ExportOrderRow) -> Sheet:
    wanted = QueueFilter(actor.organisation_id, (LinkState(row.scope),))
    rows: list[tuple[str, ...]] = []
    after: str | None = None
    while len(rows) < MOST_LINKS:
        page = links.queue(work.session, wanted, after, 50)
        rows += [_line(work, actor, link) for link in page.rows]
        after = page.next_after
        if after is None:
            break
    return Sheet("links", watermark(work, actor, row.id), [_(one) for one in HEADINGS], rows[:MOST_LINKS])


def watermark(work: Work, actor: Actor, about: str) -> str:
    """Who takes something out, and when: on every file and every printed page."""
    account = accounts.get(work.session, actor.account_id)
    login = account.login if account else actor.account_id
    told = {"login": login, "moment": f"{now():%Y-%m-%d %H:%M}", "about": about[:8]}
    return _("Confidential. Taken out of Homeward by %(login)s on %(moment)s UTC, %(about)s") % told


def _line(work: Work, actor: Actor, row: CandidateLinkRow) -> tuple[str, ...]:
    request_row = requests.get(work.session, row.request_id)
    people = requests.value(work, request_row).sought if request_row else ()
    sought = next((person for person in people if person.person_id == row.person_id), None)
    record = record_for(work, actor, row.record_id)
    proposal: CandidateLink = links.value(work, row)
    return (
        _(row.state.replace("_", " ")),
        f"{row.probability:.3f}",
        f"{row.weight:.1f}",
        sought.person.headline if sought else "",
        _(sought.role.value) if sought else "",
        _born(sought),
        record.person.headline if record else _("kept by the list's organisation"),
        "; ".join(birth(one) for one in record.person.births) if record else "",
        str(record.row) if record else "",
        reasons_of(proposal.evidence, sentence) if record else "",
        row.id,
    )


def _born(sought: SoughtPerson | None) -> str:
    return "; ".join(birth(one) for one in sought.person.births) if sought else ""


def _own(work: Work, actor: Actor, order_id: str) -> ExportOrderRow:
    row = export_orders.get(work, order_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def _view(work: Work, actor: Actor, row: ExportOrderRow) -> OrderView:
    mine = row.asked_by == actor.account_id
    return OrderView(
        order_id=row.id,
        format=ExportFormat(row.format),
        scope=row.scope,
        state=ExportState(row.state),
        asked_by=_login(work, row.asked_by),
        decided_by=_login(work, row.decided_by) if row.decided_by else "",
        asked_at=row.asked_at,
        reason=export_orders.reason(work, row),
        mine=mine,
        may_decide=not mine and row.state == ExportState.ASKED.value and may(actor, Operation.APPROVE_EXPORT),
        may_fetch=mine and row.state == ExportState.APPROVED.value and _is_fresh(row),
        version=row.version,
    )


def _login(work: Work, account_id: str) -> str:
    account = accounts.get(work.session, account_id)
    return account.login if account else ""
