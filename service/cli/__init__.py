"""The `homeward` command. Each command lives in a module of its own and imports what it needs late."""

from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

# module under service.cli -> name of its typer app or function; a function becomes a plain command
COMMANDS: dict[str, str] = {
    "serve": "serve",
    "worker": "worker",
    "match": "match",
    "import-list": "import_list",
    "doctor": "doctor",
    "compile": "compile",
    "link": "link",
    "demo": "demo",
}
GROUPS: dict[str, str] = {"names": "names", "user": "user", "key": "key", "weights": "weights"}


def build() -> typer.Typer:
    """The command tree: `COMMANDS` are single commands, `GROUPS` hold sub-commands."""
    app = typer.Typer(
        name="homeward",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_show_locals=False,  # locals of a matcher are people
    )
    for name, module in COMMANDS.items():
        app.command(name)(import_module(f"service.cli.{module}").command)
    for name, module in GROUPS.items():
        app.add_typer(import_module(f"service.cli.{module}").app, name=name)
    app.callback()(_whole)
    return app


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(version("homeward"))
        raise typer.Exit


def _whole(
    told: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Family reunification: tracing requests matched with detainee lists, for human review."""


def main() -> None:
    build()()
