"""Every published list prepared for search, list by list, in the memory of this process only.

A new edition costs the preparation of that one list. Preparing goes on in a thread of its own: the first
search after a start waits a little and is then told to come back.
"""

import gc
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event, Lock
from typing import TYPE_CHECKING

from schemas.registry import DetaineeRecord
from service.errors import Unavailable
from service.logs import get_logger
from service.store import records, source_lists
from service.store.work import Store

if TYPE_CHECKING:  # it brings numba, and the server starts without
    from matching.names.vocabulary import Vocabulary
    from matching.search import ListSearch

_PATIENCE_SECONDS = 5.0
_ANYBODY = "Ali"
_USED = 0.5  # of the words of a vocabulary, from which it is gone on with


class SearchIndex:
    """Asked from several threads; prepares one list at a time. `pool` goes through several at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lists: dict[str, Future[ListSearch]] = {}
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

    def lists(self, organisation_id: str) -> "dict[str, ListSearch]":
        """The organisation's published lists by id. Raises Unavailable while they are being prepared."""
        with self._store.read() as work:
            published = dict(source_lists.published_ids(work.session))
        wanted = [list_id for list_id, owner in published.items() if owner == organisation_id]
        with self._lock:
            for gone in self._lists.keys() - published.keys():
                self._lists.pop(gone)  # another search may still wait for it
            for list_id in wanted:
                if list_id not in self._lists:
                    self._lists[list_id] = self._preparing.submit(self._prepare, list_id, organisation_id)
            if not wanted:
                self._vocabularies.pop(organisation_id, None)
            mine = {list_id: self._lists[list_id] for list_id in wanted}
        if wait(mine.values(), _PATIENCE_SECONDS).not_done:
            raise Unavailable(
                "search_preparing", "The lists are being prepared for search. Try again in a minute."
            )
        self._forget_failures(mine)
        return {list_id: done.result() for list_id, done in mine.items()}

    def _prepare(self, list_id: str, organisation_id: str) -> "ListSearch":
        from matching.search import ListSearch, Narrowed, search

        prepared = ListSearch(self._opened(list_id), self._words(organisation_id))
        # On a new machine the first search compiles what it needs, up to a minute: here nobody waits for it.
        search({list_id: prepared}, _ANYBODY, Narrowed(), 1)
        # What lives as long as the list need not be looked through again by every collection: each took a
        # third of a second with a million names, and a search waited for it.
        gc.collect()
        gc.freeze()
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

    def _forget_failures(self, mine: "dict[str, Future[ListSearch]]") -> None:
        """What failed is tried again by the next search."""
        with self._lock:
            for list_id, done in mine.items():
                if done.exception() is not None:
                    self._lists.pop(list_id, None)
