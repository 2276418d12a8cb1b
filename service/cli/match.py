"""`homeward match`: one full matching run, watched to its end, on one core or many machines."""

import json
import os
import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.cases.matching_runs import RunProgress
    from service.jobs.fleet import Seen
    from service.jobs.pools import Pool
    from service.store.work import Store

_OPERATOR = "operator"


class Where(StrEnum):
    """Where the matching is done."""

    INLINE = "inline"
    PROCESS = "process"
    DASK = "dask"


def command(
    executor: Annotated[
        Where | None,
        typer.Option(
            help="In this process, in several of this machine, or on the workers of a Dask scheduler. "
            "Default: on all cores, where they can share the prepared lists."
        ),
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=512, help="How many processes; default: one for each core.")
    ] = None,
    scheduler: Annotated[
        str, typer.Option(help="Address of the Dask scheduler, tls://HOST:PORT or tcp://127.0.0.1:PORT.")
    ] = "",
    new: Annotated[
        bool, typer.Option("--new", help="Begin anew, even if an earlier run of this command did not end.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Match every open request with every published record, with a progress bar.

    A run that was interrupted is gone on with: what it has finished is not done again.
    """
    from service.cli.failures import sentences
    from service.cli.opened import opened

    if executor is None:
        executor = Where.DASK if scheduler else Where.PROCESS if workers else _default()
    if (executor is Where.DASK) != bool(scheduler):
        raise typer.BadParameter("--executor dask and --scheduler ADDRESS belong together.")
    if workers is not None and executor is not Where.PROCESS:
        raise typer.BadParameter("--workers belongs to --executor process.")
    with sentences(), opened() as store:
        pool = _pool(store, executor, workers, scheduler)
        try:
            result = _run(store, command_run(store, new), pool)
        except KeyboardInterrupt:
            typer.echo("Interrupted. What is done is kept: the same command goes on.", err=True)
            raise typer.Exit(130) from None
    if as_json:
        typer.echo(json.dumps(result))
    else:
        typer.echo(f"{result['requests']} requests matched, {result['links']} links new or renewed.")
    if result["state"] != "done":
        typer.echo(f"The run ended as: {result['state']}.", err=True)
        raise typer.Exit(1)


def _default() -> Where:
    """All cores where that costs no memory: elsewhere every process prepares the lists for itself."""
    from service.jobs.pools import FORKS

    return Where.PROCESS if FORKS and (os.cpu_count() or 1) > 1 else Where.INLINE


def _pool(store: "Store", executor: Where, workers: int | None, scheduler: str) -> "Pool | None":
    from service.jobs.parts import SharedLists
    from service.jobs.pools import Dask, Processes

    if executor is Where.DASK:
        return Dask(scheduler)
    return Processes(SharedLists(store).prepare, workers) if executor is Where.PROCESS else None


def command_run(store: "Store", new: bool) -> str:
    """The newest unfinished run of this command, or a new one."""
    from service.cases import matching_runs
    from service.store import list_counts, runs
    from service.store.states import RunKind

    with store.begin() as work:
        earlier = runs.unfinished(work.session, RunKind.FULL, _OPERATOR)
        if earlier and not new:
            begun = matching_runs.progress(work, earlier[0])
            done = f"{begun.chunks_done} of {begun.chunks} steps are done"
            typer.echo(f"Going on with the run that was interrupted: {done}.", err=True)
            return begun.run_id
        for run in earlier:
            if locked := runs.locked(work.session, run.id):
                matching_runs.stop(work, locked)
        list_counts.forget(work.session)
        return matching_runs.enqueue_all(work, matching_runs.Cause(RunKind.FULL, _OPERATOR)).id


def _run(store: "Store", run_id: str, pool: "Pool | None") -> dict[str, Any]:
    from service.jobs.fleet import share
    from service.jobs.worker import Worker

    last: list[RunProgress] = []
    with _bar(last) as seen:
        if pool is None:
            Worker(store).finish(run_id, seen)
        else:
            share(store, run_id, pool, seen)
    end = last[0]
    return {
        "run_id": end.run_id,
        "state": end.state.value,
        "requests": end.requests,
        "chunks": end.chunks,
        "chunks_failed": end.chunks_failed,
        "links": end.links,
    }


@contextmanager
def _bar(last: "list[RunProgress]") -> "Iterator[Seen]":
    """A bar with rate and time left; `last` holds the newest progress."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Matching", total=None, rate="")

        def seen(progress: "RunProgress") -> None:
            share = progress.chunks_done / progress.chunks if progress.chunks else 1.0
            speed = bar.tasks[0].speed
            rate = f"{speed:.1f} requests/s" if speed else ""
            bar.update(task, total=progress.requests, completed=round(share * progress.requests), rate=rate)
            last[:] = [progress]

        yield seen
