"""Compiled retrieval: the names nearest to a query among all that are held, none left out."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, merged, outer, sums
from matching.names.bearers import (
    AS_NEAR,
    FOLLOWED,
    MEETING,
    SHARE,
    Among,
    Around,
    Bearers,
    Floats,
    Places,
    Tallies,
    clear,
    may_be,
    most_of,
    promising,
    reach_of,
    tally,
)
from matching.names.name_table import Names
from matching.names.word_kernels import initial
from matching.names.word_table import Words

_FINE = np.float32(60.0)  # steps of a bound in a byte; no word is nearer to a whole name than 2.1
# Words a little farther than must be are followed too, so that fewer names need a close look.
_CUT = np.float32(0.85)
_TRIED = 12  # names of which one is kept, in the first look
INITIAL_NEAR = 0.8  # an initial and a word that begins with its sound


class Look(NamedTuple):
    """One query, what it is looked for among, and the working space for that; `total` is the sum of the
    weights of its words.
    """

    similar: Floats
    weights: Floats
    total: np.float32
    held: Names
    bearers: Bearers
    among: Among
    around: Around
    tallies: Tallies


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
    bearers: Bearers,
    among: Among,
    around: Around,
    tallies: Tallies,
    places: Places,
    scores: Floats,
) -> None:
    """The names nearest to one query, after `look_around`: a row of `nearest`."""
    places[:], scores[:] = -1, among.floor
    weights = asked.weights[asked.first[query] : asked.first[query + 1]]
    if asked.norms[query] > 0.0 and len(weights):
        total = np.float32(0.0)
        for weight in weights:
            total += weight
        mine = similar[: len(weights)]
        _look(Look(mine, weights, total, held, bearers, among, around, tallies), places, scores)
        _sort(places, scores)


@outer
def nearest(
    asked: Names,
    queries: tuple[int, int],
    similar: Floats,
    held: Names,
    bearers: Bearers,
    among: Among,
    around: Around,
    tallies: Tallies,
    places: Places,
    scores: Floats,
) -> None:
    """Fills a row for each query with the nearest of the names, the nearest first, of equal ones the first;
    -1 and the floor where there are no more.

    `similar` holds the cosines of the queries' words, one after another, with all words held.
    """
    begin = asked.first[queries[0]]
    for query in range(queries[0], queries[1]):
        mine, row = similar[asked.first[query] - begin :], query - queries[0]
        look_around(asked, query, mine, around)
        nearest_of_one(asked, query, mine, held, bearers, among, around, tallies, places[row], scores[row])


@merged
def _try(look: Look, name: int, places: Places, scores: Floats) -> None:
    """Puts a name among the nearest if it is one of them."""
    held, bound = look.held, look.around.bound
    along, returned, most = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for place in range(held.first[name], held.first[name + 1]):
        packed, weight = np.int32(bound[held.words[place]]), held.weights[place]
        back = np.float32(packed >> 8)
        along += weight * np.float32(packed & 255)
        returned += weight * back
        most = max(most, back)
    reach = along * held.by_norm[name] + np.float32(MEETING) * (returned * held.by_size[name] + most)
    if reach < scores[0] * _FINE or held.by_norm[name] <= 0.0:
        return  # it cannot come nearer than those found
    score = _score(look.similar, look.weights, look.total, held, name, look.around)
    if _less(scores[0], places[0], score, name):
        _replace_least(places, scores, len(scores), name, score)


@inner
def _look(look: Look, places: Places, scores: Floats) -> None:
    """First those that promise most, so that of the others most need no close look."""
    among, usual, tallies = look.among, look.bearers.usual, look.tallies
    if among.one_look or among.floor == -np.inf:
        touched = tally(look.bearers, look.around, among, FOLLOWED, tallies)
        least = promising(look.bearers, tallies, touched, _TRIED * len(scores))
        for place in range(touched):
            name = tallies.touched[place]
            if reach_of(tallies.sums[name], FOLLOWED, usual) >= max(least, scores[0]):
                _try(look, name, places, scores)
        clear(tallies, touched)
        if among.one_look:
            return
        # whoever is nearer than the last of these, or as near, is found in what follows
        places[:], scores[:] = -1, scores[0] - AS_NEAR
    _look_at_all(look, places, scores)


@inner
def _look_at_all(look: Look, places: Places, scores: Floats) -> None:
    """Looks closely at whoever can come nearer than those found."""
    bearers, sums = look.bearers, look.tallies.sums
    # a usual name none of whose words is so near cannot
    far = min(FOLLOWED, max(np.float32(0.0), _CUT * scores[0] / most_of(bearers.usual)))
    touched = tally(bearers, look.around, look.among, far, look.tallies)
    for place in range(touched):
        name = look.tallies.touched[place]
        if reach_of(sums[name], far, bearers.usual) >= scores[0]:
            sums[name, SHARE] = -1.0
            _try(look, name, places, scores)
    for place in range(len(bearers.odd)):
        name = bearers.odd[place]
        near = reach_of(sums[name], far, bearers.ratios[place]) >= scores[0]
        if near and sums[name, SHARE] >= 0.0 and may_be(look.among, name):
            _try(look, name, places, scores)
    clear(look.tallies, touched)


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
    along, back, bound = around.along, around.back, around.bound
    along[:], back[:] = np.float32(0.0), np.float32(0.0)
    for k in range(len(weights)):
        weight, row = np.float32(weights[k] * share), similar[k]
        for word in range(len(along)):
            along[word] += weight * row[word]
            back[word] = max(back[word], row[word])
    count = 0
    for word in range(len(along)):
        low = np.int32(min(max(along[word], np.float32(0.0)) * _FINE + np.float32(1.01), np.float32(127.0)))
        high = np.int32(min(back[word] * _FINE + np.float32(1.01), np.float32(127.0)))
        bound[word] = np.int16(high * 256 + low)
        if along[word] >= FOLLOWED or back[word] >= FOLLOWED:
            around.close[count] = word
            count += 1
    around.counted[0] = count


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
