"""Two words of names -> bits: the better the agreement and the rarer the name, the more it weighs."""

import math
from dataclasses import dataclass
from functools import lru_cache

from matching.names.compare import MatchLevel, PartMatch, compare_parts
from matching.names.parts import NamePart
from matching.weights import POLICY, LevelRates, NameWeights

_CODES = {
    MatchLevel.SAME_SPELLING: "spelled_alike",
    MatchLevel.SAME_GROUP: "same_group",
    MatchLevel.SAME_SKELETON: "same_skeleton",
    MatchLevel.SOUND_ALIKE: "sound_alike",
    MatchLevel.SPELLED_ALIKE: "spelled_alike",
    MatchLevel.WEAK_LINK: "weak_link",
    MatchLevel.DIFFERS: "name_differs",
}
# The similarity from which two words of a level are near, for the rates of the policy.
_NEAR = {MatchLevel.SOUND_ALIKE: 0.85, MatchLevel.SPELLED_ALIKE: 0.55}


@dataclass(frozen=True)
class Agreement:
    """How far two words agree, in bits, and the sentence for it."""

    weight: float
    level: str
    sentence: str
    code: str
    detail: tuple[tuple[str, str], ...]


@lru_cache(maxsize=200_000)
def agreement(sought: NamePart, recorded: NamePart, share: float, weights: NameWeights) -> Agreement:
    """`share` is u: the share of people on the lists who bear the recorded name."""
    return weighed(compare_parts(sought, recorded), share, bool(sought.groups), weights)


def weighed(match: PartMatch, share: float, known: bool, weights: NameWeights) -> Agreement:
    """A comparison in bits; `known`: the sought name is one of the table's."""
    weight = _bits(match, share, known, weights)
    detail = [("aligned", " ".join(f"{a}~{b}" for a, b in match.aligned))] if match.aligned else []
    detail.append(("share", f"{share:.4f}"))
    return Agreement(weight, match.level.value, match.how, _CODES[match.level], tuple(detail))


def _bits(match: PartMatch, share: float, known: bool, weights: NameWeights) -> float:
    """log2(m/u): m that the same name comes out at this level, u that a namesake's does or a stranger's."""
    rates = rates_of(match, known)
    if rates is None:
        return weights.differs
    chance = min(1.0, share * rates.same + rates.strangers)
    return min(weights.cap, math.log2(weights.m * rates.same / chance))


def rates_of(match: PartMatch, known: bool) -> LevelRates | None:
    """The measured rates of a comparison's level; None where two names differ."""
    if match.level is MatchLevel.DIFFERS:
        return None
    level = match.level.value
    if match.level in {MatchLevel.SOUND_ALIKE, MatchLevel.SPELLED_ALIKE}:
        level += "_near" if match.similarity >= _NEAR[match.level] else "_far"
    return (POLICY.levels_known if known else POLICY.levels_unknown)[level]
