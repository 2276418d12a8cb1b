"""Scores pairs of full names: the words of one side are assigned to those of the other, whatever their
order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.names.encoder import encoder
from matching.names.joins import LongShort, join_words, words_in
from matching.names.wordlist import MAX_WORDS, name_words
from matching.names.wordpairs import Words, initials, weights, word_logits

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
NAME_FEATURES = (
    "agreeing",
    "disagreeing",
    "worst",
    "cosine",
    "alone_left",
    "alone_right",
    "alone_both",
    "rarity",
    "matched",
    "bias",
)
_NEVER = -8.0  # log-odds of words whose vectors do not even point the same way
_LEAST_COSINE = 0.2
_JOIN_EQUAL, _JOIN_UNEQUAL = 0.6, 0.4  # how near two names of equal or unequal word count are to try joins
_LOW, _HIGH = -5.0, 7.0


class WordedNames:
    """Names as rows of word numbers (-1 = none) with weights, over a table of distinct words."""

    def __init__(self, names: Sequence[str]) -> None:
        numbers: dict[str, int] = {}
        self.places = np.full((len(names), MAX_WORDS), -1, dtype=np.int64)
        self.weights = np.zeros((len(names), MAX_WORDS), dtype=np.float32)
        for row, name in enumerate(names):
            for column, word in enumerate(name_words(name)):
                self.places[row, column] = numbers.setdefault(word.text, len(numbers))
                self.weights[row, column] = word.weight
        self.vocabulary = list(numbers)
        self.vectors = encoder().vectors(self.vocabulary)
        self.names = self._sums()

    def _sums(self) -> Floats:
        padded = np.vstack([self.vectors, np.zeros((1, self.vectors.shape[1]), dtype=np.float32)])
        sums = np.zeros((len(self.places), padded.shape[1]), dtype=np.float32)
        for column in range(MAX_WORDS):
            sums += padded[self.places[:, column]] * self.weights[:, column : column + 1]
        norm = np.linalg.norm(sums, axis=1, keepdims=True)
        return np.asarray(np.divide(sums, norm, out=np.zeros_like(sums), where=norm > 0), dtype=np.float32)

    @cached_property
    def words(self) -> Words:
        return Words(self.vocabulary)

    @cached_property
    def rarity(self) -> Floats:
        """Bits of each word: how few of the names here have it."""
        used = self.places[self.places >= 0]
        seen = np.bincount(used, minlength=len(self.vocabulary))
        return np.log2((len(self.places) + 1) / (seen + 1)).astype(np.float32)


def name_scores(asked: WordedNames, held: WordedNames, left: Places, right: Places) -> Floats:
    """Log-odds that the names at `left` and `right` are one name."""
    grid = word_grid(asked, held, asked.places[left], held.places[right])
    plain = Pairing(grid, asked.weights[left], held.weights[right])
    scores = np.asarray(_features(asked, held, left, right, plain) @ weights().name, dtype=np.float32)
    for turned in (False, True):
        some, pairing = _joined(asked, held, left, right, plain, turned)
        if len(some):
            again = _features(asked, held, left[some], right[some], pairing) @ weights().name
            scores[some] = np.maximum(scores[some], again)
    return scores


def name_features(asked: WordedNames, held: WordedNames, left: Places, right: Places) -> Floats:
    """One row of `NAME_FEATURES` for each pair of names, no words joined."""
    grid = word_grid(asked, held, asked.places[left], held.places[right])
    return _features(asked, held, left, right, Pairing(grid, asked.weights[left], held.weights[right]))


@dataclass(frozen=True, slots=True)
class Pairing:
    """Log-odds of the words of pairs of names with the words' weights on both sides."""

    grid: Floats
    weight_a: Floats
    weight_b: Floats


def _joined(
    asked: WordedNames, held: WordedNames, left: Places, right: Places, plain: Pairing, turned: bool
) -> tuple[Places, Pairing]:
    """The pairs in which joining two words of the longer name helps, with their words joined."""
    more = words_in(asked.places)[left] - words_in(held.places)[right]
    cosine = (asked.names[left] * held.names[right]).sum(1)
    near = cosine > np.where(more == 0, _JOIN_EQUAL, _JOIN_UNEQUAL)
    some = np.flatnonzero(near & (more <= 0 if turned else more >= 0))
    long, short = (held, asked) if turned else (asked, held)
    rows_long, rows_short = (right[some], left[some]) if turned else (left[some], right[some])
    grid = plain.grid[some].transpose(0, 2, 1).copy() if turned else plain.grid[some].copy()
    pairs = LongShort(grid, long.places[rows_long], short.places[rows_short], long.weights[rows_long].copy())
    changed = join_words(pairs, long.vocabulary, long.vectors, short.words, short.vectors)
    kept = np.flatnonzero(changed)
    grid, longs, shorts = pairs.grid[kept], pairs.long_weights[kept], short.weights[rows_short[kept]]
    if turned:
        return some[kept], Pairing(grid.transpose(0, 2, 1), shorts, longs)
    return some[kept], Pairing(grid, longs, shorts)


def _features(asked: WordedNames, held: WordedNames, left: Places, right: Places, pairing: Pairing) -> Floats:
    matched, spot_a, spot_b = assigned(pairing.grid)
    met = matched > -np.inf
    value = np.clip(np.where(met, matched, 0.0), _LOW, _HIGH)
    taken_a = np.take_along_axis(pairing.weight_a, spot_a, 1) * met
    taken_b = np.take_along_axis(pairing.weight_b, spot_b, 1) * met
    weight = np.minimum(taken_a, taken_b)
    alone_a, alone_b = pairing.weight_a.sum(1) - taken_a.sum(1), pairing.weight_b.sum(1) - taken_b.sum(1)
    sure = weight / (1.0 + np.exp(-value))
    rare = held.rarity[np.take_along_axis(held.places[right], spot_b, 1)]
    rows = np.zeros((len(left), len(NAME_FEATURES)), dtype=np.float32)
    rows[:, 0] = (weight * np.maximum(value, 0)).sum(1) / 5
    rows[:, 1] = (weight * np.minimum(value, 0)).sum(1) / 5
    rows[:, 2] = np.where(met & (weight > 0.3), value, _HIGH).min(1) / 5
    rows[:, 3] = (asked.names[left] * held.names[right]).sum(1)
    rows[:, 4], rows[:, 5] = alone_a, alone_b
    rows[:, 6] = np.minimum(alone_a, alone_b)
    rows[:, 7] = (sure * rare).sum(1) / 10
    rows[:, 8] = sure.sum(1)
    rows[:, 9] = 1.0
    return rows


def word_grid(asked: WordedNames, held: WordedNames, one: Places, two: Places) -> Floats:
    """Log-odds of every word of one name with every word of the other: [pair, word, word]; -inf where there
    is none.
    """
    size = max(len(held.vocabulary), 1)
    codes = one[:, :, None] * size + two[:, None, :]
    there = (one >= 0)[:, :, None] & (two >= 0)[:, None, :]
    distinct, back = np.unique(codes[there], return_inverse=True)
    pairs = np.stack(np.divmod(distinct, size), axis=1)
    cosine = _cosines(asked.vectors, held.vectors, pairs)
    logits = np.full(len(distinct), _NEVER, dtype=np.float32)
    near = np.flatnonzero(cosine > _LEAST_COSINE)
    logits[near] = word_logits(asked.words, held.words, pairs[near], cosine[near])
    initials(asked.words, held.words, pairs, logits)
    grid = np.full(codes.shape, -np.inf, dtype=np.float32)
    grid[there] = logits[back]
    return grid


def _cosines(left: Floats, right: Floats, pairs: Places) -> Floats:
    found = np.zeros(len(pairs), dtype=np.float32)
    for begin in range(0, len(pairs), 65536):
        some = pairs[begin : begin + 65536]
        found[begin : begin + 65536] = (left[some[:, 0]] * right[some[:, 1]]).sum(1)
    return found


def assigned(grid: Floats) -> tuple[Floats, Places, Places]:
    """Greedy one-to-one assignment, best first: the log-odds taken (-inf when none is left) and the two
    spots.
    """
    left = grid.copy()
    count = len(grid)
    rows = np.arange(count)
    taken = np.full((count, MAX_WORDS), -np.inf, dtype=np.float32)
    spot_a = np.zeros((count, MAX_WORDS), dtype=np.int64)
    spot_b = np.zeros((count, MAX_WORDS), dtype=np.int64)
    for turn in range(MAX_WORDS):
        best = left.reshape(count, -1).argmax(1)
        a, b = np.divmod(best, MAX_WORDS)
        taken[:, turn] = left[rows, a, b]
        spot_a[:, turn], spot_b[:, turn] = a, b
        left[rows, a, :] = -np.inf
        left[rows, :, b] = -np.inf
    return taken, spot_a, spot_b
