"""Trains one letter table by expectation maximisation over all ways to cut word pairs into groups."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.names.chunks import NOTHING, UNKNOWN, ChunkTable, Ids, spelling
from matching.names.letter_kernels import STEPS as STEP_ROWS

Floats = NDArray[np.float64]
STEPS = [(int(one), int(two)) for one, two in STEP_ROWS]
FLOOR_PAIR = 2e-7  # a letter pair that was never seen
FLOOR_LONE = 2e-5  # a letter with no counterpart, never seen so
_START = {
    (1, 1): 1.0,
    (1, 2): 0.2,
    (2, 1): 0.2,
    (1, 0): 0.15,
    (0, 1): 0.15,
    (2, 2): 0.01,
    (1, 3): 0.02,
    (3, 1): 0.02,
}
_LIMITS = {2: (25, 500), 3: (40, 150)}  # chunk length -> how often it has to be seen, how many are kept
_LEAST = 2e-7


@dataclass(frozen=True, slots=True)
class LetterTrigrams:
    """The chance of a spelling by itself, as bits."""

    letters: dict[str, int]
    bits: NDArray[np.float32]  # [two before, one before, letter]; the last row stands for unknown letters


@dataclass(frozen=True, slots=True)
class LearnedPair:
    """What is stored of one letter table: chunks and the table of chances."""

    left: list[str]
    right: list[str]
    table: NDArray[np.float32]


def learn(pairs: list[tuple[str, str]], rounds: int) -> LearnedPair:
    """The letter table of the word pairs after `rounds` rounds."""
    words = [(spelling(a), spelling(b)) for a, b in pairs]
    words = [(a, b) for a, b in words if a and b and len(a) <= 3 * len(b) and len(b) <= 3 * len(a)]
    left, right = _chunks([a for a, _ in words]), _chunks([b for _, b in words])
    left_table, right_table = ChunkTable.of(left), ChunkTable.of(right)
    groups = _grouped(words, left_table, right_table)
    table = _first_table(left_table, right_table)
    for number in range(rounds):
        table = _round(table, groups, tidy=number >= 1)
    return LearnedPair(left, right, with_floors(table.astype(np.float32), left_table, right_table))


def _chunks(words: list[str]) -> list[str]:
    seen = [
        Counter(word[i : i + size] for word in words for i in range(len(word) - size + 1))
        for size in (1, 2, 3)
    ]
    kept = sorted(letter for letter, count in seen[0].items() if count >= 3)
    for size, (least, most) in _LIMITS.items():
        kept += sorted(chunk for chunk, count in seen[size - 1].most_common(most) if count >= least)
    return kept


Group = tuple[NDArray[np.int32], NDArray[np.int32], int, int]


def _grouped(words: list[tuple[str, str]], left: ChunkTable, right: ChunkTable) -> list[Group]:
    """Pairs of equal lengths together, so that no padding is computed."""
    by_shape: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for a, b in words:
        by_shape.setdefault((len(a), len(b)), []).append((a, b))
    found = []
    for (height, width), some in sorted(by_shape.items()):
        for begin in range(0, len(some), 4096):
            part = some[begin : begin + 4096]
            found.append(
                (left.encode([a for a, _ in part])[0], right.encode([b for _, b in part])[0], height, width)
            )
    return found


def _first_table(left: ChunkTable, right: ChunkTable) -> Floats:
    table = np.zeros((len(left), len(right)))
    sizes_a = np.array([0, 1, -1] + [len(c) for c in left.numbers])
    sizes_b = np.array([0, 1, -1] + [len(c) for c in right.numbers])
    for (da, db), weight in _START.items():
        cells = np.ix_(np.flatnonzero(sizes_a == da), np.flatnonzero(sizes_b == db))
        table[cells] = weight / max(table[cells].size, 1)
    table[UNKNOWN, :] *= 0.001
    table[:, UNKNOWN] *= 0.001
    return np.asarray(table / table.sum(), dtype=np.float64)


def _round(table: Floats, groups: list[Group], tidy: bool) -> Floats:
    counts = np.zeros(table.size)
    for a, b, height, width in groups:
        cells, weights = _expected(table, a, b, height, width)
        counts += np.bincount(cells, weights=weights, minlength=table.size)
    found = counts.reshape(table.shape)
    if tidy:
        found[found < 1.5] = 0.0
    found /= found.sum()
    found[found < _LEAST] = 0.0
    return np.asarray(found / found.sum(), dtype=np.float64)


def _expected(
    table: Floats, a: NDArray[np.int32], b: NDArray[np.int32], height: int, width: int
) -> tuple[NDArray[np.int64], Floats]:
    """How often each pair of chunks is expected in a group: forward and backward sums over all cuts."""
    size = len(a)
    ahead = np.zeros((height + 1, width + 1, size))
    behind = np.zeros((height + 1, width + 1, size))
    ahead[0, 0] = 1.0
    behind[height, width] = 1.0
    chance: dict[tuple[int, int, int, int], Floats] = {}
    for i in range(height + 1):
        for j in range(width + 1):
            for di, dj in STEPS:
                if di <= i and dj <= j:
                    met = table[chunk(a, i, di), chunk(b, j, dj)] * np.ones(size)
                    chance[i, j, di, dj] = met
                    ahead[i, j] += ahead[i - di, j - dj] * met
    for i in range(height, -1, -1):
        for j in range(width, -1, -1):
            for di, dj in STEPS:
                if di <= i and dj <= j:
                    behind[i - di, j - dj] += behind[i, j] * chance[i, j, di, dj]
    total = np.maximum(ahead[height, width], 1e-300)
    cells, weights = [], []
    for (i, j, di, dj), met in chance.items():
        share = ahead[i - di, j - dj] * met * behind[i, j] / total
        kept = share > 1e-3
        if kept.any():
            flat = np.broadcast_to(chunk(a, i, di), (size,)).astype(np.int64) * table.shape[1] + chunk(
                b, j, dj
            )
            cells.append(np.broadcast_to(flat, (size,))[kept])
            weights.append(share[kept])
    if not cells:
        return np.zeros(0, dtype=np.int64), np.zeros(0)
    return np.concatenate(cells), np.concatenate(weights)


def trigrams(words: list[str], most: int = 46) -> LetterTrigrams:
    """Letter trigrams of the words, mixed with bigrams and single letters so that nothing is impossible."""
    spelled = [spelling(word) for word in words]
    seen = Counter(letter for word in spelled for letter in word)
    letters = {letter: place + 1 for place, (letter, _) in enumerate(sorted(seen.most_common(most)))}
    size = len(letters) + 2
    three = np.zeros((size, size, size))
    for word in spelled:
        numbers = [0, 0, *(letters.get(letter, size - 1) for letter in word), 0]
        for i in range(2, len(numbers)):
            three[numbers[i - 2], numbers[i - 1], numbers[i]] += 1
    two = three.sum(axis=0)
    one = two.sum(axis=0) + 1.0
    p_one = one / one.sum()
    p_two = (two + 20 * p_one) / (two.sum(axis=1, keepdims=True) + 20)
    p_three = (three + 20 * p_two[None]) / (three.sum(axis=2, keepdims=True) + 20)
    return LetterTrigrams(letters, (-np.log2(p_three)).astype(np.float32))


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
