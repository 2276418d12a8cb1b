"""Numbers for the letter groups (one to three letters) a spelling is made of, by script."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.names.script import fold

MAX_LETTERS = 20  # of one word; what is longer is compared by its beginning
MAX_CHUNK = 3
NOTHING = 0  # the empty chunk
UNKNOWN = 1  # a single letter the model has not learned
IMPOSSIBLE = 2  # a longer chunk the model has not learned
_RESERVED = 3
Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class ChunkTable:
    """chunk -> number; the first three numbers are the special ones above."""

    numbers: dict[str, int]

    @classmethod
    def of(cls, chunks: Sequence[str]) -> "ChunkTable":
        return cls({chunk: place + _RESERVED for place, chunk in enumerate(chunks)})

    def __len__(self) -> int:
        return len(self.numbers) + _RESERVED

    def number(self, chunk: str) -> int:
        """The number of one chunk."""
        if not chunk:
            return NOTHING
        return self.numbers.get(chunk, UNKNOWN if len(chunk) == 1 else IMPOSSIBLE)

    def encode(self, words: Sequence[str]) -> tuple[Ids, NDArray[np.int64]]:
        """ids[word, end, length - 1]: the chunk of that length ending before letter `end`; and the word
        lengths.
        """
        spelled = [spelling(word) for word in words]
        lengths = np.array([len(word) for word in spelled], dtype=np.int64)
        longest = int(lengths.max(initial=0))
        ids = np.full((len(words), longest + 1, MAX_CHUNK), IMPOSSIBLE, dtype=np.int32)
        ids[:, :, 0] = UNKNOWN
        numbers = self.numbers
        for row, word in enumerate(spelled):
            for end in range(1, len(word) + 1):
                for size in range(1, min(MAX_CHUNK, end) + 1):
                    number = numbers.get(word[end - size : end])
                    if number is not None:
                        ids[row, end, size - 1] = number
        return ids, lengths


def spelling(word: str) -> str:
    """The letters of a word that are aligned: folded, without spaces, at most twenty."""
    return spelling_of(fold(word))


def spelling_of(folded: str) -> str:
    """`spelling` of a folded word."""
    return folded.replace(" ", "")[:MAX_LETTERS]
