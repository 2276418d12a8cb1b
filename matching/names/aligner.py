"""Shows which letters of two words met: the likeliest cut by the learned letter tables."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.names.chunks import spelling
from matching.names.letter_kernels import align
from matching.names.letter_tables import SCRIPTS, Alphabet, letters
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
    one, two = _Spelled(a, _script(a)), _Spelled(b, _script(b))
    if NO_SCRIPT in (one.script, two.script):
        return UNKNOWN_RATIO, ()
    turned = (two.script, two.letters) < (one.script, one.letters)
    if turned:  # the tables were learned in both directions and differ in the last digits
        one, two = two, one
    tables, alphabet = letters()
    steps = np.empty((len(a) + len(b), 2), dtype=np.uint8)
    bits, count = align(one.numbers(alphabet), one.script, two.numbers(alphabet), two.script, tables, steps)
    cut = _read(one.letters, two.letters, steps[:count].tolist())
    return float(bits), tuple((there, here) for here, there in cut) if turned else cut


class _Spelled(NamedTuple):
    """The letters of a word that are aligned, and the number of their script."""

    letters: str
    script: int

    def numbers(self, alphabet: Alphabet) -> NDArray[np.uint8]:
        known = alphabet.numbers[self.script]
        unknown = len(known)
        return np.frombuffer(bytearray([known.get(letter, unknown) for letter in self.letters]), np.uint8)


def _read(one: str, two: str, steps: list[list[int]]) -> Cut:
    cut: list[tuple[str, str]] = []
    i = j = 0
    for di, dj in reversed(steps):
        cut.append((one[i : i + di], two[j : j + dj]))
        i, j = i + di, j + dj
    return tuple(cut)


def _script(spelled: str) -> int:
    return _NUMBERS.get(letter_script(spelled[0]), NO_SCRIPT) if spelled else NO_SCRIPT
