"""Which words of the records are near to a sought word: worked out once for each and kept."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scale.growing import Growing
from matching.scale.parts import SOUNDS_READ, Parts
from matching.scale.word_kernel import Near, Places, Records, Sounds, long_words, near_sounds, near_words

Numbers = NDArray[np.int32]
Shares = NDArray[np.float32]
Crew = Callable[..., Iterable[Any]]  # `map`, or that of a pool
_AT_ONCE = 32  # words that one thread looks for before it takes others


class Nearby:
    """Grows with the words asked for; what it has given out stays valid."""

    def __init__(self, parts: Parts, records: Records) -> None:
        self._records = records
        self._sounds = _by_size(parts, np.flatnonzero(np.diff(records.by_sound.starts)))
        self._of_sound = _Runs()
        self._of_part = _Runs()
        self._long = _by_size(parts, np.flatnonzero(np.diff(records.by_long.starts)))
        self._of_whole = _Runs()
        self._size = len(parts.facts)
        self._spare: list[_Desk] = []

    def learn(self, parts: Parts, asked: Iterable[int], crew: Crew) -> None:
        """`crew` looks for several words at a time."""
        new = [part for part in asked if not self._of_part.has(part)]
        heard = {
            sound
            for part in new
            for sound in parts.sounds[part, : max(1, parts.facts[part, SOUNDS_READ])].tolist()
            if not self._of_sound.has(sound)
        }

        def of_sound(sound: int, desk: _Desk) -> int:
            return near_sounds(parts, sound, self._sounds, desk.bits, desk.out, desk.similarity)

        for sound, found in self._found(sorted(heard), of_sound, crew):
            self._of_sound.put(sound, *found)
        near = self._of_sound.near

        def of_part(part: int, desk: _Desk) -> int:
            return near_words(parts, self._records, part, near, desk.best, desk.out, desk.similarity)

        for part, found in self._found(new, of_part, crew):
            self._of_part.put(part, *_ordered(*found))

    def learn_joined(self, parts: Parts, asked: Iterable[int], crew: Crew) -> None:
        """The same for two names in one word."""

        def of_whole(whole: int, desk: _Desk) -> int:
            return long_words(
                parts, self._records, whole, self._long, desk.bits, desk.best, desk.sounds, desk.out,
                desk.similarity,
            )  # fmt: skip

        new = [whole for whole in asked if not self._of_whole.has(whole)]
        for whole, found in self._found(new, of_whole, crew):
            self._of_whole.put(whole, *_ordered(*found))

    def _found(
        self, asked: Sequence[int], look: "Callable[[int, _Desk], int]", crew: Crew
    ) -> Iterator[tuple[int, tuple[Numbers, Shares]]]:
        """What `look` leaves on a desk, for each of those asked for and in their order."""

        def some(begin: int) -> list[tuple[Numbers, Shares]]:
            try:
                desk = self._spare.pop()
            except IndexError:
                desk = _Desk.of(max(self._size, len(self._sounds.sounds)))
            found = []
            for one in asked[begin : begin + _AT_ONCE]:
                count = look(one, desk)
                found.append((desk.out[:count].copy(), desk.similarity[:count].copy()))
            self._spare.append(desk)
            return found

        portions = crew(some, range(0, len(asked), _AT_ONCE))
        yield from zip(asked, (one for portion in portions for one in portion), strict=True)

    @property
    def near(self) -> Near:
        return self._of_part.near

    @property
    def near_long(self) -> Near:
        return self._of_whole.near


class _Desk(NamedTuple):
    """Working space of one thread; `best` is all zero between two words."""

    best: Shares
    out: Numbers
    similarity: Shares
    sounds: Numbers
    bits: NDArray[np.uint64]

    @classmethod
    def of(cls, size: int) -> "_Desk":
        shares = np.zeros((2, size), dtype=np.float32)
        out, sounds = np.zeros((2, size), dtype=np.int32)
        return cls(shares[0], out, shares[1], sounds, np.zeros(32, dtype=np.uint64))


def _by_size(parts: Parts, sounds: Places) -> Sounds:
    order = sounds[np.argsort(parts.codes[sounds, 0], kind="stable")]
    return Sounds(order.astype(np.int32), parts.codes[order, 0].astype(np.int32), parts.masks[order])


def _ordered(parts: Numbers, similarity: Shares) -> tuple[Numbers, Shares]:
    """The nearest first."""
    order = np.argsort(-similarity, kind="stable")
    return parts[order], similarity[order]


class _Runs:
    def __init__(self) -> None:
        self._starts = np.full(64, -1, dtype=np.int64)
        self._ends = np.zeros(64, dtype=np.int64)
        self._part = Growing(np.int32)
        self._similarity = Growing(np.float32)

    def has(self, key: int) -> bool:
        return key < len(self._starts) and bool(self._starts[key] >= 0)

    def put(self, key: int, parts: Numbers, similarity: Shares) -> None:
        if key >= len(self._starts):
            more = max(2 * len(self._starts), key + 1) - len(self._starts)
            self._starts = np.concatenate([self._starts, np.full(more, -1, dtype=np.int64)])
            self._ends = np.concatenate([self._ends, np.zeros(more, dtype=np.int64)])
        self._starts[key] = len(self._part)
        self._part.enter(parts)
        self._similarity.enter(similarity)
        self._ends[key] = len(self._part)

    @property
    def near(self) -> Near:
        return Near(self._starts, self._ends, self._part.rows, self._similarity.rows)
