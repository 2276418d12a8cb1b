"""What time itself ends: requests that nobody extended, what ended requests held, kept answers, ended
sign-ins, old rate windows and orders of exports.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from service.cases import erasure, withdrawn_links
from service.cases.matching_runs import SYSTEM
from service.security import audit
from service.store import export_orders, idempotency, rates, requests, sessions
from service.store.columns import now
from service.store.states import RequestState
from service.store.work import Store

_AT_ONCE = 100  # requests expired in one transaction
_RATES_KEPT = timedelta(days=2)
_ORDERS_KEPT = timedelta(days=90)  # of exports: the reason in them is somebody's words


@dataclass(frozen=True)
class Swept:
    """How much was ended. `erased`: requests of which only what `erasure` names is left."""

    requests: int
    erased: int
    answers: int
    sessions: int


def sweep(store: Store, today: date | None = None) -> Swept:
    """End what is due. Expired requests leave matching and review at once; what they and withdrawn ones held
    is erased `erase_days` later. Running it again changes nothing.
    """
    day = today or now().date()
    expired = 0
    while count := _expire_some(store, day):
        expired += count
    moment = now()
    with store.begin() as work:
        answers = idempotency.drop_expired(work.session, moment)
        ended = sessions.drop_expired(work.session, moment)
        rates.drop_before(work.session, int((moment - _RATES_KEPT).timestamp()))
        export_orders.drop_before(work, moment - _ORDERS_KEPT)
    erased = erasure.erase_ended(store, day - timedelta(days=store.settings.erase_days), day)
    return Swept(expired, erased, answers, ended)


def _expire_some(store: Store, today: date) -> int:
    with store.begin() as work:
        due = requests.expired(work.session, today, _AT_ONCE)
        for row in due:
            row.state = RequestState.EXPIRED.value
            row.ended_on = today
            row.version += 1
            work.session.flush()
            withdrawn_links.of_request(work, row.id)
            audit.record(
                work.session,
                work.keys,
                SYSTEM,
                "request.expired",
                "tracing_request",
                row.id,
                organisation_id=row.organisation_id,
            )
        return len(due)
