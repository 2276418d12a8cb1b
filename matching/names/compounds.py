"""Compounds written in one word on one side and in two on the other: عبدالله = عبد الله."""

from rapidfuzz.distance import Indel

from matching.names.parts import NamePart, ParsedName, PartRole, keys_of

_NEAR = 0.7
_JOINABLE = frozenset((PartRole.GIVEN, PartRole.PATRONYMIC, PartRole.BARE))


def with_compounds(
    name: ParsedName, parts: tuple[NamePart, ...], others: tuple[NamePart, ...]
) -> tuple[NamePart, ...]:
    """The parts with two neighbours made one where together they are a part of the other name."""
    for place in range(len(parts) - 1):
        one, two = parts[place], parts[place + 1]
        if one.role in _JOINABLE and two.role in _JOINABLE and two.start > one.end and not two.ending:
            near = [other for other in others if _may_be(one, two, other)]
            if not near:
                continue
            whole = _joined(name, one, two)
            if any(_is_one(whole, other, one, two) for other in near):
                return (*parts[:place], whole, *parts[place + 2 :])
    return parts


def _may_be(one: NamePart, two: NamePart, other: NamePart) -> bool:
    """A cheap look at the sounds before the joined spelling gets keys of its own."""
    if not (one.skeletons and two.skeletons and other.skeletons):
        return False
    together = one.skeletons[0] + two.skeletons[0]
    return max(Indel.normalized_similarity(together, reading) for reading in other.skeletons) >= _NEAR


def _joined(name: ParsedName, one: NamePart, two: NamePart) -> NamePart:
    text = name.original[one.start : two.end]
    folded, script, groups, sounds = keys_of(text)
    return NamePart(text, one.start, two.end, one.role, folded, script, groups, sounds)


def _is_one(whole: NamePart, other: NamePart, one: NamePart, two: NamePart) -> bool:
    if other.groups & (one.groups | two.groups):
        return False
    if whole.groups & other.groups or whole.folded.replace(" ", "") == other.folded.replace(" ", ""):
        return True
    shared = set(whole.skeletons) & set(other.skeletons)
    return any(len(reading) >= 5 for reading in shared)
