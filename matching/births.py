"""Birth intervals of many people as arrays of days."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.profile import Profile

Ints = NDArray[np.int32]
NO_DATE = -(10**6)


def birth_days(profiles: Sequence[Profile]) -> tuple[Ints, Ints]:
    """The first and the last possible day of each birth; `NO_DATE` for people without one."""
    low = np.full(len(profiles), NO_DATE, dtype=np.int32)
    high = np.full(len(profiles), NO_DATE, dtype=np.int32)
    for number, profile in enumerate(profiles):
        days = [d.toordinal() for b in profile.births for d in (b.earliest, b.latest) if d is not None]
        if days:
            low[number], high[number] = min(days), max(days)
    return low, high
