"""How often something may be tried: fixed windows counted in the database, so that they hold for
any number of server processes. Buckets are keyed hashes; no address is kept."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from service.errors import TooMany
from service.store import rates
from service.store.work import Store

_KEPT_SECONDS = 86_400


@dataclass(frozen=True)
class Limit:
    """At most `times` in `seconds`, counted separately for each subject."""

    name: str
    times: int
    seconds: int = 300


SIGN_IN_BY_LOGIN = Limit("sign_in_login", 10)
SIGN_IN_BY_ADDRESS = Limit("sign_in_address", 10)
SIGN_IN_ALL = Limit("sign_in_all", 1000)
CODE_BY_ADDRESS = Limit("code_address", 30)
CODE_ALL = Limit("code_all", 3000)
FILE_BY_ADDRESS = Limit("file_address", 60)  # many relatives share one telephone network's address
FILE_ALL = Limit("file_all", 3000)


def spend(store: Store, limit: Limit, subject: str = "") -> None:
    """Count one attempt in a transaction of its own. Raises TooMany when the window is full."""
    if not store.settings.rate_limits:
        return
    now = int(time.time())
    start = now - now % limit.seconds
    day = datetime.now(UTC).date().isoformat()  # pseudonyms of addresses change every day
    bucket = store.keys.mac("address", f"{limit.name}|{day}|{subject}".encode()).hex()
    with store.begin() as work:
        rates.count_up(work.session, bucket, start)
        used = rates.used(work.session, bucket, start)
        if used == 1:
            rates.drop_before(work.session, now - max(_KEPT_SECONDS, limit.seconds))
    if used > limit.times:
        raise TooMany(start + limit.seconds - now)
