"""Ranks names against candidates of any script: learned retrieval, then a closer look at the best."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.names.scoring import WordedNames, name_scores

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
RETRIEVED = 60
_CHUNK = 256  # queries at a time
_SCORES = 16_000_000  # scores held at once: 64 MB


def rank_names(
    queries: Sequence[str], candidates: Sequence[str], top: int = 10
) -> Iterator[tuple[int, list[tuple[int, float]]]]:
    """For each query (by place) its best candidates (place, score), best first; empty names get none."""
    yield from NameIndex(candidates).rank(queries, top)


class NameIndex:
    """Candidates prepared once, asked many times. Scores depend on the pair of names only."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self._held = WordedNames(candidates)

    def retrieve(self, queries: Sequence[str], count: int) -> list[list[int]]:
        """The places of the `count` nearest candidates of every query, before any closer look."""
        asked = WordedNames(queries)
        found: list[list[int]] = []
        for places in self._chunks(len(queries)):
            found += self._nearest(asked, places, count).tolist()
        return found

    def _chunks(self, count: int) -> Iterator[Places]:
        size = max(1, min(_CHUNK, _SCORES // max(len(self._held.names), 1)))
        for begin in range(0, count, size):
            yield np.arange(begin, min(begin + size, count))

    def _nearest(self, asked: WordedNames, places: Places, count: int) -> Places:
        size = len(self._held.names)
        count = min(count, size)
        scores = asked.names[places] @ self._held.names.T
        if count < size:
            best = np.argpartition(-scores, count - 1, axis=1)[:, :count]
        else:
            best = np.tile(np.arange(size), (len(scores), 1))
        order = np.argsort(-np.take_along_axis(scores, best, axis=1), axis=1, kind="stable")
        return np.asarray(np.take_along_axis(best, order, axis=1))

    def rank(self, queries: Sequence[str], top: int = 10) -> Iterator[tuple[int, list[tuple[int, float]]]]:
        """The best `top` candidates of every query with their scores, equal scores in candidate order."""
        if not len(self._held.names):
            yield from ((place, []) for place in range(len(queries)))
            return
        asked = WordedNames(queries)
        for places in self._chunks(len(queries)):
            yield from self._ranked(asked, places, top)

    def _ranked(
        self, asked: WordedNames, places: Places, top: int
    ) -> Iterator[tuple[int, list[tuple[int, float]]]]:
        near = self._nearest(asked, places, max(RETRIEVED, top))
        count = near.shape[1]
        scores = self._score(asked, np.repeat(places, count), near.ravel()).reshape(near.shape)
        for place, row, score in zip(places.tolist(), near, scores, strict=True):
            if not asked.weights[place].any():
                yield place, []
                continue
            named = self._held.weights[row].any(axis=1)
            order = [one for one in np.lexsort((row, -score)) if named[one]][:top]
            yield place, [(int(row[one]), float(score[one])) for one in order]

    def pair_scores(self, queries: Sequence[str], pairs: Sequence[tuple[int, int]]) -> Floats:
        """The scores of (query place, candidate place) pairs."""
        asked = WordedNames(queries)
        return self._score(asked, np.array([q for q, _ in pairs]), np.array([c for _, c in pairs]))

    def _score(self, asked: WordedNames, left: Places, right: Places) -> Floats:
        return name_scores(asked, self._held, left, right)
