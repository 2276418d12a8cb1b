"""The names held that are nearest to those asked for: many queries by one thread, or one by all of them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.names.bearers import Among, Around, Bearers, Flags, Tallies, bearers_of
from matching.names.name_table import NameTable
from matching.names.retrieval import look_around, meet_initials, nearest, nearest_of_one, similarities
from matching.names.word_table import Words

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
Crew = Callable[..., Any]  # map, or that of a pool
_ROOM = 1 << 22  # numbers of similarity held at a time by one thread
_EVERYBODY: Flags = np.zeros(0, dtype=np.bool_)


class Met(NamedTuple):
    """A query that met all words of a vocabulary: how near each is."""

    asked: NameTable
    query: int
    similar: Floats
    around: Around


class Within(NamedTuple):
    """Which names are wanted: those allowed, and nearer than `floor`. One look finds most of the nearest in a
    part of the time, and so a floor under which the others need not be looked for.
    """

    allowed: Flags | None = None
    floor: float = -np.inf
    one_look: bool = False


ANYBODY = Within()


@dataclass(frozen=True, slots=True)
class Nearest:
    """Finds places in `held`, best first, equal ones in the order held."""

    held: NameTable
    bearers: Bearers
    spare: SimpleQueue[Tallies]

    @classmethod
    def of(cls, held: NameTable) -> "Nearest":
        return cls(held, bearers_of(held.names), SimpleQueue())

    def each(self, asked: NameTable, queries: range, count: int) -> list[Places]:
        """The `count` nearest names of each query."""
        found: list[Places] = []
        words = len(self.held.words.scales)
        for some in _portions(queries, asked, _ROOM // max(words, 1)):
            begin = asked.names.first[some[0]]
            rows, scales = _in_fours(asked, begin, asked.names.first[some[-1] + 1])
            similar = np.empty((len(rows), words), dtype=np.float32)
            _meet(asked, begin, rows, scales, self.held.words, (0, words), similar)
            found += [row[row >= 0] for row in self._within(asked, some, similar, count)]
        return found

    def shared(
        self, asked: NameTable, query: int, count: int, pool: ThreadPoolExecutor, threads: int
    ) -> Places:
        """The `count` nearest names of one query, each thread looking through a part of them."""
        met = meet(asked, query, self.held.words, pool.map, threads)

        def within(part: tuple[int, int]) -> tuple[Places, Floats]:
            return self._near(met, self._among(part), count)

        found = list(pool.map(within, _parts(len(self.held), threads)))
        places, scores = (np.concatenate(side) for side in zip(*found, strict=True))
        best = np.lexsort((places, -scores))[:count]
        chosen: Places = places[best]
        return chosen[chosen >= 0]

    def of_met(self, met: Met, count: int, within: Within) -> tuple[Places, Floats]:
        """The `count` nearest names of a query that met the words of the vocabulary, and how near."""
        places, scores = self._near(met, self._among((0, len(self.held)), within), count)
        return places[places >= 0], scores[places >= 0]

    def _among(self, bounds: tuple[int, int], within: Within = ANYBODY) -> Among:
        allowed = _EVERYBODY if within.allowed is None else within.allowed
        return Among(bounds, allowed, within.floor, within.one_look)

    def _near(self, met: Met, among: Among, count: int) -> tuple[Places, Floats]:
        places, scores = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.float32)
        with self._tallies() as tallies:
            nearest_of_one(
                met.asked.names, met.query, met.similar, self.held.names, self.bearers, among, met.around,
                tallies, places, scores,
            )  # fmt: skip
        return places, scores

    def _within(self, asked: NameTable, queries: range, similar: Floats, count: int) -> Places:
        shape = (len(queries), count)
        places, scores = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.float32)
        around, among = Around.of(similar.shape[1]), self._among((0, len(self.held)))
        ends = (queries.start, queries.stop)
        with self._tallies() as tallies:
            nearest(
                asked.names,
                ends,
                similar,
                self.held.names,
                self.bearers,
                among,
                around,
                tallies,
                places,
                scores,
            )
        return places

    @contextmanager
    def _tallies(self) -> Iterator[Tallies]:
        try:
            tallies = self.spare.get_nowait()
        except Empty:
            tallies = Tallies.of(len(self.held))
        yield tallies
        self.spare.put(tallies)


def meet(asked: NameTable, query: int, words: Words, crew: Crew, parts: int) -> Met:
    """One query against all words of a vocabulary, in so many parts."""
    begin = asked.names.first[query]
    rows, scales = _in_fours(asked, begin, asked.names.first[query + 1])
    similar = np.empty((len(rows), len(words.scales)), dtype=np.float32)

    def one(part: tuple[int, int]) -> None:
        _meet(asked, begin, rows, scales, words, part, similar)

    list(crew(one, _parts(len(words.scales), parts)))
    around = Around.of(similar.shape[1])
    look_around(asked.names, query, similar, around)
    return Met(asked, query, similar, around)


def _meet(
    asked: NameTable,
    begin: int,
    rows: Floats,
    scales: Floats,
    words: Words,
    part: tuple[int, int],
    similar: Floats,
) -> None:
    similarities(rows, scales, words, part, similar)
    meet_initials(asked.words, asked.names.words[begin : begin + len(rows)], words, part, similar)


def _in_fours(asked: NameTable, begin: int, end: int) -> tuple[Floats, Floats]:
    """The vectors of the words of some queries as floats, filled up to a number that divides by four, and
    their scales.
    """
    chosen = asked.names.words[begin:end]
    height = -(-len(chosen) // 4) * 4
    rows = np.zeros((height, asked.words.vectors.shape[1]), dtype=np.float32)
    scales = np.zeros(height, dtype=np.float32)
    rows[: len(chosen)], scales[: len(chosen)] = asked.words.vectors[chosen], asked.words.scales[chosen]
    return rows, scales


def _portions(queries: range, asked: NameTable, most: int) -> Iterator[range]:
    """Runs of queries with at most so many words together, or of one query that has more."""
    first, begin = asked.names.first, queries.start
    for query in queries:
        if query > begin and first[query + 1] - first[begin] > most:
            yield range(begin, query)
            begin = query
    if begin < queries.stop:
        yield range(begin, queries.stop)


def _parts(size: int, count: int) -> list[tuple[int, int]]:
    return list(pairwise(size * part // count for part in range(count + 1)))
