"""`homeward match`: one full matching run, watched to its end."""

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from service.cases.matching_runs import RunProgress
    from service.store.work import Store


def command(
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Match every open request with every published record, with a progress bar."""
    from service.cli.failures import sentences
    from service.cli.opened import opened

    with sentences(), opened() as store:
        result = _run(store)
    if as_json:
        typer.echo(json.dumps(result))
    else:
        typer.echo(f"{result['requests']} requests matched, {result['links']} links new or renewed.")
    if result["state"] != "done":
        typer.echo(f"The run ended as: {result['state']}.", err=True)
        raise typer.Exit(1)


def _run(store: "Store") -> dict[str, Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from service.cases import matching_runs
    from service.jobs.worker import Worker
    from service.store.states import RunKind

    with store.begin() as work:
        run_id = matching_runs.enqueue_all(work, matching_runs.Cause(RunKind.FULL, "operator")).id
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    last: list[RunProgress] = []
    with Progress(*columns, console=console, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Matching", total=None)

        def seen(progress: "RunProgress") -> None:
            bar.update(task, total=progress.chunks, completed=progress.chunks_done)
            last[:] = [progress]

        Worker(store).finish(run_id, seen)
    end = last[0]
    return {
        "run_id": end.run_id,
        "state": end.state.value,
        "requests": end.requests,
        "chunks": end.chunks,
        "chunks_failed": end.chunks_failed,
        "links": end.links,
    }
