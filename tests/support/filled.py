"""A store with lists and requests in it, and what an undisturbed run finds there."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import delete
from sqlmodel import select

from service.cases import intake, matching_runs
from service.jobs.worker import Worker
from service.security.actors import PUBLIC
from service.store import links
from service.store.states import RunKind
from service.store.tables import CandidateLinkRow, FamilyLinkRow
from service.store.work import Store, open_store
from tests.cases import invented
from tests.support.processes import Installation, Running
from tests.support.stores import House, add_staff, publish, settings_for

RECORDS = 80
SAID = (
    *("id", "request_id", "person_id", "record_id", "relation", "rank", "weight", "probability"),
    *("band", "family_id", "facts", "current", "contested", "state"),
)


@pytest.fixture
def open_here(durable_installation: Installation) -> Iterator[Store]:
    """The store of the installation, opened in this process beside the real ones."""
    made = durable_installation
    made.settings |= {"LEASE_SECONDS": "2", "CHUNK_REQUESTS": "2"}
    store = open_store(
        settings_for(
            made.database_url,
            made.directory,
            key_file=made.key_file,
            lease_seconds=2,
            chunk_requests=2,
            postgres_unsafe_for_tests=False,
        )
    )
    yield store
    store.close()


def fill(store: Store, requests: int = 36) -> list[tuple[Any, ...]]:
    """Put people into the store, and return the links of a run that nobody disturbs; they are gone again."""
    actor = add_staff(store, "Invented Relief", "staff")
    publish(House(store, actor, actor.organisation_id), range(RECORDS))
    with store.begin() as work:
        for number in range(requests):
            intake.file_request(work, PUBLIC, invented.request(number))
    worker = Worker(store)
    while worker.step():
        pass
    undisturbed = links_of(store)
    with store.begin() as work:
        work.session.connection().execute(delete(FamilyLinkRow))
        work.session.connection().execute(delete(CandidateLinkRow))
    return undisturbed


def links_of(store: Store) -> list[tuple[Any, ...]]:
    """Every link with all that the matching says of it, its reasons too."""
    with store.read() as work:
        rows = work.session.exec(select(CandidateLinkRow).order_by(CandidateLinkRow.id)).all()
        return [
            (*(getattr(row, name) for name in SAID), links.value(work, row).model_dump_json()) for row in rows
        ]


def run_of_all(store: Store) -> str:
    with store.begin() as work:
        return matching_runs.enqueue_all(work, matching_runs.Cause(RunKind.FULL)).id


def progress_of(store: Store, run_id: str) -> matching_runs.RunProgress:
    return matching_runs.read_progress(store, run_id)


def wait_for(store: Store, run_id: str, chunks_done: int, worker: Running) -> None:
    deadline = time.monotonic() + 90
    while progress_of(store, run_id).chunks_done < chunks_done:
        assert time.monotonic() < deadline, worker.log
        assert worker.process.poll() is None, worker.log
        time.sleep(0.01)
