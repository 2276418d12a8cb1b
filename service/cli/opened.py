"""The store for a command; errors of ours become one sentence and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from service.store.work import Store


@contextmanager
def opened(quiet: bool = True) -> "Iterator[Store]":
    """The store of the present settings, closed at the end. A `quiet` process logs warnings only."""
    from service.config import load_settings
    from service.errors import HomewardError
    from service.process import prepare
    from service.store.work import open_store

    try:
        settings = load_settings()
        prepare(settings, quiet)
        store = open_store(settings)
        try:
            yield store
        finally:
            store.close()
    except HomewardError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(1) from None
