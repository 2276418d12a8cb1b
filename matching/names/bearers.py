"""Names by the words that they have: whom the words near to a query lead to, and how near those can come."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, outer
from matching.names.name_table import Names

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
Marks = NDArray[np.uint8]
# A name is near when the sum of its words points the way of the query's, when each word of the query meets
# one of the name, and each word of the name one of the query: the last finds short names by long ones.
# Measured with bench/names.py: 0.7 to 1.5 find the same names.
MEETING = 1.0
# Words less near than this, either way, are not followed to the names that bear them unless they must be.
FOLLOWED = np.float32(0.42)
_SLACK = np.float32(1.001)  # what rounding may add to a sum
AS_NEAR = np.float32(1e-5)  # between names that are equally near but for rounding
_FEW_IN = 50  # one name in so many is odd
_TINY = np.float32(1e-6)
_BUCKETS = 64
# columns of `Tallies.sums`, of the words followed: their nearness to the query and to its words, weighted;
# their share of the name's weight, below zero once the name was looked at; the nearest
_ALONG, _BACK, SHARE, _TOP = range(4)


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


class Tallies(NamedTuple):
    """Working space of one thread: what is known of each name, all zero between queries; of which names; and
    how many can come how near.
    """

    sums: Floats
    touched: NDArray[np.int32]
    counts: NDArray[np.int64]

    @classmethod
    def of(cls, names: int) -> "Tallies":
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


@outer
def mark(bearers: Bearers, words: Places, marks: Marks, out: Marks) -> None:
    """Lowers `out` for the names that bear one of these words, which stand in order, to its mark."""
    k = 0
    for place in range(len(words)):
        k = _from(bearers.words, k, words[place])
        if k == len(bearers.words):
            break
        if bearers.words[k] == words[place]:
            for post in range(bearers.starts[k], bearers.starts[k + 1]):
                out[bearers.names[post]] = min(out[bearers.names[post]], marks[place])


@inner
def tally(bearers: Bearers, around: Around, among: Among, far: np.float32, tallies: Tallies) -> int:
    """Follows the words at least so near to the names that bear them; how many names are touched."""
    count, k = 0, 0
    if far < FOLLOWED:
        for k in range(len(bearers.words)):
            word = bearers.words[k]
            if around.along[word] >= far or around.back[word] >= far:
                count = _touch(bearers, around, among, k, count, tallies)
        return count
    for place in range(around.counted[0]):
        word = around.close[place]
        k = _from(bearers.words, k, word)
        if k == len(bearers.words):
            break
        if bearers.words[k] == word:
            count = _touch(bearers, around, among, k, count, tallies)
    return count


@inner
def _touch(bearers: Bearers, around: Around, among: Among, k: int, count: int, tallies: Tallies) -> int:
    """Gives the names with one word what it says of them; how many are touched now."""
    sums, along, back = tallies.sums, around.along[bearers.words[k]], around.back[bearers.words[k]]
    for post in range(bearers.starts[k], bearers.starts[k + 1]):
        name, share = bearers.names[post], bearers.shares[post]
        if share <= 0.0 or not may_be(among, name):
            continue
        if sums[name, SHARE] == 0.0:
            tallies.touched[count] = name
            count += 1
        sums[name, _ALONG] += share * along
        sums[name, _BACK] += share * back
        sums[name, SHARE] += share
        sums[name, _TOP] = max(sums[name, _TOP], back)
    return count


@inner
def clear(tallies: Tallies, touched: int) -> None:
    for place in range(touched):
        name = tallies.touched[place]
        for column in range(4):
            tallies.sums[name, column] = 0.0


@inner
def reach_of(sums: Floats, far: np.float32, ratio: float) -> np.float32:
    """How near a name can come of which this is known, the words that were not followed being less near than
    `far`: `_score` over the sum of weights.
    """
    rest = max(np.float32(0.0), np.float32(1.0) - sums[SHARE]) * far
    there = sums[_BACK] + rest + max(sums[_TOP], far)
    # one that points away may have a smaller ratio, and so point away less
    along = np.float32(ratio) * max(np.float32(0.0), sums[_ALONG] + rest)
    return np.float32((along + np.float32(MEETING) * there) * _SLACK + AS_NEAR)


@inner
def most_of(ratio: float) -> np.float32:
    return np.float32((ratio + 2.0 * MEETING) * _SLACK)


@inner
def promising(bearers: Bearers, tallies: Tallies, touched: int, wanted: int) -> np.float32:
    """How near the names must be able to come of which there are about so many, or more."""
    counts, step = tallies.counts, most_of(bearers.usual) / np.float32(_BUCKETS)
    counts[:] = 0
    for place in range(touched):
        reach = reach_of(tallies.sums[tallies.touched[place]], FOLLOWED, bearers.usual)
        counts[min(_BUCKETS - 1, max(0, int(reach / step)))] += 1
    bucket, found = _BUCKETS, 0
    while bucket > 0 and found < wanted:
        bucket -= 1
        found += counts[bucket]
    return np.float32(bucket) * step


@inner
def may_be(among: Among, name: int) -> bool:
    inside = among.bounds[0] <= name < among.bounds[1]
    return inside and (len(among.allowed) == 0 or bool(among.allowed[name]))
