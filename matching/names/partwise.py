"""Compares two names of any script: a level in words, the letters that met, a sentence for the reviewer."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import exp

import numpy as np
from rapidfuzz.distance import Indel, Levenshtein
from rapidfuzz.process import cdist

from matching.names.aligner import best_alignment_of
from matching.names.alignment import Cut, in_syllables, shown
from matching.names.chunks import spelling_of
from matching.names.lexicon import lexicon
from matching.names.parts import NamePart
from schemas.vocabulary import Script

UNLIKELY = -12.0  # bits below which an alignment is not worth showing
FAR = 0.5  # skeletons and spellings further apart than this are not aligned at all
_CLOSE = 0.8
_SPELLED = 0.72
_READINGS = 4  # of a part, when it is only asked how near two are


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
    return _certain(a, b) or _heard(a, b, closeness(a, b))


def compare_near_parts(a: NamePart, b: NamePart, near: float) -> PartMatch:
    """`compare_parts` of two parts whose `closeness` is known."""
    return _certain(a, b) or _heard(a, b, near)


def _certain(a: NamePart, b: NamePart) -> PartMatch | None:
    """What spellings and name groups say, before anything is heard."""
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
    return None


def _bare(part: NamePart) -> frozenset[str]:
    return frozenset(group.partition(":")[0] for group in part.groups)


def _grouped(a: NamePart, b: NamePart, common: frozenset[str]) -> PartMatch:
    label = lexicon().label(min(common).partition(":")[0])
    similarity = 0.97 if len(a.groups | b.groups) == len(common) else 0.9
    how = f"same name group: {a.text} = {b.text} ({label})"
    return PartMatch(MatchLevel.SAME_GROUP, similarity, how, ((a.text, b.text),))


def _heard(a: NamePart, b: NamePart, near: float) -> PartMatch:
    edit = _edit(a, b)
    if near < FAR and edit < FAR:
        return PartMatch(MatchLevel.DIFFERS, round(0.5 * near, 3), f"different: {a.text} / {b.text}")
    ratio, cut = best_alignment_of(spelling_of(a.folded), spelling_of(b.folded))
    if cut and (ratio < UNLIKELY or not a.skeletons or not b.skeletons):
        cut = ()
    likely = _likelihood(ratio, max(len(a.folded), len(b.folded)), near)
    if a.groups and b.groups and not (a.ending or b.ending):
        return _two_known_names(a, b, max(likely, edit), cut)
    shared = max((reading for reading in a.skeletons if reading in b.skeletons), key=len, default="")
    if len(shared) >= 3 and likely >= (0.35 if len(shared) == 3 else 0.2):
        aligned = in_syllables(cut)
        how = f"same consonants by sound: {shown(aligned) or f'{a.text} ~ {b.text}'}"
        return PartMatch(MatchLevel.SAME_SKELETON, round(0.85 + 0.1 * likely, 3), how, aligned)
    if likely >= 0.5 and cut:
        aligned = in_syllables(cut)
        similarity = round(0.55 + 0.35 * likely, 3)
        return PartMatch(MatchLevel.SOUND_ALIKE, similarity, f"sounds alike: {shown(aligned)}", aligned)
    if edit >= _SPELLED or near >= _CLOSE:
        similarity = round(0.75 * max(edit, 0.8 * near), 3)
        how = f"spelled alike: {a.text} ~ {b.text}"
        return PartMatch(MatchLevel.SPELLED_ALIKE, similarity, how, in_syllables(cut))
    return PartMatch(MatchLevel.DIFFERS, round(0.5 * max(near, likely), 3), f"different: {a.text} / {b.text}")


def _two_known_names(a: NamePart, b: NamePart, likely: float, cut: Cut) -> PartMatch:
    """Both are known, as different names: however near in sound, that warns and does not agree."""
    if likely >= 0.7:
        how = f"two different names, near in sound: {a.text} / {b.text}"
        return PartMatch(MatchLevel.SPELLED_ALIKE, 0.4, how, in_syllables(cut))
    return PartMatch(MatchLevel.DIFFERS, round(0.35 * likely, 3), f"different names: {a.text} / {b.text}")


def _likelihood(ratio: float, letters: int, near: float) -> float:
    """0..1 out of the alignment's bits and the skeletons; at 0.5 a near-sounding other word is as likely."""
    strength = 0.25 * (ratio - 9.0) + 1.2 * (ratio / max(letters, 1) - 1.3) + 4.0 * (near - 0.8)
    return 1.0 / (1.0 + exp(-max(min(strength, 30.0), -30.0)))


def closeness(a: NamePart, b: NamePart) -> float:
    """0..1: the nearest of the two parts' skeletons; a quick look before the letters are aligned."""
    return max(
        (
            Indel.normalized_similarity(one, two)
            for one in a.skeletons[:_READINGS]
            for two in b.skeletons[:_READINGS]
        ),
        default=0.0,
    )


def nearness(left: Sequence[NamePart], right: Sequence[NamePart]) -> list[list[float]]:
    """The closeness of every part on the left with every part on the right, in one call."""
    if not left or not right:
        return []
    one = [reading for part in left for reading in _padded(part.skeletons, "<")]
    two = [reading for part in right for reading in _padded(part.skeletons, ">")]
    found = cdist(one, two, scorer=Indel.normalized_similarity, dtype=np.float64)
    shape = (len(left), _READINGS, len(right), _READINGS)
    nearest: list[list[float]] = found.reshape(shape).max(axis=(1, 3)).tolist()
    return nearest


def _padded(readings: tuple[str, ...], none: str) -> list[str]:
    """Four readings, the first again where there are fewer; `none`, like no other, where there are none."""
    kept = list(readings[:_READINGS])
    return kept + [kept[0] if kept else none] * (_READINGS - len(kept))


def _edit(a: NamePart, b: NamePart) -> float:
    if a.script is not b.script or a.script is Script.NONE:
        return 0.0
    return Levenshtein.normalized_similarity(a.folded, b.folded)
