"""Word vectors from the trained unit table: a word is the sum of the vectors of its units, of length one."""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching.names.units import BUCKETS, units_of

Floats = NDArray[np.float32]
_CHUNK = 20_000


class WordEncoder:
    """The committed table: a byte a number, one scale for each unit."""

    def __init__(self) -> None:
        with files("matching.models").joinpath("encoder.npz").open("rb") as file:
            stored = np.load(file)
            self._table: NDArray[np.int8] = stored["table"]
            self._scale: Floats = stored["scale"].astype(np.float32)

    @property
    def dimensions(self) -> int:
        return int(self._table.shape[1])

    def vectors(self, words: Sequence[str]) -> Floats:
        """One row of length one for each word; a zero row for a word without letters."""
        found = np.zeros((len(words), self.dimensions), dtype=np.float32)
        for begin in range(0, len(words), _CHUNK):
            found[begin : begin + _CHUNK] = self._some(words[begin : begin + _CHUNK])
        return found

    def _some(self, words: Sequence[str]) -> Floats:
        rows = [units_of(word) for word in words]
        indptr = np.concatenate(([0], np.cumsum([len(row) for row in rows])))
        units = np.fromiter((unit for row in rows for unit in row), dtype=np.int64, count=int(indptr[-1]))
        used, compact = np.unique(units, return_inverse=True)
        table = self._table[used].astype(np.float32) * self._scale[used, None]
        sums = (
            csr_matrix((np.ones(len(units), dtype=np.float32), compact, indptr), shape=(len(rows), len(used)))
            @ table
        )
        norm = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(np.divide(sums, norm, out=np.zeros_like(sums), where=norm > 0), dtype=np.float32)


@lru_cache(maxsize=1)
def encoder() -> WordEncoder:
    return WordEncoder()


def packed(table: Floats) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """A float table of `BUCKETS` rows as bytes and scales."""
    if len(table) != BUCKETS:
        raise ValueError("the table has to have one row for each unit")
    scale = np.maximum(np.abs(table).max(axis=1) / 127.0, 1e-6)
    return np.round(table / scale[:, None]).astype(np.int8), scale.astype(np.float16)
