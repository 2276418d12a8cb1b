"""Two words of names -> bits: the better the agreement and the rarer the name, the more it weighs."""

import math
from dataclasses import dataclass
from functools import lru_cache

from matching.names.compare import MatchLevel, PartMatch, compare_parts
from matching.names.parts import NamePart
from matching.weights import POLICY, NameWeights

_CODES = {
    MatchLevel.SAME_SPELLING: "spelled_alike",
    MatchLevel.SAME_GROUP: "same_group",
    MatchLevel.SAME_SKELETON: "same_skeleton",
    MatchLevel.SOUND_ALIKE: "sound_alike",
    MatchLevel.SPELLED_ALIKE: "spelled_alike",
    MatchLevel.WEAK_LINK: "weak_link",
    MatchLevel.DIFFERS: "name_differs",
}
# The weakest similarity that the name comparison still calls alike.
_ALIKE_FROM = 0.6


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
    match = compare_parts(sought, recorded)
    weight = _bits(match, share, weights)
    detail = [("aligned", " ".join(f"{a}~{b}" for a, b in match.aligned))] if match.aligned else []
    detail.append(("share", f"{share:.4f}"))
    return Agreement(weight, match.level.value, match.how, _CODES[match.level], tuple(detail))


def _bits(match: PartMatch, share: float, weights: NameWeights) -> float:
    agree = min(weights.cap, math.log2(weights.m / share)) if share < weights.m else 0.0
    if match.level in {MatchLevel.SAME_SPELLING, MatchLevel.SAME_GROUP}:
        return agree
    if match.level is MatchLevel.SAME_SKELETON:
        return 0.85 * agree
    if match.level is MatchLevel.WEAK_LINK:
        return 0.15 * agree
    if match.level is MatchLevel.DIFFERS or match.similarity < _ALIKE_FROM:
        return weights.differs
    low, high = POLICY.sound_alike_share
    part = min(1.0, max(0.0, (match.similarity - _ALIKE_FROM) / (1 - _ALIKE_FROM)))
    return agree * (low + (high - low) * part)
