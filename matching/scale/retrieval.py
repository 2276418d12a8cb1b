"""Whom a request is compared with: the nearest records and households among those that are to be found."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.births import NO_DATE
from matching.scale.agreement_kernel import Frame
from matching.scale.choice import Choice, Nearest
from matching.scale.distinct import distinct
from matching.scale.nearby import Crew, Nearby
from matching.scale.parts import Parts
from matching.scale.people import FIRST_DAY, JOINED, JOINED_END, LAST_DAY, WHOLE
from matching.scale.retrieval_kernel import Desk, bearers, nearest, nearest_homes
from matching.scale.run_kernel import new_runs
from matching.scale.word_kernel import Near, Records


@dataclass(frozen=True)
class Retrieval:
    """What is looked through for all requests of a portion."""

    frame: Frame
    records: Records
    near: Near
    near_long: Near

    def nearest(self, first: int, count: int, desk: Desk, records: int, homes: int) -> Choice:
        """So many of the records nearest to each of the people from row `first` on, and of the households
        nearest to all of them.
        """
        found, met = [], 0
        for row in range(first, first + count):
            weights, items = np.zeros(records, dtype=np.float32), np.zeros(records, dtype=np.int32)
            look = (self.frame, self.records, row, *self._born(row), self.near, self.near_long)
            size, met = nearest(*look, desk, met, weights, items)
            if size < 0:
                desk = desk._replace(runs=new_runs(-size))
                size, met = nearest(*look, desk, met, weights, items)
            found.append(Nearest(items[:size], weights[:size], size < records))
        weights, items = np.zeros(homes, dtype=np.float32), np.zeros(homes, dtype=np.int32)
        size = nearest_homes(desk, met, weights, items)
        return Choice(found, Nearest(items[:size], weights[:size], size < homes))

    def namesakes(self, row: int, desk: Desk) -> int:
        """How many records bear one of the given names of the person in this row, in whatever spelling: of
        that sex as far as known, and within two years of the age where both ages are known.
        """
        low, high = self._born(row)
        look = (self.frame, self.records, row, low != NO_DATE, low, high, self.near)
        count = int(bearers(*look, desk))
        if count < 0:
            count = int(bearers(*look, desk._replace(runs=new_runs(-count))))
        return count

    def _born(self, row: int) -> tuple[int, int]:
        facts = self.frame.people.facts
        return int(facts[row, FIRST_DAY]), int(facts[row, LAST_DAY])


class Field:
    """Some of the records, to be looked through; learns the words it is asked for."""

    def __init__(self, parts: Parts, records: Records) -> None:
        self._records = records
        self._nearby = Nearby(parts, records)

    def asked(self, frame: Frame, rows: Sequence[int] | NDArray[np.int64], crew: Crew) -> Retrieval:
        """For the people in these rows, whose words are learned first."""
        people, parts, nearby = frame.people, frame.parts, self._nearby
        where = np.asarray(rows, dtype=np.int64)
        words = _runs(people.values, people.starts[where, 0], people.starts[where, -1])
        begins, ends = people.facts[where, JOINED], people.facts[where, JOINED_END]
        nearby.learn(parts, distinct(words).tolist(), crew)
        wholes = _runs(people.joined[:, WHOLE], begins, ends)
        nearby.learn_joined(parts, distinct(wholes).tolist(), crew)
        return Retrieval(frame, self._records, nearby.near, nearby.near_long)


def _runs(values: NDArray[np.int32], begins: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.int32]:
    counts = (ends - begins).astype(np.int64)
    starts = np.cumsum(counts) - counts
    found: NDArray[np.int32] = values[np.repeat(begins - starts, counts) + np.arange(counts.sum())]
    return found
