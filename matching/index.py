"""A coarse weight of one sought person against every record at once, to choose whom to compare closely.

Nothing is blocked by a key: every record gets a number, from the best similarity of the sound
skeletons of its words, the years between the births and the sex. Families are found through it even
where no single member stands out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from matching.births import NO_DATE, Ints, birth_days
from matching.evidence.age import MIDDLES
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import Sex

Floats = NDArray[np.float32]

_ALIKE = 0.62  # skeleton similarity below which two words do not count as alike
_NAME_BITS = 6.0  # coarse worth of an agreeing name


class Index:
    """The words of all records, their births and sexes as arrays; read-only once built."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._words: dict[str, int] = {}
        self._parts: list[NamePart] = []
        self._own = self._table([[s.part for s in p.slots] for p in profiles])
        self._mothers = self._table([list(p.mothers) for p in profiles])
        self._fathers = self._table([list(p.fathers) for p in profiles])
        self._kunyas = self._table([list(p.kunya_children) for p in profiles])
        self._low, self._high = birth_days(profiles)
        self._sex = np.array([_sign(p.sex) for p in profiles], dtype=np.int8)
        self._prepare_words()

    def coarse(self, sought: Profile, policy: Policy) -> Floats:
        """One coarse weight a record, in bits; only their order and rough size mean anything."""
        own = np.maximum(
            self._agreement(tuple(s.part for s in sought.slots if s.given is not None), self._own),
            0.8 * self._agreement(sought.kunya_children, self._kunyas),
        )
        surnames = self._agreement(tuple(s.part for s in sought.slots if s.surname == 0.0), self._own)
        fathers = sought.fathers + tuple(s.part for s in sought.slots if s.father == 0.0)
        father = np.maximum(self._agreement(fathers, self._own), self._agreement(fathers, self._fathers))
        mother = self._agreement(sought.mothers, self._mothers)
        names = own + 0.6 * surnames + 0.5 * father + 0.7 * mother
        return np.asarray(names + self._ages(sought, policy) + self._sexes(sought, policy), dtype=np.float32)

    def _table(self, rows: list[list[NamePart]]) -> Ints:
        width = max((len(r) for r in rows), default=0) or 1
        table = np.zeros((len(rows), width), dtype=np.int32)  # 0 is the empty word
        for number, row in enumerate(rows):
            for column, part in enumerate(row):
                table[number, column] = self._word(part)
        return table

    def _word(self, part: NamePart) -> int:
        if part.folded not in self._words:
            self._parts.append(part)
            self._words[part.folded] = len(self._parts)
        return self._words[part.folded]

    def _prepare_words(self) -> None:
        self._skeletons = [s for p in self._parts for s in p.skeletons or (p.folded,)]
        counts = [len(p.skeletons or (p.folded,)) for p in self._parts]
        self._starts = np.cumsum([0, *counts[:-1]]) if counts else np.zeros(0, dtype=np.int64)
        self._by_group: dict[str, list[int]] = {}
        for number, part in enumerate(self._parts, start=1):
            for group in part.groups:
                self._by_group.setdefault(group, []).append(number)

    def _agreement(self, parts: Sequence[NamePart], table: Ints) -> Floats:
        if not parts or not self._parts:
            return np.zeros(len(table), dtype=np.float32)
        words = np.zeros(len(self._parts) + 1, dtype=np.float32)
        for part in parts:
            np.maximum(words, self._word_similarity(part), out=words)
        return np.asarray(_NAME_BITS * words[table].max(axis=1), dtype=np.float32)

    def _word_similarity(self, part: NamePart) -> Floats:
        """0..1 for each word of the lists; word 0 is the empty one."""
        similar = cdist(
            list(part.skeletons or (part.folded,)),
            self._skeletons,
            scorer=Indel.normalized_similarity,
            dtype=np.float32,
        ).max(axis=0)
        best = np.maximum.reduceat(similar, self._starts)
        scaled = np.clip((best - _ALIKE) / (1 - _ALIKE), 0, 1)
        words = np.concatenate([np.zeros(1, dtype=np.float32), scaled.astype(np.float32)])
        for group in part.groups:
            words[self._by_group.get(group, [])] = 1.0
        return words

    def _ages(self, sought: Profile, policy: Policy) -> Floats:
        low, high = birth_days([sought])
        if low[0] == NO_DATE:
            return np.zeros(len(self._low), dtype=np.float32)
        gap = np.maximum(0, np.maximum(low[0] - self._high, self._low - high[0])) / 365.25
        shares = policy.age_u_child if sought.is_child else policy.age_u_adult
        weight = np.interp(gap, MIDDLES, np.log2(np.array(policy.age_m) / np.array(shares)))
        return np.where(self._low == NO_DATE, 0.0, weight).astype(np.float32)

    def _sexes(self, sought: Profile, policy: Policy) -> Floats:
        product = _sign(sought.sex) * self._sex
        return np.select([product > 0, product < 0], [policy.sex["same"], policy.sex["differs"]], 0.0).astype(
            np.float32
        )


def _sign(sex: Sex) -> int:
    return {Sex.FEMALE: 1, Sex.MALE: -1}.get(sex, 0)
