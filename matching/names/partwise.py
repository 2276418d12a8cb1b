"""Compares two names of any script: a level in words, the letters that met, a sentence for the reviewer."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz.distance import Indel, Levenshtein

from matching.names.lexicon import lexicon
from matching.names.parts import NamePart
from schemas.vocabulary import Script


class MatchLevel(StrEnum):
    """How two spellings agree, the strongest first."""

    SAME_SPELLING = "same_spelling"
    SAME_GROUP = "same_group"
    SAME_SKELETON = "same_skeleton"
    SOUND_ALIKE = "sound_alike"
    SPELLED_ALIKE = "spelled_alike"
    WEAK_LINK = "weak_link"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class PartMatch:
    """The comparison of two parts. `similarity` runs from 0 to 1; `how` is a sentence for a reviewer."""

    level: MatchLevel
    similarity: float
    how: str
    aligned: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=131072)
def compare_parts(a: NamePart, b: NamePart) -> PartMatch:
    """Compares two parts whatever their roles; symmetric but for the order of what is shown."""
    if a.folded == b.folded or a.folded.replace(" ", "") == b.folded.replace(" ", ""):
        return PartMatch(
            MatchLevel.SAME_SPELLING, 1.0, f"same spelling: {a.text} = {b.text}", ((a.text, b.text),)
        )
    common = a.groups & b.groups
    if common:
        return _grouped(a, b, common)
    reason = lexicon().weak_reason(_bare(a), _bare(b)) if a.groups and b.groups else None
    if reason:
        return PartMatch(
            MatchLevel.WEAK_LINK, 0.4, f"two names often confused ({reason}): {a.text} / {b.text}"
        )
    return _heard(a, b)


def _bare(part: NamePart) -> frozenset[str]:
    return frozenset(group.partition(":")[0] for group in part.groups)


def _grouped(a: NamePart, b: NamePart, common: frozenset[str]) -> PartMatch:
    label = lexicon().label(min(common).partition(":")[0])
    similarity = 0.97 if len(a.groups | b.groups) == len(common) else 0.9
    how = f"same name group: {a.text} = {b.text} ({label})"
    return PartMatch(MatchLevel.SAME_GROUP, similarity, how, ((a.text, b.text),))


def _heard(a: NamePart, b: NamePart) -> PartMatch:
    known_apart = bool(a.groups and b.groups and not (a.ending or b.ending))
    shared = next((reading for reading in a.skeletons if reading in b.skeletons), "")
    closest = _closeness(a, b)
    if shared and len(shared) >= 3 and not known_apart:
        how = f"same consonants by sound: {a.text} ~ {b.text} ({shared})"
        return PartMatch(MatchLevel.SAME_SKELETON, 0.9 if len(shared) > 3 else 0.85, how)
    if closest >= 0.75 and not known_apart:
        return PartMatch(
            MatchLevel.SOUND_ALIKE, round(0.9 * closest, 3), f"sounds alike: {a.text} ~ {b.text}"
        )
    if closest >= 0.75 or (a.script is b.script and _edit(a, b) >= 0.72):
        similarity = 0.4 if known_apart else round(0.8 * max(closest, _edit(a, b)), 3)
        return PartMatch(MatchLevel.SPELLED_ALIKE, similarity, f"spelled alike: {a.text} ~ {b.text}")
    return PartMatch(MatchLevel.DIFFERS, round(0.5 * closest, 3), f"different: {a.text} / {b.text}")


def _closeness(a: NamePart, b: NamePart) -> float:
    return max(
        (Indel.normalized_similarity(one, two) for one in a.skeletons[:4] for two in b.skeletons[:4]),
        default=0.0,
    )


def _edit(a: NamePart, b: NamePart) -> float:
    if a.script is not b.script or a.script is Script.NONE:
        return 0.0
    return Levenshtein.normalized_similarity(a.folded, b.folded)
