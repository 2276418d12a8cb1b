"""Arrays that grow by rows without being copied each time."""

from collections.abc import Iterable
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_MOST_WAITING = 4096  # as lists they take ten times the memory
_Kind = TypeVar("_Kind", bound=np.generic)


class Growing(Generic[_Kind]):
    """Rows of one shape and kind; `rows` is a view of those added so far, which later rows leave as it is."""

    def __init__(self, kind: type[_Kind], *shape: int) -> None:
        self._room: NDArray[_Kind] = np.zeros((64, *shape), dtype=kind)
        self._size = 0
        self._waiting: list[
            Any
        ] = []  # rows not yet in the array: one conversion for many is a tenth the cost

    def __len__(self) -> int:
        return self._size + len(self._waiting)

    def add(self, rows: Iterable[Any]) -> None:
        self._waiting.extend(rows)
        if len(self._waiting) >= _MOST_WAITING:
            self._enter()

    def cut(self, size: int) -> None:
        """Forgets the rows after the first `size`."""
        self._enter()
        self._size = min(size, self._size)

    @property
    def rows(self) -> NDArray[_Kind]:
        self._enter()
        return self._room[: self._size]

    def replace(self, rows: NDArray[_Kind]) -> None:
        """Lets go of all rows and holds these."""
        self._waiting, self._room, self._size = [], rows, len(rows)

    def enter(self, new: NDArray[_Kind]) -> None:
        """Adds rows that are an array already."""
        self._enter()
        need = self._size + len(new)
        if need > len(self._room):
            room = np.zeros((max(need, 2 * len(self._room)), *self._room.shape[1:]), dtype=self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : need] = new
        self._size = need

    def _enter(self) -> None:
        if self._waiting:
            new = np.asarray(self._waiting, dtype=self._room.dtype).reshape(-1, *self._room.shape[1:])
            self._waiting = []
            self.enter(new)
