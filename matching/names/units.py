"""The units a word is looked up by: hashed letter groups of its own script and of its sound skeletons.

Each is hashed behind a mark that tells its kind: `c<маг` stands for Cyrillic letters, `~mgm` for a sound
skeleton, `#G001` for a name group; the same on every machine.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.names.parts import groups_of_spelling
from matching.names.script import fold, letter_script
from matching.names.skeleton import skeletons

MAX_LETTERS = 24  # of one word; longer words are read no further
_READINGS = 4
Places = NDArray[np.int64]


class Piece(NamedTuple):
    """Letters that make units: groups of one to `longest` letters, and the whole when `whole` says so."""

    mark: str
    letters: str
    longest: int
    whole: bool


def pieces_of(word: str) -> list[Piece]:
    """What the units of a word are cut from; empty for a word without letters."""
    folded = fold(word).replace(" ", "")[:MAX_LETTERS]
    if not folded:
        return []
    script = letter_script(folded[0]).value[:1]
    found = [Piece(f"{script}=", folded, 0, True), Piece(script, f"<{folded}>", 4, False)]
    for reading in skeletons(word)[:_READINGS]:
        found.append(Piece("~=", reading, 0, True))
        found.append(Piece("~", f"<{reading}>", 3, False))
    found += [Piece("#", group, 0, True) for group in sorted(groups_of_spelling(folded))]
    return found


def flattened(words: Sequence[str]) -> tuple[NDArray[np.uint8], Places, Places]:
    """The text of all pieces, one row of places in it for each piece, and the first piece of each word."""
    parts: list[bytes] = []
    rows: list[tuple[int, int, int, int, int]] = []
    first = [0]
    size = 0
    for word in words:
        for piece in pieces_of(word):
            mark, letters = piece.mark.encode(), piece.letters.encode()
            begin, end = size + len(mark), size + len(mark) + len(letters)
            rows.append((size, begin, end, piece.longest, int(piece.whole)))
            parts += (mark, letters)
            size = end
        first.append(len(rows))
    text = np.frombuffer(b"".join(parts), dtype=np.uint8)
    return text, np.array(rows, dtype=np.int64).reshape(-1, 5), np.array(first, dtype=np.int64)
