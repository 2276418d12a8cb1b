"""One run shared among the workers of a pool, until it has ended.

What is to be done, and what has been done, stands in the run's chunks in the database; the pool is told to
do "one more" as often as chunks are left. A worker that dies, a scheduler that dies, and a process here
that dies lose nothing but time: the lease of a chunk ends, and somebody else does it.
"""

import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, wait

from service.cases.matching_runs import RunProgress, read_progress
from service.errors import HomewardError
from service.jobs.parts import Terms, one_part
from service.jobs.pools import Pool
from service.jobs.worker import IDLE_SECONDS
from service.logs import get_logger
from service.store.work import Store

Seen = Callable[[RunProgress], None]


class FleetLost(HomewardError):  # noqa: N818 - says what happened
    """The scheduler went away, or a worker cannot take part."""

    status = 503


def share(store: Store, run_id: str, pool: Pool, seen: Seen) -> None:
    """Work until the run has ended; `seen` hears of the progress. Raises `FleetLost`; nothing is lost."""
    terms = Terms.of(store.settings, run_id)
    while not read_progress(store, run_id).finished:
        try:
            with pool.open() as executor:
                _work(store, terms, executor, seen)
        except pool.died:
            get_logger().warning("pool_worker_died", run=run_id)
    seen(read_progress(store, run_id))


def _work(store: Store, terms: Terms, executor: Executor, seen: Seen) -> None:
    while not (progress := read_progress(store, terms.run_id)).finished:
        left = progress.chunks - progress.chunks_done - progress.chunks_failed
        waiting = {executor.submit(one_part, terms) for _ in range(left)}
        while waiting:
            done, waiting = wait(waiting, timeout=IDLE_SECONDS)
            _look(done)
            seen(read_progress(store, terms.run_id))
        time.sleep(IDLE_SECONDS)  # the lease of a worker that died has to end first


def _look(done: set[Future[str]]) -> None:
    for part in done:
        if part.cancelled():
            raise FleetLost(
                "scheduler_lost",
                "The scheduler is gone. All finished steps are kept: run the same command again to go on.",
            )
        if refused := part.result():
            raise FleetLost("worker_unfit", refused)
