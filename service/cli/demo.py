"""`homeward demo`: invented lists and requests, matched and served on this machine."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from service.demo.workspace import Workspace
    from service.store.work import Store


def command(
    data_dir: Annotated[
        Path, typer.Option(help="Directory of the demonstration; empty, absent, or made by it before.")
    ] = Path("var/demo"),
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 takes a free one.")
    ] = 8000,
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin anew, with new keys and passwords.")] = False,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Only load and match.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print addresses and logins as JSON.")] = False,
) -> None:
    """Load the example data, match it, and serve the pages; a second run goes on with the same data."""
    from service.cli.failures import sentences

    with sentences():
        _demo(data_dir, None if no_serve else port, fresh, as_json)


def _demo(data_dir: Path, port: int | None, fresh: bool, as_json: bool) -> None:
    from contextlib import closing, nullcontext

    from service.demo.serving import listen, serve
    from service.demo.workspace import held, open_workspace
    from service.process import prepare
    from service.store.work import open_store

    with nullcontext() if port is None else closing(listen(port)) as listening, held(data_dir) as folder:
        workspace = open_workspace(folder, fresh=fresh)
        prepare(workspace.settings)
        with closing(open_store(workspace.settings)) as store:
            if not workspace.ready:
                workspace = _load(store, workspace)
            told = _told(store, workspace, listening.getsockname()[1] if listening else None)
            print(json.dumps(told, ensure_ascii=False) if as_json else _text(told), flush=True)
            if listening is not None:
                serve(store, workspace, listening)


def _load(store: "Store", workspace: "Workspace") -> "Workspace":
    from service.cli.progress import progress
    from service.demo.loading import tasks

    for task in tasks(store, workspace):
        with progress(task.title, task.total) as step:
            task.run(step)
    return workspace.say_ready()


def _told(store: "Store", workspace: "Workspace", port: int | None) -> dict[str, Any]:
    from service.demo.summary import counts
    from service.demo.workspace import ACCOUNTS

    address = f"http://127.0.0.1:{port}" if port else None
    return {
        "data_dir": str(workspace.folder),
        "public": f"{address}/" if address else None,
        "staff": f"{address}/staff/sign-in" if address else None,
        "logins": [
            {"login": login, "password": workspace.passwords[login], "roles": [role.value for role in roles]}
            for login, roles in ACCOUNTS.items()
        ],
        **counts(store),
    }


def _text(told: dict[str, Any]) -> str:
    lines = [
        "",
        "Homeward demonstration. Every person in it is invented; never enter a real one.",
        f"  {told['requests']} requests, {told['people_on_lists']} people on {told['lists']} lists, "
        f"{told['links']} candidate links",
        "",
    ]
    if told["public"]:
        lines += [f"  For relatives   {told['public']}", f"  For staff       {told['staff']}", ""]
    width = max(len(login["login"]) for login in told["logins"])
    lines += [
        f"  {login['login']:<{width}}  {login['password']}  {', '.join(login['roles'])}"
        for login in told["logins"]
    ]
    lines += ["", "  What to try first: docs/guided-demo.md"]
    lines += [f"  Data: {told['data_dir']} (delete it, or use --fresh, to begin anew)"]
    if told["public"]:
        lines += ["  Only this machine can reach it. Stop with Ctrl-C."]
    return "\n".join(lines)
