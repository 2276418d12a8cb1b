"""Where the records stand: lists and households as flat arrays."""

from collections.abc import Sequence

import numpy as np

from matching.households import Group
from matching.scale.laid import Homes


def homes_of(lists: Sequence[str], groups: Sequence[Group]) -> Homes:
    """`lists` has the list of each record; `groups` together have every record."""
    numbers: dict[str, int] = {}
    group_of = np.zeros(len(lists), dtype=np.int32)
    for number, group in enumerate(groups):
        group_of[[*group.members, *group.placeholders]] = number
    return Homes(
        group_of,
        np.array([numbers.setdefault(one, len(numbers)) for one in lists], dtype=np.int32),
        np.cumsum([0, *(len(group.members) for group in groups)]),
        np.array([one for group in groups for one in group.members], dtype=np.int32),
        np.cumsum([0, *(len(group.placeholders) for group in groups)]),
        np.array([one for group in groups for one in group.placeholders], dtype=np.int32),
    )
