"""Everything the matching sees, opened and prepared once, and again only when a list changes."""

import gc
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from service.jobs.known import Gathered, KnownRecords
from service.logs import get_logger
from service.store import links, list_counts, records, requests, source_lists
from service.store.columns import now
from service.store.keys import KeyRing
from service.store.source_lists import Published
from service.store.tables import ListCountsRow
from service.store.work import Store, Work

if (
    TYPE_CHECKING
):  # the server explains single pairs with a gallery, but must not wait for the matcher to start
    from matching.counts import Counts
    from matching.linker import Linker

# The share of rows that lists may have more or fewer than when names were counted on them.
_DRIFT = 0.1
# A linker that was changed so often is made anew: words and places of those who are gone go with the old one.
MOST_CHANGES = 100
# Where a record stands in its list, and the day of the list, are not facts about the person.
_UNDATED = {"__all__": {"as_of"}}
_NOT_FACTS: dict[str, Any] = {
    **dict.fromkeys(("record_id", "list_id", "sheet", "row", "printed_number", "household_id"), True),
    **dict.fromkeys(("list_date", "entered_on", "cells"), True),
    "person": {
        **dict.fromkeys(("names", "nationalities", "languages", "places", "marks", "notes"), _UNDATED),
        "kin": {"__all__": {"name": {"as_of"}}},
    },
}
_NOT_FACTS_OF_REQUEST = {"consents", "message", "received_on", "channel", "request_id"}


@dataclass(frozen=True)
class Gallery:
    """A prepared linker and the state of the lists it was prepared from. `held` has the versions of requests
    that the linker holds.
    """

    state: str
    linker: "Linker"
    known: KnownRecords
    lists: dict[str, int]
    counts_id: str = ""
    held: dict[str, int] = field(default_factory=dict)
    changes: int = 0


def state_now(work: Work) -> str:
    """Changes whenever a published list does, or when it was counted anew how common names are."""
    published = source_lists.published(work.session)
    return _state(published, _counts_id(work, published))


def _state(published: Published, counts_id: str) -> str:
    return f"{published.state}:{counts_id}"


def _counts_id(work: Work, published: Published) -> str:
    """Of what was counted, where that is kept: on short lists it is counted at every change."""
    return list_counts.id_now(work.session) if published.records >= work.settings.recount_rows else ""


class GalleryKeeper:
    """Holds the newest gallery of a process; it lives in memory only. For one thread at a time: a gallery
    that was given out becomes the next one.
    """

    def __init__(self, store: Store, kept: Gallery | None = None) -> None:
        """`kept` is one that another keeper prepared; it is used as long as the lists are the same."""
        self._store = store
        self._kept = kept

    def newest(self) -> Gallery:
        """The gallery of the lists as published now; only what changed of them is read again."""
        with self._store.read() as work:
            state = state_now(work)
        while self._kept is None or self._kept.state != state:
            self._kept = self._next()
            # What lives as long as the lists need not be looked through again by every collection.
            gc.collect()
            gc.freeze()
            get_logger().info("gallery_prepared", records=len(self._kept.known))
            with self._store.read() as work:
                state = state_now(work)
        return self._kept

    def _next(self) -> Gallery:
        with self._store.read() as work:
            published, counted = source_lists.published(work.session), list_counts.get(work.session)
            counts = _usable_counts(work, published, counted)
            old, self._kept = self._kept, None  # let the old one go before a new one is built
            if counts is None or counted is None or (old is not None and not _lasts(old, counted)):
                old = None
            open_ids = set(requests.matchable_ids(work.session, now().date()))
        if old is not None:
            return self._changed(old, published, open_ids)
        return self._prepared(published, counted, counts)

    def _prepared(
        self,
        published: Published,
        counted: ListCountsRow | None,
        counts: "Counts | None",
    ) -> Gallery:
        from matching.gallery import Gallery as Frequencies
        from matching.linker import Linker

        gathered = Gathered()
        frequencies = Frequencies((), counts) if counts else None
        opened = self._opened(published.versions, gathered)
        linker = Linker(opened, self._store.settings.policy, frequencies)
        if counts is None and published.records >= self._store.settings.recount_rows:
            counted = self._count(published, linker.gallery.counts) or counted
        kept = published.records >= self._store.settings.recount_rows
        counts_id = counted.id if counted and kept else ""
        known = KnownRecords(gathered, linker.place_of)
        return Gallery(_state(published, counts_id), linker, known, published.versions, counts_id)

    def _changed(self, old: Gallery, published: Published, open_ids: set[str]) -> Gallery:
        """The old gallery with the rows of changed lists in the place of what stood there."""
        lost = {one for one, version in old.lists.items() if published.versions.get(one) != version}
        ids = [line.record_id for line in old.linker.lines]
        before = {one: old.known.facts_of(one) for one in ids if old.known.list_of(one) in lost}
        gathered = old.known.beside(ids, lost)
        same: set[str] = set()
        closed = old.held.keys() - open_ids
        old.linker.release(closed)
        held = {one: version for one, version in old.held.items() if one not in closed}
        old.linker.change(
            before.keys(),
            self._opened(_changed_lists(old, published), gathered, before, same),
            same_words=lambda record: record.record_id in same,
            threads=os.cpu_count() or 1,
        )
        return replace(
            old,
            state=_state(published, old.counts_id),
            known=KnownRecords(gathered, old.linker.place_of),
            lists=published.versions,
            held=held,
            changes=old.changes + 1,
        )

    def _opened(
        self,
        list_ids: Iterable[str],
        gathered: Gathered,
        before: Mapping[str, bytes | None] = MappingProxyType({}),
        same: set[str] | None = None,
    ) -> Iterator[DetaineeRecord]:
        """The records of lists; what is known of them is put down on the way, and which of them say the
        `same` as `before`.
        """
        for row, record in records.of_lists(self._store, sorted(list_ids)):
            facts = record_facts(self._store.keys, record)
            gathered.add(record.record_id, row.list_id, row.organisation_id, facts)
            if same is not None and before.get(record.record_id) == facts:
                same.add(record.record_id)
            yield record

    def _count(self, published: Published, counts: "Counts") -> ListCountsRow | None:
        """Keeps what was counted. None if the lists are others meanwhile: they are to be counted."""
        with self._store.begin() as work:
            links.lock(work.session)
            before = list_counts.get(work.session)
            if before is not None and before.lists == published.state and list_counts.value(work, before):
                return before
            if source_lists.published(work.session).state != published.state:
                return None
            return list_counts.put(work, published.state, published.records, counts)


def _usable_counts(work: Work, published: Published, counted: ListCountsRow | None) -> "Counts | None":
    """What was counted before, if it is to be used for the lists as they are now."""
    if counted is None or published.records < work.settings.recount_rows:
        return None
    if counted.lists != published.state and abs(published.records - counted.rows) > _DRIFT * counted.rows:
        return None
    return list_counts.value(work, counted)


def _lasts(old: Gallery, counted: ListCountsRow) -> bool:
    """Whether it may be changed instead of made anew."""
    return old.counts_id == counted.id and old.changes < MOST_CHANGES


def _changed_lists(old: Gallery, published: Published) -> set[str]:
    """The lists that the old gallery has not, or had otherwise."""
    return {one for one, version in published.versions.items() if old.lists.get(one) != version}


def record_facts(keys: KeyRing, record: DetaineeRecord) -> bytes:
    """A keyed hash of what a record says of its person, wherever in the list it stands."""
    told = record.model_copy(
        update={
            "person": record.person.model_copy(
                update={
                    # an age is the same statement on a newer list, although the interval moves
                    "births": tuple(
                        b.model_copy(update={"as_of": None, "earliest": None, "latest": None}) if b.raw else b
                        for b in record.person.births
                    )
                }
            )
        }
    )
    return keys.mac("facts", told.model_dump_json(exclude=_NOT_FACTS).encode())


def request_facts(keys: KeyRing, request: TracingRequest) -> bytes:
    """A keyed hash of what a request says of the people it seeks."""
    return keys.mac("facts", request.model_dump_json(exclude=_NOT_FACTS_OF_REQUEST).encode())


def pair_facts(keys: KeyRing, request: bytes, record: bytes) -> str:
    """Both sides of a link: when it changes, somebody said something new."""
    return keys.mac("facts", request + record).hex()
