"""Links whose ground fell away: the request was withdrawn, its consent ended, the list taken back."""

from collections.abc import Iterable

from schemas.review import LinkState
from service.cases import contests
from service.cases.workflow import UNDECIDED
from service.store import links
from service.store.columns import now
from service.store.tables import CandidateLinkRow
from service.store.work import Work


def of_request(work: Work, request_id: str) -> int:
    """Take the undecided links of a request out of review. Decided ones stay, marked `new_data`."""
    links.lock(work.session)
    return _withdraw(work, links.of_request(work.session, request_id))


def of_records(work: Work, record_ids: Iterable[str]) -> int:
    """Take the undecided links to these records out of review. Decided ones stay, marked `new_data`."""
    links.lock(work.session)
    return _withdraw(work, links.of_records(work.session, record_ids))


def _withdraw(work: Work, rows: Iterable[CandidateLinkRow]) -> int:
    touched: set[str] = set()
    for row in rows:
        if set_aside(row):
            touched.add(row.record_id)
    contests.refresh(work, touched)
    return len(touched)


def set_aside(row: CandidateLinkRow) -> bool:
    """Mark one link as no longer proposed; what a human did to it stays. False: nothing to change.

    A suggestion nobody touched simply stops being current. A link that somebody works on or has
    decided is marked `new_data` as well, so that the reviewer learns of it.
    """
    state = LinkState(row.state)
    changed = False
    if state in UNDECIDED and row.current:
        row.current = False
        changed = True
    if state is not LinkState.SUGGESTED and not row.new_data:
        row.new_data = True
        changed = True
    if changed:
        row.updated_at = now()
        row.version += 1
    return changed
