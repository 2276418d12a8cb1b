"""Compiled: a family is in one place, so whoever else of it is found elsewhere speaks against a household."""

import math

from matching.compiled import inner
from matching.scale.agreement_kernel import COMPARISONS, Frame, millibits
from matching.scale.assignment_kernel import Floats, Places
from matching.scale.family_kernel import BY_FAMILY_ELSEWHERE
from matching.scale.laid import Homes, Laid
from matching.scale.people import BIRTHS, BIRTHS_END, FEMALE, IS_CHILD, KUNYAS, MOTHER, ONLY_NAMED, ROLE, SEX
from matching.scale.rules import Rules

_LEAST = 0.05  # of the family elsewhere: less is not worth a line
_NO_WOMAN, _WOMAN, _UNKNOWN = range(3)


@inner
def alone(homes: Homes, group: int) -> bool:
    """Whether a household is one person, with nobody counted beside."""
    named = homes.starts[group + 1] - homes.starts[group]
    return bool(named + homes.unnamed_starts[group + 1] - homes.unnamed_starts[group] == 1)


@inner
def for_elsewhere(frame: Frame, homes: Homes, first: int, groups: Places, shares: Floats, laid: Laid) -> None:
    """Weighs links by where the others of the family are found. `shares` is room: by person and household,
    the chance that the person is there, the bits that links there gain, and the two likeliest households.
    """
    people = len(laid.known)
    if people < 2:
        return
    chance, bits, likeliest = shares[0], shares[1], shares[2]
    for p in range(people):
        _share_out(laid, p, chance[p])
        _two_likeliest(chance[p], likeliest[p])
    for p in range(people):
        for home in range(len(groups)):
            bits[p, home] = _bits(frame, homes, first, groups, chance, likeliest, p, home)
    for p in range(people):
        for at in range(laid.known.shape[1]):
            if laid.known[p, at]:
                gained = millibits(bits[p, laid.home[at]])
                laid.bits[p, at, len(COMPARISONS) + BY_FAMILY_ELSEWHERE] = gained
                laid.weighed[p, at] += gained


@inner
def _share_out(laid: Laid, p: int, chance: Floats) -> None:
    """The chance of each household to hold a person, by the weight of the links, against no list."""
    highest = 0.0
    for at in range(laid.known.shape[1]):
        if laid.known[p, at]:
            highest = max(highest, laid.weighed[p, at] / 1000.0)
    total = 2.0**-highest
    for at in range(laid.known.shape[1]):
        if laid.known[p, at]:
            odds = 2.0 ** (laid.weighed[p, at] / 1000.0 - highest)
            chance[laid.home[at]] += odds
            total += odds
    for home in range(len(chance)):
        chance[home] /= total


@inner
def _two_likeliest(chance: Floats, likeliest: Floats) -> None:
    """The numbers of the two likeliest households, -1 where there is none."""
    one = two = -1
    for home in range(len(chance)):
        if chance[home] > 0.0 and (one < 0 or chance[home] > chance[one]):
            one, two = home, one
        elif chance[home] > 0.0 and (two < 0 or chance[home] > chance[two]):
            two = home
    likeliest[0], likeliest[1] = one, two


@inner
def _bits(
    frame: Frame,
    homes: Homes,
    first: int,
    groups: Places,
    chance: Floats,
    likeliest: Floats,
    p: int,
    home: int,
) -> float:
    """What the surest place of another of the family, other than this household, says of this one."""
    here, away, other = 0.0, 0.0, -1
    for q in range(len(chance)):
        if q == p or frame.people.facts[first + q, ONLY_NAMED]:
            continue  # a mother of whom a name is all that is known is found in many places
        here = max(here, chance[q, home])
        place = int(likeliest[q, 0]) if likeliest[q, 0] != home else int(likeliest[q, 1])
        if place >= 0 and chance[q, place] > away:
            away, other = chance[q, place], place
    share = away * (1.0 - here)
    if share < _LEAST:
        return 0.0
    mother = frame.people.facts[first + p, ROLE] == MOTHER
    gained = _gained(frame, homes, mother, groups[home], groups[other])
    if gained > 0.0:
        share *= 1.0 - chance[p, other]  # whoever is there with the others does not stand apart
    return math.log2(1.0 - share + share * 2.0**gained)


@inner
def _gained(frame: Frame, homes: Homes, mother: bool, group: int, other: int) -> float:
    """Bits of a link into one household if the others of the family are in another."""
    rules: Rules = frame.rules
    single = alone(homes, group)
    if _list(homes, group) == _list(homes, other):
        return rules.alone_same_list if single else rules.family_same_list
    found, here = _woman(frame, homes, other), _woman(frame, homes, group)
    if mother:
        if found == _NO_WOMAN:
            return rules.mother_apart if single else rules.family_doubled
        return 0.0 if single and found == _UNKNOWN else rules.family_other_list
    if found != _WOMAN:
        return rules.family_other_list
    if alone(homes, other):  # the mother apart: with the children there is none
        return rules.family_doubled if here == _WOMAN else 0.0
    return rules.family_doubled if here == _NO_WOMAN else rules.family_other_list


@inner
def _list(homes: Homes, group: int) -> int:
    return int(homes.list_of[homes.members[homes.starts[group]]])


@inner
def _woman(frame: Frame, homes: Homes, group: int) -> int:
    """Whether a grown woman is among the named members, as far as ages and kunyas tell."""
    facts, starts, found = frame.people.facts, frame.people.starts, _NO_WOMAN
    for place in range(homes.starts[group], homes.starts[group + 1]):
        member = homes.members[place]
        if facts[member, SEX] == FEMALE and not facts[member, IS_CHILD]:
            dated = facts[member, BIRTHS] < facts[member, BIRTHS_END]
            if dated or starts[member, KUNYAS] < starts[member, KUNYAS + 1]:
                return _WOMAN
            found = _UNKNOWN
    return found
