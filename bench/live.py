"""How fast a running service answers a reviewer's search while a batch runs beside it: JSON.

    python bench/live.py [--rows 30000] [--requests 300] [--clients 10] [--searches 200] [--database URL]
                         [--data ../shared/data]

A real server and a real worker on a store of invented rows (an SQLite file in a temporary directory, or an
empty database at `--database`), asked over HTTP on 127.0.0.1: one search at a time, then many at once, while
the worker, which has prepared the same rows, matches requests against them. Names are composed of attested
tokens.
"""

import argparse
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import httpx2  # noqa: E402  (the path above comes first)
import numpy as np  # noqa: E402  (as above)
from names_padding import Padding  # noqa: E402  (as above)
from sqlalchemy import func  # noqa: E402  (as above)
from sqlmodel import select  # noqa: E402  (as above)

from schemas.base import Value  # noqa: E402  (as above)
from schemas.person import BirthInterval, Person, PersonName  # noqa: E402  (as above)
from schemas.registry import DetaineeRecord  # noqa: E402  (as above)
from schemas.tracing import Consent, Contact, Enquirer, SoughtPerson, TracingRequest  # noqa: E402  (as above)
from schemas.vocabulary import ConsentPurpose, ConsentRecipient, Relation, SoughtRole  # noqa: E402  (as above)
from service.cases import intake  # noqa: E402  (as above)
from service.config import load_settings  # noqa: E402  (as above)
from service.security.actors import PUBLIC  # noqa: E402  (as above)
from service.security.passwords import hash_password  # noqa: E402  (as above)
from service.store import accounts, organisations, records, source_lists  # noqa: E402  (as above)
from service.store.keys import KeyRing  # noqa: E402  (as above)
from service.store.records import NewRow  # noqa: E402  (as above)
from service.store.states import ListState  # noqa: E402  (as above)
from service.store.tables import Account, CandidateLinkRow, SourceListRow  # noqa: E402  (as above)
from service.store.work import Store, open_store  # noqa: E402  (as above)

PASSWORD = "an invented long sentence"
LIST = 50_000  # rows of one list
CONSENT = Consent(purpose=ConsentPurpose.MATCHING, recipient=ConsentRecipient.HOMEWARD, given=True)


def person(words: list[str], dice: random.Random) -> Person:
    year = dice.randrange(1975, 2020)
    birth = BirthInterval(earliest=date(year, 1, 1), latest=date(year, 12, 31), raw=str(year))
    return Person(names=(PersonName(text=" ".join(words).title()),), births=(birth,))


def fill(store: Store, chosen: argparse.Namespace) -> list[str]:
    """Rows, requests and an account; the names that searches will ask for."""
    padding, dice = Padding(chosen.data / "training"), random.Random(1)
    sources = [padding.drawn(language, dice) for language in ("ar", "en", "ru")]
    with store.begin() as work:
        organisation = organisations.add(work.session, "Invented Relief").id
        account = Account(
            organisation_id=organisation, login="reviewer", password_hash=hash_password(PASSWORD)
        )
        accounts.add(work.session, account, ["reviewer"])
    for begin in range(0, chosen.rows, LIST):
        count = min(LIST, chosen.rows - begin)
        with store.begin() as work:
            row = SourceListRow(
                organisation_id=organisation, state=ListState.PUBLISHED.value, file_hash=f"list {begin}",
                published_at=datetime.now(UTC), sealed=b"",
            )  # fmt: skip
            source_lists.insert(work, row, Value(), b"")
            records.insert_all(work, row, (
                NewRow(DetaineeRecord(record_id="x", list_id="x", row=n + 1, person=one))
                for n in range(count)
                for one in [person(next(sources[n % 2]), dice)]
            ))  # fmt: skip
    asked = [" ".join(next(sources[2])) for _ in range(chosen.requests + chosen.searches)]
    for name in asked[: chosen.requests]:
        sought = SoughtPerson(person_id="p1", role=SoughtRole.CHILD, person=person(name.split(), dice))
        enquirer = Enquirer(relation=Relation.GRANDMOTHER, contact=Contact(telephone="+000 555 0100"))
        request = TracingRequest(request_id="draft", enquirer=enquirer, sought=(sought,), consents=(CONSENT,))
        with store.begin() as work:
            intake.file_request(work, PUBLIC, request)
    return asked[chosen.requests :]


class Service:
    """The processes, and a signed-in client."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.processes = [
            self._start("serve", "--host", "127.0.0.1", "--port", str(port)),
            self._start("worker"),
        ]
        self.client = httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=60)
        while True:
            try:
                if self.client.get("/healthz").status_code == 200:
                    break
            except httpx2.TransportError:
                time.sleep(0.2)
        opened = self.client.post("/api/v1/sessions", json={"login": "reviewer", "password": PASSWORD})
        self.client.headers["X-CSRF-Token"] = opened.json()["csrf_token"]

    def _start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "service", *words],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def search(self, name: str) -> float:
        """Milliseconds of one search."""
        begun = time.perf_counter()
        answer = self.client.post("/api/v1/search", json={"reason": "family_asked", "name": name})
        assert answer.status_code in (200, 429), answer.text
        return 1000 * (time.perf_counter() - begun)

    def warm(self) -> float:
        """Seconds until the first search was answered."""
        begun = time.perf_counter()
        body = {"reason": "family_asked", "name": "Ибрагим"}
        while self.client.post("/api/v1/search", json=body).status_code == 503:
            time.sleep(0.5)
        return time.perf_counter() - begun

    def memory_gb(self) -> list[float]:
        """Of the server and of the worker, at their largest."""
        found = []
        for process in self.processes:
            status = Path(f"/proc/{process.pid}/status").read_text()
            found.append(round(int(status.split("VmHWM:")[1].split()[0]) / 1024**2, 2))
        return found

    def end(self) -> None:
        for process in self.processes:
            process.send_signal(signal.SIGKILL)


def spread(times: list[float]) -> dict[str, float]:
    return {f"p{p}_ms": round(float(np.percentile(times, p)), 1) for p in (50, 99)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--clients", type=int, default=10)
    parser.add_argument("--searches", type=int, default=200)
    parser.add_argument("--database", default="")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = {
            "ENVIRONMENT": "development", "SECURE_COOKIES": "false", "SECOND_FACTOR": "optional",
            "RATE_LIMITS": "false", "DATA_DIR": f"{folder}/data", "KEY_FILE": f"{folder}/keys/keys.json",
            "DATABASE_URL": chosen.database, "READING_BUDGET": "5000", "POSTGRES_UNSAFE_FOR_TESTS": "true",
        }  # fmt: skip
        os.environ |= {f"HOMEWARD_{name}": value for name, value in told.items()}
        KeyRing.fresh().save(Path(told["KEY_FILE"]))
        store = open_store(load_settings())
        names = fill(store, chosen)
        # as the image and `make demo` do: what a process compiles itself stays in its memory
        ahead = [sys.executable, "-m", "service", "compile"]
        subprocess.run(ahead, cwd=ROOT, check=True, capture_output=True)
        service = Service()
        try:
            print(json.dumps(measured(service, store, names, chosen), indent=1))
        finally:
            service.end()
            store.close()


def links(store: Store) -> int:
    with store.read() as work:
        return work.session.exec(select(func.count()).select_from(CandidateLinkRow)).one()


def measured(service: Service, store: Store, names: list[str], chosen: argparse.Namespace) -> dict[str, Any]:
    prepared = service.warm()
    while not links(store):
        time.sleep(0.5)
    begun = links(store)
    alone = [service.search(name) for name in names[: chosen.searches // 4]]
    with ThreadPoolExecutor(chosen.clients) as pool:
        start = time.perf_counter()
        together = list(pool.map(service.search, names))
        rate = len(names) / (time.perf_counter() - start)
    return {
        "rows": chosen.rows, "prepared_s": round(prepared, 1), "one_at_a_time": spread(alone),
        f"{chosen.clients}_at_once": spread(together), "searches_per_s": round(rate, 1),
        "links_written_before_and_after": [begun, links(store)],
        "server_and_worker_gb": service.memory_gb(),
    }  # fmt: skip


if __name__ == "__main__":
    main()
