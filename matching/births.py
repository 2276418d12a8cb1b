"""Birth intervals of many people as arrays of days, and when a woman can have been a mother."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.profile import Profile

Ints = NDArray[np.int32]
NO_DATE = -(10**6)
YOUNGEST, OLDEST = 13, 52  # years of a mother at a birth


def birth_days(profiles: Sequence[Profile]) -> tuple[Ints, Ints]:
    """The first and the last possible day of each birth; `NO_DATE` for people without one."""
    days = np.array([birth_span(profile) for profile in profiles], dtype=np.int32).reshape(-1, 2)
    return days[:, 0], days[:, 1]


def birth_span(profile: Profile) -> tuple[int, int]:
    """The first and the last possible day of a birth over all statements, as ordinals."""
    days = [d.toordinal() for b in profile.births for d in (b.earliest, b.latest) if d is not None]
    return (min(days), max(days)) if days else (NO_DATE, NO_DATE)
