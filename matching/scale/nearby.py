"""Which words of the records are near to a sought word: worked out once for each and kept."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from matching.scale.growing import Growing
from matching.scale.parts import SOUNDS_READ, Parts
from matching.scale.word_kernel import LongSounds, Near, Records, long_words, near_sounds, near_words


class Nearby:
    """Grows with the words asked for; what it has given out stays valid."""

    def __init__(self, parts: Parts, records: Records) -> None:
        self._records = records
        self._sounds = np.flatnonzero(np.diff(records.by_sound.starts)).astype(np.int32)
        self._of_sound = _Runs()
        self._of_part = _Runs()
        long = np.flatnonzero(np.diff(records.by_long.starts))
        long = long[np.argsort(parts.codes[long, 0], kind="stable")]
        self._long = LongSounds(
            long.astype(np.int32), parts.codes[long, 0].astype(np.int32), parts.masks[long]
        )
        self._of_whole = _Runs()
        self._best = np.zeros(len(parts.facts), dtype=np.float32)
        self._out = np.zeros(max(len(parts.facts), len(self._sounds)), dtype=np.int32)
        self._similarity = np.zeros(len(self._out), dtype=np.float32)

    def learn(self, parts: Parts, asked: Iterable[int]) -> None:
        for part in asked:
            if self._of_part.has(part):
                continue
            for sound in parts.sounds[part, : max(1, parts.facts[part, SOUNDS_READ])].tolist():
                if not self._of_sound.has(sound):
                    count = near_sounds(parts, sound, self._sounds, self._out, self._similarity)
                    self._of_sound.put(sound, self._out[:count], self._similarity[:count])
            near = self._of_sound.near
            count = near_words(parts, self._records, part, near, self._best, self._out, self._similarity)
            self._put(self._of_part, part, count)

    def learn_joined(self, parts: Parts, asked: Iterable[int]) -> None:
        """The same for two names in one word."""
        for whole in asked:
            if not self._of_whole.has(whole):
                count = long_words(parts, self._records, whole, self._long, self._best, self._out)
                self._put(self._of_whole, whole, count)

    def _put(self, runs: "_Runs", part: int, count: int) -> None:
        order = np.argsort(self._out[:count])
        runs.put(part, self._out[:count][order], self._similarity[:count][order])

    @property
    def near(self) -> Near:
        return self._of_part.near

    @property
    def near_long(self) -> Near:
        return self._of_whole.near


class _Runs:
    def __init__(self) -> None:
        self._starts = np.full(64, -1, dtype=np.int64)
        self._ends = np.zeros(64, dtype=np.int64)
        self._part = Growing(np.int32)
        self._similarity = Growing(np.float32)

    def has(self, key: int) -> bool:
        return key < len(self._starts) and bool(self._starts[key] >= 0)

    def put(self, key: int, parts: NDArray[np.int32], similarity: NDArray[np.float32]) -> None:
        if key >= len(self._starts):
            more = max(2 * len(self._starts), key + 1) - len(self._starts)
            self._starts = np.concatenate([self._starts, np.full(more, -1, dtype=np.int64)])
            self._ends = np.concatenate([self._ends, np.zeros(more, dtype=np.int64)])
        self._starts[key] = len(self._part)
        self._part.add(parts.tolist())
        self._similarity.add(similarity.tolist())
        self._ends[key] = len(self._part)

    @property
    def near(self) -> Near:
        return Near(self._starts, self._ends, self._part.rows, self._similarity.rows)
