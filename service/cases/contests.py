"""Contested children: live links of different requests that join one record freeze together."""

from collections.abc import Iterable

from schemas.review import LinkState
from service.cases.workflow import LIVE_CLAIM, UNDECIDED
from service.store import links
from service.store.work import Work

_OPEN = frozenset(LinkState) - {LinkState.REJECTED, LinkState.CLOSED}


def refresh(work: Work, record_ids: Iterable[str]) -> int:
    """Set or lift the flag on every open link of these records; returns how many links changed.

    Call it in the transaction that changed a link's state, band or `current`, after `links.lock`.
    """
    work.session.flush()
    claims = links.claimants(work.session, record_ids, LIVE_CLAIM, UNDECIDED)
    several = {record_id for record_id, request_ids in claims.items() if len(request_ids) > 1}
    changed = links.mark_contested(work.session, several, True, _OPEN)
    changed += links.mark_contested(work.session, claims.keys() - several, False, _OPEN)
    if changed:
        work.session.expire_all()  # rows in hand would otherwise keep the flag they were read with
    return changed
