"""Shows which letters of two words met: the likeliest cut by the learned letter tables."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.names.chunks import spelling
from matching.names.letter_kernels import align
from matching.names.letter_tables import SCRIPTS, letters
from matching.names.script import letter_script

UNKNOWN_RATIO = -20.0  # bits for two words in scripts that no model covers
NO_SCRIPT = -1  # a script that no table covers
_NUMBERS = {script: number for number, script in enumerate(SCRIPTS)}
Cut = tuple[tuple[str, str], ...]


def best_alignment(a: str, b: str) -> tuple[float, Cut]:
    """Bits of the likeliest alignment of two words against chance, and the letters that met in it.

    The letters are those of the match keys, at most twenty of each word; the bits are the same whichever
    word comes first. No letters where no table covers the two scripts or nothing brings the words together.
    """
    return best_alignment_of(spelling(a), spelling(b))


def best_alignment_of(a: str, b: str) -> tuple[float, Cut]:
    """`best_alignment` of two words in their `spelling`."""
    one, two = _spelled(a), _spelled(b)
    if one.script == NO_SCRIPT or two.script == NO_SCRIPT:
        return UNKNOWN_RATIO, ()
    turned = (two.script, b) < (one.script, a)
    if turned:  # the tables were learned in both directions and differ in the last digits
        one, two, a, b = two, one, b, a
    steps = np.empty((len(a) + len(b), 2), dtype=np.uint8)
    bits, count = align(one.numbers, one.script, two.numbers, two.script, letters()[0], steps)
    cut = _read(a, b, steps[:count].tolist())
    return float(bits), tuple((there, here) for here, there in cut) if turned else cut


class _Spelled(NamedTuple):
    """The letters of a word that are aligned, by number, and the number of their script."""

    numbers: NDArray[np.uint8]
    script: int


@lru_cache(maxsize=4096)
def _spelled(word: str) -> _Spelled:
    script = _NUMBERS.get(letter_script(word[0]), NO_SCRIPT) if word else NO_SCRIPT
    known = letters()[1].numbers[script] if script != NO_SCRIPT else {}
    unknown = len(known)
    return _Spelled(np.frombuffer(bytes([known.get(letter, unknown) for letter in word]), np.uint8), script)


def _read(one: str, two: str, steps: list[list[int]]) -> Cut:
    cut: list[tuple[str, str]] = []
    i = j = 0
    for di, dj in reversed(steps):
        cut.append((one[i : i + di], two[j : j + dj]))
        i, j = i + di, j + dj
    return tuple(cut)
