"""Compounds written in one word on one side and in two on the other: عبدالله = عبد الله."""

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from matching.names.parts import NamePart, ParsedName, PartRole, keys_of
from matching.names.skeleton import MAX_READINGS

_NEAR = 0.7
_JOINABLE = frozenset((PartRole.GIVEN, PartRole.PATRONYMIC, PartRole.BARE))


def with_compounds(
    name: ParsedName, parts: tuple[NamePart, ...], others: tuple[NamePart, ...]
) -> tuple[NamePart, ...]:
    """The parts with two neighbours made one where together they are a part of the other name."""
    place = 0
    while place < len(parts) - 1:
        whole = _whole(name, parts[place], parts[place + 1], others)
        if whole is not None:
            parts = (*parts[:place], whole, *parts[place + 2 :])
        place += 1
    return parts


def _whole(name: ParsedName, one: NamePart, two: NamePart, others: tuple[NamePart, ...]) -> NamePart | None:
    if not (one.role in _JOINABLE and two.role in _JOINABLE and two.start > one.end and not two.ending):
        return None
    near = _may_be(one, two, [other for other in others if other.skeletons])
    if near:
        whole = _joined(name, one, two)
        if any(_is_one(whole, other, one, two) for other in near):
            return whole
    return None


def _may_be(one: NamePart, two: NamePart, others: list[NamePart]) -> list[NamePart]:
    """A cheap look at the sounds before the joined spelling gets keys of its own."""
    if not (one.skeletons and two.skeletons and others):
        return []
    readings = [(reading, other) for other in others for reading in other.skeletons]
    together = [one.skeletons[0] + two.skeletons[0]]
    found = cdist(
        together, [reading for reading, _ in readings], scorer=Indel.normalized_similarity, dtype=np.float64
    )[0]
    close = zip(readings, found.tolist(), strict=True)
    return list({id(other): other for (_, other), near in close if near >= _NEAR}.values())


def _joined(name: ParsedName, one: NamePart, two: NamePart) -> NamePart:
    text = name.original[one.start : two.end]
    folded, script, groups, sounds = keys_of(text)
    apart = [first + second for first in one.skeletons[:2] for second in two.skeletons[:2]]
    sounds = tuple(dict.fromkeys([*sounds[: MAX_READINGS - len(apart)], *apart]))
    return NamePart(text, one.start, two.end, one.role, folded, script, groups, sounds)


def _is_one(whole: NamePart, other: NamePart, one: NamePart, two: NamePart) -> bool:
    if other.groups & (one.groups | two.groups):
        return False
    if whole.groups & other.groups or whole.folded.replace(" ", "") == other.folded.replace(" ", ""):
        return True
    shared = set(whole.skeletons) & set(other.skeletons)
    return any(len(reading) >= 5 for reading in shared)
