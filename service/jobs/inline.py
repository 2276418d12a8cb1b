"""An executor that works in the calling thread: the default, and what tests can follow."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InlineExecutor(Executor):
    """`concurrent.futures` without a pool; any other executor can stand in its place."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as failed:  # noqa: BLE001 - an executor hands every failure to the future
            future.set_exception(failed)
        return future
