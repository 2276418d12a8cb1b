"""Which records and households are nearest to a request, and what of that a change of the lists leaves."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# How many records each sought person, and how many households each family, is compared with closely.
NEAREST_RECORDS = 100
NEAREST_GROUPS = 100
# How many are known of requests that are held, so that some may go before everybody is looked at again.
DEPTH = 160
Places = NDArray[np.int64]


class Nearest(NamedTuple):
    """The nearest of some; `whole` where there are no others at all."""

    items: NDArray[np.int32]
    weights: NDArray[np.float32]
    whole: bool

    def ordered(self) -> "Nearest":
        """The nearest first; of equal ones the earlier first."""
        order = np.lexsort((self.items, -self.weights))
        return self._replace(items=self.items[order], weights=self.weights[order])

    def first(self, count: int) -> "Nearest":
        """The first of those in order."""
        whole = self.whole and len(self.items) <= count
        return Nearest(self.items[:count], self.weights[:count], whole)

    def moved(self, places: Places) -> "Nearest":
        """Those that are still what they were, where they stand now; `places` has -1 for others."""
        now = places[self.items]
        still = now >= 0
        return Nearest(now[still].astype(np.int32), self.weights[still], self.whole)

    def unmoved_by(self, new: "Nearest") -> bool:
        """Whether all new ones stand behind the last of those known, where nobody knows who stands."""
        return not len(new.items) or (
            not self.whole and len(self.items) > 0 and self.weights[-1] > new.weights.max()
        )

    def beside(self, new: "Nearest") -> "Nearest":
        """With new ones, in order, as deep as is known: behind the last of those known may stand others. The
        result is not `whole` while either is not.
        """
        items, weights = np.concatenate([self.items, new.items]), np.concatenate([self.weights, new.weights])
        both = Nearest(items, weights, self.whole and new.whole).ordered()
        ends = [one.items[-1] for one in (self, new) if not one.whole and len(one.items)]
        if len(ends) < (not self.whole) + (not new.whole):
            return both.first(0)
        last = min((int(np.flatnonzero(both.items == end)[0]) for end in ends), default=len(items))
        return both.first(min(last + 1, DEPTH))


class Choice(NamedTuple):
    """Of each sought person the nearest records; the households nearest to all together."""

    records: list[Nearest]
    homes: Nearest

    @property
    def parts(self) -> "tuple[Nearest, ...]":
        return (*self.records, self.homes)

    def ordered(self) -> "Choice":
        return Choice([one.ordered() for one in self.records], self.homes.ordered())

    def used(self) -> "Choice":
        """What of a deeper choice is compared closely."""
        records = [one.first(NEAREST_RECORDS) for one in self.records]
        return Choice(records, self.homes.first(NEAREST_GROUPS))

    def moved(self, places: Places, homes: Places) -> "Choice":
        return Choice([one.moved(places) for one in self.records], self.homes.moved(homes))

    def beside(self, new: "Choice") -> "Choice":
        records = [old.beside(one) for old, one in zip(self.records, new.records, strict=True)]
        return Choice(records, self.homes.beside(new.homes))

    @property
    def size(self) -> int:
        return sum(len(one.items) for one in self.parts)

    def unmoved_by(self, new: "Choice") -> bool:
        return all(one.unmoved_by(other) for one, other in zip(self.parts, new.parts, strict=True))

    @property
    def deep_enough(self) -> bool:
        """Whether all that would be compared closely is known."""
        enough = all(one.whole or len(one.items) >= NEAREST_RECORDS for one in self.records)
        return enough and (self.homes.whole or len(self.homes.items) >= NEAREST_GROUPS)

    def same(self, other: "Choice") -> bool:
        """Whether the same would be compared closely; both in order, positions of the same time."""
        mine, theirs = self.used(), other.used()
        return all(
            np.array_equal(one.items, two.items) for one, two in zip(mine.parts, theirs.parts, strict=True)
        )
