"""What the people of one request tell of each other: a father, a mother's surname, other surnames."""

from collections.abc import Sequence
from dataclasses import replace

from matching.names.compare import MatchLevel, compare_parts
from matching.names.endings import surname_ending
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.slots import Slot
from schemas.vocabulary import SoughtRole

_ONE_NAME = frozenset((MatchLevel.SAME_SPELLING, MatchLevel.SAME_GROUP, MatchLevel.SAME_SKELETON))


def with_family_facts(sought: Sequence[Profile]) -> tuple[Profile, ...]:
    """Children whose father the family did not write get the father of those who bear their surname, where
    all of these have one father; a mother without a surname gets the one her children's fields give. A child
    may be listed under the surname of its mother or of a half-brother's father.
    """
    children = [one for one in sought if one.role is SoughtRole.CHILD]
    told = [_with_surname(one, children) if one.role is SoughtRole.MOTHER else one for one in sought]
    mothers = [one for one in told if one.role is SoughtRole.MOTHER]
    return tuple(_child(one, children, mothers) if one.role is SoughtRole.CHILD else one for one in told)


def _child(child: Profile, children: Sequence[Profile], mothers: Sequence[Profile]) -> Profile:
    new: list[NamePart] = []
    others = (part for one in (*mothers, *children) for part in one.surnames)
    for part in (*child.mother_surnames, *others):
        if not _same([part], (*child.surnames, *new)):
            new.append(part)
    return _with_father(replace(child, kin_surnames=tuple(new)), children)


def _with_father(child: Profile, children: Sequence[Profile]) -> Profile:
    """If it has none, the father of those who bear its surname, where they agree."""
    if child.father_names:
        return child
    naming = [one for one in children if one.father_names and _same_surname(child, one)]
    if not naming or any(not _one_name(naming[0].father_names, one.father_names) for one in naming[1:]):
        return child
    fathers = naming[0].father_names
    shown = (*child.shown, "father", naming[0].show("father") or fathers[0].text)
    return replace(child, fathers=fathers, shown=shown, inferred=child.inferred | {"father_name"})


def _with_surname(mother: Profile, children: Sequence[Profile]) -> Profile:
    """If she has none, the surname of the children's fields that bear her given name, where they agree."""
    if mother.surnames:
        return mother
    naming = [one for one in children if one.mother_surnames and _one_name(one.mothers[:1], mother.given)]
    if not naming or any(not _same(naming[0].mother_surnames, one.mother_surnames) for one in naming[1:]):
        return mother
    slots = tuple(Slot(part, -1.0, 0.0, None) for part in naming[0].mother_surnames)
    shown = (*mother.shown, "name", " ".join([mother.show("name"), naming[0].mother_surnames[0].text]))
    return replace(mother, slots=mother.slots + slots, shown=shown, inferred=mother.inferred | {"surname"})


def _same_surname(one: Profile, two: Profile) -> bool:
    return _same(one.surnames, two.surnames)


def _same(one: Sequence[NamePart], two: Sequence[NamePart]) -> bool:
    return any(_one_surname(a, b) for a in one for b in two)


def _one_surname(one: NamePart, two: NamePart) -> bool:
    """Of brother and sister, in whatever script."""
    if surname_ending(one.folded) == surname_ending(two.folded):
        return True
    return one.script is not two.script and compare_parts(one, two).level in _ONE_NAME


def _one_name(one: Sequence[NamePart], two: Sequence[NamePart]) -> bool:
    return any(compare_parts(a, b).level in _ONE_NAME for a in one for b in two)
