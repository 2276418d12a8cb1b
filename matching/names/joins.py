"""Names written in one word on one side and in two on the other: محمدرضا = Mohammad Reza, Магомед-Расул =
محمدرسول.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.names.encoder import encoder
from matching.names.wordpairs import Words, word_logits

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
_SURE = 4.0  # log-odds from which a word has found its partner and is not joined to another
_LEAST_COSINE = 0.35
_MAX_PER_PAIR = 2


@dataclass(slots=True)
class LongShort:
    """Pairs of names turned so that the name of more words comes first.

    `grid` is [pair, long word, short word]; the weights are changed where words were joined.
    """

    grid: Floats
    long_places: Places
    short_places: Places
    long_weights: Floats


def join_words(
    pairs: LongShort, long_words: list[str], long_vectors: Floats, short: Words, short_vectors: Floats
) -> NDArray[np.bool_]:
    """Joins, in place, two neighbouring words of the long name that together are one word of the short
    name.

    Returns which pairs were changed.
    """
    spots = _candidates(pairs, long_vectors, short_vectors)
    changed = np.zeros(len(pairs.grid), dtype=bool)
    if not len(spots):
        return changed
    one = pairs.long_places[spots[:, 0], spots[:, 1]]
    two = pairs.long_places[spots[:, 0], spots[:, 1] + 1]
    codes = one * len(long_words) + two
    distinct, back = np.unique(codes, return_inverse=True)
    size = len(long_words)
    texts = [long_words[code // size] + long_words[code % size] for code in distinct.tolist()]
    joined, vectors = Words(texts), encoder().vectors(texts)
    met = np.stack([back, pairs.short_places[spots[:, 0], spots[:, 2]]], axis=1)
    unique, where = np.unique(met, axis=0, return_inverse=True)
    cosine = (vectors[unique[:, 0]] * short_vectors[unique[:, 1]]).sum(1)
    value = word_logits(joined, short, unique, cosine)[where.ravel()]
    return _taken(pairs, spots, value, changed)


def _taken(pairs: LongShort, spots: Places, value: Floats, changed: NDArray[np.bool_]) -> NDArray[np.bool_]:
    taken: dict[int, int] = {}
    for number in np.argsort(-value, kind="stable").tolist():
        if value[number] <= 0:
            break
        pair, word, partner = spots[number].tolist()
        if taken.get(pair, 0) < _MAX_PER_PAIR and _join(pairs, pair, word, partner, float(value[number])):
            taken[pair] = taken.get(pair, 0) + 1
            changed[pair] = True
    return changed


def _candidates(pairs: LongShort, long_vectors: Floats, short_vectors: Floats) -> Places:
    """(pair, first long word, short word) of words without a sure partner whose sounds add up."""
    best_long, best_short = pairs.grid.max(axis=2), pairs.grid.max(axis=1)
    free_long = (pairs.long_places >= 0) & (best_long < _SURE)
    free_short = (pairs.short_places >= 0) & (best_short < _SURE)
    both = free_long[:, :-1] & free_long[:, 1:]
    spots = np.argwhere(both[:, :, None] & free_short[:, None, :])
    if not len(spots):
        return spots
    one = pairs.long_places[spots[:, 0], spots[:, 1]]
    two = pairs.long_places[spots[:, 0], spots[:, 1] + 1]
    added = long_vectors[one] + long_vectors[two]
    target = short_vectors[pairs.short_places[spots[:, 0], spots[:, 2]]]
    cosine = (added * target).sum(1) / (np.linalg.norm(added, axis=1) + 1e-6)
    return np.asarray(spots[cosine > _LEAST_COSINE])


def _join(pairs: LongShort, pair: int, word: int, partner: int, value: float) -> bool:
    weights = pairs.long_weights[pair]
    if weights[word] <= 0 or weights[word + 1] <= 0 or pairs.grid[pair, word, partner] > value:
        return False
    if pairs.grid[pair, word + 1, partner] > value:
        return False
    pairs.grid[pair, word : word + 2, :] = -np.inf
    pairs.grid[pair, :, partner] = -np.inf
    pairs.grid[pair, word, partner] = value
    weights[word] += weights[word + 1]
    weights[word + 1] = 0.0
    return True


def words_in(places: Places) -> NDArray[np.int64]:
    """How many words each name has."""
    return np.asarray((places >= 0).sum(axis=1))
