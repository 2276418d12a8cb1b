"""Compiled scores of pairs of full names: the words of one side are assigned to those of the other, in any
order.
"""

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, outer
from matching.names.join_kernels import joined
from matching.names.letter_kernels import UNLIKE, chunk_numbers
from matching.names.letter_tables import Letters
from matching.names.name_features import Side, fill_name, name_cosine, weigh
from matching.names.room import SLOTS, Room
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
from matching.names.wordlist import KEPT_WORDS

_JOIN_EQUAL, _JOIN_UNEQUAL = 0.6, 0.4  # how near two names of equal or unequal word count are to try joins
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@outer
def score_pairs(
    asked: Side,
    held: Side,
    left: Places,
    right: Places,
    tables: Letters,
    word_weights: Floats,
    name_weights: Floats,
    room: Room,
    out: Floats,
    rows: Floats,
) -> None:
    """Fills the log-odds that the names at `left` and `right` are one name; equal `left` stand together.

    Where `rows` has places, the features of the pairs with no words joined are kept too.
    """
    stamps, slots, met, grid, features = room.stamps, room.slots, room.met, room.grid, room.name_row
    generation, used, current = room.generation[0], SLOTS, np.int64(-1)
    for row in range(len(left)):
        i, j = left[row], right[row]
        first, last = held.names.first[j], held.names.first[j + 1]
        count = asked.names.first[i + 1] - asked.names.first[i]
        if i != current or used + KEPT_WORDS > SLOTS:
            generation, used, current = generation + 1, 0, i
            _prepare(asked, i, tables, room.chunks)
        for place in range(first, last):
            word = held.names.words[place]
            if stamps[word] != generation:
                stamps[word], slots[word] = generation, used
                _meet(asked, i, held.words, word, tables, word_weights, room, met[used])
                used += 1
            for k in range(count):
                grid[k, place - first] = met[slots[word], k]
        near = name_cosine(asked, i, held, j, room)
        weights_a, weights_b = room.weights_a[:count], room.weights_b[: last - first]
        weigh(asked.names, i, weights_a)
        weigh(held.names, j, weights_b)
        fill_name(grid, weights_a, weights_b, near, held, first, room, features)
        if row < len(rows):
            for column in range(len(features)):
                rows[row, column] = features[column]
        score = dot(features, name_weights)
        if near > (_JOIN_EQUAL if count == last - first else _JOIN_UNEQUAL):
            score = max(
                score,
                joined(asked, i, held, j, grid, near, True, tables, word_weights, name_weights, room),
                joined(asked, i, held, j, grid, near, False, tables, word_weights, name_weights, room),
            )
        out[row] = score
    room.generation[0] = generation


@inner
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


@inner
def _meet(
    asked: Side,
    i: int,
    held: Words,
    word: int,
    tables: Letters,
    weights: Floats,
    room: Room,
    out: Floats,
) -> None:
    """Log-odds of a word held with every word of the query."""
    other, row = room.other, room.word_row
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
                Spelled(room.chunks[to, k], asked.words.lengths[mine], script, asked.words.alone[mine]),
                Spelled(other, held.lengths[word], to, held.alone[word]),
                tables,
                room.work,
            )
        same = grouped(asked.words, mine, held, word)
        fill_features(bits, near, asked.words.lengths[mine], held.lengths[word], same, row)
        out[k] = dot(row, weights)
