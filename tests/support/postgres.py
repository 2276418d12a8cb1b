"""A real PostgreSQL for the tests: its own cluster in a temporary directory, on a unix socket only."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.support.missing import fail_for_missing

_FAST = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off")
_START_SECONDS = 60.0
_PR_SET_PDEATHSIG = 1


def binaries() -> Path | None:
    """The directory that holds `initdb` and `postgres`, or None; Debian keeps it off the PATH."""
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    found: list[Path] = []
    if pg_config := shutil.which("pg_config"):
        told = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        found.append(Path(told.stdout.strip()))
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_major, reverse=True)
    usable = (
        place for place in found + versions if (place / "initdb").exists() and (place / "postgres").exists()
    )
    return next(usable, None)


def _major(bin_directory: Path) -> int:
    name = bin_directory.parent.name
    return int(name) if name.isdigit() else 0


def _die_with_parent() -> None:
    """In the child: stop when the test process is gone, even after kill -9."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGINT)


def _ordinary_user() -> tuple[int, int] | None:
    """User and group to run as when the tests run as root, which PostgreSQL refuses to."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return entry.pw_uid, entry.pw_gid
    raise RuntimeError("the tests run as root and neither user 'postgres' nor 'nobody' exists")


@dataclass(frozen=True)
class Postgres:
    """A running cluster. Every test takes a fresh database of it."""

    directory: Path

    def url(self, database: str) -> str:
        """The SQLAlchemy address of a database of this cluster."""
        return f"postgresql+psycopg://postgres@/{database}?host={self.directory}"

    def create(self, template: str = "template0") -> str:
        """Make an empty database, or a copy of `template`, and return its name."""
        name = f"t_{uuid.uuid4().hex}"
        self._run(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return name

    def drop(self, name: str) -> None:
        """Remove a database, cutting connections that a killed process left."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(
            f"host={self.directory} user=postgres dbname=postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


@dataclass(frozen=True)
class _Launcher:
    """Starts PostgreSQL's programs in one directory, without root's rights."""

    bin: Path
    directory: Path

    def start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program; what it says goes to the log in the directory."""
        user, group = _ordinary_user() or (None, None)
        with (self.directory / "log").open("ab") as log:
            return subprocess.Popen(
                [str(self.bin / program), *arguments],
                env={"PATH": f"{self.bin}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": str(self.directory)},
                cwd=self.directory,
                user=user,
                group=group,
                extra_groups=None if user is None else [],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )

    def log(self) -> str:
        """What the programs said."""
        return (self.directory / "log").read_text(errors="replace")


def _start(durable: bool) -> tuple[Postgres, subprocess.Popen[bytes]]:
    place = binaries()
    if place is None:
        fail_for_missing("PostgreSQL", "postgresql")
    # /tmp itself, not TMPDIR: a socket's path may not exceed 107 bytes, and the server's user must reach it
    directory = Path(tempfile.mkdtemp(prefix="homeward-pg-", dir="/tmp"))
    if owner := _ordinary_user():
        os.chown(directory, *owner)
    launcher = _Launcher(place, directory)
    data = str(directory / "data")
    if launcher.start(
        "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"
    ).wait():
        raise RuntimeError(f"initdb failed: {launcher.log()}")
    options = ["-D", data, "-k", str(directory), "-c", "listen_addresses=", *(() if durable else _FAST)]
    server = launcher.start("postgres", *options)
    _wait_until_ready(launcher, server)
    return Postgres(directory), server


def _wait_until_ready(launcher: _Launcher, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(f"host={launcher.directory} user=postgres dbname=postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {launcher.log()}") from None
            time.sleep(0.05)


def _stop(cluster: Postgres, server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast" shutdown: cuts connections, ends cleanly
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    shutil.rmtree(cluster.directory, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A cluster without durability, for speed: started once, when the first test asks for it."""
    cluster, server = _start(durable=False)
    yield cluster
    _stop(cluster, server)


@pytest.fixture(scope="session")
def durable_postgres() -> Iterator[Postgres]:
    """A cluster as an organisation would run it (fsync on), for tests that kill processes."""
    cluster, server = _start(durable=True)
    yield cluster
    _stop(cluster, server)
