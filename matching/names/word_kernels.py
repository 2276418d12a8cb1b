"""Compiled log-odds of single word pairs: how likely two spellings are one word."""

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.compiled import inner
from matching.names.letter_kernels import UNLIKE, chunk_numbers, likelihood
from matching.names.letter_tables import Letters
from matching.names.word_table import Words

WORD_FEATURES = ("ratio", "ratio_per_letter", "cosine", "same_group", "length_gap", "bias")
LEAST_COSINE = 0.3  # below it two words do not even point the same way
NEVER = -8.0  # their log-odds then
INITIAL_FITS, INITIAL_CLASHES = 2.0, -6.0
_LOW, _HIGH = -25.0, 45.0
Floats = NDArray[np.float64]
Shorts = NDArray[np.int16]


class Spelled(NamedTuple):
    """One word (or two joined) ready to be aligned: its chunks against words of one script."""

    chunks: Shorts
    length: int
    script: int
    alone: float


@inner
def cosine(one: Words, i: int, two: Words, j: int) -> float:
    total = np.int32(0)
    for column in range(one.vectors.shape[1]):
        total += np.int32(one.vectors[i, column]) * np.int32(two.vectors[j, column])
    return float(total * one.scales[i] * two.scales[j])


@inner
def ratio(one: Spelled, two: Spelled, tables: Letters, grid: Floats) -> float:
    """Bits: how much likelier one word written twice is than two words."""
    pair = one.script * 3 + two.script
    chance = likelihood(one.chunks, one.length, two.chunks, two.length, pair, tables, grid)
    if chance <= 0.0:
        return UNLIKE
    return float(np.log2(chance) + one.alone + two.alone)


@inner
def fill_features(bits: float, near: float, one: int, two: int, same_group: bool, out: Floats) -> None:
    """One row of `WORD_FEATURES`; `one` and `two` are the lengths in letters."""
    longest = max(one, two, 1)
    bits = min(max(bits, _LOW), _HIGH)
    out[0] = bits / 10.0
    out[1] = bits / longest
    out[2] = near
    out[3] = 1.0 if same_group else 0.0
    out[4] = abs(one - two) / longest
    out[5] = 1.0


@inner
def grouped(one: Words, i: int, two: Words, j: int) -> bool:
    """Whether two spellings share a name group."""
    for a in one.groups[i]:
        for b in two.groups[j]:
            if a >= 0 and a == b:
                return True
    return False


@inner
def initial(one: Words, i: int, two: Words, j: int) -> float:
    """Log-odds of an initial and a word, by the first sound; NaN when neither or both are initials."""
    if (one.lengths[i] == 1) == (two.lengths[j] == 1):
        return np.nan
    return INITIAL_FITS if one.heads[i] & two.heads[j] else INITIAL_CLASHES


@inner
def dot(features: Floats, weights: Floats) -> float:
    total = 0.0
    for place in range(len(weights)):
        total += features[place] * weights[place]
    return total


@njit(cache=True, nogil=True)
def word_rows(
    one: Words, two: Words, left: NDArray[np.int64], right: NDArray[np.int64], tables: Letters, out: Floats
) -> None:
    """`WORD_FEATURES` of many word pairs, for training."""
    a, b = np.full((21, 4), -1, dtype=np.int16), np.full((21, 4), -1, dtype=np.int16)
    grid = np.zeros((22, 22))
    for row in range(len(left)):
        i, j = left[row], right[row]
        bits = UNLIKE
        if one.scripts[i] < 3 and two.scripts[j] < 3:
            pair = one.scripts[i] * 3 + two.scripts[j]
            chunk_numbers(one.letters[i], one.lengths[i], one.scripts[i], pair, 0, tables, a)
            chunk_numbers(two.letters[j], two.lengths[j], two.scripts[j], pair, 1, tables, b)
            bits = ratio(
                Spelled(a, one.lengths[i], one.scripts[i], one.alone[i]),
                Spelled(b, two.lengths[j], two.scripts[j], two.alone[j]),
                tables,
                grid,
            )
        near = cosine(one, i, two, j)
        fill_features(bits, near, one.lengths[i], two.lengths[j], grouped(one, i, two, j), out[row])
