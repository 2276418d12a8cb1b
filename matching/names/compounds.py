"""Compounds written in one word on one side and in two on the other: عبدالله = عبد الله."""

from itertools import pairwise

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from matching.names.parts import NamePart, ParsedName, PartRole, keys_of_read
from matching.names.skeleton import MAX_READINGS

_NEAR = 0.7
_JOINABLE = frozenset((PartRole.GIVEN, PartRole.PATRONYMIC, PartRole.BARE))


def with_compounds(
    name: ParsedName, parts: tuple[NamePart, ...], others: tuple[NamePart, ...]
) -> tuple[NamePart, ...]:
    """The parts with two neighbours made one where together they are a part of the other name."""
    place = 0
    heard = [other for other in others if other.skeletons]
    near = _near(parts, heard)
    while place < len(parts) - 1:
        one, two = parts[place], parts[place + 1]
        close = [heard[column] for column in near.get(one.start, ())]
        if close and two.start > one.end:
            whole = _joined(name, one, two)
            if any(_is_one(whole, other, one, two) for other in close):
                parts = (*parts[:place], whole, *parts[place + 2 :])
        place += 1
    return parts


def _near(parts: tuple[NamePart, ...], others: list[NamePart]) -> dict[int, list[int]]:
    """Where two neighbours together sound nearly like parts of the other name: the start of the first of
    them -> the places of those parts. A cheap look, before a joined spelling gets keys of its own.
    """
    pairs = [
        (one, two) for one, two in pairwise(parts) if _joinable(one) and _joinable(two) and not two.ending
    ]
    if not pairs or not others:
        return {}
    together = [one.skeletons[0] + two.skeletons[0] for one, two in pairs]
    readings: list[str] = []
    owners: list[int] = []
    for place, other in enumerate(others):
        readings += other.skeletons
        owners += [place] * len(other.skeletons)
    found = cdist(together, readings, scorer=Indel.normalized_similarity, dtype=np.float64) >= _NEAR
    near: dict[int, list[int]] = {}
    for row, column in zip(*(places.tolist() for places in found.nonzero()), strict=True):
        near.setdefault(pairs[row][0].start, []).append(owners[column])
    return near


def _joinable(part: NamePart) -> bool:
    return part.role in _JOINABLE and bool(part.skeletons)


def _joined(name: ParsedName, one: NamePart, two: NamePart) -> NamePart:
    text, folded, heard = (
        name.original[one.start : two.end],
        f"{one.folded} {two.folded}",
        f"{one.heard} {two.heard}",
    )
    script, groups, sounds = keys_of_read(folded, heard)
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
