"""Where the parts of a run are done: processes of this machine, or a Dask cluster.

Both are `concurrent.futures` executors. Another one needs no more than a class like these two.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from threading import Thread
from typing import Protocol
from urllib.parse import urlsplit

from service.errors import HomewardError
from service.logs import get_logger

_LOCAL = {"127.0.0.1", "::1", "localhost"}
_CONNECT_SECONDS = 20
FORKS = sys.platform == "linux"  # elsewhere libraries of the system do not outlive a fork


class PoolRefused(HomewardError):  # noqa: N818 - says what happened
    """There is no executor under these conditions; the sentence says what to change."""

    status = 500


class Pool(Protocol):
    """Opens an executor. `died` are the errors by which it tells that a worker was lost."""

    died: tuple[type[BaseException], ...]

    def open(self) -> AbstractContextManager[Executor]: ...


class Processes:
    """Processes of this machine. Where they can be forked, what `prepare` leaves in memory is shared by all;
    elsewhere each prepares the lists for itself.
    """

    died: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, prepare: Callable[[], None], count: int | None = None) -> None:
        self._prepare, self._count = prepare, count or os.cpu_count() or 1

    @contextmanager
    def open(self) -> Iterator[Executor]:
        if FORKS:
            self._prepare()
        with ProcessPoolExecutor(
            self._count, get_context("fork" if FORKS else "spawn"), _stay_with_parent, (os.getpid(),)
        ) as executor:
            try:
                executor.submit(os.getpid).result()  # forks all of them now, while nothing is open
                yield executor
            except BaseException:
                executor.shutdown(wait=False, cancel_futures=True)
                raise


def _stay_with_parent(parent: int) -> None:
    """Ctrl-C is for the parent to see; and nobody keeps lists in memory after the parent was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


class Dask:
    """The workers of a Dask scheduler. Needs the extra `cluster`; certificates come from Dask's settings."""

    died: tuple[type[BaseException], ...]

    def __init__(self, address: str) -> None:
        """Raises `PoolRefused` without the library, or for an address that others could listen on."""
        try:
            from distributed import KilledWorker, Security
        except ImportError:
            raise PoolRefused(
                "dask_missing", "Dask is not installed here: pip install 'homeward[cluster]'."
            ) from None
        where = urlsplit(address)
        if where.scheme != "tls" and where.hostname not in _LOCAL:
            raise PoolRefused(
                "scheduler_unsafe",
                "Whoever reaches a Dask scheduler can run programs on its workers. Use tls://HOST:PORT with "
                "certificates (docs/operating.md), or a scheduler on 127.0.0.1.",
            )
        if where.scheme == "tls" and Security().get_connection_args("client")["ssl_context"] is None:
            raise PoolRefused(
                "certificates_missing",
                "This machine has no certificate for the scheduler: set DASK_DISTRIBUTED__COMM__TLS__... as "
                "docs/operating.md shows.",
            )
        self.died = (KilledWorker,)
        self._address = address

    @contextmanager
    def open(self) -> Iterator[Executor]:
        from distributed import Client

        try:
            client = Client(self._address, timeout=_CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError):
            raise PoolRefused(
                "scheduler_silent", "The Dask scheduler does not answer. Start it, or correct the address."
            ) from None
        try:
            if not client.scheduler_info()["workers"]:
                get_logger().warning("scheduler_without_workers")  # it waits until there are some
            # not pure: the same call again is another part of the work
            yield client.get_executor(pure=False)
        finally:
            client.close(timeout=2)
