"""How likely two spellings are one word: a learned table of letter groups that stand for each other.

The likelihood of all ways to cut the two words into matching groups, against the chance of the two words by
themselves (letter trigrams), is a log-likelihood ratio in bits. The best single cut shows which letters
met.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.names.chunks import NOTHING, UNKNOWN, ChunkTable, Ids, spelling

Floats = NDArray[np.float64]
# how many letters of each side one group may take
STEPS = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1), (2, 2), (1, 3), (3, 1))
_BAND = 3  # how far a cut may run from the diagonal, in letters
_NEVER = -1e9
_EMPTY: dict[str, float] = {}
UNLIKE = -60.0  # bits for words that no cut brings together
FLOOR_PAIR = 2e-7  # a letter pair that was never seen
FLOOR_LONE = 2e-5  # a letter with no counterpart, never seen so


@dataclass(frozen=True, slots=True)
class LetterTrigrams:
    """The chance of a spelling by itself, as bits."""

    letters: dict[str, int]
    bits: NDArray[np.float32]  # [two before, one before, letter]; the last row stands for unknown letters

    def cost(self, word: str) -> float:
        """Minus log2 of the chance of the word, its end included."""
        numbers = [0, 0, *(self.letters.get(letter, len(self.letters) + 1) for letter in spelling(word)), 0]
        return float(
            sum(self.bits[numbers[i - 2], numbers[i - 1], numbers[i]] for i in range(2, len(numbers)))
        )


@dataclass(frozen=True)
class Transducer:
    """The model of one pair of scripts (the left one is the first of the pair's name)."""

    left: ChunkTable
    right: ChunkTable
    table: NDArray[np.float32]  # chance of each pair of chunks
    left_alone: LetterTrigrams
    right_alone: LetterTrigrams

    def ratios(self, a: Sequence[str], b: Sequence[str], pairs: NDArray[np.int64]) -> Floats:
        """Bits for each (place in a, place in b) of `pairs`."""
        a_ids, a_lengths = self.left.encode(a)
        b_ids, b_lengths = self.right.encode(b)
        a_cost = np.array([self.left_alone.cost(word) for word in a])
        b_cost = np.array([self.right_alone.cost(word) for word in b])
        found = np.zeros(len(pairs))
        order = np.lexsort((b_lengths[pairs[:, 1]], a_lengths[pairs[:, 0]]))
        for begin in range(0, len(order), 4096):
            some = order[begin : begin + 4096]
            left, right = pairs[some, 0], pairs[some, 1]
            chance = self._chance(a_ids[left], a_lengths[left], b_ids[right], b_lengths[right])
            found[some] = np.log2(np.maximum(chance, 1e-300)) + a_cost[left] + b_cost[right]
        return found

    def _chance(self, a: Ids, a_len: NDArray[np.int64], b: Ids, b_len: NDArray[np.int64]) -> Floats:
        rows = np.arange(len(a))
        height, width = int(a_len.max(initial=0)), int(b_len.max(initial=0))
        grid = np.zeros((height + 1, width + 1, len(a)))
        grid[0, 0] = 1.0
        for i in range(height + 1):
            for j in range(width + 1):
                if i or j:
                    grid[i, j] = sum(
                        grid[i - di, j - dj] * self.table[chunk(a, i, di), chunk(b, j, dj)]
                        for di, dj in STEPS
                        if di <= i and dj <= j
                    )
        return np.asarray(grid[a_len, b_len, rows])

    def best_cut(self, a: str, b: str) -> tuple[float, tuple[tuple[str, str], ...]]:
        """Bits of the likeliest single cut against chance, and the letters that met in it.

        Cuts that run far from the diagonal are not tried, so the cost is linear in the longer word.
        """
        one, two = spelling(a), spelling(b)
        best, back = self._cut(one, two)
        if best <= _NEVER:
            return UNLIKE, ()
        return best + self.left_alone.cost(a) + self.right_alone.cost(b), _traced(back, one, two)

    def _cut(self, one: str, two: str) -> tuple[float, list[list[tuple[int, int]]]]:
        width = len(two) + 1
        grid = [[_NEVER] * width for _ in range(len(one) + 1)]
        back = [[(0, 0)] * width for _ in range(len(one) + 1)]
        grid[0][0] = 0.0
        slope = len(two) / max(len(one), 1)
        pieces = [[two[j - size : j] for size in range(4)] if j else ["", "", "", ""] for j in range(width)]
        for i in range(len(one) + 1):
            rows = [self.rows.get(one[i - size : i], _EMPTY) if size <= i else _EMPTY for size in range(4)]
            steps = [(di, dj, rows[di], grid[i - di]) for di, dj in STEPS if rows[di]]
            middle = int(i * slope)
            line, came = grid[i], back[i]
            for j in range(max(0, middle - _BAND), min(width, middle + _BAND + 1)):
                top, step, piece = line[j], (0, 0), pieces[j]
                for di, dj, row, before in steps:
                    if dj <= j:
                        met = row.get(piece[dj])
                        if met is not None and before[j - dj] + met > top:
                            top, step = before[j - dj] + met, (di, dj)
                line[j], came[j] = top, step
        return grid[len(one)][len(two)], back

    @cached_property
    def rows(self) -> dict[str, dict[str, float]]:
        """chunk of the left word -> chunk of the right word -> bits, for every pair that can meet."""
        left = ["", "?", "??", *self.left.numbers]
        right = ["", "?", "??", *self.right.numbers]
        found: dict[str, dict[str, float]] = {}
        for one, two in np.argwhere(self.table > 0).tolist():
            found.setdefault(left[one], {})[right[two]] = float(np.log2(self.table[one, two]))
        return found


def _traced(back: list[list[tuple[int, int]]], one: str, two: str) -> tuple[tuple[str, str], ...]:
    cut: list[tuple[str, str]] = []
    i, j = len(one), len(two)
    while i or j:
        di, dj = back[i][j]
        cut.append((one[i - di : i], two[j - dj : j]))
        i, j = i - di, j - dj
    return tuple(reversed(cut))


def chunk(ids: Ids, end: int, size: int) -> Ids | int:
    """The chunk numbers of a given size that end at `end`, or the empty chunk."""
    return ids[:, end, size - 1] if size else NOTHING


def with_floors(table: NDArray[np.float32], left: ChunkTable, right: ChunkTable) -> NDArray[np.float32]:
    """The table with a small chance for what was never seen: single letters against each other and alone."""
    filled = table.copy()
    ones = np.array([n for c, n in left.numbers.items() if len(c) == 1] + [UNKNOWN])
    twos = np.array([n for c, n in right.numbers.items() if len(c) == 1] + [UNKNOWN])
    cells = np.ix_(ones, twos)
    filled[cells] = np.maximum(filled[cells], FLOOR_PAIR)
    filled[ones, NOTHING] = np.maximum(filled[ones, NOTHING], FLOOR_LONE)
    filled[NOTHING, twos] = np.maximum(filled[NOTHING, twos], FLOOR_LONE)
    return filled
