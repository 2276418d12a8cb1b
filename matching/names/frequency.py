"""How common a name is: counted in the loaded lists, smoothed by a prior, so that rare names weigh more."""

from collections import Counter
from collections.abc import Iterable

from matching.names.lexicon import lexicon
from matching.names.parts import NamePart
from schemas.vocabulary import Sex

PRIOR_WEIGHT = 200.0  # the prior counts as much as this many bearers on the lists
FLOOR = 0.0005


class NameFrequencies:
    """Shares of name keys (`NamePart.key`) among the bearers of one sex, or of all.

    Without any list the shares are the estimates of the name table. Order of adding does not matter.
    """

    def __init__(self, names: Iterable[tuple[NamePart, Sex | None]] = ()) -> None:
        self._counts: dict[Sex | None, Counter[str]] = {None: Counter()}
        self._totals: Counter[Sex | None] = Counter()
        for part, sex in names:
            self.add(part, sex)

    def add(self, part: NamePart, sex: Sex | None = None) -> None:
        """Counts one bearer of the part; an ambiguous spelling counts for each of its groups in equal
        shares.
        """
        for known in {None, sex if sex in (Sex.FEMALE, Sex.MALE) else None}:
            self._counts.setdefault(known, Counter())[part.key] += 1
            self._totals[known] += 1

    @property
    def total(self) -> int:
        """How many names were counted."""
        return self._totals[None]

    def share(self, key: str, sex: Sex | None = None) -> float:
        """The share of `key` among the bearers of `sex` (of all when unknown); 0.0005 or more."""
        known = sex if sex in (Sex.FEMALE, Sex.MALE) and self._totals[sex] else None
        count = self._counts[known][key]
        total = self._totals[known]
        return max((count + PRIOR_WEIGHT * _prior(key)) / (total + PRIOR_WEIGHT), FLOOR)


def _prior(key: str) -> float:
    group, _, ending = key.partition(":")
    share = lexicon().prior_share(group)
    return max(share / 2, FLOOR) if ending else share
