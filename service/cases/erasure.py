"""Erases what was told in a request that ended: at the relative's wish, or because nobody extended it.

In every table. What stays says nothing of a person: that a request was there, from when to when; the links
that people acted on, with their states and who decided what, as claims on a record, so that a child once
given to a family is not proposed to the next as if nobody had asked; and the audit log.
"""

from datetime import date

from service.cases import contests
from service.cases.case_papers import LINK
from service.cases.matching_runs import SYSTEM
from service.security import audit
from service.store import case_papers, families, judgements, links, messages, requests
from service.store.tables import TracingRequestRow
from service.store.work import Store, Work

_AT_ONCE = 20  # requests erased in one transaction


def erase_ended(store: Store, ended: date, today: date) -> int:
    """Erase the requests that ended on that day or before; how many. Again: nothing more."""
    erased = 0
    while count := _erase_some(store, ended, today):
        erased += count
    if erased:
        store.database.scrub()
    return erased


def _erase_some(store: Store, ended: date, today: date) -> int:
    with store.begin() as work:
        links.lock(work.session)
        due = requests.to_erase(work.session, ended, _AT_ONCE)
        for row in due:
            kept = _erase(work, row, today)
            audit.record(
                work.session,
                work.keys,
                SYSTEM,
                "request.erased",
                "tracing_request",
                row.id,
                {"links_kept": kept},
                organisation_id=row.organisation_id,
            )
        return len(due)


def _erase(work: Work, row: TracingRequestRow, today: date) -> int:
    """Returns how many links stay as bare claims."""
    found = links.of_request(work.session, row.id)
    touched = links.touched(work.session, [link.id for link in found])
    links.remove(work.session, [link.id for link in found if link.id not in touched])
    kept = [link for link in found if link.id in touched]
    for link in kept:
        links.empty(link)
        case_papers.drop_notes(work, link.id)
        case_papers.drop_files(work, LINK, link.id)
    judgements.erase_words(work.session, touched)
    families.drop(work.session, row.id)
    messages.drop(work, row.id)
    requests.empty(row, today)
    work.session.flush()
    contests.refresh(work, {link.record_id for link in found})
    return len(kept)
