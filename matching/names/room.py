"""Arrays that the compiled scores of names work in: compiled code makes none of its own."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.names.chunks import MAX_CHUNK, MAX_LETTERS
from matching.names.wordlist import KEPT_WORDS

SLOTS = 1024  # words held that are remembered with what they weigh against those of the query
_SCRIPTS = 3
Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Shorts = NDArray[np.int16]
Flags = NDArray[np.bool_]


class Joining(NamedTuple):
    """Two words tried as one: how the words of both names weigh then, the letters of the two, how these and
    those of the other word may be cut.
    """

    grid: Floats
    weights_a: Floats
    weights_b: Floats
    letters: NDArray[np.uint8]
    one: Shorts
    two: Shorts


class Room(NamedTuple):
    """One comparison at a time. `stamps` and `slots` have a number for every word held, `generation` the last
    that was stamped.
    """

    generation: Places
    stamps: Places
    slots: Places
    met: Floats
    chunks: Shorts  # of the words of the query against each script
    other: Shorts  # of one word held
    work: Floats
    grid: Floats
    weights_a: Floats
    weights_b: Floats
    short_a: Floats  # weights with initials for the words that they stand for
    short_b: Floats
    partner: Places
    free_a: Flags
    free_b: Flags
    word_row: Floats
    name_row: Floats
    joining: Joining


def room(words: int, word_features: int, name_features: int) -> Room:
    """Room for comparisons with names over so many distinct words."""
    chunks, side = (MAX_LETTERS + 1, MAX_CHUNK + 1), MAX_LETTERS + 2
    one, two, three, four, five, six = np.zeros((6, KEPT_WORDS))
    joining = Joining(
        np.zeros((KEPT_WORDS, KEPT_WORDS)), five, six, np.zeros(MAX_LETTERS, dtype=np.uint8),
        np.full(chunks, -1, dtype=np.int16), np.full(chunks, -1, dtype=np.int16),
    )  # fmt: skip
    return Room(
        generation=np.zeros(1, dtype=np.int64),
        stamps=np.zeros(words, dtype=np.int64),
        slots=np.zeros(words, dtype=np.int64),
        met=np.zeros((SLOTS, KEPT_WORDS)),
        chunks=np.full((_SCRIPTS, KEPT_WORDS, *chunks), -1, dtype=np.int16),
        other=np.full(chunks, -1, dtype=np.int16),
        work=np.zeros((side, side)),
        grid=np.zeros((KEPT_WORDS, KEPT_WORDS)),
        weights_a=one,
        weights_b=two,
        short_a=three,
        short_b=four,
        partner=np.zeros(KEPT_WORDS, dtype=np.int64),
        free_a=np.zeros(KEPT_WORDS, dtype=np.bool_),
        free_b=np.zeros(KEPT_WORDS, dtype=np.bool_),
        word_row=np.zeros(word_features),
        name_row=np.zeros(name_features),
        joining=joining,
    )
