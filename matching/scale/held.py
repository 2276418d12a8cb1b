"""A request that stays beside the lists, and what a change of these leaves of whom it is compared with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scale.choice import Choice
from matching.scale.distinct import distinct, paired
from matching.scale.laid import Homes

if TYPE_CHECKING:
    from matching.scale.ranking import Links

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Same(NamedTuple):
    """Which records and households a change leaves as they were. `places` and `homes` say by former place
    where each stands now, -1 for those that are not the same; `records` which of those that stand now are.
    """

    places: Places
    homes: Places
    records: Flags


@dataclass
class Held:
    """The people of one request in the tables: whom they are compared with, and their links as last weighed,
    None where they may be others by now.
    """

    first: int
    count: int
    choice: Choice | None = None
    links: "Links | None" = None
    top: int = 0  # how many links of each person

    def renew(self, before: Choice, new: Choice, same: Same) -> None:
        """`before` is of all records as they stood, `new` of those that are not the same, in any order."""
        moved = before.moved(same.places, same.homes)
        if moved.size == before.size and moved.unmoved_by(new):
            self.choice = moved
            self._move(same)
            return
        after, used = moved.beside(new.ordered()), before.used()
        kept = used.moved(same.places, same.homes)
        self.choice = after if after.deep_enough else None
        if self.choice is None or kept.size < used.size or not kept.same(after):
            self.links = None
        else:
            self._move(same)

    def _move(self, same: Same) -> None:
        """Those who are linked are among those who are compared, and all of these are the same."""
        if self.links is not None:
            place = self.links.position
            self.links = self.links._replace(position=np.where(place < 0, -1, same.places[place]))


def unchanged(rows: Places, before: Homes, now: Homes) -> Same:
    """`rows` has the former position of each record, below zero for those with other facts. A record is as it
    was if its household is: the same people, all with the same facts. If lists were mixed nobody is.
    """
    kept = np.flatnonzero(rows >= 0)
    old, new = before.group_of[rows[kept]], now.group_of[kept]
    count = len(now.starts) - 1
    sizes, former = np.bincount(now.group_of, minlength=count), np.bincount(before.group_of)
    low, high = np.full(count, len(former), dtype=np.int64), np.full(count, -1, dtype=np.int64)
    np.minimum.at(low, new, old)
    np.maximum.at(high, new, old)
    whole = (np.bincount(new, minlength=count) == sizes) & (low == high)
    whole[whole] = former[low[whole]] == sizes[whole]
    if _mixed(before.list_of[rows[kept]], now.list_of[kept]):
        whole[:] = False
    places, homes = (
        np.full(len(before.group_of), -1, dtype=np.int64),
        np.full(len(former), -1, dtype=np.int64),
    )
    records = whole[now.group_of]
    places[rows[records]] = np.flatnonzero(records)
    homes[low[whole]] = np.flatnonzero(whole)
    return Same(places, homes, records)


def _mixed(before: NDArray[np.int32], now: NDArray[np.int32]) -> bool:
    """Whether records of one list are on several now, or the other way round."""
    pairs = distinct(paired(before, now))
    return any(len(distinct(side)) < len(pairs) for side in (before, now))
