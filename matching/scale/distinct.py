"""What differs among many whole numbers."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

_Whole = TypeVar("_Whole", bound=np.integer)


def distinct(values: NDArray[_Whole]) -> NDArray[_Whole]:
    """Each value once, in order.

    `np.unique` keeps a table of what it met: two million numbers take it twenty times as long as sorting.
    """
    ordered = np.sort(values)
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def paired(high: NDArray[np.integer], low: NDArray[np.integer]) -> NDArray[np.int64]:
    """Two numbers from 0 to 2**31 in one, ordered by the first and then by the second."""
    found = high.astype(np.int64)
    found <<= 32
    found |= low
    return found
