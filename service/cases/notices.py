"""Who wants mail, and what is new to tell them: numbers alone."""

from dataclasses import dataclass
from datetime import timedelta

from service import speech
from service.cases import waiting
from service.errors import Unprocessable
from service.logs import get_logger
from service.notices.mail import is_address
from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor, Role
from service.speech import marked
from service.store import accounts, notices
from service.store.columns import now
from service.store.sealed import SealBroken
from service.store.work import Store, Work

# what a mail tells, in its order; the words are those of the home page
_LINES = (
    ("since_mail", marked("new and worth a review since the last mail")),
    ("mine", marked("claimed by you")),
    ("plausible", marked("recommended: evidence and a second pair of eyes")),
    ("verified", marked("with evidence: to be confirmed")),
    ("confirmed", marked("confirmed: best interests")),
    ("contested", marked("contested")),
    ("answers", marked("with a message from the relative that nobody has read")),
    ("ending", marked("requests that end within 30 days or have ended: to be extended or let go")),
    ("previews", marked("previews neither committed nor discarded")),
    ("old_lists", marked("committed lists older than 90 days")),
    ("exports", marked("wait for your approval")),
)


@dataclass(frozen=True)
class Digest:
    """One mail to be written. `counts` in words; `told` is kept when it was sent."""

    account_id: str
    address: str
    language: str
    counts: tuple[tuple[str, int], ...]
    told: dict[str, int]


def wants_mail(work: Work, actor: Actor) -> str:
    """The address that the account chose for its mails; empty when it wants none."""
    require(actor, Operation.CHANGE_OWN_PASSWORD)
    found = notices.choice(work, actor.account_id)
    return notices.address(work, found) if found else ""


def choose_mail(work: Work, actor: Actor, address: str) -> None:
    """Have mails sent there, in the language spoken now; an empty address ends them.

    Raises Unprocessable for what is no plain address.
    """
    require(actor, Operation.CHANGE_OWN_PASSWORD)
    if address and not is_address(address):
        raise Unprocessable("address_not_understood", "Write one e-mail address, such as name@example.org.")
    if address:
        notices.choose(work, actor.account_id, actor.organisation_id, speech.language(), address)
    else:
        notices.forget(work, actor.account_id)
    audit.record(
        work.session,
        work.keys,
        actor.audit_id,
        "account.mail_chosen" if address else "account.mail_ended",
        "account",
        actor.account_id,
        organisation_id=actor.organisation_id,
    )


def due(store: Store) -> list[Digest]:
    """Mails to be written now: the time has come, and more waits than at the last one."""
    with store.begin() as work:
        before = now() - timedelta(hours=store.settings.mail_hours)
        found = [_readable(work, row.account_id) for row in notices.due(work, before)]
    return [digest for digest in found if digest is not None]


def _readable(work: Work, account_id: str) -> Digest | None:
    """One altered address must not keep the others from their mails."""
    try:
        return _digest(work, account_id)
    except SealBroken as broken:
        get_logger().error("mail_choice_unreadable", account=account_id, code=broken.code)
        return None


def _digest(work: Work, account_id: str) -> Digest | None:
    row, account = notices.choice(work, account_id), accounts.get(work.session, account_id)
    if row is None or account is None or account.disabled:
        return None
    roles = frozenset(Role(role) for role in accounts.roles_of(work.session, account_id))
    actor = Actor(account_id, account.organisation_id, roles)
    counts = _counts(waiting.waiting(work, actor, since=row.told_at or row.chosen_at))
    if not any(number > row.told.get(name, 0) for name, number in counts.items()):
        notices.lower(work, account_id, counts)
        return None
    lines = tuple((words, counts[name]) for name, words in _LINES if counts.get(name))
    kept = {name: number for name, number in counts.items() if name != "since_mail"}
    return Digest(account_id, notices.address(work, row), row.language, lines, kept)


def _counts(found: waiting.Waiting) -> dict[str, int]:
    names = [name for name, _words in _LINES]
    counts = {name: getattr(found, name, None) for name in names}
    if found.links is not None:
        counts |= {name: getattr(found.links, name) for name in names if hasattr(found.links, name)}
        counts["since_mail"] = found.links.since_look
    return {name: number for name, number in counts.items() if number}
