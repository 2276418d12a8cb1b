"""Everything the matching sees, opened and prepared once, and again only when a list changes."""

import gc
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern
from typing import TYPE_CHECKING

from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from service.logs import get_logger
from service.store import records, source_lists
from service.store.keys import KeyRing
from service.store.tables import DetaineeRecordRow
from service.store.work import Store, Work

if (
    TYPE_CHECKING
):  # the server explains single pairs with a gallery, but must not wait for the matcher to start
    from matching.linker import Linker

# Where a record stands in its list, and the day of the list, are not facts about the person.
_NOT_FACTS = {"record_id", "list_id", "sheet", "row", "printed_number", "household_id", "list_date"} | {
    "entered_on",
    "cells",
}
_NOT_FACTS_OF_REQUEST = {"consents", "message", "received_on", "channel", "request_id"}


@dataclass(frozen=True, slots=True)
class Known:
    """What the worker keeps of a record beside the linker: its owner and a keyed hash of its facts."""

    organisation_id: str
    facts: bytes


@dataclass(frozen=True)
class Gallery:
    """A prepared linker and the state of the lists it was prepared from."""

    state: str
    linker: "Linker"
    known: dict[str, Known]


class GalleryKeeper:
    """Holds the newest gallery of a worker process; it lives in memory only."""

    def __init__(self, store: Store, kept: Gallery | None = None) -> None:
        """`kept` is one that another keeper prepared; it is used as long as the lists are the same."""
        self._store = store
        self._kept = kept

    def newest(self) -> Gallery:
        """The gallery of the lists as published now; prepared anew only if they changed."""
        from matching.linker import Linker

        with self._store.read() as work:
            state = source_lists.published_state(work.session)
            if self._kept is not None and self._kept.state == state:
                return self._kept
            rows = deque(records.published(work.session))
        # Opened after the transaction: on SQLite a long reading keeps everybody else from committing.
        self._kept = None  # let the old one go before the new one is built
        known: dict[str, Known] = {}
        linker = Linker(_opened(work, rows, known), self._store.settings.policy)
        self._kept = Gallery(state, linker, known)
        # What lives as long as the lists need not be looked through again by every collection.
        gc.collect()
        gc.freeze()
        get_logger().info("gallery_prepared", records=len(known))
        return self._kept


def _opened(work: Work, rows: deque[DetaineeRecordRow], known: dict[str, Known]) -> Iterator[DetaineeRecord]:
    """The records; what is known of them is put down on the way."""
    for row, record in records.opened(work, rows):
        known[row.record_id] = Known(intern(row.organisation_id), record_facts(work.keys, record))
        yield record


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
