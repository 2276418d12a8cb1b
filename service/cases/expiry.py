"""What time itself ends: requests that nobody extended, kept answers, ended sign-ins, old rate windows."""

from dataclasses import dataclass
from datetime import date, timedelta

from service.cases import withdrawn_links
from service.cases.matching_runs import SYSTEM
from service.security import audit
from service.store import idempotency, rates, requests, sessions
from service.store.columns import now
from service.store.states import RequestState
from service.store.work import Store

_AT_ONCE = 100  # requests expired in one transaction
_RATES_KEPT = timedelta(days=2)


@dataclass(frozen=True)
class Swept:
    """How much was ended."""

    requests: int
    answers: int
    sessions: int


def sweep(store: Store, today: date | None = None) -> Swept:
    """End what is due. Expired requests leave matching and review; their sealed content stays until erased.

    Running it again changes nothing.
    """
    expired = 0
    while count := _expire_some(store, today or now().date()):
        expired += count
    moment = now()
    with store.begin() as work:
        answers = idempotency.drop_expired(work.session, moment)
        ended = sessions.drop_expired(work.session, moment)
        rates.drop_before(work.session, int((moment - _RATES_KEPT).timestamp()))
    return Swept(expired, answers, ended)


def _expire_some(store: Store, today: date) -> int:
    with store.begin() as work:
        due = requests.expired(work.session, today, _AT_ONCE)
        for row in due:
            row.state = RequestState.EXPIRED.value
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
