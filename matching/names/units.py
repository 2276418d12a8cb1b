"""The units a word is looked up by: hashed letter groups of its own script and of its sound skeletons.

Each is hashed behind a mark that tells its kind: `c<маг` stands for Cyrillic letters, `~mgm` for a sound
skeleton, `#G001` for a name group; the same on every machine.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matching.names.parts import groups_of_spelling
from matching.names.script import fold_read, letter_script
from matching.names.skeleton import skeletons_of

MAX_LETTERS = 24  # of one word; longer words are read no further
_READINGS = 4
_LETTERS, _SOUNDS = 4, 3  # of the longest groups
_PLACES = 5  # of a piece
Places = NDArray[np.int64]


def flattened(heard: Sequence[str]) -> tuple[NDArray[np.uint8], Places, Places]:
    """The text of all pieces of words as heard (`script.lettered`), one row of places in it for each piece,
    and the first piece of each word.

    A row: where the mark and the letters begin, where they end, up to how many letters make a group, and
    whether the piece as a whole is a unit.
    """
    texts: list[str] = []
    rows: list[int] = []
    first, end = [0], 0
    for word in heard:
        for mark, letters, longest in _pieces(word):
            size = len(letters.encode())
            if longest:
                texts.append(f"{mark}={letters}{mark}<{letters}>")
                begin, end = end + 2 + size, end + 5 + 2 * size
                rows += (begin - 2 - size, begin - size, begin, 0, 1, begin, begin + 1, end, longest, 0)
            else:
                texts.append(mark + letters)
                begin, end = end, end + 1 + size
                rows += (begin, begin + 1, end, 0, 1)
        first.append(len(rows) // _PLACES)
    text = np.frombuffer("".join(texts).encode(), dtype=np.uint8)
    return text, np.array(rows, dtype=np.int64).reshape(-1, _PLACES), np.array(first, dtype=np.int64)


def _pieces(word: str) -> list[tuple[str, str, int]]:
    """Marks and letters of a word as wholes, and the length of the longest groups that are cut from them;
    nothing for a word without letters.
    """
    folded = fold_read(word).replace(" ", "")[:MAX_LETTERS]
    if not folded:
        return []
    found = [(letter_script(folded[0]).value[:1], folded, _LETTERS)]
    found += [("~", reading, _SOUNDS) for reading in skeletons_of(word)[:_READINGS]]
    return found + [("#", group, 0) for group in sorted(groups_of_spelling(folded))]
