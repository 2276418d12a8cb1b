"""Keeping a lease alive while its chunk is being computed."""

from threading import Event, Thread
from types import TracebackType
from typing import Self

from service.errors import Unavailable
from service.store import chunks
from service.store.work import Store


class Heartbeat:
    """Within the `with` block the lease is extended three times as often as it would run out."""

    def __init__(self, store: Store, chunk_id: str, owner: str, lease_seconds: float) -> None:
        self._store = store
        self._chunk_id = chunk_id
        self._owner = owner
        self._lease = lease_seconds
        self._ended = Event()
        self._thread = Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._ended.wait(self._lease / 3):
            try:
                with self._store.begin() as work:
                    if not chunks.extend(work.session, self._chunk_id, self._owner, self._lease):
                        return  # taken over: the results will be refused when they are written
            except Unavailable:
                continue  # the database may be back before the lease ends
