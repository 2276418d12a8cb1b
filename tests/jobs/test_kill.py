"""kill -9, in earnest: real processes, real databases that sync to disk."""

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock

import httpx2
from sqlalchemy import func
from sqlmodel import select

from service.cases import intake
from service.security import audit, codes
from service.security.actors import PUBLIC
from service.store import chunks, organisations
from service.store.states import WorkState
from service.store.tables import (
    AuditEvent,
    MatchingRunRow,
    TracingRequestRow,
)
from service.store.work import Store
from tests.cases import invented
from tests.support.filled import fill, links_of, progress_of, run_of_all, wait_for
from tests.support.processes import Installation, free_port

SUBMISSIONS = int(os.environ.get("HOMEWARD_TEST_SUBMISSIONS", "300"))  # 1000 by hand, when this changes
CLIENTS = 4
SERVER_KILLS = 3
WORKER_KILLS = int(os.environ.get("HOMEWARD_TEST_KILLS", "3"))  # more of them by hand, when this changes
REQUESTS = 12 + 8 * WORKER_KILLS


def test_a_killed_worker_leaves_the_links_of_an_undisturbed_run(
    durable_installation: Installation, open_here: Store
) -> None:
    """Killed again and again in mid-run, the run ends with the very same links, none of them twice."""
    store = open_here
    undisturbed = fill(store, REQUESTS)
    run_id = run_of_all(store)
    chance = random.Random(5)
    for kill in range(WORKER_KILLS):
        running = durable_installation.worker()
        wait_for(store, run_id, 3 + kill * 4, running)
        time.sleep(chance.uniform(0, 0.08))
        running.kill()
    interrupted = progress_of(store, run_id)
    assert not interrupted.finished
    last = durable_installation.worker()
    wait_for(store, run_id, interrupted.chunks, last)
    assert last.stop() == 0

    ended = progress_of(store, run_id)
    assert (ended.state, ended.chunks_failed) == (WorkState.DONE, 0)
    assert links_of(store) == undisturbed
    # a chunk whose links had been written twice would have counted them twice
    assert ended.links == len(undisturbed)
    with store.read() as work:
        assert chunks.counts(work.session, run_id) == {WorkState.DONE: REQUESTS // 2}


@dataclass
class Clients:
    """Relatives who submit until they hold a code; a connection that breaks makes them try again."""

    address: str
    lock: Lock = field(default_factory=Lock)
    acknowledged: dict[int, str] = field(default_factory=dict)
    stop: Event = field(default_factory=Event)

    def submit_some(self, numbers: range) -> None:
        with httpx2.Client(base_url=self.address, timeout=30) as client:
            for number in numbers:
                self._submit(client, number)

    def _submit(self, client: httpx2.Client, number: int) -> None:
        body = invented.request(number).model_dump(
            mode="json", exclude={"request_id", "received_on", "channel"}
        )
        key = f"submission-{number:06d}-" + "0" * 12
        while not self.stop.is_set():
            try:
                answer = client.post("/api/v1/public/requests", json=body, headers={"Idempotency-Key": key})
            except httpx2.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 201:
                with self.lock:
                    assert number not in self.acknowledged
                    self.acknowledged[number] = answer.json()["code"]
                return
            assert answer.status_code == 503, answer.text
            time.sleep(0.1)

    def count(self) -> int:
        with self.lock:
            return len(self.acknowledged)


def test_a_killed_server_loses_no_acknowledged_request(
    durable_installation: Installation, open_here: Store
) -> None:
    """Submissions over HTTP with the server killed between: every code opens its one request."""
    store = open_here
    with store.begin() as work:
        organisations.add(work.session, "Invented Relief")
    port = free_port()
    server = durable_installation.serve(port=port)
    clients = Clients(server.address)
    pool = ThreadPoolExecutor(CLIENTS)
    futures = [pool.submit(clients.submit_some, range(n, SUBMISSIONS, CLIENTS)) for n in range(CLIENTS)]
    try:
        for kill in range(SERVER_KILLS):
            wanted = (kill + 1) * SUBMISSIONS // (SERVER_KILLS + 1)
            while clients.count() < wanted:
                assert server.process.poll() is None, server.log
                time.sleep(0.005)
            server.kill()
            server = durable_installation.serve(port=port)
        for future in futures:
            future.result(timeout=300)
    finally:
        clients.stop.set()
        pool.shutdown(cancel_futures=True)
    assert server.stop() == 0

    assert len(set(clients.acknowledged.values())) == SUBMISSIONS
    with store.read() as work:
        assert work.session.exec(select(func.count()).select_from(TracingRequestRow)).one() == SUBMISSIONS
        assert work.session.exec(select(func.count()).select_from(MatchingRunRow)).one() == SUBMISSIONS
        filed = select(func.count()).select_from(AuditEvent).where(AuditEvent.act == "request.filed")
        assert work.session.exec(filed).one() == SUBMISSIONS
        assert audit.verify(work.session, work.keys).holds
    with store.begin() as work:
        for number, shown in clients.acknowledged.items():
            code = codes.check_code(shown)
            assert code is not None
            held = intake.export_own(work, PUBLIC, code)
            assert held.enquirer.contact.telephone == f"+000 555 {number:04d}"
