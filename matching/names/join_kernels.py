"""Compiled scores with two neighbouring words as one word of the other side (محمدرضا = Mohammad Reza)."""

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner
from matching.names.letter_kernels import alone_bits, chunk_numbers
from matching.names.letter_tables import Letters
from matching.names.name_features import Side, fill_name, weigh
from matching.names.room import Room
from matching.names.word_kernels import NEVER, Spelled, dot, fill_features, ratio
from matching.names.word_table import Words

_SURE = 4.0  # a word with such a partner is not joined to its neighbour
_JOIN_COSINE = 0.3
_JOIN_LEAST = -4.0  # log-odds of two words with one, from which joining is worth a try
_MOST_JOINS = 2
Floats = NDArray[np.float64]


@inner
def joined(
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
    room: Room,
) -> float:
    """The score with neighbouring words of one side (`mine`: the query's) joined where that helps."""
    first, held_first = asked.names.first[i], held.names.first[j]
    height, width = asked.names.first[i + 1] - first, held.names.first[j + 1] - held_first
    grid = room.joining.grid
    weights_a, weights_b = room.joining.weights_a[:height], room.joining.weights_b[:width]
    for one in range(height):
        for two in range(width):
            grid[one, two] = plain[one, two]
    weigh(asked.names, i, weights_a)
    weigh(held.names, j, weights_b)
    joins = 0
    for _ in range(_MOST_JOINS):
        best, at, to = _JOIN_LEAST, -1, -1
        long, short = (height, width) if mine else (width, height)
        for one in range(long - 1):
            for two in range(short):
                value = _join_value(
                    asked, i, held, j, grid, weights_a, weights_b, one, two, mine, tables, word_weights, room
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
    fill_name(grid, weights_a, weights_b, near, held, held_first, room, room.name_row)
    return dot(room.name_row, name_weights)


@inner
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
    room: Room,
) -> float:
    """Log-odds of two neighbouring words with one of the other side; `NEVER` where joining would not help."""
    height, width = len(weights_a), len(weights_b)
    first, second, other = 0.0, 0.0, 0.0
    if mine:
        if weights_a[one] <= 0.0 or weights_a[one + 1] <= 0.0 or weights_b[two] <= 0.0:
            return NEVER
        first, second = _most(grid[one, :width]), _most(grid[one + 1, :width])
        other = _most(grid[:height, two])
    else:
        if weights_b[one] <= 0.0 or weights_b[one + 1] <= 0.0 or weights_a[two] <= 0.0:
            return NEVER
        first, second = _most(grid[:height, one]), _most(grid[:height, one + 1])
        other = _most(grid[two, :width])
    if first >= _SURE or second >= _SURE or other >= _SURE:
        return NEVER
    if mine:
        at = asked.names.first[i] + one
        value = _together(
            asked.words, asked.names.words[at], asked.names.words[at + 1], held.words,
            held.names.words[held.names.first[j] + two], True, tables, word_weights, room,
        )  # fmt: skip
        alone = max(grid[one, two], grid[one + 1, two])
    else:
        at = held.names.first[j] + one
        value = _together(
            held.words, held.names.words[at], held.names.words[at + 1], asked.words,
            asked.names.words[asked.names.first[i] + two], False, tables, word_weights, room,
        )  # fmt: skip
        alone = max(grid[two, one], grid[two, one + 1])
    return value if value > alone else NEVER


@inner
def _most(values: Floats) -> float:
    most = -np.inf
    for value in values:
        most = max(most, value)
    return most


@inner
def _together(
    long: Words,
    one: int,
    two: int,
    short: Words,
    other: int,
    straight: bool,
    tables: Letters,
    weights: Floats,
    room: Room,
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
    word = room.joining.letters
    size = min(len(word), long.lengths[one] + long.lengths[two])
    for place in range(size):
        inside = place < long.lengths[one]
        word[place] = long.letters[one, place] if inside else long.letters[two, place - long.lengths[one]]
    a, b = room.joining.one, room.joining.two
    pair = script * 3 + to if straight else to * 3 + script
    chunk_numbers(word, size, script, pair, 0 if straight else 1, tables, a)
    chunk_numbers(short.letters[other], short.lengths[other], to, pair, 1 if straight else 0, tables, b)
    long_word = Spelled(a, size, script, alone_bits(word, size, script, tables))
    short_word = Spelled(b, short.lengths[other], to, short.alone[other])
    bits = (
        ratio(long_word, short_word, tables, room.work)
        if straight
        else ratio(short_word, long_word, tables, room.work)
    )
    fill_features(bits, near, size, short.lengths[other], False, room.word_row)
    return dot(room.word_row, weights)
