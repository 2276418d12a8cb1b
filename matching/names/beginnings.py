"""Words by the first sounds of them: «Исрап» begins إسرافيلوفا."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.names.skeleton import skeletons

Places = NDArray[np.int64]
Lengths = NDArray[np.uint8]
LONGEST = 100  # sounds of a word, as far as they are counted
_FEWEST_SOUNDS = 2
_LAST = "\uffff"  # behind every sound


class Beginnings:
    """The words of a vocabulary, by their places. It never changes: with more words it is another one."""

    def __init__(self, words: int = 0, sounded: Sequence[tuple[str, int]] = ()) -> None:
        """`sounded`: each way in which a word sounds with the place of the word, in order."""
        self.words = words
        self._sounds = [sound for sound, _ in sounded]
        self._places = np.array([place for _, place in sounded], dtype=np.int64)
        self._lengths = np.array([min(len(sound), LONGEST) for sound in self._sounds], dtype=np.int64)

    def behind(self, texts: Sequence[str]) -> "Beginnings":
        """With these words behind the others."""
        known = zip(self._sounds, self._places.tolist(), strict=True)
        new = {(sound, self.words + n) for n, text in enumerate(texts) for sound in skeletons(text)}
        return Beginnings(self.words + len(texts), sorted(chain(known, sorted(new))))

    def of(self, sounds: Iterable[str]) -> tuple[Places, Lengths]:
        """The words that begin with one of these sounds, in order, and how many sounds each has more."""
        ranges = [
            (bisect_left(self._sounds, sound), bisect_left(self._sounds, sound + _LAST), len(sound))
            for sound in sounds
            if len(sound) >= _FEWEST_SOUNDS
        ]
        places = [self._places[begin:end] for begin, end, _ in ranges]
        more = [self._lengths[begin:end] - min(length, LONGEST) for begin, end, length in ranges]
        if not ranges:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint8)
        met, missing = np.concatenate(places), np.concatenate(more).astype(np.uint8)
        order = np.argsort(met, kind="stable")
        return met[order], missing[order]
