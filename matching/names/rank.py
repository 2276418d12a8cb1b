"""Ranks names against candidates of any script: learned retrieval, then a closer look at the best."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import repeat
from queue import Empty

import numpy as np
from numpy.typing import NDArray

from matching.names.bearers import mark
from matching.names.letter_tables import letters
from matching.names.name_features import NAME_FEATURES, Side
from matching.names.name_kernels import score_pairs
from matching.names.name_table import NameTable
from matching.names.nearest import Met, Nearest, Within
from matching.names.room import Room, room
from matching.names.weights import weights

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Marks = NDArray[np.uint8]
RETRIEVED = 50
_PORTION = 2048  # queries under way at a time
_TASK = 64  # queries of one task
_FEW, _MANY = 4, 50_000  # so few queries among so many names: the threads share each of them
Ranked = list[tuple[int, float]]


def rank_names(
    queries: Sequence[str], candidates: Sequence[str], top: int = 10, threads: int = 1
) -> Iterator[tuple[int, Ranked]]:
    """For each query (by place) its best candidates (place, score), best first; empty names get none."""
    yield from NameIndex.of(candidates, threads).rank(queries, top)


class NameIndex:
    """Candidates prepared once, asked many times, from several threads if need be.

    Scores are log-odds; they depend on the two names and on how common the candidate's words are here, never
    on the number of threads.
    """

    def __init__(self, held: NameTable, threads: int = 1) -> None:
        self._held = held
        self._near = Nearest.of(held)
        self._threads = threads

    @classmethod
    def of(cls, candidates: Sequence[str], threads: int = 1) -> "NameIndex":
        return cls(NameTable(candidates), threads)

    def retrieve(self, queries: Sequence[str], count: int) -> list[list[int]]:
        """The places of the `count` nearest candidates of every query, before any closer look; `count` is
        at least one.
        """
        if count < 1:
            raise ValueError("at least one candidate has to be asked for")
        asked = NameTable(queries)
        return [places.tolist() for places in self._near.each(asked, range(len(queries)), count)]

    def rank(self, queries: Sequence[str], top: int = 10) -> Iterator[tuple[int, Ranked]]:
        """The best `top` candidates of every query with their scores, equal scores in candidate order."""
        with ThreadPoolExecutor(self._threads) as pool:
            for begin in range(0, len(queries), _PORTION):
                asked = queries[begin : begin + _PORTION]
                if len(asked) <= _FEW and len(self._held) > _MANY:
                    yield from enumerate(self._one_by_one(NameTable(asked), top, pool), begin)
                    continue
                tasks = [asked[start : start + _TASK] for start in range(0, len(asked), _TASK)]
                for number, ranked in enumerate(pool.map(self._some, tasks, repeat(top))):
                    yield from enumerate(ranked, begin + number * _TASK)

    def nearest(self, met: Met, count: int, within: Within) -> tuple[Places, NDArray[np.float32]]:
        """The `count` nearest candidates of one query that met the vocabulary of this index, before any
        closer look, and how near they are, comparable between indices.
        """
        return self._near.of_met(met, count, within)

    def marked(self, words: Places, marks: Marks, most: int) -> Marks:
        """For every candidate the least mark of its words, of words at these places in the vocabulary; `most`
        where it has none of them.
        """
        found = np.full(len(self._held), most, dtype=np.uint8)
        mark(self._near.bearers, words, marks, found)
        return found

    def scores(self, met: Met, places: Places) -> Floats:
        """The scores of candidates against a query that met the vocabulary."""
        return self._score(met.asked, np.full(len(places), met.query, dtype=np.int64), places)

    def pair_scores(self, queries: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
        """The scores of (query place, candidate place) pairs."""
        chosen = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return self._score(NameTable(queries), chosen[:, 0].copy(), chosen[:, 1].copy())

    def _some(self, queries: Sequence[str], top: int) -> list[Ranked]:
        asked = NameTable(queries)
        places = range(len(asked))
        return self._look(asked, places, self._near.each(asked, places, max(RETRIEVED, top)), top)

    def _one_by_one(self, asked: NameTable, top: int, pool: ThreadPoolExecutor) -> list[Ranked]:
        queries, count = range(len(asked)), max(RETRIEVED, top)
        near = [self._near.shared(asked, query, count, pool, self._threads) for query in queries]
        return self._look(asked, queries, near, top)

    def _look(self, asked: NameTable, queries: range, near: list[Places], top: int) -> list[Ranked]:
        sizes = [len(row) for row in near]
        left = np.repeat(np.array(queries, dtype=np.int64), sizes)
        scores = self._score(asked, left, np.concatenate(near))
        ends = np.cumsum(sizes)
        return [_best(row, scores[end - len(row) : end], top) for row, end in zip(near, ends, strict=True)]

    def _score(self, asked: NameTable, left: Places, right: Places) -> Floats:
        side = Side(asked.names, asked.words, np.zeros(0, dtype=np.float32))
        held = Side(self._held.names, self._held.words, self._held.rarity)
        scores, learned = np.zeros(len(left)), weights()
        no_rows = np.zeros((0, len(NAME_FEATURES)))
        tables = letters()[0]
        with self._room() as space:
            score_pairs(side, held, left, right, tables, learned.word, learned.name, space, scores, no_rows)
        return scores

    @contextmanager
    def _room(self) -> Iterator[Room]:
        """Working space: it is large, and used again and again."""
        rooms, words, learned = self._held.vocabulary.rooms, len(self._held.words.scales), weights()
        try:
            found = rooms.get_nowait()
        except Empty:
            found = None
        if found is None or len(found.stamps) < words:
            found = room(words, len(learned.word), len(learned.name))
        yield found
        rooms.put(found)


def _best(places: Places, scores: Floats, top: int) -> Ranked:
    order = np.lexsort((places, -scores))[:top]
    return [(int(places[one]), float(scores[one])) for one in order]
