"""How common each name and origin is on the loaded lists: the u of every match weight."""

import math
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

import numpy as np

from matching.counts import Counts, Days
from matching.names.frequency import NameFrequencies
from matching.names.lexicon import lexicon
from matching.names.parts import NamePart
from matching.names.skeleton import skeletons
from matching.profile import Profile
from matching.weights import Policy
from schemas.person import BirthInterval
from schemas.vocabulary import Sex

# A floor for shares: no name is so rare on a list that meeting it twice by chance is excluded.
FLOOR = 0.0005
# A short list is a small part of the people held: it must not make a common name look like a find.
FEWEST = 256
# The share of sought people who are on some loaded list; the others make up "on no list". A start
# value: to be counted from closed cases.
LISTED = 0.4
_SOUNDS = 2  # consonants of a skeleton that tell a name at all
# Weight of the prior for origins: as if this many people had been seen before the lists.
_ORIGIN_PRIOR = 20
_ORIGIN_PRIOR_SHARE = 0.10


class NameKind(StrEnum):
    GIVEN = "given"
    SURNAME = "surname"


class Gallery:
    """Frequencies of the loaded lists. Every share is at least `FLOOR` and at most 1."""

    def __init__(self, profiles: Iterable[Profile], counts: Counts | None = None) -> None:
        """Counts the people of these profiles, unless `counts` are given."""
        self.counts = counts or Counts.of(profiles)
        self.size = self.counts.people
        self._given = NameFrequencies(counts=self.counts.given)
        self._surnames = NameFrequencies(counts=self.counts.surnames)
        self._births = {True: self.counts.children.days(), False: self.counts.adults.days()}
        self._shares: dict[tuple[NameKind, str, Sex], float] = {}
        self._age_bits: dict[tuple[tuple[BirthInterval, ...], bool], tuple[float, ...]] = {}

    def share(self, kind: NameKind, part: NamePart, sex: Sex) -> float:
        """The share of people (of this sex, where known) who bear the name."""
        key = (kind, part.key, sex)
        if key not in self._shares:
            frequencies = self._surnames if kind is NameKind.SURNAME else self._given
            known = sex if sex in {Sex.FEMALE, Sex.MALE} and kind is NameKind.GIVEN else None
            names = [part.key]
            if kind is NameKind.GIVEN and not part.groups:
                names += _sounding_like().get(part.skeletons[0] if part.skeletons else "", ())
            self._shares[key] = max(FLOOR, *(frequencies.share(name, known) for name in names))
        return self._shares[key]

    def chance(self, kind: NameKind, sought: NamePart, recorded: NamePart, sex: Sex) -> float:
        """u of an agreement: the share of people whose name would agree as well by chance. A rare misspelling
        of a common name is no rare name, so the commoner of the two counts.
        """
        return max(self.share(kind, sought, sex), self.share(kind, recorded, sex))

    def origin_share(self, value: str) -> float:
        seen = self.counts.origins.get(value, 0) + _ORIGIN_PRIOR * _ORIGIN_PRIOR_SHARE
        return max(FLOOR, seen / (self.counts.with_origin + _ORIGIN_PRIOR))

    def age_bits(self, births: tuple[BirthInterval, ...], child: bool, policy: Policy) -> tuple[float, ...]:
        """log2(m/u) for each bucket of years between this birth and those of the people on the lists."""
        key = (births, child)
        if key not in self._age_bits:
            prior = policy.age_u_child if child else policy.age_u_adult
            shares = _bucket_shares(births, self._births[child], prior, policy.age_u_weight)
            bits = (math.log2(m / u) for m, u in zip(policy.age_m, shares, strict=True))
            self._age_bits[key] = tuple(bits)
        return self._age_bits[key]

    @staticmethod
    def bits(m: float, u: float, cap: float) -> float:
        """log2(m/u), at most `cap`."""
        return min(cap, math.log2(m / u))

    @property
    def prior(self) -> float:
        """Bits before any comparison: the odds of being on a list, shared among the people on them."""
        return math.log2(LISTED / (1 - LISTED)) - math.log2(self.comparable)

    @property
    def comparable(self) -> int:
        return max(FEWEST, self.size)


@cache
def _sounding_like() -> dict[str, tuple[str, ...]]:
    """Sound skeleton -> the name groups that have it: an unknown word of that sound is rather a slip of the
    pen
    in such a name than a rare name.
    """
    found: dict[str, dict[str, None]] = {}
    for group in lexicon().groups.values():
        for spelling in group.spellings:
            for reading in skeletons(spelling)[:1]:
                if len(reading) >= _SOUNDS:
                    found.setdefault(reading, {})[group.id] = None
    return {reading: tuple(groups) for reading, groups in found.items()}


def _bucket_shares(
    births: tuple[BirthInterval, ...], dated: tuple[Days, Days], prior: tuple[float, ...], weight: float
) -> tuple[float, ...]:
    days = [d.toordinal() for b in births for d in (b.earliest, b.latest) if d is not None]
    low, high = dated
    gaps = 365.25 * np.arange(len(prior) - 1)  # whole years, the last bucket has all that are further
    before = np.searchsorted(high, min(days) - gaps, side="left")
    within = np.searchsorted(low, max(days) + gaps, side="right") - before
    counts = np.diff(within, prepend=0, append=len(low))
    total = len(low) + weight
    return tuple(float((c + weight * p) / total) for c, p in zip(counts, prior, strict=True))
