"""Distinct words prepared for the compiled comparisons: letters by number, vectors, sounds, groups."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import outer
from matching.names.chunks import MAX_LETTERS, spelling_of
from matching.names.encoder import encoder
from matching.names.letter_kernels import alone_bits
from matching.names.letter_tables import SCRIPTS, Alphabet, Letters, letters
from matching.names.lexicon import lexicon
from matching.names.parts import groups_of_spelling
from matching.names.script import fold_read, letter_script
from matching.names.skeleton import skeletons_of
from schemas.vocabulary import Script

NO_SCRIPT = 3
_GROUPS = 2  # of one spelling, at most; more are too ambiguous to mean anything
_TOGETHER = 20_000  # words taken in one go, few enough that what was read of them is still at hand
_SOUNDS = "abcdfghijklmnpqrstvwxz"


class Words(NamedTuple):
    """Arrays with one row for each distinct word; see `word_table`."""

    letters: NDArray[np.uint8]  # numbers of at most twenty letters
    lengths: NDArray[np.int64]
    scripts: NDArray[np.int64]  # 0 Cyrillic, 1 Arabic, 2 Latin, 3 none of them
    alone: NDArray[np.float32]  # bits of the spelling by itself
    vectors: NDArray[np.int8]
    scales: NDArray[np.float32]
    heads: NDArray[np.uint32]  # one bit for each sound that may come first
    groups: NDArray[np.int32]  # numbers of its name groups, -1 for none


def word_table(texts: Sequence[str]) -> Words:
    """Prepares words as heard (`script.lettered`); one row for each, given once or more often."""
    size = len(texts)
    found = Words(
        letters=np.zeros((size, MAX_LETTERS), dtype=np.uint8),
        lengths=np.zeros(size, dtype=np.int64),
        scripts=np.full(size, NO_SCRIPT, dtype=np.int64),
        alone=np.zeros(size, dtype=np.float32),
        vectors=np.zeros((size, encoder().width), dtype=np.int8),
        scales=np.zeros(size, dtype=np.float32),
        heads=np.zeros(size, dtype=np.uint32),
        groups=np.full((size, _GROUPS), -1, dtype=np.int32),
    )
    for begin in range(0, size, _TOGETHER):
        end = min(begin + _TOGETHER, size)
        for row in range(begin, end):
            _fill(found, row, texts[row])
        encoder().fill(texts[begin:end], found.vectors[begin:end], found.scales[begin:end])
    _alone(found.letters, found.lengths, found.scripts, letters()[0], found.alone)
    return found


def _fill(words: Words, row: int, text: str) -> None:
    spelled, numbered = spelling_of(fold_read(text)), _group_numbers()
    script = _spell(spelled, words.letters[row], letters()[1])
    words.scripts[row] = script
    words.lengths[row] = len(spelled) if script != NO_SCRIPT else 0
    words.heads[row] = _head(text)
    for column, group in enumerate(sorted(groups_of_spelling(spelled))[:_GROUPS]):
        words.groups[row, column] = numbered[group]


def _spell(spelled: str, row: NDArray[np.uint8], alphabet: Alphabet) -> int:
    script = letter_script(spelled[0]) if spelled else Script.NONE
    if script not in SCRIPTS:
        return NO_SCRIPT
    number = SCRIPTS.index(script)
    known = alphabet.numbers[number]
    unknown = len(known)
    row[: len(spelled)] = bytearray([known.get(letter, unknown) for letter in spelled])
    return number


def _head(text: str) -> int:
    bits = 0
    for sound in {reading[:1] for reading in skeletons_of(text)} - {""}:
        bits |= 1 << _SOUNDS.index(sound) if sound in _SOUNDS else 0
    return bits


@lru_cache(maxsize=1)
def _group_numbers() -> dict[str, int]:
    return {group: number for number, group in enumerate(lexicon().groups)}


@outer
def _alone(
    numbers: NDArray[np.uint8],
    lengths: NDArray[np.int64],
    scripts: NDArray[np.int64],
    tables: Letters,
    out: NDArray[np.float32],
) -> None:
    for row in range(len(out)):
        if scripts[row] < 3:
            out[row] = alone_bits(numbers[row], lengths[row], scripts[row], tables)
