"""A running service for benchmarks: a real server and worker on a store with invented accounts."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx2

from service.config import load_settings
from service.security.passwords import hash_password
from service.store import accounts, organisations
from service.store.keys import KeyRing
from service.store.tables import Account
from service.store.work import Store, open_store

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "an invented long sentence"


@contextmanager
def new_store(folder: Path, database: str) -> Iterator[Store]:
    """An empty store in `folder`, or in the empty database at `database`; its settings are the process's."""
    told = {
        "ENVIRONMENT": "development", "SECURE_COOKIES": "false", "SECOND_FACTOR": "optional",
        "RATE_LIMITS": "false", "DATA_DIR": f"{folder}/data", "KEY_FILE": f"{folder}/keys/keys.json",
        "DATABASE_URL": database, "POSTGRES_UNSAFE_FOR_TESTS": "true",
    }  # fmt: skip
    os.environ |= {f"HOMEWARD_{name}": value for name, value in told.items()}
    KeyRing.fresh().save(Path(told["KEY_FILE"]))
    store = open_store(load_settings())
    try:
        yield store
    finally:
        store.close()


def hire(store: Store, staff: dict[str, str]) -> None:
    """One organisation that receives what the public files, with an account for each login and its role."""
    digest = hash_password(PASSWORD)
    with store.begin() as work:
        home = organisations.add(work.session, "Invented Relief", receives_public=True).id
        for login, role in staff.items():
            accounts.add(
                work.session, Account(organisation_id=home, login=login, password_hash=digest), [role]
            )


class Office:
    """The processes, and clients for them. Ends what it started."""

    def __init__(self, *, worker: bool = True) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        self.processes = [self._start("serve", "--host", "127.0.0.1", "--port", str(port))]
        if worker:
            self.start_worker()

    def __enter__(self) -> Self:
        client = self.client()
        while True:
            try:
                if client.get("/healthz").status_code == 200:
                    return self
            except httpx2.TransportError:
                if self.processes[0].poll() is not None:
                    raise RuntimeError("the server ended while it started") from None
                time.sleep(0.2)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self.processes:
            self.stop_last()

    def start_worker(self) -> None:
        self.processes.append(self._start("worker"))

    def stop_last(self) -> None:
        """End the process that was started last."""
        process = self.processes.pop()
        process.send_signal(signal.SIGKILL)
        process.wait()

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "service", *words],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def client(self) -> httpx2.Client:
        """Keeps no connection: a server closes those that are idle while something else is measured."""
        limits = httpx2.Limits(max_keepalive_connections=0)
        return httpx2.Client(base_url=self.address, timeout=60, limits=limits)

    def sign_in(self, login: str) -> httpx2.Client:
        """A client that carries the sign-in and its token."""
        client = self.client()
        opened = asked(client.post("/api/v1/sessions", json={"login": login, "password": PASSWORD}), 201)
        client.headers["X-CSRF-Token"] = opened["csrf_token"]
        return client

    def publish(self, importer: httpx2.Client, name: str, content: bytes, reading: str = "{}") -> str:
        """Upload and commit a list; its id."""
        answer = importer.post("/api/v1/lists", files={"file": (name, content)}, data={"reading": reading})
        list_id: str = asked(answer, 201)["list_id"]
        path = f"/api/v1/lists/{list_id}/publication"
        asked(importer.post(path, json={}, headers={"If-Match": answer.headers["ETag"]}), 200)
        return list_id

    def match(self, reviewer: httpx2.Client) -> None:
        """Wait until the worker has done everything that is queued."""
        while True:
            runs = asked(reviewer.get("/api/v1/runs"), 200)["items"]
            if runs and all(run["state"] not in ("queued", "running") for run in runs):
                return
            time.sleep(0.5)


def asked(answer: httpx2.Response, status: int) -> Any:
    """The answer's JSON; a benchmark of something that failed would measure nothing."""
    if answer.status_code != status:
        raise RuntimeError(f"{answer.request.url.path}: {answer.status_code} {answer.text[:300]}")
    return answer.json()
