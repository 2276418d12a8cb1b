"""Arrays that grow by rows without being copied each time."""

from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

_Kind = TypeVar("_Kind", bound=np.generic)


class Growing(Generic[_Kind]):
    """Rows of one shape and kind; `rows` is a view of those added so far."""

    def __init__(self, kind: type[_Kind], *shape: int) -> None:
        self._room: NDArray[_Kind] = np.zeros((64, *shape), dtype=kind)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, rows: object) -> None:
        new = np.asarray(rows, dtype=self._room.dtype).reshape(-1, *self._room.shape[1:])
        need = self._size + len(new)
        if need > len(self._room):
            room = np.zeros((max(need, 2 * len(self._room)), *self._room.shape[1:]), dtype=self._room.dtype)
            room[: self._size] = self._room[: self._size]
            self._room = room
        self._room[self._size : need] = new
        self._size = need

    def cut(self, size: int) -> None:
        """Forgets the rows after the first `size`."""
        self._size = min(size, self._size)

    @property
    def rows(self) -> NDArray[_Kind]:
        return self._room[: self._size]
