"""Word vectors from the trained unit table: a word is the sum of the vectors of its units, of length one."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matching.names.unit_kernels import BUCKETS, CRC, MAX_UNITS, unit_sums
from matching.names.units import flattened

Floats = NDArray[np.float32]
Bytes = NDArray[np.int8]


class WordEncoder:
    """The committed table: a byte a number, one scale for each unit."""

    def __init__(self) -> None:
        with files("matching.models").joinpath("encoder.npz").open("rb") as file:
            stored = np.load(file)
            self._table: Bytes = stored["table"]
            self._scale: Floats = stored["scale"].astype(np.float32)

    @property
    def width(self) -> int:
        return int(self._table.shape[1])

    def fill(self, words: Sequence[str], rows: Bytes, scales: Floats) -> None:
        """A row of bytes for each word, and the scale that makes its length one (0 without letters)."""
        text, pieces, first = flattened(words)
        seen, marks = np.zeros(MAX_UNITS, dtype=np.int64), np.zeros(BUCKETS // 8, dtype=np.uint8)
        sums = np.zeros(self.width, dtype=np.float32)
        unit_sums(text, pieces, first, self._table, self._scale, CRC, seen, marks, sums, rows, scales)


@lru_cache(maxsize=1)
def encoder() -> WordEncoder:
    return WordEncoder()


def packed(table: Floats) -> tuple[Bytes, NDArray[np.float16]]:
    """A float table of `BUCKETS` rows as bytes and scales."""
    if len(table) != BUCKETS:
        raise ValueError("the table has to have one row for each unit")
    scale = np.maximum(np.abs(table).max(axis=1) / 127.0, 1e-6)
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float16)
