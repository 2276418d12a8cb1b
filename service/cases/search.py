"""A reviewer looks for somebody on the lists: capped, with a reason, and each person shown is recorded."""

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from schemas.registry import DetaineeRecord
from schemas.review import LinkState
from service.cases.reviews import note
from service.cases.search_index import SearchIndex
from service.errors import HomewardError, NotFound, Unprocessable
from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import links, rates, records
from service.store.columns import now
from service.store.tables import DetaineeRecordRow
from service.store.work import Store, Work

if TYPE_CHECKING:
    from matching.search import Lists

SHOWN = 20
FEWEST_LETTERS = 3
_DAY = int(timedelta(days=1).total_seconds())


class SearchReason(StrEnum):
    """Why somebody looks; kept in the audit log, without what was looked for."""

    FAMILY_ASKED = "family_asked"
    REVIEW_OF_LINK = "review_of_link"
    NO_CANDIDATE = "no_candidate"
    DUPLICATE_ROWS = "duplicate_rows"
    LIST_QUALITY = "list_quality"


@dataclass(frozen=True)
class SearchWanted:
    """A name or its beginning in any script, narrowed by other facts; or the household of a record."""

    reason: SearchReason
    name: str = ""
    age: int | None = None  # in years, today
    place: str = ""
    list_id: str | None = None
    household_of: str | None = None


@dataclass(frozen=True)
class LinkOfRecord:
    """A link that joins the record with a request of the reader's organisation."""

    link_id: str
    state: LinkState
    probability: float


@dataclass(frozen=True)
class FoundRecord:
    """A row that was found. `bearer`: whose name it was, `own` or a relation; `name`: how that is written."""

    record: DetaineeRecord
    bearer: str
    name: str
    links: tuple[LinkOfRecord, ...]


@dataclass(frozen=True)
class SearchAnswer:
    """At most twenty; `more`: there are others, so ask more narrowly."""

    found: tuple[FoundRecord, ...]
    more: bool


class Searcher:
    """Answers from the lists of the actor's own organisation as published now."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._index = SearchIndex(store)

    def close(self) -> None:
        self._index.close()

    def search(self, actor: Actor, wanted: SearchWanted) -> SearchAnswer:
        """Raises Unprocessable for too few letters, HomewardError (`reading_budget_used`) when the account
        has seen enough people today, Unavailable while the lists are being prepared, NotFound for a foreign
        list.
        """
        require(actor, Operation.SEARCH_LISTS)
        if wanted.household_of is None and sum(map(str.isalpha, wanted.name)) < FEWEST_LETTERS:
            raise Unprocessable(
                "name_too_short", f"Give at least {FEWEST_LETTERS} letters of a name, in any script."
            )
        hits = _hits(self._index.lists(actor.organisation_id), wanted, self._index.pool)
        with self._store.read() as work:
            rows = _rows(work, actor, hits[:SHOWN])
            joined = _links(work, actor, list(rows))
        opened = {row.record_id: record for row, record in records.opened(work, deque(rows.values()))}
        with self._store.begin() as work:  # short: others wait for it
            allowed = _within_budget(work, actor, list(opened))
            _note_shown(work, actor, wanted, allowed, len(opened) - len(allowed))
        if opened and not allowed:
            raise HomewardError(
                "reading_budget_used",
                "You have looked at as many people today as one account may. Go on tomorrow, or ask whoever "
                "runs this service to raise HOMEWARD_READING_BUDGET.",
                429,
            )
        found = tuple(
            FoundRecord(opened[hit.record_id], hit.bearer, hit.name, tuple(joined[hit.record_id]))
            for hit in hits[:SHOWN]
            if hit.record_id in allowed
        )
        return SearchAnswer(found, len(found) < len(hits))


@dataclass(frozen=True)
class _Hit:
    record_id: str
    bearer: str
    name: str


def _hits(lists: "Lists", wanted: SearchWanted, pool: Executor) -> list[_Hit]:
    """Who was found, the likest first; one more than are shown."""
    from matching.list_search import OWN, Narrowed
    from matching.search import search

    if wanted.list_id is not None and wanted.list_id not in lists.by_key:
        raise NotFound
    if wanted.household_of is not None:
        return [_Hit(one, OWN, "") for one in _household(lists, wanted)[: SHOWN + 1]]
    narrowed = Narrowed(wanted.age, now().date(), wanted.place, wanted.list_id)
    found = search(lists, wanted.name, narrowed, SHOWN + 1, pool)
    return [_Hit(lists.by_key[key].record_ids[hit.position], hit.bearer, hit.name) for key, hit in found]


def _household(lists: "Lists", wanted: SearchWanted) -> list[str]:
    """The records of a household, on whatever list it stands."""
    chosen = lists.by_key.values() if wanted.list_id is None else [lists.by_key[wanted.list_id]]
    return [one.record_ids[place] for one in chosen for place in one.household(wanted.household_of or "")]


def _rows(work: Work, actor: Actor, hits: Sequence[_Hit]) -> dict[str, DetaineeRecordRow]:
    """The rows as they stand now: a list may have been taken back since it was prepared."""
    rows = records.published_of(work.session, [hit.record_id for hit in hits])
    return {one: row for one, row in rows.items() if row.organisation_id == actor.organisation_id}


def _note_shown(work: Work, actor: Actor, wanted: SearchWanted, shown: Sequence[str], withheld: int) -> None:
    """Who looked, why, and which records were shown: never what was looked for."""
    told: dict[str, audit.Detail] = {
        "reason": wanted.reason.value, "found": len(shown), "withheld": withheld,
    }  # fmt: skip
    told |= {f"record_{n:02}": record_id for n, record_id in enumerate(shown, 1)}
    note(work, actor, "lists.searched", actor.account_id, told, kind="account")


def _links(work: Work, actor: Actor, record_ids: Sequence[str]) -> dict[str, list[LinkOfRecord]]:
    """The links of the actor's organisation to each of these records, the strongest first."""
    found: dict[str, list[LinkOfRecord]] = {record_id: [] for record_id in record_ids}
    rows = links.of_records(work.session, record_ids)
    for row in sorted(rows, key=lambda row: (-row.weight, row.id)):
        if row.organisation_id == actor.organisation_id and (row.current or row.state != LinkState.SUGGESTED):
            found[row.record_id].append(LinkOfRecord(row.id, LinkState(row.state), row.probability))
    return found


def _within_budget(work: Work, actor: Actor, record_ids: Sequence[str]) -> list[str]:
    """Those whom this account has seen today, and as many others as the day's budget of people allows."""
    moment = int(now().timestamp())
    start = moment - moment % _DAY

    def bucket(of: str) -> str:
        return work.keys.mac("reading", f"{actor.account_id}|{of}".encode()).hex()

    total, buckets = bucket("all"), {one: bucket(one) for one in record_ids}
    used = rates.used_of(work.session, [total, *buckets.values()], start)
    left = max(0, work.settings.reading_budget - used.get(total, 0))
    new = [one for one in record_ids if buckets[one] not in used][:left]
    if new:
        # sorted, so that two searches of one account cannot wait for each other
        rates.first_uses(work.session, sorted(buckets[one] for one in new), start)
        rates.count_up(work.session, total, start, len(new))
    return [one for one in record_ids if buckets[one] in used or one in new]
