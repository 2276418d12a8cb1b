"""Words prepared once for all names that have them."""

from collections.abc import Iterable, Sequence
from itertools import islice
from queue import SimpleQueue
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.names.beginnings import Beginnings
from matching.names.room import Room
from matching.names.word_table import Words, word_table


class Vocabulary:
    """Distinct words in the order of their coming. One thread at a time adds words; others may read `words`
    meanwhile, which is another object after every change.
    """

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.rooms: SimpleQueue[Room] = SimpleQueue()  # to score names in, when nobody does just now
        self.words: Words = word_table(())
        self._beginnings = Beginnings()

    def __len__(self) -> int:
        return len(self._places)

    def places(self, texts: Sequence[str]) -> NDArray[np.int32]:
        """Where these words stand, behind the others if they are new."""
        new = [text for text in texts if text not in self._places]
        if new:
            self.words = _behind(self.words, word_table(new))
            self._places |= {text: place for place, text in enumerate(new, len(self._places))}
        return np.array([self._places[text] for text in texts], dtype=np.int32)

    def beginnings(self) -> Beginnings:
        """Its words as they are now, by their first sounds. For the thread that adds words."""
        if self._beginnings.words < len(self):
            new = tuple(islice(self._places, self._beginnings.words, None))
            self._beginnings = self._beginnings.behind(new)
        return self._beginnings

    def share_of(self, used: Iterable[NDArray[np.int32]]) -> float:
        """The share of the words that stand at any of these places; 1 if there are none."""
        met = np.zeros(len(self), dtype=np.bool_)
        for places in used:
            met[places] = True
        return float(met.mean()) if len(met) else 1.0


def _behind(words: Words, more: Words) -> Words:
    pairs: list[Any] = list(zip(words, more, strict=True))
    return Words(*map(np.concatenate, pairs))
