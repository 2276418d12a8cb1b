"""Errors of ours become one sentence on standard error and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer


@contextmanager
def sentences() -> Iterator[None]:
    from service.errors import HomewardError

    try:
        yield
    except HomewardError as error:
        typer.echo(f"{error.sentence} [{error.code}]", err=True)
        raise typer.Exit(1) from None
