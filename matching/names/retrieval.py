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
Flags = NDArray[np.bool_]
# A name is near when the sum of its words points the way of the query's, when each word of the query meets
# one of the name, and each word of the name one of the query: the last finds short names by long ones.
# Measured with bench/names.py: 0.7 to 1.5 find the same names.
MEETING = 1.0
# Words less near than this, either way, are not followed to the names that bear them unless they must be.
_FAR = np.float32(0.42)
_SLACK = np.float32(1.001)  # what rounding may add to a sum
_AS_NEAR = np.float32(1e-5)  # between names that are equally near but for rounding
_FEW_IN = 50  # one name in so many is odd
_TINY = np.float32(1e-6)
_BUCKETS = 64
# columns of `Room.sums`, of the words followed: their nearness to the query and to its words, weighted; their
# share of the name's weight, below zero once the name was looked at; the nearest
_ALONG, _BACK, _SHARE, _TOP = range(4)
_FINE = np.float32(60.0)  # steps of a bound in a byte; no word is nearer to a whole name than 2.1
INITIAL_NEAR = 0.8  # an initial and a word that begins with its sound


class Bearers(NamedTuple):
    """Names by word: those that bear the word at place `words[k]` are names[starts[k]:starts[k + 1]], and it
    has these `shares` of their weights. `odd` are the names whose sum of weights is great for the length of
    their vector, that sum by the length is in `ratios`, and of no other more than `usual`.
    """

    words: NDArray[np.int32]
    starts: Places
    names: NDArray[np.int32]
    shares: Floats
    odd: NDArray[np.int32]
    ratios: Floats
    usual: float


class Room(NamedTuple):
    """Working space of one thread: what is known of each name, all zero between queries, and which names of
    how many buckets.
    """

    sums: Floats
    touched: NDArray[np.int32]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, names: int) -> "Room":
        return cls(
            np.zeros((names, 4), dtype=np.float32),
            np.zeros(names, dtype=np.int32),
            np.zeros(_BUCKETS, dtype=np.int64),
        )


class Around(NamedTuple):
    """How near every word held is to one query: to its words together, to the nearest of them, both in the
    two bytes of a number; and the words that are not far, in order, the first of so many.
    """

    along: Floats
    back: Floats
    bound: NDArray[np.int16]
    close: NDArray[np.int32]
    counted: NDArray[np.int64]

    @classmethod
    def of(cls, words: int) -> "Around":
        """Room for a look through names over so many distinct words."""
        along, back = np.empty((2, words), dtype=np.float32)
        bound, close = np.empty(words, dtype=np.int16), np.empty(words, dtype=np.int32)
        return cls(along, back, bound, close, np.zeros(1, dtype=np.int64))


class Among(NamedTuple):
    """Which names are looked through: those from `bounds[0]` to before `bounds[1]`, of these the ones that
    are `allowed` (all if it is empty), and only for what is nearer than `floor`; in one look only those that
    promise most.
    """

    bounds: tuple[int, int]
    allowed: Flags
    floor: float
    one_look: bool


def bearers_of(names: Names) -> Bearers:
    """The names turned round."""
    owners = np.repeat(np.arange(len(names.norms), dtype=np.int32), np.diff(names.first))
    order = np.argsort(names.words, kind="stable")
    words, starts = np.unique(names.words[order], return_index=True)
    starts = np.append(starts, len(order)).astype(np.int64)
    ratios = np.where(names.by_size > 0.0, names.by_norm / np.maximum(names.by_size, _TINY), 0.0)
    odd = np.argsort(-ratios, kind="stable")[: len(ratios) // _FEW_IN + 1].astype(np.int32)
    usual = float(ratios[odd].min(initial=np.inf)) if len(odd) else 0.0
    shares = (names.weights * names.by_size[owners])[order]
    return Bearers(words, starts, owners[order], shares, odd, ratios[odd].astype(np.float32), usual)


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
    room: Room,
    places: Places,
    scores: Floats,
) -> None:
    """The names nearest to one query, after `look_around`: a row of `nearest`."""
    places[:], scores[:] = -1, among.floor
    weights = asked.weights[asked.first[query] : asked.first[query + 1]]
    if asked.norms[query] > 0.0 and len(weights):
        _look(similar[: len(weights)], weights, held, bearers, among, around, room, places, scores)
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
    room: Room,
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
        nearest_of_one(asked, query, mine, held, bearers, among, around, room, places[row], scores[row])


@inner
def _look(
    similar: Floats,
    weights: Floats,
    held: Names,
    bearers: Bearers,
    among: Among,
    around: Around,
    room: Room,
    places: Places,
    scores: Floats,
) -> None:
    """First those that promise most, so that of the others most need no close look."""
    total = np.float32(0.0)
    for weight in weights:
        total += weight
    if among.one_look or among.floor == -np.inf:
        touched = _tally(bearers, around, among, _FAR, room)
        least = _promising(bearers, room, touched, len(scores))
        for place in range(touched):
            name = room.touched[place]
            if _reach(room.sums[name], _FAR, bearers.usual) >= max(least, scores[0]):
                _try(similar, weights, total, held, name, around, places, scores)
        _clear(room, touched)
        if among.one_look:
            return
        # whoever is nearer than the last of these, or as near, is found in what follows
        places[:], scores[:] = -1, scores[0] - _AS_NEAR
    _look_at_all(similar, weights, total, held, bearers, among, around, room, places, scores)


@inner
def _look_at_all(
    similar: Floats,
    weights: Floats,
    total: np.float32,
    held: Names,
    bearers: Bearers,
    among: Among,
    around: Around,
    room: Room,
    places: Places,
    scores: Floats,
) -> None:
    """Looks closely at whoever can come nearer than those found."""
    # a usual name none of whose words is so near cannot
    far = min(_FAR, max(np.float32(0.0), scores[0] / _most(bearers.usual)))
    touched = _tally(bearers, around, among, far, room)
    for place in range(touched):
        name = room.touched[place]
        if _reach(room.sums[name], far, bearers.usual) >= scores[0]:
            room.sums[name, _SHARE] = -1.0
            _try(similar, weights, total, held, name, around, places, scores)
    for place in range(len(bearers.odd)):
        name = bearers.odd[place]
        near = _reach(room.sums[name], far, bearers.ratios[place]) >= scores[0]
        if near and room.sums[name, _SHARE] >= 0.0 and _may_be(among, name):
            _try(similar, weights, total, held, name, around, places, scores)
    _clear(room, touched)


@inner
def _tally(bearers: Bearers, around: Around, among: Among, far: np.float32, room: Room) -> int:
    """Follows the words at least so near to the names that bear them; how many names are touched."""
    count, k = 0, 0
    if far < _FAR:
        for k in range(len(bearers.words)):
            word = bearers.words[k]
            if around.along[word] >= far or around.back[word] >= far:
                count = _touch(bearers, around, among, k, count, room)
        return count
    for place in range(around.counted[0]):
        word = around.close[place]
        k = _from(bearers.words, k, word)
        if k == len(bearers.words):
            break
        if bearers.words[k] == word:
            count = _touch(bearers, around, among, k, count, room)
    return count


@inner
def _from(words: NDArray[np.int32], low: int, word: int) -> int:
    """The first place from `low` on with this word or a later one: by leaps, since it is often near."""
    step, high = 1, low
    while high < len(words) and words[high] < word:
        low, high, step = high + 1, high + step, 2 * step
    high = min(high, len(words))
    while low < high:
        middle = (low + high) // 2
        if words[middle] < word:
            low = middle + 1
        else:
            high = middle
    return low


@inner
def _touch(bearers: Bearers, around: Around, among: Among, k: int, count: int, room: Room) -> int:
    """Gives the names with one word what it says of them; how many are touched now."""
    sums, along, back = room.sums, around.along[bearers.words[k]], around.back[bearers.words[k]]
    for post in range(bearers.starts[k], bearers.starts[k + 1]):
        name, share = bearers.names[post], bearers.shares[post]
        if share <= 0.0 or not _may_be(among, name):
            continue
        if sums[name, _SHARE] == 0.0:
            room.touched[count] = name
            count += 1
        sums[name, _ALONG] += share * along
        sums[name, _BACK] += share * back
        sums[name, _SHARE] += share
        sums[name, _TOP] = max(sums[name, _TOP], back)
    return count


@inner
def _clear(room: Room, touched: int) -> None:
    for place in range(touched):
        name = room.touched[place]
        for column in range(4):
            room.sums[name, column] = 0.0


@inner
def _reach(sums: Floats, far: np.float32, ratio: float) -> np.float32:
    """How near a name can come of which this is known, the words that were not followed being less near than
    `far`: `_score` over the sum of weights.
    """
    rest = max(np.float32(0.0), np.float32(1.0) - sums[_SHARE]) * far
    there = sums[_BACK] + rest + max(sums[_TOP], far)
    along = np.float32(ratio) * (sums[_ALONG] + rest)
    return np.float32((along + np.float32(MEETING) * there) * _SLACK + _AS_NEAR)


@inner
def _most(ratio: float) -> np.float32:
    return np.float32((ratio + 2.0 * MEETING) * _SLACK)


@inner
def _promising(bearers: Bearers, room: Room, touched: int, wanted: int) -> np.float32:
    """How near the names must be able to come of which there are about so many, or more."""
    counts, step = room.counts, _most(bearers.usual) / np.float32(_BUCKETS)
    counts[:] = 0
    for place in range(touched):
        reach = _reach(room.sums[room.touched[place]], _FAR, bearers.usual)
        counts[min(_BUCKETS - 1, max(0, int(reach / step)))] += 1
    bucket, found = _BUCKETS, 0
    while bucket > 0 and found < wanted:
        bucket -= 1
        found += counts[bucket]
    return np.float32(bucket) * step


@inner
def _may_be(among: Among, name: int) -> bool:
    inside = among.bounds[0] <= name < among.bounds[1]
    return inside and (len(among.allowed) == 0 or bool(among.allowed[name]))


@inner
def _try(
    similar: Floats,
    weights: Floats,
    total: np.float32,
    held: Names,
    name: int,
    around: Around,
    places: Places,
    scores: Floats,
) -> None:
    """Puts a name among the nearest if it is one of them."""
    along, returned, most = np.float32(0.0), np.float32(0.0), np.float32(0.0)
    for place in range(held.first[name], held.first[name + 1]):
        packed, weight = np.int32(around.bound[held.words[place]]), held.weights[place]
        back = np.float32(packed >> 8)
        along += weight * np.float32(packed & 255)
        returned += weight * back
        most = max(most, back)
    reach = along * held.by_norm[name] + np.float32(MEETING) * (returned * held.by_size[name] + most)
    if reach < scores[0] * _FINE or held.by_norm[name] <= 0.0:
        return  # it cannot come nearer than those found
    score = _score(similar, weights, total, held, name, around)
    if _less(scores[0], places[0], score, name):
        _replace_least(places, scores, len(scores), name, score)


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
        if along[word] >= _FAR or back[word] >= _FAR:
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
