"""Compiled scores of pairs of full names: the words of one side are assigned to those of the other, in any
order.
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.names.join_kernels import joined
from matching.names.letter_kernels import UNLIKE, chunk_numbers
from matching.names.letter_tables import Letters
from matching.names.name_features import Side, fill_name, name_cosine
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
from matching.names.wordlist import MAX_WORDS

_JOIN_EQUAL, _JOIN_UNEQUAL = 0.6, 0.4  # how near two names of equal or unequal word count are to try joins
_SLOTS = 1024
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


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
        near = name_cosine(asked, i, held, j)
        weights_a = asked.names.weights[asked.names.first[i] : asked.names.first[i + 1]].astype(np.float64)
        weights_b = held.names.weights[first:last].astype(np.float64)
        fill_name(grid, weights_a, weights_b, near, held, first, features)
        if row < len(rows):
            rows[row] = features
        score = dot(features, name_weights)
        if near > (_JOIN_EQUAL if count == last - first else _JOIN_UNEQUAL):
            score = max(
                score,
                joined(asked, i, held, j, grid, near, True, tables, word_weights, name_weights),
                joined(asked, i, held, j, grid, near, False, tables, word_weights, name_weights),
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
