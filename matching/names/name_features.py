"""Compiled features of a pair of full names: words assigned one to one, how near the names are as a whole."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner
from matching.names.name_table import Names
from matching.names.room import Room
from matching.names.word_kernels import cosine, initial
from matching.names.word_table import Words
from matching.names.wordlist import INITIAL

NAME_FEATURES = (
    "agreeing",
    "disagreeing",
    "cosine",
    "alone_left",
    "more_alone_left",
    "alone_right",
    "more_alone_right",
    "alone_both",
    "rarity",
    "bias",
)
_LOW, _HIGH = -5.0, 7.0  # log-odds of a word pair, as far as they count
_LONE = np.float32(INITIAL)  # the weight of an initial
_CLASH = 0.6  # and how much it counts that the word it meets begins otherwise
Floats = NDArray[np.float64]


class Side(NamedTuple):
    """One side of a comparison. `rarity` is in bits for each word of each name; not read of queries."""

    names: Names
    words: Words
    rarity: NDArray[np.float32]


@inner
def weigh(names: Names, name: int, out: Floats) -> None:
    """The weights of the words of one name."""
    first = names.first[name]
    for place in range(names.first[name + 1] - first):
        out[place] = names.weights[first + place]


@inner
def name_cosine(asked: Side, i: int, held: Side, j: int, room: Room) -> float:
    total, lone = 0.0, False
    for a in range(asked.names.first[i], asked.names.first[i + 1]):
        for b in range(held.names.first[j], held.names.first[j + 1]):
            one, two = asked.names.words[a], held.names.words[b]
            lone |= (asked.words.lengths[one] == 1) != (held.words.lengths[two] == 1)
            near = cosine(asked.words, one, held.words, two)
            total += asked.names.weights[a] * held.names.weights[b] * near
    if lone:
        return _shortened_cosine(asked, i, held, j, room)
    norm = asked.names.norms[i] * held.names.norms[j]
    return float(total / norm) if norm > 0.0 else 0.0


@inner
def _shortened_cosine(asked: Side, i: int, held: Side, j: int, room: Room) -> float:
    """The cosine of two names with every word that an initial stands for shortened to that initial."""
    first, held_first = asked.names.first[i], held.names.first[j]
    words_a = asked.names.words[first : asked.names.first[i + 1]]
    words_b = held.names.words[held_first : held.names.first[j + 1]]
    weights_a, weights_b = room.short_a[: len(words_a)], room.short_b[: len(words_b)]
    weigh(asked.names, i, weights_a)
    weigh(held.names, j, weights_b)
    partner = room.partner[: len(words_a)]
    partner[:] = -1
    for a in range(len(words_a)):
        for b in range(len(words_b)):
            lone = initial(asked.words, words_a[a], held.words, words_b[b])
            if lone > 0.0 and not _has(partner, b):
                partner[a] = b
                weights_a[a] = weights_b[b] = min(weights_a[a], weights_b[b])
                break
    total = 0.0
    for a in range(len(words_a)):
        for b in range(len(words_b)):
            near = 1.0 if partner[a] == b else cosine(asked.words, words_a[a], held.words, words_b[b])
            total += weights_a[a] * weights_b[b] * near
    norm = _length(asked.words, words_a, weights_a) * _length(held.words, words_b, weights_b)
    return float(total / norm) if norm > 0.0 else 0.0


@inner
def _has(places: NDArray[np.int64], one: int) -> bool:
    found = False
    for place in places:
        found |= place == one
    return found


@inner
def _length(words: Words, chosen: NDArray[np.int32], weights: Floats) -> float:
    total = 0.0
    for one in range(len(chosen)):
        for two in range(len(chosen)):
            total += weights[one] * weights[two] * cosine(words, chosen[one], words, chosen[two])
    return float(np.sqrt(max(total, 0.0)))


@inner
def fill_name(
    grid: Floats,
    weights_a: Floats,
    weights_b: Floats,
    near: float,
    held: Side,
    first: int,
    room: Room,
    out: Floats,
) -> None:
    """`NAME_FEATURES` of one pair: words assigned best first, one to one; a weight of 0 is no word."""
    height, width = len(weights_a), len(weights_b)
    free_a, free_b = room.free_a, room.free_b
    out[:] = 0.0
    alone_a, alone_b = 0.0, 0.0
    for p in range(height):
        free_a[p] = weights_a[p] > 0.0
        alone_a += weights_a[p]
    for q in range(width):
        free_b[q] = weights_b[q] > 0.0
        alone_b += weights_b[q]
    while True:
        best, a, b = -np.inf, -1, -1
        for p in range(height):
            for q in range(width):
                if free_a[p] and free_b[q] and grid[p, q] > best:
                    best, a, b = grid[p, q], p, q
        if a < 0:
            break
        free_a[a], free_b[b] = False, False
        value = min(max(best, _LOW), _HIGH)
        weight = min(weights_a[a], weights_b[b])
        if value < 0.0 and weight <= _LONE:
            weight = _CLASH
        alone_a -= weights_a[a]
        alone_b -= weights_b[b]
        out[0] += weight * max(value, 0.0) / 5.0
        out[1] += weight * min(value, 0.0) / 5.0
        out[8] += weight / (1.0 + np.exp(-value)) * held.rarity[first + b] / 10.0
    out[2] = near
    out[3], out[4] = min(alone_a, 1.0), max(alone_a - 1.0, 0.0)
    out[5], out[6] = min(alone_b, 1.0), max(alone_b - 1.0, 0.0)
    out[7] = min(alone_a, alone_b)
    out[9] = 1.0
