"""A Dask scheduler and its workers on 127.0.0.1, as processes that can be killed."""

import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.processes import Installation, Running, free_port

_STARTED_SECONDS = 60


@dataclass
class Cluster:
    """Workers are set up for one installation, by their environment, as on machines of their own."""

    installation: Installation
    directory: Path
    port: int = 0
    scheduler: Running | None = None
    started: list[Running] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def begin(self, workers: int) -> None:
        """A scheduler at a new address with so many workers, all of them ready."""
        self.port = free_port()
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", str(self.port))
        self.add(workers)

    def add(self, workers: int) -> list[Running]:
        """More workers, ready when this returns."""
        assert self.scheduler is not None
        before = self.scheduler.log.count("Register worker")
        added = [self._worker() for _ in range(workers)]
        deadline = time.monotonic() + _STARTED_SECONDS
        while self.scheduler.log.count("Register worker") < before + workers:
            assert time.monotonic() < deadline, [one.log for one in self.started]
            time.sleep(0.1)
        return added

    def _worker(self) -> Running:
        place = self.directory / f"worker-{len(self.started)}"
        return self._start(
            *("worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny"),
            *("--no-dashboard", "--death-timeout", "20", "--local-directory", str(place)),
        )

    def _start(self, *arguments: str) -> Running:
        log_file = self.directory / f"{arguments[0]}-{len(self.started)}.log"
        with log_file.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.dask_{arguments[0]}", *arguments[1:]],
                env=self.installation.environment,
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.started.append(Running(process, log_file))
        return self.started[-1]

    def end(self) -> None:
        for one in self.started:
            one.kill()


@pytest.fixture
def cluster(durable_installation: Installation, tmp_path: Path) -> Iterator[Cluster]:
    """A cluster that does not run yet."""
    made = Cluster(durable_installation, tmp_path)
    yield made
    made.end()
