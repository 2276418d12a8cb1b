"""Ranks names against candidates of any script: learned retrieval, then a closer look at the best."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from matching.names.letter_tables import letters
from matching.names.name_kernels import NAME_FEATURES, Side, score_pairs
from matching.names.name_table import NameTable
from matching.names.retrieval import nearest, similarities
from matching.names.weights import weights

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
RETRIEVED = 60
_PORTION = 2048  # queries prepared together
_TASK = 32  # queries of one task
Ranked = list[tuple[int, float]]


def rank_names(
    queries: Sequence[str], candidates: Sequence[str], top: int = 10
) -> Iterator[tuple[int, Ranked]]:
    """For each query (by place) its best candidates (place, score), best first; empty names get none."""
    yield from NameIndex(candidates).rank(queries, top)


class NameIndex:
    """Candidates prepared once, asked many times, from several threads if need be.

    Scores are log-odds; they depend on the two names and on how common the candidate's words are here.
    """

    def __init__(self, candidates: Sequence[str], threads: int | None = None) -> None:
        self._held = NameTable(candidates)
        self._side = Side(self._held.names, self._held.words, self._held.rarity)
        self._threads = threads or len(os.sched_getaffinity(0))

    def retrieve(self, queries: Sequence[str], count: int) -> list[list[int]]:
        """The places of the `count` nearest candidates of every query, before any closer look."""
        asked = NameTable(queries)
        return [self._nearest(asked, place, count).tolist() for place in range(len(queries))]

    def rank(self, queries: Sequence[str], top: int = 10) -> Iterator[tuple[int, Ranked]]:
        """The best `top` candidates of every query with their scores, equal scores in candidate order."""
        with ThreadPoolExecutor(self._threads) as pool:
            for begin in range(0, len(queries), _PORTION):
                asked = NameTable(queries[begin : begin + _PORTION])
                starts = range(0, len(asked), _TASK)
                for start, found in zip(
                    starts, pool.map(self._some, repeat(asked), starts, repeat(top)), strict=True
                ):
                    yield from enumerate(found, begin + start)

    def _some(self, asked: NameTable, start: int, top: int) -> list[Ranked]:
        count = max(RETRIEVED, top)
        queries = range(start, min(start + _TASK, len(asked)))
        near = [self._nearest(asked, query, count) for query in queries]
        sizes = [len(row) for row in near]
        left = np.repeat(np.array(queries, dtype=np.int64), sizes)
        scores = self._score(asked, left, np.concatenate(near))
        ends = np.cumsum(sizes)
        return [_best(row, scores[end - len(row) : end], top) for row, end in zip(near, ends, strict=True)]

    def _nearest(self, asked: NameTable, query: int, count: int) -> Places:
        names = asked.names
        begin, end = names.first[query], names.first[query + 1]
        similar = np.empty((end - begin, len(self._held.words.scales)), dtype=np.float32)
        similarities(asked.words, names.words[begin:end], self._held.words, similar)
        count = min(count, len(self._held))
        if not count:
            return np.zeros(0, dtype=np.int64)
        places, _ = nearest(similar, names.weights[begin:end], names.norms[query], self._held.names, count)
        return places

    def pair_scores(self, queries: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
        """The scores of (query place, candidate place) pairs."""
        chosen = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        return self._score(NameTable(queries), chosen[:, 0].copy(), chosen[:, 1].copy())

    def _score(self, asked: NameTable, left: Places, right: Places) -> Floats:
        side = Side(asked.names, asked.words, np.zeros(0, dtype=np.float32))
        scores, learned = np.zeros(len(left)), weights()
        no_rows = np.zeros((0, len(NAME_FEATURES)))
        score_pairs(side, self._side, left, right, letters()[0], learned.word, learned.name, scores, no_rows)
        return scores


def _best(places: Places, scores: Floats, top: int) -> Ranked:
    order = np.lexsort((places, -scores))[:top]
    return [(int(places[one]), float(scores[one])) for one in order]
