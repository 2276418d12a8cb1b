"""Delivers what is due, one way out at a time; another worker leaves a way alone that is in hands.

The audit log is the outbox of the webhook: an act and its row are one transaction, so nothing that was
acknowledged is forgotten. What was delivered before a crash could be noted is delivered again, with the
same event id.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Literal

from service.cases import notices as choices
from service.cases.notices import Digest
from service.config import Settings
from service.logs import get_logger
from service.notices import mail, webhook
from service.notices.mail import NotSent
from service.notices.webhook import Event, NotDelivered
from service.security import audit
from service.store import notices
from service.store.columns import now
from service.store.tables import AuditEvent
from service.store.work import Store

Way = Literal["webhook", "mail"]
ACTS = (
    *("request.filed", "request.corrected_by_code", "request.message_by_code", "request.withdrawn_by_code"),
    *(
        "request.withdrawn",
        "request.expired",
        "request.erased",
        "list.published",
        "list.taken_back",
        "export.asked",
    ),
    *("link.recommend", "link.verify", "link.confirm", "link.disagree", "link.ask", "link.reopen"),
)
BATCH = 50
HOLD_SECONDS = 90.0  # longer than one delivery; a killed worker's way is free again after it
MAIL_SECONDS = 600.0  # between two looks at whether somebody is due
STEP_SECONDS = 20.0  # of one way out; then the matching has its turn again
LONGEST_WAIT = 3600.0
GIVE_UP = timedelta(days=7)


class Deliveries:
    """`step` does what is due now and says whether anything was. With nothing set up it costs nothing."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._settings = store.settings

    def step(self) -> bool:
        worked = [self._try("webhook", self._webhook)] if self._settings.webhook_url else []
        worked += [self._try("mail", self._mail)] if self._settings.smtp_host else []
        return any(worked)

    def _try(self, way: Way, deliver: Callable[[int], tuple[bool, float]]) -> bool:
        with self._store.begin() as work:
            row = notices.take(work, way, HOLD_SECONDS, audit.head(work.session).sequence)
            at, failures = (row.sequence, row.failures) if row else (0, 0)
        if row is None:
            return False
        try:
            worked, wait = deliver(at)
        except (NotDelivered, NotSent) as refused:
            get_logger().warning("not_delivered", way=way, code=refused.code, failures=failures + 1)
            with self._store.begin() as work:
                notices.failed(work, way, min(LONGEST_WAIT, 10.0 * 2 ** min(failures, 10)))
            return False
        with self._store.begin() as work:
            notices.went(work, way, wait=wait)
        return worked

    def _webhook(self, sequence: int) -> tuple[bool, float]:
        with self._store.read() as work:
            waiting = [_event(row) for row in notices.events_after(work, sequence, ACTS, BATCH)]
        settings, until = self._settings, time.monotonic() + STEP_SECONDS
        for place, event, old in waiting:
            if not old:
                secret = secret_of(settings)
                webhook.post(
                    settings.webhook_url,
                    secret,
                    event,
                    int(time.time()),
                    private_too=settings.webhook_private,
                )
            else:
                get_logger().warning("event_given_up", way="webhook", sequence=place)
            with self._store.begin() as work:
                notices.went(work, "webhook", place)
                notices.take(work, "webhook", HOLD_SECONDS, place)
            if time.monotonic() > until:
                break
        return bool(waiting), 0.0

    def _mail(self, sequence: int) -> tuple[bool, float]:
        del sequence
        later, until = False, time.monotonic() + STEP_SECONDS
        waiting = choices.due(self._store)
        for digest in waiting:
            later |= not self._sent(digest)
            if time.monotonic() > until:
                return True, 0.0
        if later:
            raise NotSent("later")
        return bool(waiting), MAIL_SECONDS

    def _sent(self, digest: Digest) -> bool:
        """False: the server wants this mail later. What it takes never is not tried again before the next."""
        post = _post(self._settings)
        message = mail.digest(
            digest.address, post.sender, digest.language, digest.counts, staff_page(self._settings)
        )
        try:
            mail.send(post, message)
        except NotSent as refused:
            if refused.code == "later":
                return False
            if refused.code != "recipient_refused":
                raise
            # one bad address must not keep the others from theirs
            get_logger().warning("not_delivered", way="mail", code=refused.code)
        with self._store.begin() as work:
            notices.told(work, digest.account_id, digest.told)
            notices.went(work, "mail")
            notices.take(work, "mail", HOLD_SECONDS, 0)
        return True


def _event(row: AuditEvent) -> tuple[int, Event, bool]:
    event = Event(
        event_id=str(row.sequence),
        act=row.act,
        kind=row.kind,
        object_id=row.object_id,
        organisation_id=row.organisation_id,
        day=row.at.date().isoformat(),
    )
    return row.sequence, event, row.at < now() - GIVE_UP


def secret_of(settings: Settings) -> bytes:
    """The shared secret of the webhook, without the line's end. Raises NotDelivered when it went away."""
    try:
        return settings.webhook_secret_file.read_bytes().strip() if settings.webhook_secret_file else b""
    except OSError:
        raise NotDelivered("secret_unreadable") from None


def staff_page(settings: Settings) -> str:
    return f"https://{settings.staff_host}/staff" if settings.staff_host else ""


def _post(settings: Settings) -> mail.Post:
    path = settings.smtp_password_file
    try:
        password = path.read_text(encoding="utf-8").strip() if path else ""
    except (OSError, UnicodeError):
        raise NotSent("secret_unreadable") from None
    return mail.Post(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=settings.smtp_security,
        user=settings.smtp_user,
        password=password,
        sender=settings.mail_from,
    )
