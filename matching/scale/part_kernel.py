"""Compiled comparison of two parts of names: `matching.names.partwise` without sentences."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, merged, outer
from matching.names.chunks import MAX_LETTERS
from matching.names.letter_kernels import BAND, NEVER, STEPS, Grid, Shorts, chunk_numbers, likelihood
from matching.names.letter_tables import Letters
from matching.names.script import MAX_LENGTH
from matching.scale.parts import (
    ALPHABET,
    ENDING,
    GROUPS,
    KNOWN,
    LETTERS_AT,
    LETTERS_END,
    MASK,
    NO_SCRIPT,
    PLAIN,
    SCRIPT,
    SOUNDS_READ,
    SPELLED,
    Parts,
)

(
    DIFFERS, SAME_SPELLING, SAME_GROUP, SAME_SKELETON, SOUND_NEAR, SOUND_FAR, SPELLED_NEAR, SPELLED_FAR,
    WEAK_LINK,
) = range(9)  # fmt: skip
_NO_ALIGNMENT, _UNLIKE = -20.0, -60.0
_UNLIKELY = -12.0
_FAR, _CLOSE, _SPELLED = 0.5, 0.8, 0.72
_READINGS = 4
_SURELY_ONE, SURELY = 0.88, 16
_REMEMBERED = 1 << 20
_SURE = 0.7  # likeness from which two known names are told to be near in sound


class Memo(NamedTuple):
    """Levels of pairs of parts that were compared lately, one pair for each remainder of its key; and working
    space for the next.
    """

    keys: NDArray[np.uint64]
    levels: NDArray[np.int8]
    one: Shorts
    two: Shorts
    grid: Grid
    row: NDArray[np.int64]


def new_memo() -> Memo:
    chunks, grid = (MAX_LETTERS + 1, 4), (MAX_LETTERS + 2, MAX_LETTERS + 2)
    return Memo(
        np.zeros(_REMEMBERED, dtype=np.uint64),
        np.zeros(_REMEMBERED, dtype=np.int8),
        np.full(chunks, -1, dtype=np.int16),
        np.full(chunks, -1, dtype=np.int16),
        np.zeros(grid),
        np.zeros(MAX_LENGTH + 1, dtype=np.int64),
    )


@inner
def _common(groups: NDArray[np.int32], i: int, j: int) -> bool:
    for a in range(GROUPS):
        if groups[i, a] < 0:
            return False
        for b in range(GROUPS):
            if groups[i, a] == groups[j, b]:
                return True
    return False


@inner
def _confused(groups: NDArray[np.int32], i: int, j: int, weak: NDArray[np.int64]) -> bool:
    for a in range(GROUPS, 2 * GROUPS):
        for b in range(GROUPS, 2 * GROUPS):
            if groups[i, a] < 0 or groups[j, b] < 0:
                break
            key = (np.int64(groups[i, a]) << 32) + np.int64(groups[j, b])
            low, high = 0, len(weak)
            while low < high:
                middle = (low + high) // 2
                if weak[middle] < key:
                    low = middle + 1
                else:
                    high = middle
            if low < len(weak) and weak[low] == key:
                return True
    return False


@inner
def alike(codes: NDArray[np.uint8], one: int, two: int) -> float:
    """Indel similarity of two skeletons: the common subsequence by bits."""
    m, n = np.int64(codes[one, 0]), np.int64(codes[two, 0])
    if m + n == 0 or one == two:
        return 1.0
    state = ~np.uint64(0)
    for place in range(n):
        letter, mask, bit = codes[two, place + 1], np.uint64(0), np.uint64(1)
        for other in range(m):
            if codes[one, other + 1] == letter:
                mask |= bit
            bit <<= np.uint64(1)
        met = state & mask
        state = (state + met) | (state - met)
    length = 0
    for _ in range(m):
        length += 0 if state & np.uint64(1) else 1
        state >>= np.uint64(1)
    return 1.0 - (m + n - 2 * length) / (m + n)


@inner
def learn_places(codes: NDArray[np.uint8], one: int, places: NDArray[np.uint64]) -> None:
    """One bit for each place where a consonant stands in a skeleton, by consonant (32 of them), for
    `alike_to`.
    """
    for letter in range(len(places)):
        places[letter] = 0
    bit = np.uint64(1)
    for place in range(codes[one, 0]):
        places[codes[one, place + 1]] |= bit
        bit <<= np.uint64(1)


@inner
def alike_to(places: NDArray[np.uint64], size: int, codes: NDArray[np.uint8], two: int) -> float:
    """`alike` of the skeleton of this size, whose places were learned, and another; neither is empty."""
    state, n = ~np.uint64(0), np.int64(codes[two, 0])
    for place in range(n):
        met = state & places[codes[two, place + 1]]
        state = (state + met) | (state - met)
    length = size - bits_set(state & ((np.uint64(1) << np.uint64(size)) - np.uint64(1)))
    return 1.0 - (size + n - 2 * length) / (size + n)


@inner
def most_alike(parts: Parts, one: int, two: int) -> float:
    """What the similarity of two skeletons is at most: consonants that only one has are never common."""
    m, n = np.int64(parts.codes[one, 0]), np.int64(parts.codes[two, 0])
    a, b = parts.masks[one], parts.masks[two]
    return 2.0 * min(m - bits_set(a & ~b), n - bits_set(b & ~a)) / (m + n) if m + n else 1.0


@inner
def bits_set(bits: int) -> int:
    """The number of bits set in 64, in the form that the compiler makes one instruction of."""
    left = np.uint64(bits)
    left -= (left >> np.uint64(1)) & np.uint64(0x5555555555555555)
    two = np.uint64(0x3333333333333333)
    left = (left & two) + ((left >> np.uint64(2)) & two)
    left = (left + (left >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((left * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inner
def closeness(parts: Parts, i: int, j: int, least: float) -> float:
    """The similarity of the nearest two skeletons; 0 when it is under `least`."""
    best, codes = 0.0, parts.codes
    for a in range(min(parts.facts[i, SOUNDS_READ], _READINGS)):
        one = parts.sounds[i, a]
        for b in range(min(parts.facts[j, SOUNDS_READ], _READINGS)):
            two = parts.sounds[j, b]
            most = most_alike(parts, one, two)
            if most > best and most >= least:
                best = max(best, alike(codes, one, two))
    return best if best >= least else 0.0


@inner
def _edit(parts: Parts, i: int, j: int, row: NDArray[np.int64]) -> float:
    """Levenshtein similarity of two folded spellings of one script; 0 across scripts."""
    facts = parts.facts
    if facts[i, SCRIPT] != facts[j, SCRIPT] or facts[i, SCRIPT] == NO_SCRIPT:
        return 0.0
    m = facts[i, LETTERS_END] - facts[i, LETTERS_AT]
    n = facts[j, LETTERS_END] - facts[j, LETTERS_AT]
    longest = max(m, n)
    if longest == 0:
        return 1.0
    one, two = np.uint32(facts[i, MASK]), np.uint32(facts[j, MASK])
    if 2 * max(abs(m - n), bits_set(one & ~two), bits_set(two & ~one)) > longest:
        return 0.0  # under a half, wherever the letters stand
    a = parts.letters[facts[i, LETTERS_AT] : facts[i, LETTERS_END]]
    b = parts.letters[facts[j, LETTERS_AT] : facts[j, LETTERS_END]]
    for y in range(n + 1):
        row[y] = y
    for x in range(m):
        before, row[0] = row[0], x + 1
        for y in range(n):
            kept = row[y + 1]
            row[y + 1] = min(min(row[y], kept) + 1, before + (a[x] != b[y]))
            before = kept
    return 1.0 - row[n] / longest


@inner
def _shared_sounds(parts: Parts, i: int, j: int) -> int:
    """Length of the longest skeleton that both may have."""
    longest = 0
    for a in range(parts.facts[i, SOUNDS_READ]):
        for b in range(parts.facts[j, SOUNDS_READ]):
            if parts.sounds[i, a] == parts.sounds[j, b]:
                longest = max(longest, np.int64(parts.codes[parts.sounds[i, a], 0]))
    return longest


@inner
def _before(parts: Parts, i: int, j: int) -> bool:
    """Whether the letters of i come first, so that a pair is aligned in one direction only."""
    if parts.facts[i, ALPHABET] != parts.facts[j, ALPHABET]:
        return bool(parts.facts[i, ALPHABET] < parts.facts[j, ALPHABET])
    m, n = parts.facts[i, SPELLED], parts.facts[j, SPELLED]
    for place in range(min(m, n)):
        if parts.spelled[i, place] != parts.spelled[j, place]:
            return bool(parts.spelled[i, place] < parts.spelled[j, place])
    return bool(m <= n)


@inner
def _best_bits(
    one: Shorts, height: int, two: Shorts, width: int, pair: int, tables: Letters, grid: Grid
) -> float:
    """Bits of the likeliest cut, as `matching.names.letter_kernels.best_cut` without its steps."""
    first, step = tables.first[pair], tables.width[pair]
    for i in range(height + 1):
        for j in range(width + 1):
            grid[i, j] = NEVER
    grid[0, 0] = 0.0
    for i in range(height + 1):
        middle = i * width // height if height else 0
        for j in range(max(0, middle - BAND), min(width, middle + BAND) + 1):
            for number in range(8):
                di, dj = STEPS[number, 0], STEPS[number, 1]
                if di > i or dj > j or one[i, di] < 0 or two[j, dj] < 0 or grid[i - di, j - dj] <= NEVER:
                    continue
                chance = tables.chances[first + one[i, di] * step + two[j, dj]]
                if chance > 0.0:
                    bits = grid[i - di, j - dj] + np.log2(chance)
                    if bits > grid[i, j]:
                        grid[i, j] = bits
    return float(grid[height, width])


@inner
def _aligned(parts: Parts, i: int, j: int, least: float, memo: Memo) -> tuple[float, bool]:
    """Bits of the likeliest alignment, and whether it brings any letters together; `least` bits matter: when
    not even all alignments together reach them, their sum is given.
    """
    if parts.facts[i, ALPHABET] < 0 or parts.facts[j, ALPHABET] < 0:
        return _NO_ALIGNMENT, False
    if not _before(parts, i, j):
        i, j = j, i
    tables = parts.tables
    left, right = np.int64(parts.facts[i, ALPHABET]), np.int64(parts.facts[j, ALPHABET])
    height, width = np.int64(parts.facts[i, SPELLED]), np.int64(parts.facts[j, SPELLED])
    pair, alone = left * 3 + right, np.float64(parts.alone[i]) + np.float64(parts.alone[j])
    chunk_numbers(parts.spelled[i], height, left, pair, 0, tables, memo.one)
    chunk_numbers(parts.spelled[j], width, right, pair, 1, tables, memo.two)
    chance = likelihood(memo.one, height, memo.two, width, pair, tables, memo.grid)
    if chance > 0.0 and np.log2(chance) + alone < least:
        return np.log2(chance) + alone, True
    bits = _best_bits(memo.one, height, memo.two, width, pair, tables, memo.grid)
    if bits <= NEVER:
        return _UNLIKE, False
    return bits + alone, height + width > 0


@inner
def compare(parts: Parts, i: int, j: int, memo: Memo) -> tuple[int, float]:
    """The level of two parts, with near and far told apart, and from `SAME_SKELETON` on their similarity."""
    if parts.facts[i, PLAIN] == parts.facts[j, PLAIN]:
        return SAME_SPELLING, 1.0
    if parts.facts[i, KNOWN] and parts.facts[j, KNOWN]:
        if _common(parts.groups, i, j):
            return SAME_GROUP, 0.97
        if _confused(parts.groups, i, j, parts.weak):
            return WEAK_LINK, 0.4
    return _heard(parts, i, j, memo)


@inner
def _heard(parts: Parts, i: int, j: int, memo: Memo) -> tuple[int, float]:
    near, spelled = closeness(parts, i, j, _FAR), _edit(parts, i, j, memo.row)
    if near < _FAR:
        if spelled < _FAR:
            return DIFFERS, 0.0
        near = closeness(parts, i, j, 0.0)
    facts = parts.facts
    longest = max(facts[i, LETTERS_END] - facts[i, LETTERS_AT], facts[j, LETTERS_END] - facts[j, LETTERS_AT])
    both = bool(facts[i, KNOWN] and facts[j, KNOWN] and not (facts[i, ENDING] or facts[j, ENDING]))
    if both and spelled >= _SURE:
        return SPELLED_FAR, 0.4
    shared = 0 if both else _shared_sounds(parts, i, j)
    least = _SURE if both else 0.5 if shared < 3 else 0.35 if shared == 3 else 0.2
    bits, met = _aligned(parts, i, j, _bits_for(least, longest, near), memo)
    likely = _likelihood(bits, longest, near)
    if both:
        return (SPELLED_FAR, 0.4) if likely >= _SURE else (DIFFERS, 0.0)
    if shared >= 3 and likely >= least:
        return SAME_SKELETON, _rounded(0.85 + 0.1 * likely)
    if facts[i, SOUNDS_READ] == 0 or facts[j, SOUNDS_READ] == 0 or bits < _UNLIKELY:
        met = False
    if likely >= 0.5 and met:
        similarity = _rounded(0.55 + 0.35 * likely)
        return (SOUND_NEAR if similarity >= 0.85 else SOUND_FAR), similarity
    if spelled >= _SPELLED or near >= _CLOSE:
        similarity = _rounded(0.75 * max(spelled, 0.8 * near))
        return (SPELLED_NEAR if similarity >= 0.55 else SPELLED_FAR), similarity
    return DIFFERS, 0.0


@inner
def _likelihood(bits: float, letters: int, near: float) -> float:
    """As `matching.names.partwise._likelihood`."""
    strength = 0.25 * (bits - 9.0) + 1.2 * (bits / max(letters, 1) - 1.3) + 4.0 * (near - 0.8)
    return 1.0 / (1.0 + math.exp(-max(min(strength, 30.0), -30.0)))


@inner
def _bits_for(likely: float, letters: int, near: float) -> float:
    """The bits of alignment from which two words are so likely one, less a little for rounding."""
    strength = math.log(likely / (1.0 - likely)) - 4.0 * (near - 0.8) + 0.25 * 9.0 + 1.2 * 1.3
    return strength / (0.25 + 1.2 / max(letters, 1)) - 0.001


@inner
def _rounded(value: float) -> float:
    return round(value * 1000) / 1000


@merged
def level_of(parts: Parts, i: int, j: int, memo: Memo) -> int:
    """The level of two parts; `SURELY` is added when their similarity leaves no doubt."""
    key = (np.uint64(i + 1) << np.uint64(32)) | np.uint64(j + 1)
    place = ((key * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(44)) & np.uint64(_REMEMBERED - 1)
    if memo.keys[place] != key:
        level, similarity = compare(parts, i, j, memo)
        memo.keys[place], memo.levels[place] = key, level + (SURELY if similarity >= _SURELY_ONE else 0)
    return np.int64(memo.levels[place])


@outer
def compare_many(
    parts: Parts,
    left: NDArray[np.int64],
    right: NDArray[np.int64],
    memo: Memo,
    levels: NDArray[np.int8],
    out: NDArray[np.float64],
) -> None:
    """Fills the levels of many pairs of parts and their similarities."""
    for row in range(len(left)):
        levels[row], out[row] = compare(parts, np.int32(left[row]), np.int32(right[row]), memo)
