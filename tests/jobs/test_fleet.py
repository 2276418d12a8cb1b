"""One run among several processes and machines: the same links, whoever is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.cases import intake, matching_runs
from service.cli.match import command_run
from service.jobs.parts import Terms, one_part
from service.jobs.pools import Dask, PoolRefused
from service.security.actors import PUBLIC
from service.store import runs
from service.store.states import RunKind, WorkState
from service.store.work import Store
from tests.cases import invented
from tests.support.cluster import Cluster
from tests.support.filled import fill, links_of, progress_of, wait_for
from tests.support.processes import Installation, Running
from tests.support.stores import House


def run_begun_by(command: Running, store: Store) -> str:
    """The id of the run that `homeward match` works on."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert command.process.poll() is None, command.log
        with store.read() as work:
            found = runs.unfinished(work.session, RunKind.FULL, "operator")
        if found:
            return found[0].id
        time.sleep(0.05)
    raise AssertionError(command.log)


def children_of(parent: int) -> list[int]:
    """Process numbers of the children that match."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, _, rest = status.read_text().partition(" (")
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(rest.rpartition(") ")[2].split()[1]) == parent and b"match" in command:
            found.append(int(number))
    return found


def ended_well(command: Running, store: Store, run_id: str) -> None:
    assert command.process.wait(120) == 0, command.log
    said = json.loads(command.log.splitlines()[-1])
    assert (said["run_id"], said["state"], said["chunks_failed"]) == (run_id, "done", 0)
    assert said["links"] == len(links_of(store))  # written twice, a link would be counted twice


def test_a_process_of_the_pool_may_die(durable_installation: Installation, open_here: Store) -> None:
    """Two processes, one killed in mid-run, then the command itself: run again, it ends with the links of an
    undisturbed run, and leaves no process behind.
    """
    undisturbed = fill(open_here)
    command = durable_installation.start("match", "--executor", "process", "--workers", "2", "--json")
    run_id = run_begun_by(command, open_here)
    wait_for(open_here, run_id, 2, command)
    first = children_of(command.process.pid)
    assert len(first) == 2
    os.kill(first[0], signal.SIGKILL)
    wait_for(open_here, run_id, 6, command)
    left = children_of(command.process.pid)
    command.kill()
    _gone(left)

    again = durable_installation.start("match", "--executor", "process", "--workers", "2", "--json")
    ended_well(again, open_here, run_id)
    assert "Going on" in again.log
    assert links_of(open_here) == undisturbed


FORKED = """
from service.cases import matching_runs
from service.config import load_settings
from service.jobs.parts import SharedLists, Terms, one_part
from service.jobs.pools import Processes
from service.store.states import RunKind
from service.store.work import open_store

store = open_store(load_settings())
shared = SharedLists(store)
shared.prepare()
prepared = shared._keeper.newest()  # a child has it at the same address, and keeps it there
with store.begin() as work:
    run = matching_runs.enqueue_all(work, matching_runs.Cause(RunKind.FULL, "operator")).id
parts = "__import__('service.jobs.parts').jobs.parts"
asked = f"[id(worker._gallery.newest()) == {id(prepared)} for worker in {parts}._mine]"
with Processes(shared.prepare, 1).open() as executor:
    assert executor.submit(one_part, Terms.of(store.settings, run)).result() == ""
    print(executor.submit(eval, asked).result())
"""


def test_processes_of_one_machine_find_the_lists_prepared(
    durable_installation: Installation, open_here: Store
) -> None:
    fill(open_here)
    asked = [sys.executable, "-c", FORKED]
    done = subprocess.run(asked, env=durable_installation.environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[True]"


def test_a_cluster_may_lose_a_worker_and_its_scheduler(
    durable_installation: Installation, open_here: Store, cluster: Cluster
) -> None:
    """Two Dask workers, one killed in mid-run, then the scheduler: the command says how to go on, and on the
    next scheduler it ends with the links of an undisturbed run.
    """
    undisturbed = fill(open_here)
    cluster.begin(workers=2)
    command = durable_installation.start(
        "match", "--executor", "dask", "--scheduler", cluster.address, "--json"
    )
    run_id = run_begun_by(command, open_here)
    wait_for(open_here, run_id, 2, command)
    cluster.started[1].kill()
    wait_for(open_here, run_id, 6, command)
    assert cluster.scheduler is not None
    cluster.scheduler.kill()
    assert command.process.wait(120) == 1, command.log
    assert "run the same command again" in command.log
    assert "Traceback" not in command.log
    assert not progress_of(open_here, run_id).finished

    cluster.begin(workers=2)
    again = durable_installation.start(
        "match", "--executor", "dask", "--scheduler", cluster.address, "--json"
    )
    ended_well(again, open_here, run_id)
    assert links_of(open_here) == undisturbed


def test_a_worker_that_would_find_other_links_is_refused(installation: Installation) -> None:
    """Links must not depend on which machine computed them; the sentence says what to make equal."""
    asking = "from service.jobs.parts import *; print(one_part(Terms.of(load_settings(), '0' * 32)))"
    elsewhere = subprocess.run(
        [sys.executable, "-c", asking],
        env=installation.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout.startswith("A worker is set up for another database")
    assert "HOMEWARD_LINKS_PER_PERSON" in one_part(Terms("0" * 32, "other settings"))


@pytest.mark.parametrize("address", ["tcp://10.1.2.3:8786", "10.1.2.3:8786", "tcp://scheduler:8786"])
def test_an_open_scheduler_on_the_network_is_refused(address: str) -> None:
    """Whoever reaches a scheduler without TLS could run programs beside the keys."""
    with pytest.raises(PoolRefused) as refused:
        Dask(address)
    assert refused.value.code == "scheduler_unsafe"


def test_without_certificates_no_scheduler_is_asked() -> None:
    """A sentence that says what to set, before anything is sent."""
    with pytest.raises(PoolRefused) as refused:
        Dask("tls://127.0.0.1:1")
    assert refused.value.code == "certificates_missing"


def test_an_interrupted_run_is_gone_on_with_unless_asked_otherwise(house: House) -> None:
    """`--new` cancels what was interrupted; a run that somebody else asked for is nobody's to take up."""
    with house.store.begin() as work:
        intake.file_request(work, PUBLIC, invented.request(1))
        others = matching_runs.start_run(work, house.actor).run_id
    first = command_run(house.store, new=False)
    assert first != others
    assert command_run(house.store, new=False) == first
    second = command_run(house.store, new=True)
    assert second != first
    assert progress_of(house.store, first).state is WorkState.CANCELLED
    assert progress_of(house.store, others).state is WorkState.QUEUED
    assert command_run(house.store, new=False) == second


def _gone(processes: list[int]) -> None:
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{number}/cmdline").exists() for number in processes):
        assert time.monotonic() < deadline, processes
        time.sleep(0.1)
