"""Compiled comparison of two spellings by the learned letter tables.

The likelihood of all ways to cut the two words into groups that stand for each other, against the chance of
the two words by themselves, in bits; and the likeliest single cut, which shows the letters that met.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.compiled import inner
from matching.names.chunks import MAX_LETTERS, NOTHING
from matching.names.letter_tables import Letters

BAND = 5  # how far a cut may run from the straight line, in letters
NEVER = -1e9
UNLIKE = -60.0  # bits for words that no cut brings together
# how many letters of the two sides one group may take
STEPS = np.array([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1), (2, 2), (1, 3), (3, 1)])
Bytes = NDArray[np.uint8]
Shorts = NDArray[np.int16]
Grid = NDArray[np.float64]


@inner
def chunk_numbers(
    word: Bytes, length: int, script: int, pair: int, side: int, tables: Letters, out: Shorts
) -> None:
    """out[end, size]: the number of the chunk of `size` letters that ends before letter `end`, or -1."""
    base = tables.digits[script]
    one, two, three = tables.at[pair, side, 0], tables.at[pair, side, 1], tables.at[pair, side, 2]
    out[0, :] = -1
    for end in range(length + 1):
        out[end, 0] = NOTHING
        if end >= 1:
            last = np.int64(word[end - 1])
            out[end, 1] = tables.chunks[one + last]
            out[end, 2] = -1
            out[end, 3] = -1
            if end >= 2:
                code = np.int64(word[end - 2]) * base + last
                out[end, 2] = tables.chunks[two + code]
                if end >= 3:
                    code += np.int64(word[end - 3]) * base * base
                    out[end, 3] = tables.chunks[three + code]


@inner
def alone_bits(word: Bytes, length: int, script: int, tables: Letters) -> float:
    """Minus log2 of the chance of the spelling by itself, its end included."""
    base = tables.digits[script]
    edge, side = base, base + 1
    bits = 0.0
    before, last = edge, edge
    for place in range(length + 1):
        letter = np.int64(word[place]) if place < length else edge
        bits += tables.alone[tables.alone_at[script] + (before * side + last) * side + letter]
        before, last = last, letter
    return bits


@inner
def likelihood(  # noqa: C901 - one branch for each shape of group; calls would cost a third of the speed
    one: Shorts, height: int, two: Shorts, width: int, pair: int, tables: Letters, grid: Grid
) -> float:
    """The summed chance of every cut near the straight line; 0 when there is none."""
    first, step = tables.first[pair], tables.width[pair]
    chances = tables.chances
    for i in range(height + 1):
        middle = i * width // height if height else 0
        low, high = max(0, middle - BAND), min(width, middle + BAND)
        for j in range(max(0, low - 4), low):
            grid[i, j] = 0.0
        ahead = (i + 3) * width // height if height else 0  # the middle of the last row that reads this one
        for j in range(high + 1, min(width, ahead + BAND) + 1):
            grid[i, j] = 0.0
        for j in range(low, high + 1):
            if i == 0 and j == 0:
                grid[0, 0] = 1.0
                continue
            total = 0.0
            if i >= 1:
                row = first + one[i, 1] * step
                total += grid[i - 1, j] * chances[row]
                if j >= 1:
                    total += grid[i - 1, j - 1] * chances[row + two[j, 1]]
                    if j >= 2:
                        if two[j, 2] >= 0:
                            total += grid[i - 1, j - 2] * chances[row + two[j, 2]]
                        if j >= 3 and two[j, 3] >= 0:
                            total += grid[i - 1, j - 3] * chances[row + two[j, 3]]
                if i >= 2 and j >= 1 and one[i, 2] >= 0:
                    row = first + one[i, 2] * step
                    total += grid[i - 2, j - 1] * chances[row + two[j, 1]]
                    if j >= 2 and two[j, 2] >= 0:
                        total += grid[i - 2, j - 2] * chances[row + two[j, 2]]
                if i >= 3 and j >= 1 and one[i, 3] >= 0:
                    total += grid[i - 3, j - 1] * chances[first + one[i, 3] * step + two[j, 1]]
            if j >= 1:
                total += grid[i, j - 1] * chances[first + two[j, 1]]
            grid[i, j] = total
    return float(grid[height, width])


@inner
def best_cut(
    one: Shorts,
    height: int,
    two: Shorts,
    width: int,
    pair: int,
    tables: Letters,
    grid: Grid,
    came: Bytes,
    cut: Bytes,
) -> tuple[float, int]:
    """Bits of the likeliest cut (before the words' own chance) and how many steps (letters, letters) it has;
    they are written into `cut`, the last first. `grid` holds nothing but `NEVER` before.
    """
    first, step = tables.first[pair], tables.width[pair]
    grid[0, 0] = 0.0
    for i in range(height + 1):
        middle = i * width // height if height else 0
        for j in range(max(0, middle - BAND), min(width, middle + BAND) + 1):
            for number in range(len(STEPS)):
                di, dj = STEPS[number, 0], STEPS[number, 1]
                if di > i or dj > j or one[i, di] < 0 or two[j, dj] < 0 or grid[i - di, j - dj] <= NEVER:
                    continue
                chance = tables.chances[first + one[i, di] * step + two[j, dj]]
                if chance > 0.0:
                    bits = grid[i - di, j - dj] + np.log2(chance)
                    if bits > grid[i, j]:
                        grid[i, j] = bits
                        came[i, j] = number
    count = 0
    i, j = height, width
    if grid[height, width] > NEVER:
        while i or j:
            di, dj = STEPS[came[i, j], 0], STEPS[came[i, j], 1]
            cut[count, 0], cut[count, 1] = di, dj
            count += 1
            i, j = i - di, j - dj
    return grid[height, width], count


@njit(cache=True, nogil=True)
def align(one: Bytes, left: int, two: Bytes, right: int, tables: Letters, cut: Bytes) -> tuple[float, int]:
    """Bits of the likeliest cut of two spelled words against their own chance, and how many steps it has;
    they are written into `cut`, the last first: an array given back would cost as much as the work.
    """
    pair = left * 3 + right
    first = np.full((MAX_LETTERS + 1, 4), -1, dtype=np.int16)
    second = np.full((MAX_LETTERS + 1, 4), -1, dtype=np.int16)
    chunk_numbers(one, len(one), left, pair, 0, tables, first)
    chunk_numbers(two, len(two), right, pair, 1, tables, second)
    grid = np.full((len(one) + 1, len(two) + 1), NEVER)
    came = np.zeros((len(one) + 1, len(two) + 1), dtype=np.uint8)
    bits, count = best_cut(first, len(one), second, len(two), pair, tables, grid, came, cut)
    if bits <= NEVER:
        return UNLIKE, 0
    bits += alone_bits(one, len(one), left, tables) + alone_bits(two, len(two), right, tables)
    return bits, count
