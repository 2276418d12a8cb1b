"""Real Homeward processes: a server on a free port of 127.0.0.1, and workers that can be killed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from service.store.keys import KeyRing

_READY_SECONDS = 90.0  # generous: a shared machine may be busy; a healthy start takes three seconds
_ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Running:
    """A started process and where its words go."""

    process: subprocess.Popen[bytes]
    log_file: Path
    address: str = ""

    @property
    def log(self) -> str:
        """All that it has written so far."""
        return self.log_file.read_text(errors="replace")

    def stop(self) -> int:
        """Ask it to end (SIGTERM), wait, and return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the process did not end when asked: {self.log}") from None

    def kill(self) -> None:
        """End it at once (SIGKILL), as a power cut would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def wait_ready(self, path: str = "/healthz") -> None:
        """Return when the server answers 200 there; fail with its log when it ends or stays silent."""
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}: {self.log}")
            try:
                with urllib.request.urlopen(self.address + path, timeout=5) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        self.kill()
        raise AssertionError(f"the server did not answer on {path}: {self.log}")


@dataclass
class Installation:
    """One installation: a directory, a key file, a database, and the processes that work on them."""

    directory: Path
    database_url: str
    settings: dict[str, str] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)

    @property
    def key_file(self) -> Path:
        return self.directory / "keys" / "keys.json"

    @property
    def environment(self) -> dict[str, str]:
        """The process environment; `settings` (HOMEWARD_... without the prefix) win over the defaults."""
        defaults = {
            "ENVIRONMENT": "development",
            "DATA_DIR": str(self.directory / "data"),
            "DATABASE_URL": self.database_url,
            "KEY_FILE": str(self.key_file),
            "SECURE_COOKIES": "false",
            "SECOND_FACTOR": "optional",
            "RATE_LIMITS": "false",
            "POSTGRES_UNSAFE_FOR_TESTS": "true",
        }
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("HOMEWARD_")}
        ours = {f"HOMEWARD_{name}": value for name, value in {**defaults, **self.settings}.items()}
        return {**inherited, "PYTHONUNBUFFERED": "1", "NO_COLOR": "1", **ours}

    def command(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run `homeward ...` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "service", *arguments],
            env=self.environment,
            cwd=_ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )

    def start(self, *arguments: str) -> Running:
        """Start `homeward ...` and leave it running until the test ends."""
        log_file = self.directory / f"process-{len(self.running)}.log"
        with log_file.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "service", *arguments],
                env=self.environment,
                cwd=_ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        started = Running(process, log_file)
        self.running.append(started)
        return started

    def serve(self, *arguments: str, port: int | None = None) -> Running:
        """Start a server and return when it answers. `port` brings it back at an address known before."""
        port = port or free_port()
        server = self.start("serve", "--host", "127.0.0.1", "--port", str(port), *arguments)
        server.address = f"http://127.0.0.1:{port}"
        server.wait_ready()
        return server

    def worker(self, *arguments: str) -> Running:
        """Start a worker."""
        return self.start("worker", *arguments)

    def end(self) -> None:
        """End every process that a test left running."""
        for started in self.running:
            started.kill()


def _prepared(directory: Path, database_url: str) -> Installation:
    made = Installation(directory, database_url)
    KeyRing.fresh().save(made.key_file)
    return made


@pytest.fixture
def installation(tmp_path: Path, database_url: str) -> Iterator[Installation]:
    """An installation with a key file and an empty database; runs once on each kind of database."""
    made = _prepared(tmp_path, database_url)
    yield made
    made.end()


@pytest.fixture
def durable_installation(tmp_path: Path, durable_database_url: str) -> Iterator[Installation]:
    """As `installation`, on databases that sync to disk and are checked for it: for kill tests."""
    made = _prepared(tmp_path, durable_database_url)
    made.settings["POSTGRES_UNSAFE_FOR_TESTS"] = "false"
    yield made
    made.end()


InstallationFactory = Callable[..., Installation]


@pytest.fixture(scope="module")
def make_installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InstallationFactory]:
    """Installations on a database of one's own choice, kept for a whole module (a journey in steps)."""
    made: list[Installation] = []

    def make(database_url: str = "") -> Installation:
        directory = tmp_path_factory.mktemp("homeward")
        url = database_url or f"sqlite:///{directory / 'homeward.db'}"
        made.append(_prepared(directory, url))
        return made[-1]

    yield make
    for installation in made:
        installation.end()
