"""The worker: leases chunks of matching runs, ranks their requests, writes the links.

A chunk's links and its state `done` are one transaction, guarded by the lease. A worker that is
killed leaves nothing half-written; another one takes the chunk over when the lease ends and, since
the ranking depends on the records and the request only, writes the same links.
"""

import os
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from service.cases import expiry, matching_runs
from service.errors import Unavailable
from service.jobs import results
from service.jobs.gallery import Gallery, GalleryKeeper, state_now
from service.jobs.heartbeat import Heartbeat
from service.jobs.results import Found, Overtaken
from service.jobs.wanted import Wanted, found_of
from service.logs import get_logger
from service.notices.delivery import Deliveries
from service.store import chunks, links, requests, runs
from service.store.columns import now
from service.store.states import WorkState
from service.store.work import Store

MOST_ATTEMPTS = 8  # a chunk that killed or failed its worker so often is given up
IDLE_SECONDS = 0.5
SWEEP_SECONDS = 3600.0
DELIVER_SECONDS = 5.0


@dataclass(frozen=True)
class Leased:
    """A chunk in this worker's hands."""

    chunk_id: str
    run_id: str
    request_ids: tuple[str, ...]
    attempts: int


class Worker:
    """One worker. `step` does one chunk; `work` goes on until it is told to stop."""

    def __init__(self, store: Store, prepared: Gallery | None = None, hold: bool = False) -> None:
        """`hold`: keep requests beside the lists, so that after a change of these only what it touches is
        weighed again; for a worker that lives long.
        """
        self.store = store
        self._hold = hold
        self._gallery = GalleryKeeper(store, prepared)
        self._lease = float(store.settings.lease_seconds)
        self._swept: float | None = None
        self._deliveries = Deliveries(store)
        self._delivered = 0.0
        self.owner = f"{os.getpid()}-{secrets.token_hex(8)}"

    def work(self, stop: Event, idle: Callable[[], None] | None = None) -> None:
        """Do chunk after chunk until `stop` is set; the chunk at hand is finished first."""
        while not stop.is_set():
            try:
                self._sweep()
                busy = self.step()
                self._deliver()
            except Unavailable:
                get_logger().warning("database_unavailable", owner=self.owner)
                busy = False
            if not busy:
                if idle is not None:
                    idle()
                stop.wait(IDLE_SECONDS)

    def _sweep(self) -> None:
        """Once an hour, end what is due (`service.cases.expiry`)."""
        if self._swept is not None and time.monotonic() - self._swept < SWEEP_SECONDS:
            return
        swept = expiry.sweep(self.store)
        self._swept = time.monotonic()
        get_logger().info("swept", requests=swept.requests, erased=swept.erased)

    def _deliver(self) -> None:
        """Every few seconds, mail and webhook (`service.notices`)."""
        if time.monotonic() - self._delivered < DELIVER_SECONDS:
            return
        self._deliveries.step()
        self._delivered = time.monotonic()

    def finish(self, run_id: str, seen: Callable[[matching_runs.RunProgress], None]) -> None:
        """Work on one run until it has ended, whoever does its chunks; `seen` hears of the progress."""
        while True:
            progress = matching_runs.read_progress(self.store, run_id)
            seen(progress)
            if progress.finished:
                return
            if not self.step(run_id):
                time.sleep(IDLE_SECONDS)

    def step(self, run_id: str | None = None) -> bool:
        """Do one chunk. False when there is nothing to do. Raises `Unavailable` without a database."""
        leased = self._claim(run_id)
        if leased is None:
            return False
        if leased.attempts > MOST_ATTEMPTS:
            self._leave(leased, WorkState.FAILED, "too_many_attempts")
            return True
        try:
            with Heartbeat(self.store, leased.chunk_id, self.owner, self._lease):
                gallery = self._gallery.newest()
                found = self._rank(gallery, leased)
                self._write(leased, gallery, found)
        except Unavailable:
            raise
        except Overtaken:
            self._leave(leased, WorkState.QUEUED, "", uncount=True)
        except Exception as failed:  # noqa: BLE001 - one bad chunk must not end the worker
            # The kind of the error only: its text could quote a person.
            get_logger().error("chunk_failed", chunk=leased.chunk_id, error=type(failed).__name__)
            given_up = leased.attempts >= MOST_ATTEMPTS
            self._leave(leased, WorkState.FAILED if given_up else WorkState.QUEUED, type(failed).__name__)
        return True

    def _claim(self, run_id: str | None) -> Leased | None:
        with self.store.read() as work:
            if not chunks.any_waiting(work.session, run_id):
                return None
        with self.store.begin() as work:
            chunk = chunks.claim(work.session, self.owner, self._lease, run_id)
            if chunk is None:
                return None
            run = runs.locked(work.session, chunk.run_id)
            if run is not None and run.cancel_requested:  # left by a worker that died after the cancelling
                chunks.leave(work.session, chunk.id, self.owner, WorkState.CANCELLED)
                matching_runs.settle(work, run)
                return None
            if run is not None and run.started_at is None:
                run.started_at = now()
                run.state = WorkState.RUNNING.value
            return Leased(chunk.id, chunk.run_id, tuple(chunk.request_ids), chunk.attempts)

    def _rank(self, gallery: Gallery, leased: Leased) -> list[Found]:
        with self.store.read() as work:
            today = now().date()
            wanted = [
                Wanted.of(work, row, gallery)
                for row in requests.some(work.session, leased.request_ids)
                if requests.is_matchable(row, today)
            ]
        return found_of(gallery, wanted, self.store.settings.links_per_person, self._hold)

    def _write(self, leased: Leased, gallery: Gallery, found: list[Found]) -> None:
        with self.store.begin() as work:
            links.lock(work.session)
            run = runs.locked(work.session, leased.run_id)
            if run is None:
                return
            if state_now(work) != gallery.state:
                # A list changed while we computed: these links are stale, do the chunk again.
                chunks.leave(work.session, leased.chunk_id, self.owner, WorkState.QUEUED, uncount=True)
                return
            state = WorkState.CANCELLED if run.cancel_requested else WorkState.DONE
            if not chunks.leave(work.session, leased.chunk_id, self.owner, state):
                return  # the lease ended and somebody else has the chunk: theirs will count
            if state is WorkState.DONE:
                for one in found:
                    run.link_count += results.write(work, leased.run_id, gallery, one)
                run.policy = gallery.linker.policy.version
            matching_runs.settle(work, run)

    def _leave(self, leased: Leased, state: WorkState, error: str, *, uncount: bool = False) -> None:
        with self.store.begin() as work:
            run = runs.locked(work.session, leased.run_id)
            chunk, session = leased.chunk_id, work.session
            if chunks.leave(session, chunk, self.owner, state, error_code=error, uncount=uncount) and run:
                matching_runs.settle(work, run)
