"""The store for a command; errors of ours become one sentence and exit code 1."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from service.store.work import Store


@contextmanager
def opened() -> "Iterator[Store]":
    """The store of the present settings, closed at the end."""
    from service.config import load_settings
    from service.errors import HomewardError
    from service.store.work import open_store

    try:
        store = open_store(load_settings())
        try:
            yield store
        finally:
            store.close()
    except HomewardError as error:
        typer.echo(error.sentence, err=True)
        raise typer.Exit(1) from None
