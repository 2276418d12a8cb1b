"""Compiled retrieval: the names nearest to a query among all that are held, none left out."""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.names.name_table import Names
from matching.names.word_kernels import initial
from matching.names.word_table import Words

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
# A name is near when the sum of its words points the way of the query's, when each word of the query meets
# one of the name, and each word of the name one of the query: the last finds short names by long ones.
# Measured with bench/names.py: 0.7 to 1.5 find the same names.
MEETING = 1.0
_FINE = np.float32(60.0)  # steps of a bound in a byte; no word is nearer to a whole name than 2.1
INITIAL_NEAR = 0.8  # an initial and a word that begins with its sound


@njit(cache=True, nogil=True, fastmath=True)
def similarities(asked: Floats, scales: Floats, held: Words, bounds: tuple[int, int], out: Floats) -> None:
    """out[k, word]: the cosine of row k of `asked` with the words held from bounds[0] to before bounds[1].

    The number of rows divides by four.
    The rows hold whole numbers of a byte, so that their products add up in a float without loss and in any
    order: four at a time are twice as fast as the same sums of integers.
    """
    for k in range(0, len(asked), 4):
        first, second, third, fourth = asked[k], asked[k + 1], asked[k + 2], asked[k + 3]
        for word in range(bounds[0], bounds[1]):
            row = held.vectors[word]
            one, two, three, four = np.float32(0), np.float32(0), np.float32(0), np.float32(0)
            for column in range(asked.shape[1]):
                value = np.float32(row[column])
                one += first[column] * value
                two += second[column] * value
                three += third[column] * value
                four += fourth[column] * value
            scale = held.scales[word]
            out[k, word] = one * scales[k] * scale
            out[k + 1, word] = two * scales[k + 1] * scale
            out[k + 2, word] = three * scales[k + 2] * scale
            out[k + 3, word] = four * scales[k + 3] * scale


@njit(cache=True, nogil=True)
def meet_initials(
    asked: Words, chosen: NDArray[np.int32], held: Words, bounds: tuple[int, int], out: Floats
) -> None:
    """Where either of two words is an initial, they are as near as their first sounds allow."""
    any_asked = False
    for k in range(len(chosen)):
        any_asked |= asked.lengths[chosen[k]] == 1
    for word in range(bounds[0], bounds[1]):
        if not any_asked and held.lengths[word] != 1:
            continue
        for k in range(len(chosen)):
            lone = initial(asked, chosen[k], held, word)
            if not np.isnan(lone):
                out[k, word] = INITIAL_NEAR if lone > 0.0 else 0.0


@njit(cache=True, nogil=True)
def nearest(
    similar: Floats, weights: Floats, norm: float, held: Names, bounds: tuple[int, int], count: int
) -> tuple[Places, Floats]:
    """The `count` nearest of the names from `bounds[0]` to before `bounds[1]` and how near they are, in the
    order held.
    """
    places = np.full(count, -1, dtype=np.int64)
    scores = np.full(count, -np.inf, dtype=np.float32)
    total = weights.sum()
    if norm <= 0.0 or total <= 0.0:
        return places[:0], scores[:0]
    along_word, back_word = np.zeros((2, similar.shape[1]), dtype=np.float32)
    _by_word(similar, weights, float(1.0 / norm), along_word, back_word)
    bound = _bounds(along_word, back_word)
    best = np.zeros(len(weights), dtype=np.float32)
    for name in range(bounds[0], bounds[1]):
        begin, end = held.first[name], held.first[name + 1]
        along, returned, most = np.float32(0.0), np.float32(0.0), np.float32(0.0)
        for place in range(begin, end):
            word, weight = held.words[place], held.weights[place]
            back = np.float32(bound[word, 1])
            along += weight * np.float32(bound[word, 0])
            returned += weight * back
            most = max(most, back)
        reach = along * held.by_norm[name] + np.float32(MEETING) * (returned * held.by_size[name] + most)
        if reach < scores[0] * _FINE or held.by_norm[name] <= 0.0:
            continue  # it cannot come nearer than those found
        score = _score(similar, weights, along_word, back_word, held, name, best)
        if score > scores[0]:
            _replace_least(places, scores, name, float(score))
    kept = places >= 0
    places, scores = places[kept], scores[kept]
    order = np.argsort(places)
    return places[order], scores[order]


@njit(cache=True, nogil=True)
def _score(
    similar: Floats,
    weights: Floats,
    along_word: Floats,
    back_word: Floats,
    held: Names,
    name: int,
    best: Floats,
) -> np.float32:
    best[:] = 0.0
    along, returned = np.float32(0.0), np.float32(0.0)
    for place in range(held.first[name], held.first[name + 1]):
        word, weight = held.words[place], held.weights[place]
        along += weight * along_word[word]
        returned += weight * back_word[word]
        for k in range(len(weights)):
            best[k] = max(best[k], similar[k, word])
    meeting, total = np.float32(0.0), np.float32(0.0)
    for k in range(len(weights)):
        meeting += weights[k] * best[k]
        total += weights[k]
    there = returned * held.by_size[name] + meeting / total
    return np.float32(along * held.by_norm[name] + np.float32(MEETING) * there)


@njit(cache=True, nogil=True, fastmath=True)
def _by_word(similar: Floats, weights: Floats, share: float, along: Floats, back: Floats) -> None:
    """For each word held: its weighted cosines with the words of the query together, and the greatest."""
    for k in range(len(weights)):
        weight, row = np.float32(weights[k] * share), similar[k]
        for word in range(len(along)):
            along[word] += weight * row[word]
            back[word] = max(back[word], row[word])


@njit(cache=True, nogil=True, fastmath=True)
def _bounds(along: Floats, back: Floats) -> NDArray[np.int8]:
    """The same in bytes, rounded up: a table small enough to stay near the processor."""
    found = np.empty((len(along), 2), dtype=np.int8)
    for word in range(len(along)):
        found[word, 0] = np.int8(min(along[word] * _FINE + np.float32(1.01), np.float32(127.0)))
        found[word, 1] = np.int8(min(back[word] * _FINE + np.float32(1.01), np.float32(127.0)))
    return found


@njit(cache=True, nogil=True)
def _replace_least(places: Places, scores: Floats, name: int, score: float) -> None:
    """The arrays are a heap with the least near name on top."""
    at = 0
    size = len(scores)
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _less(scores, places, child + 1, child):
            child += 1
        if scores[child] >= score:
            break
        scores[at], places[at] = scores[child], places[child]
        at = child
    scores[at], places[at] = score, name


@njit(cache=True, nogil=True)
def _less(scores: Floats, places: Places, one: int, two: int) -> bool:
    """Of equal scores the later name goes first."""
    if scores[one] != scores[two]:
        return bool(scores[one] < scores[two])
    return bool(places[one] > places[two])
