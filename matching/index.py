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
from matching.evidence import origin
from matching.evidence.age import MIDDLES
from matching.evidence.origins import Origins
from matching.gallery import Gallery, NameKind
from matching.glued import Glued, may_be_two
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.weights import NameWeights, Policy
from schemas.vocabulary import Sex

Floats = NDArray[np.float32]

_ALIKE = 0.62  # skeleton similarity below which two words do not count as alike
_BY_SOUND = 0.85  # of the bits of an agreement, when only the skeletons are the same
_GLUED_ALIKE, _GLUED_BITS = 0.85, 6.0  # two names in one word: how alike its sounds must be, coarse worth
_MOST_KNOWN = 16_000_000  # words compared with parts that are kept for the next who asks


class Index:
    """The words of all records, their births, sexes and origins as arrays; read-only once built."""

    def __init__(self, profiles: Sequence[Profile], gallery: Gallery, policy: Policy) -> None:
        self._gallery, self._policy = gallery, policy
        self._words: dict[str, int] = {}
        self._parts: list[NamePart] = []
        self._own = self._table([[s.part for s in p.slots] for p in profiles])
        self._mothers = self._table([list(p.mothers) for p in profiles])
        self._fathers = self._table([list(p.fathers) for p in profiles])
        self._kunyas = self._table([list(p.kunya_children) for p in profiles])
        self._given = np.array([bool(p.given) for p in profiles], dtype=bool)
        self._low, self._high = birth_days(profiles)
        self._sex = np.array([_sign(p.sex) for p in profiles], dtype=np.int8)
        numbers: dict[Origins, int] = {}
        self._origin = np.array(
            [numbers.setdefault(p.origins, len(numbers)) for p in profiles], dtype=np.int32
        )
        self._origins = [Profile(key="", origins=one) for one in numbers]
        self._prepare_words()
        self._shares = {kind: self._word_shares(kind) for kind in NameKind}
        self._known: dict[tuple[NamePart, NameKind, NameWeights], Floats] = {}

    def coarse(self, sought: Profile) -> Floats:
        """A weight for each record near that of the pair's own facts, in bits, without aligning letters."""
        policy = self._policy
        surname_weights = policy.surname_child if sought.is_child else policy.surname_adult
        given = self._agreement(sought.given, NameKind.GIVEN, policy.given, self._own)
        for pair in sought.glued if len(self._long) else ():
            if not pair.whole.skeletons:
                continue  # of a script without a table of sounds
            np.maximum(given, self._in_one_word(pair), out=given)
        given[(given <= 0) & self._given] = policy.given.differs if sought.given else 0.0
        fathers = sought.father_names
        father = np.maximum(
            self._agreement(fathers, NameKind.GIVEN, policy.father, self._own),
            self._agreement(fathers, NameKind.GIVEN, policy.father, self._fathers),
        )
        mother = self._agreement(sought.mothers, NameKind.GIVEN, policy.mother, self._mothers)
        if sought.mothers:
            mother[(mother <= 0) & (self._mothers[:, 0] > 0)] = policy.mother.differs
        weight = given + father + mother
        weight += self._agreement(sought.surnames, NameKind.SURNAME, surname_weights, self._own)
        weight += self._agreement(sought.kunya_children, NameKind.GIVEN, policy.kunya, self._kunyas)
        weight += self._ages(sought) + self._sexes(sought) + self._peoples(sought)
        return np.asarray(weight, dtype=np.float32)

    def namesakes(self, sought: Profile) -> int:
        """How many records, of this sex as far as known, bear one of the given names in whatever spelling,
        and are within two years of the age where both ages are known.
        """
        words = np.max([self._word_similarity(part) for part in sought.given], axis=0) >= _BY_SOUND
        given = words[self._own].any(axis=1)
        low, high = birth_days([sought])
        if low[0] != NO_DATE:
            gap = np.maximum(0, np.maximum(low[0] - self._high, self._low - high[0])) / 365.25
            given &= (gap <= 2) & (self._low != NO_DATE)
        return int(np.count_nonzero(given & (_sign(sought.sex) * self._sex >= 0)))

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
        long = [(n, p.skeletons[:4]) for n, p in enumerate(self._parts, 1) if p.skeletons and may_be_two(p)]
        self._long = np.array([number for number, _ in long], dtype=np.int64)
        self._long_sounds = [sound for _, sounds in long for sound in sounds]
        self._long_starts = np.cumsum([0, *(len(sounds) for _, sounds in long[:-1])], dtype=np.int64)
        self._by_group: dict[str, list[int]] = {}
        for number, part in enumerate(self._parts, start=1):
            for group in part.groups:
                self._by_group.setdefault(group, []).append(number)

    def _word_shares(self, kind: NameKind) -> Floats:
        shares = [1.0, *(self._gallery.share(kind, part, Sex.UNKNOWN) for part in self._parts)]
        return np.array(shares, dtype=np.float32)

    def _agreement(
        self, parts: Sequence[NamePart], kind: NameKind, weights: NameWeights, table: Ints
    ) -> Floats:
        """The bits of the best agreement of one of the parts with a word of each record; 0 for none."""
        if not parts or not self._parts:
            return np.zeros(len(table), dtype=np.float32)
        words = np.max([self._bits(part, kind, weights) for part in parts], axis=0)
        return np.asarray(words[table].max(axis=1), dtype=np.float32)

    def _in_one_word(self, pair: Glued) -> Floats:
        """The bits of the given name for the records with a long word that holds it and another of the
        names.
        """
        one = cdist(pair.whole.skeletons[:4], self._long_sounds, scorer=Indel.normalized_similarity)
        best = np.maximum.reduceat(one.max(axis=0), self._long_starts)
        words = np.zeros(len(self._parts) + 1, dtype=np.float32)
        words[self._long[best >= _GLUED_ALIKE]] = _GLUED_BITS
        return np.asarray(words[self._own].max(axis=1), dtype=np.float32)

    def _bits(self, part: NamePart, kind: NameKind, weights: NameWeights) -> Floats:
        """Bits of each word of the lists against one part; word 0 is the empty one."""
        key = (part, kind, weights)
        if key not in self._known:
            if len(self._known) * len(self._words) > _MOST_KNOWN:
                self._known.clear()
            chance = np.maximum(self._shares[kind], self._gallery.share(kind, part, Sex.UNKNOWN))
            agree = np.clip(np.log2(weights.m / chance), 0.0, weights.cap)
            self._known[key] = np.asarray(agree * self._word_similarity(part), dtype=np.float32)
        return self._known[key]

    def _word_similarity(self, part: NamePart) -> Floats:
        """0..1 for each word of the lists; word 0 is the empty one."""
        similar = cdist(
            list(part.skeletons or (part.folded,)),
            self._skeletons,
            scorer=Indel.normalized_similarity,
            score_cutoff=_ALIKE,
            dtype=np.float32,
        ).max(axis=0)
        best = np.maximum.reduceat(similar, self._starts)
        scaled = _BY_SOUND * np.clip((best - _ALIKE) / (1 - _ALIKE), 0, 1)
        words = np.concatenate([np.zeros(1, dtype=np.float32), scaled.astype(np.float32)])
        for group in part.groups:
            words[self._by_group.get(group, [])] = 1.0
        return words

    def _peoples(self, sought: Profile) -> Floats:
        bits = [origin.compare(sought, one, self._gallery, self._policy).weight for one in self._origins]
        return np.array(bits, dtype=np.float32)[self._origin]

    def _ages(self, sought: Profile) -> Floats:
        low, high = birth_days([sought])
        if low[0] == NO_DATE:
            return np.zeros(len(self._low), dtype=np.float32)
        gap = np.maximum(0, np.maximum(low[0] - self._high, self._low - high[0])) / 365.25
        policy = self._policy
        shares = policy.age_u_child if sought.is_child else policy.age_u_adult
        weight = np.interp(gap, MIDDLES, np.log2(np.array(policy.age_m) / np.array(shares)))
        return np.where(self._low == NO_DATE, 0.0, weight).astype(np.float32)

    def _sexes(self, sought: Profile) -> Floats:
        product = _sign(sought.sex) * self._sex
        weights = [self._policy.sex["same"], self._policy.sex["differs"]]
        return np.select([product > 0, product < 0], weights, 0.0).astype(np.float32)


def _sign(sex: Sex) -> int:
    return {Sex.FEMALE: 1, Sex.MALE: -1}.get(sex, 0)
