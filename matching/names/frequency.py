"""How common a name is: counted in the loaded lists, smoothed by a prior, so that rare names weigh more."""

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from matching.names.lexicon import lexicon
from matching.names.parts import NamePart
from schemas.vocabulary import Sex

PRIOR_WEIGHT = 200.0  # the prior counts as much as this many bearers on the lists
FLOOR = 0.0005


class NameFrequencies:
    """Shares of name keys (`NamePart.key`) among the bearers of one sex, or of all.

    Without any list the shares are the estimates of the name table. Order of adding does not matter.
    """

    def __init__(
        self,
        names: Iterable[tuple[NamePart, Sex | None]] = (),
        counts: Mapping[str, Mapping[str, int]] = MappingProxyType({}),
    ) -> None:
        """`counts` are those of others, as they give them; `names` are added."""
        self._counts: dict[Sex | None, Counter[str]] = {None: Counter()}
        for known, found in counts.items():
            self._counts[Sex(known) if known else None] = Counter(found)
        self._totals = Counter({sex: sum(found.values()) for sex, found in self._counts.items()})
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
    def counts(self) -> dict[str, dict[str, int]]:
        """How many bearers each name has, by sex, "" for all."""
        return {sex.value if sex else "": dict(found) for sex, found in self._counts.items()}

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
