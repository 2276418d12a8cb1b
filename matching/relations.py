"""What the people of one request tell of each other: a father, a mother's surname, other surnames."""

from collections.abc import Sequence
from dataclasses import replace

from matching.names.endings import surname_ending
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.slots import Slot
from schemas.vocabulary import SoughtRole


def with_family_facts(sought: Sequence[Profile]) -> tuple[Profile, ...]:
    """Children whose father the family did not write get the father of those who bear their surname, where
    all of these have one father; a mother without a surname gets the one her children's fields give. A child
    may be listed under the surname of its mother or of a half-brother's father.
    """
    children = [one for one in sought if one.role is SoughtRole.CHILD]
    mothers = [
        _with_surname(one, children) if not one.surnames else one
        for one in sought
        if one.role is SoughtRole.MOTHER
    ]
    left = iter(mothers)
    return tuple(
        next(left)
        if one.role is SoughtRole.MOTHER
        else _child(one, children, mothers)
        if one.role is SoughtRole.CHILD
        else one
        for one in sought
    )


def _child(child: Profile, children: Sequence[Profile], mothers: Sequence[Profile]) -> Profile:
    known = {_stem(part) for part in child.surnames}
    others = [part for one in (*mothers, *children) for part in one.surnames]
    new: dict[tuple[str, str], NamePart] = {}
    for part in (*child.mother_surnames, *others):
        if _stem(part) not in known:
            new.setdefault(_stem(part), part)
    found = replace(child, kin_surnames=tuple(new.values()))
    return found if found.father_names else _with_father(found, children)


def _with_father(child: Profile, children: Sequence[Profile]) -> Profile:
    naming = [one for one in children if one.fathers and _same_surname(child, one)]
    if not naming or any(not _one_name(naming[0].fathers, one.fathers) for one in naming[1:]):
        return child
    shown = (*child.shown, ("father", naming[0].show("father")))
    return replace(child, fathers=naming[0].fathers, shown=shown)


def _with_surname(mother: Profile, children: Sequence[Profile]) -> Profile:
    named = next((one.mother_surnames for one in children if one.mother_surnames), ())
    slots = tuple(Slot(part, -1.0, 0.0, None) for part in named)
    return replace(mother, slots=mother.slots + slots)


def _same_surname(one: Profile, two: Profile) -> bool:
    return any(_stem(a) == _stem(b) for a in one.surnames for b in two.surnames)


def _stem(surname: NamePart) -> tuple[str, str]:
    """The same for brother and sister."""
    return surname_ending(surname.folded)


def _one_name(one: Sequence[NamePart], two: Sequence[NamePart]) -> bool:
    return any(a.folded == b.folded or not a.groups.isdisjoint(b.groups) for a in one for b in two)
