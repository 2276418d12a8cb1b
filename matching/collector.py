"""The collector of cyclic garbage kept from looking for what is not there."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """While millions of objects without a cycle among them are made, the collector goes through all of them
    again and again: half of the time of preparing a list. It rests for the block, in every thread.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
