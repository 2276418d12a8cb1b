"""Compiled scores of pairs of full names: the words of one side are assigned to those of the other.

Words may stand in any order; two neighbouring words may be one word of the other side (محمدرضا = Mohammad
Reza).
"""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.names.letter_kernels import UNLIKE, alone_bits, chunk_numbers
from matching.names.letter_tables import Letters
from matching.names.name_table import Names
from matching.names.word_kernels import (
    LEAST_COSINE,
    NEVER,
    Spelled,
    cosine,
    dot,
    fill_features,
    grouped,
    initial,
    ratio,
)
from matching.names.word_table import Words
from matching.names.wordlist import INITIAL, MAX_WORDS

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
_SURE = 4.0  # a word with such a partner is not joined to its neighbour
_JOIN_EQUAL, _JOIN_UNEQUAL = 0.6, 0.4  # how near two names of equal or unequal word count are to try joins
_JOIN_COSINE = 0.3
_JOIN_LEAST = -4.0  # log-odds of two words with one, from which joining is worth a try
_MOST_JOINS = 2
_SLOTS = 1024
_LONE = np.float32(INITIAL)  # the weight of an initial
_CLASH = 0.6  # and how much it counts that the word it meets begins otherwise
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


class Side(NamedTuple):
    """One side of a comparison. `rarity` is in bits for each word; zero for words of queries."""

    names: Names
    words: Words
    rarity: NDArray[np.float32]


@njit(cache=True, nogil=True)
def score_pairs(
    asked: Side,
    held: Side,
    left: Places,
    right: Places,
    tables: Letters,
    word_weights: Floats,
    name_weights: Floats,
    out: Floats,
    rows: Floats,
) -> None:
    """Fills the log-odds that the names at `left` and `right` are one name; equal `left` stand together.

    Where `rows` has room, the features of the pairs with no words joined are kept too.
    """
    met = np.zeros((_SLOTS, MAX_WORDS))
    stamps = np.zeros(len(held.words.scales), dtype=np.int64)
    slots = np.zeros(len(held.words.scales), dtype=np.int64)
    chunks = np.full((3, MAX_WORDS, 21, 4), -1, dtype=np.int16)
    other, work = np.full((21, 4), -1, dtype=np.int16), np.zeros((22, 22))
    features, grid = np.zeros(len(name_weights)), np.zeros((MAX_WORDS, MAX_WORDS))
    word_row = np.zeros(len(word_weights))
    generation, used, current = 0, _SLOTS, np.int64(-1)
    for row in range(len(left)):
        i, j = left[row], right[row]
        first, last = held.names.first[j], held.names.first[j + 1]
        count = asked.names.first[i + 1] - asked.names.first[i]
        if i != current or used + MAX_WORDS > _SLOTS:
            generation, used, current = generation + 1, 0, i
            _prepare(asked, i, tables, chunks)
        for place in range(first, last):
            word = held.names.words[place]
            if stamps[word] != generation:
                stamps[word], slots[word] = generation, used
                _meet(
                    asked, i, held.words, word, tables, chunks, other, work, word_row, word_weights, met[used]
                )
                used += 1
            grid[:count, place - first] = met[slots[word], :count]
        near = _name_cosine(asked, i, held, j)
        weights_a = asked.names.weights[asked.names.first[i] : asked.names.first[i + 1]].astype(np.float64)
        weights_b = held.names.weights[first:last].astype(np.float64)
        _fill(grid, weights_a, weights_b, near, held, first, features)
        if row < len(rows):
            rows[row] = features
        score = dot(features, name_weights)
        if near > (_JOIN_EQUAL if count == last - first else _JOIN_UNEQUAL):
            score = max(
                score,
                _joined(asked, i, held, j, grid, near, True, tables, word_weights, name_weights),
                _joined(asked, i, held, j, grid, near, False, tables, word_weights, name_weights),
            )
        out[row] = score


@njit(cache=True, nogil=True)
def _prepare(asked: Side, i: int, tables: Letters, chunks: NDArray[np.int16]) -> None:
    first = asked.names.first[i]
    for k in range(asked.names.first[i + 1] - first):
        word = asked.names.words[first + k]
        script = asked.words.scripts[word]
        if script < 3:
            for to in range(3):
                chunk_numbers(
                    asked.words.letters[word], asked.words.lengths[word], script, script * 3 + to, 0, tables,
                    chunks[to, k],
                )  # fmt: skip


@njit(cache=True, nogil=True)
def _meet(
    asked: Side,
    i: int,
    held: Words,
    word: int,
    tables: Letters,
    chunks: NDArray[np.int16],
    other: NDArray[np.int16],
    work: Floats,
    row: Floats,
    weights: Floats,
    out: Floats,
) -> None:
    """Log-odds of a word held with every word of the query."""
    to, encoded = held.scripts[word], -1
    first = asked.names.first[i]
    for k in range(asked.names.first[i + 1] - first):
        mine = asked.names.words[first + k]
        lone = initial(asked.words, mine, held, word)
        if not np.isnan(lone):
            out[k] = lone
            continue
        near = cosine(asked.words, mine, held, word)
        if near <= LEAST_COSINE:
            out[k] = NEVER
            continue
        bits, script = UNLIKE, asked.words.scripts[mine]
        if script < 3 and to < 3:
            if encoded != script:
                chunk_numbers(held.letters[word], held.lengths[word], to, script * 3 + to, 1, tables, other)
                encoded = script
            bits = ratio(
                Spelled(chunks[to, k], asked.words.lengths[mine], script, asked.words.alone[mine]),
                Spelled(other, held.lengths[word], to, held.alone[word]),
                tables,
                work,
            )
        same = grouped(asked.words, mine, held, word)
        fill_features(bits, near, asked.words.lengths[mine], held.lengths[word], same, row)
        out[k] = dot(row, weights)


@njit(cache=True, nogil=True)
def _name_cosine(asked: Side, i: int, held: Side, j: int) -> float:
    total, lone = 0.0, False
    for a in range(asked.names.first[i], asked.names.first[i + 1]):
        for b in range(held.names.first[j], held.names.first[j + 1]):
            one, two = asked.names.words[a], held.names.words[b]
            lone |= (asked.words.lengths[one] == 1) != (held.words.lengths[two] == 1)
            near = cosine(asked.words, one, held.words, two)
            total += asked.names.weights[a] * held.names.weights[b] * near
    if lone:
        return _shortened_cosine(asked, i, held, j)
    norm = asked.names.norms[i] * held.names.norms[j]
    return float(total / norm) if norm > 0.0 else 0.0


@njit(cache=True, nogil=True)
def _shortened_cosine(asked: Side, i: int, held: Side, j: int) -> float:
    """The cosine of two names with every word that an initial stands for shortened to that initial."""
    first, held_first = asked.names.first[i], held.names.first[j]
    words_a = asked.names.words[first : asked.names.first[i + 1]]
    words_b = held.names.words[held_first : held.names.first[j + 1]]
    weights_a = asked.names.weights[first : asked.names.first[i + 1]].astype(np.float64)
    weights_b = held.names.weights[held_first : held.names.first[j + 1]].astype(np.float64)
    partner = np.full(len(words_a), -1, dtype=np.int64)
    for a in range(len(words_a)):
        for b in range(len(words_b)):
            lone = initial(asked.words, words_a[a], held.words, words_b[b])
            if lone > 0.0 and not (partner == b).any():
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


@njit(cache=True, nogil=True)
def _length(words: Words, chosen: NDArray[np.int32], weights: Floats) -> float:
    total = 0.0
    for one in range(len(chosen)):
        for two in range(len(chosen)):
            total += weights[one] * weights[two] * cosine(words, chosen[one], words, chosen[two])
    return float(np.sqrt(max(total, 0.0)))


@njit(cache=True, nogil=True)
def _fill(
    grid: Floats, weights_a: Floats, weights_b: Floats, near: float, held: Side, first: int, out: Floats
) -> None:
    """`NAME_FEATURES` of one pair: words assigned best first, one to one; a weight of 0 is no word."""
    height, width = len(weights_a), len(weights_b)
    free_a, free_b = weights_a > 0.0, weights_b > 0.0
    out[:] = 0.0
    alone_a, alone_b = weights_a.sum(), weights_b.sum()
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
        out[8] += weight / (1.0 + np.exp(-value)) * held.rarity[held.names.words[first + b]] / 10.0
    out[2] = near
    out[3], out[4] = min(alone_a, 1.0), max(alone_a - 1.0, 0.0)
    out[5], out[6] = min(alone_b, 1.0), max(alone_b - 1.0, 0.0)
    out[7] = min(alone_a, alone_b)
    out[9] = 1.0


@njit(cache=True, nogil=True)
def _joined(
    asked: Side,
    i: int,
    held: Side,
    j: int,
    plain: Floats,
    near: float,
    mine: bool,
    tables: Letters,
    word_weights: Floats,
    name_weights: Floats,
) -> float:
    """The score with neighbouring words of one side (`mine`: the query's) joined where that helps."""
    first, held_first = asked.names.first[i], held.names.first[j]
    height, width = asked.names.first[i + 1] - first, held.names.first[j + 1] - held_first
    grid = plain.copy()
    weights_a = asked.names.weights[first : first + height].astype(np.float64)
    weights_b = held.names.weights[held_first : held_first + width].astype(np.float64)
    joins = 0
    for _ in range(_MOST_JOINS):
        best, at, to = _JOIN_LEAST, -1, -1
        long, short = (height, width) if mine else (width, height)
        for one in range(long - 1):
            for two in range(short):
                value = _join_value(
                    asked, i, held, j, grid, weights_a, weights_b, one, two, mine, tables, word_weights
                )
                if value > best:
                    best, at, to = value, one, two
        if at < 0:
            break
        joins += 1
        if mine:
            grid[at : at + 2, :] = -np.inf
            grid[:, to] = -np.inf
            grid[at, to] = best
            weights_a[at] += weights_a[at + 1]
            weights_a[at + 1] = 0.0
        else:
            grid[:, at : at + 2] = -np.inf
            grid[to, :] = -np.inf
            grid[to, at] = best
            weights_b[at] += weights_b[at + 1]
            weights_b[at + 1] = 0.0
    if not joins:
        return -np.inf
    features = np.zeros(len(name_weights))
    _fill(grid, weights_a, weights_b, near, held, held_first, features)
    return dot(features, name_weights)


@njit(cache=True, nogil=True)
def _join_value(
    asked: Side,
    i: int,
    held: Side,
    j: int,
    grid: Floats,
    weights_a: Floats,
    weights_b: Floats,
    one: int,
    two: int,
    mine: bool,
    tables: Letters,
    word_weights: Floats,
) -> float:
    """Log-odds of two neighbouring words with one of the other side; `NEVER` where joining would not help."""
    height, width = len(weights_a), len(weights_b)
    first, second, other = 0.0, 0.0, 0.0
    if mine:
        if weights_a[one] <= 0.0 or weights_a[one + 1] <= 0.0 or weights_b[two] <= 0.0:
            return NEVER
        first, second, other = grid[one, :width].max(), grid[one + 1, :width].max(), grid[:height, two].max()
    else:
        if weights_b[one] <= 0.0 or weights_b[one + 1] <= 0.0 or weights_a[two] <= 0.0:
            return NEVER
        first, second, other = grid[:height, one].max(), grid[:height, one + 1].max(), grid[two, :width].max()
    if first >= _SURE or second >= _SURE or other >= _SURE:
        return NEVER
    if mine:
        at = asked.names.first[i] + one
        value = _together(
            asked.words, asked.names.words[at], asked.names.words[at + 1], held.words,
            held.names.words[held.names.first[j] + two], True, tables, word_weights,
        )  # fmt: skip
        alone = max(grid[one, two], grid[one + 1, two])
    else:
        at = held.names.first[j] + one
        value = _together(
            held.words, held.names.words[at], held.names.words[at + 1], asked.words,
            asked.names.words[asked.names.first[i] + two], False, tables, word_weights,
        )  # fmt: skip
        alone = max(grid[two, one], grid[two, one + 1])
    return value if value > alone else NEVER


@njit(cache=True, nogil=True)
def _together(
    long: Words,
    one: int,
    two: int,
    short: Words,
    other: int,
    straight: bool,
    tables: Letters,
    weights: Floats,
) -> float:
    """Log-odds that two words of one script, written as one, are the other word."""
    script, to = long.scripts[one], short.scripts[other]
    if script != long.scripts[two] or script > 2 or to > 2:
        return NEVER
    along, length = 0.0, 0.0
    for column in range(long.vectors.shape[1]):
        value = long.vectors[one, column] * long.scales[one] + long.vectors[two, column] * long.scales[two]
        along += value * short.vectors[other, column] * short.scales[other]
        length += value * value
    near = along / np.sqrt(length) if length > 0.0 else 0.0
    if near <= _JOIN_COSINE:
        return NEVER
    word = np.zeros(20, dtype=np.uint8)
    size = min(20, long.lengths[one] + long.lengths[two])
    for place in range(size):
        inside = place < long.lengths[one]
        word[place] = long.letters[one, place] if inside else long.letters[two, place - long.lengths[one]]
    a, b = np.full((21, 4), -1, dtype=np.int16), np.full((21, 4), -1, dtype=np.int16)
    pair = script * 3 + to if straight else to * 3 + script
    chunk_numbers(word, size, script, pair, 0 if straight else 1, tables, a)
    chunk_numbers(short.letters[other], short.lengths[other], to, pair, 1 if straight else 0, tables, b)
    long_word = Spelled(a, size, script, alone_bits(word, size, script, tables))
    short_word = Spelled(b, short.lengths[other], to, short.alone[other])
    grid = np.zeros((22, 22))
    bits = (
        ratio(long_word, short_word, tables, grid) if straight else ratio(short_word, long_word, tables, grid)
    )
    row = np.zeros(len(weights))
    fill_features(bits, near, size, short.lengths[other], False, row)
    return dot(row, weights)
