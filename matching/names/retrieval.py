"""Compiled retrieval: the names nearest to a query among all that are held, none left out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, outer, sums
from matching.names.name_table import Names
from matching.names.word_kernels import initial
from matching.names.word_table import Words

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
# A name is near when the sum of its words points the way of the query's, when each word of the query meets
# one of the name, and each word of the name one of the query: the last finds short names by long ones.
# Measured with bench/names.py: 0.7 to 1.5 find the same names.
MEETING = 1.0
# Words less near than this, either way, are cold: of a million names nine in ten have only cold words, and
# need no sums to be passed over.
_COLD = np.float32(0.25)
_COLD_AT_MOST = np.float32(0.251)
_FINE = np.float32(60.0)  # steps of a bound in a byte; no word is nearer to a whole name than 2.1
INITIAL_NEAR = 0.8  # an initial and a word that begins with its sound


class Around(NamedTuple):
    """How near every word held is to one query: to its words together, to the nearest of them, both in the
    two bytes of a number; and a bit for each that is not cold.
    """

    along: Floats
    back: Floats
    bound: NDArray[np.int16]
    warm: NDArray[np.uint8]

    @classmethod
    def of(cls, words: int) -> "Around":
        """Room for a look through names over so many distinct words."""
        along, back = np.empty((2, words), dtype=np.float32)
        return cls(along, back, np.empty(words, dtype=np.int16), np.empty(words // 8 + 1, dtype=np.uint8))


@sums
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


@outer
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


@outer
def look_around(asked: Names, query: int, similar: Floats, around: Around) -> None:
    """How near every word is to one query; `similar` begins with the cosines of its words."""
    weights = asked.weights[asked.first[query] : asked.first[query + 1]]
    if asked.norms[query] > 0.0 and len(weights):
        _by_word(similar[: len(weights)], weights, 1.0 / asked.norms[query], around)


@outer
def nearest_of_one(
    asked: Names,
    query: int,
    similar: Floats,
    held: Names,
    bounds: tuple[int, int],
    around: Around,
    places: Places,
    scores: Floats,
) -> None:
    """The names nearest to one query, after `look_around`: a row of `nearest`."""
    places[:], scores[:] = -1, -np.inf
    weights = asked.weights[asked.first[query] : asked.first[query + 1]]
    if asked.norms[query] > 0.0 and len(weights):
        _look(similar[: len(weights)], weights, held, bounds, around, places, scores)
        _sort(places, scores)


@outer
def nearest(
    asked: Names,
    queries: tuple[int, int],
    similar: Floats,
    held: Names,
    bounds: tuple[int, int],
    around: Around,
    places: Places,
    scores: Floats,
) -> None:
    """Fills a row for each query with the nearest of the names from `bounds[0]` to before `bounds[1]`, the
    nearest first, of equal ones the first; -1 and minus infinity where there are no more.

    `similar` holds the cosines of the queries' words, one after another, with all words held.
    """
    begin = asked.first[queries[0]]
    for query in range(queries[0], queries[1]):
        mine, row = similar[asked.first[query] - begin :], query - queries[0]
        look_around(asked, query, mine, around)
        nearest_of_one(asked, query, mine, held, bounds, around, places[row], scores[row])


@inner
def _look(
    similar: Floats,
    weights: Floats,
    held: Names,
    bounds: tuple[int, int],
    around: Around,
    places: Places,
    scores: Floats,
) -> None:
    total = np.float32(0.0)
    for weight in weights:
        total += weight
    for name in range(bounds[0], bounds[1]):
        if _passed_over(held, name, around.warm, scores[0]):
            continue
        along, returned, most = np.float32(0.0), np.float32(0.0), np.float32(0.0)
        for place in range(held.first[name], held.first[name + 1]):
            packed, weight = np.int32(around.bound[held.words[place]]), held.weights[place]
            back = np.float32(packed >> 8)
            along += weight * np.float32(packed & 255)
            returned += weight * back
            most = max(most, back)
        reach = along * held.by_norm[name] + np.float32(MEETING) * (returned * held.by_size[name] + most)
        if reach < scores[0] * _FINE or held.by_norm[name] <= 0.0:
            continue  # it cannot come nearer than those found
        score = _score(similar, weights, total, held, name, around)
        if score > scores[0]:
            _replace_least(places, scores, len(scores), name, score)


@inner
def _passed_over(held: Names, name: int, warm: NDArray[np.uint8], least: np.float32) -> bool:
    """Whether a name has only cold words and so cannot come near enough: `_score` over the sum of weights."""
    by_size = held.by_size[name]
    reach = _COLD_AT_MOST * (held.by_norm[name] + np.float32(2.0 * MEETING) * by_size)
    if reach >= least * by_size:
        return False
    for place in range(held.first[name], held.first[name + 1]):
        word = held.words[place]
        if warm[word >> 3] >> (word & 7) & 1:
            return False
    return True


@inner
def _score(
    similar: Floats, weights: Floats, total: np.float32, held: Names, name: int, around: Around
) -> np.float32:
    along, returned = np.float32(0.0), np.float32(0.0)
    begin, end = held.first[name], held.first[name + 1]
    for place in range(begin, end):
        word, weight = held.words[place], held.weights[place]
        along += weight * around.along[word]
        returned += weight * around.back[word]
    meeting = np.float32(0.0)
    for k in range(len(weights)):
        best = np.float32(0.0)
        for place in range(begin, end):
            best = max(best, similar[k, held.words[place]])
        meeting += weights[k] * best
    there = returned * held.by_size[name] + meeting / total
    return np.float32(along * held.by_norm[name] + np.float32(MEETING) * there)


@sums
def _by_word(similar: Floats, weights: Floats, share: float, around: Around) -> None:
    """For each word held: its weighted cosines with the words of the query together, and the greatest; both
    in a byte too, rounded up: a table small enough to stay near the processor.
    """
    along, back, bound, warm = around.along, around.back, around.bound, around.warm
    along[:], back[:], warm[:] = np.float32(0.0), np.float32(0.0), np.uint8(0)
    for k in range(len(weights)):
        weight, row = np.float32(weights[k] * share), similar[k]
        for word in range(len(along)):
            along[word] += weight * row[word]
            back[word] = max(back[word], row[word])
    for word in range(len(along)):
        low = np.int32(min(max(along[word], np.float32(0.0)) * _FINE + np.float32(1.01), np.float32(127.0)))
        high = np.int32(min(back[word] * _FINE + np.float32(1.01), np.float32(127.0)))
        bound[word] = np.int16(high * 256 + low)
        if along[word] > _COLD or back[word] > _COLD:
            warm[word >> 3] |= np.uint8(1 << (word & 7))


@inner
def _sort(places: Places, scores: Floats) -> None:
    """The heap of the nearest, taken apart from the least."""
    for end in range(len(scores) - 1, 0, -1):
        place, score = places[0], scores[0]
        _replace_least(places, scores, end, places[end], scores[end])
        places[end], scores[end] = place, score


@inner
def _replace_least(places: Places, scores: Floats, size: int, name: int, score: np.float32) -> None:
    """The first `size` of the arrays are a heap with the least near name on top."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and _less(scores[child + 1], places[child + 1], scores[child], places[child]):
            child += 1
        if not _less(scores[child], places[child], score, name):
            break
        scores[at], places[at] = scores[child], places[child]
        at = child
    scores[at], places[at] = score, name


@inner
def _less(one: np.float32, name: int, two: np.float32, other: int) -> bool:
    """Of equal scores the later name is the lesser."""
    return bool(one < two) if one != two else bool(name > other)
