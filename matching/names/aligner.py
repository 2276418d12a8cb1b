"""Shows which letters of two words met: the likeliest cut by the learned letter tables."""

from functools import lru_cache

import numpy as np

from matching.names.chunks import spelling
from matching.names.letter_kernels import align
from matching.names.letter_tables import SCRIPTS, letters
from matching.names.script import letter_script
from schemas.vocabulary import Script

UNKNOWN_RATIO = -20.0  # bits for two words in scripts that no model covers
Cut = tuple[tuple[str, str], ...]


def best_alignment(a: str, b: str) -> tuple[float, Cut]:
    """Bits of the likeliest alignment of two words against chance, and the letters that met in it.

    The letters are those of the match keys, at most twenty of each word. No letters where no table covers
    the two scripts or nothing brings the words together.
    """
    one, two = spelling(a), spelling(b)
    left, right = _script(one), _script(two)
    if left is None or right is None:
        return UNKNOWN_RATIO, ()
    tables, alphabet = letters()
    numbers_a = np.array([alphabet.number(left, letter) for letter in one], dtype=np.uint8)
    numbers_b = np.array([alphabet.number(right, letter) for letter in two], dtype=np.uint8)
    bits, steps = align(numbers_a, left, numbers_b, right, tables)
    return float(bits), _read(one, two, steps.tolist())


def _read(one: str, two: str, steps: list[list[int]]) -> Cut:
    cut: list[tuple[str, str]] = []
    i = j = 0
    for di, dj in steps:
        cut.append((one[i : i + di], two[j : j + dj]))
        i, j = i + di, j + dj
    return tuple(cut)


@lru_cache(maxsize=262144)
def _script(spelled: str) -> int | None:
    script = letter_script(spelled[0]) if spelled else Script.NONE
    return SCRIPTS.index(script) if script in SCRIPTS else None
