"""Every published list prepared for search, in the memory of this process only.

A new edition costs the preparation of that one list, and a second or two for laying a million names together
again. Preparing goes on in a thread of its own: the first
search after a start waits a little and is then told to come back.
"""

import gc
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import TYPE_CHECKING

from schemas.registry import DetaineeRecord
from service.errors import Unavailable
from service.logs import get_logger
from service.store import records, source_lists
from service.store.work import Store

if TYPE_CHECKING:  # it brings numba, and the server starts without
    from matching.list_search import ListSearch
    from matching.names.vocabulary import Vocabulary
    from matching.search import Lists

_PATIENCE_SECONDS = 5.0
_ANYBODY = "Ali"
_USED = 0.5  # of the words of a vocabulary, from which it is gone on with


class SearchIndex:
    """Asked from several threads; prepares one list at a time. `pool` goes through several at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists: dict[str, Future[ListSearch]] = {}
        self._together: dict[str, tuple[frozenset[str], Future[Lists]]] = {}
        self._vocabularies: dict[str, Vocabulary] = {}
        self._lock = Lock()
        self._preparing = ThreadPoolExecutor(1, thread_name_prefix="search-preparing")
        self._closed = Event()
        self.pool = ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="search")

    def close(self) -> None:
        """Leave what is being prepared."""
        self._closed.set()
        for pool in (self._preparing, self.pool):
            pool.shutdown(wait=False, cancel_futures=True)

    def lists(self, organisation_id: str) -> "Lists":
        """The organisation's published lists. Raises Unavailable while they are being prepared."""
        with self._store.read() as work:
            published = dict(source_lists.published_ids(work.session))
        wanted = frozenset(list_id for list_id, owner in published.items() if owner == organisation_id)
        with self._lock:
            for gone in self._lists.keys() - published.keys():
                self._lists.pop(gone)  # another search may still wait for it
            if not wanted:
                self._vocabularies.pop(organisation_id, None)
            known = self._together.get(organisation_id)
            if known is None or known[0] != wanted:
                known = wanted, self._preparing.submit(self._lay, self._each(wanted, organisation_id))
                self._together[organisation_id] = known
        prepared = known[1]
        if wait([prepared], _PATIENCE_SECONDS).not_done:
            raise Unavailable(
                "search_preparing", "The lists are being prepared for search. Try again in a minute."
            )
        if prepared.exception() is not None:
            self._forget_failures(organisation_id, prepared)
        return prepared.result()

    def _each(self, wanted: Iterable[str], organisation_id: str) -> "dict[str, Future[ListSearch]]":
        """The lists prepared, or to be prepared before whatever is handed in next."""
        for list_id in sorted(wanted):
            if list_id not in self._lists:
                self._lists[list_id] = self._preparing.submit(self._prepare, list_id, organisation_id)
        return {list_id: self._lists[list_id] for list_id in wanted}

    def _lay(self, lists: "dict[str, Future[ListSearch]]") -> "Lists":
        from matching.list_search import Narrowed
        from matching.search import Lists, search

        together = Lists({list_id: done.result() for list_id, done in lists.items()})
        # On a new machine the first search compiles what it needs, up to a minute: here nobody waits for it.
        search(together, _ANYBODY, Narrowed(), 1)
        # What lives as long as the lists need not be looked through again by every collection: each took a
        # third of a second with a million names, and a search waited for it.
        gc.collect()
        gc.freeze()
        return together

    def _prepare(self, list_id: str, organisation_id: str) -> "ListSearch":
        from matching.list_search import ListSearch

        prepared = ListSearch(self._opened(list_id), self._words(organisation_id))
        get_logger().info("search_prepared", list=list_id, records=len(prepared))
        return prepared

    def _words(self, organisation_id: str) -> "Vocabulary":
        """Shared by the organisation's lists; a new one for those that come when most of its words went with
        their lists.
        """
        from matching.names.vocabulary import Vocabulary

        with self._lock:
            known, done = self._vocabularies.get(organisation_id), self._lists.values()
            lists = [
                one.result() for one in done if one.done() and not one.cancelled() and not one.exception()
            ]
            if (
                known is None
                or known.share_of([one.places for one in lists if one.vocabulary is known]) < _USED
            ):
                known = self._vocabularies[organisation_id] = Vocabulary()
            return known

    def _opened(self, list_id: str) -> Iterator[DetaineeRecord]:
        for _, record in records.of_lists(self._store, [list_id]):
            if self._closed.is_set():
                return
            if not record.placeholder:
                yield record

    def _forget_failures(self, organisation_id: str, failed: "Future[Lists]") -> None:
        """What failed is tried again by the next search."""
        with self._lock:
            if self._together.get(organisation_id, (None, None))[1] is failed:
                self._together.pop(organisation_id)
            for list_id, done in tuple(self._lists.items()):
                if done.done() and (done.cancelled() or done.exception() is not None):
                    self._lists.pop(list_id)
