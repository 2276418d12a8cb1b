"""Compiled ranking of one request: from the chosen pairs to weights, ranks and probabilities."""

import math

import numpy as np

from matching.compiled import inner, outer
from matching.scale.agreement_kernel import (
    BY_AGE,
    BY_CHILDREN,
    BY_FATHERS,
    BY_GIVEN,
    BY_KUNYA,
    BY_LANGUAGE,
    BY_MOTHER,
    BY_ORIGIN,
    BY_PLACE,
    BY_ROLE,
    BY_SEX,
    BY_SPOUSE,
    BY_SURNAME,
    COMPARISONS,
    Frame,
    Room,
    millibits,
)
from matching.scale.assignment_kernel import Floats, Places
from matching.scale.elsewhere_kernel import alone, for_elsewhere
from matching.scale.family_kernel import (
    BY_FAMILY_ELSEWHERE,
    BY_NOWHERE,
    BY_RELATIVE,
    FAMILY,
    Bits,
    House,
    Pairs,
    family_bits,
    impossible_bits,
    lay_out,
    own_facts,
    separated_bits,
)
from matching.scale.laid import Homes, Laid, Start
from matching.scale.pair_kernel import evidence
from matching.scale.people import CHILD, FATHER, MOTHER, ONLY_NAMED, ROLE

KINDS = len(COMPARISONS) + len(FAMILY)
_LARGE = 60.0
_FOUND, _MOST_LOST = -2000, 3
_UNLIKELY, _ONE_PERSON = -2000, 3000  # millibits
_RIVALS = 40


@outer
def weigh(
    frame: Frame,
    homes: Homes,
    prior: float,
    first: int,
    cands: Places,
    groups: Places,
    pairs: Pairs,
    house: House,
    mates: Places,
    room: Room,
    extra: Bits,
) -> None:
    """The evidence of every picked pair, and what the households say. `mates[household, person]` becomes the
    place among the candidates of whom a person is laid on, -1 for nobody.
    """
    count = len(pairs.picked)
    for p in range(count):
        for at in range(len(cands)):
            if pairs.picked[p, at]:
                evidence(frame, first + p, cands[at], room, pairs.bits[p, at])
                pairs.weight[p, at] = _sum(pairs.bits[p, at])
                pairs.own[p, at] = own_facts(pairs.bits[p, at])
    for number in range(len(groups)):
        _enter(homes, groups[number], cands, count, house)
        lay_out(house, pairs, np.int64(-1), np.int64(-1), house.mate)
        for p in range(count):
            mates[number, p] = house.at[house.mate[p]] if house.mate[p] >= 0 else -1
        _weigh_house(frame, first, house, pairs, extra)
        separated_bits(frame.people.facts, frame.rules, first, house, pairs, cands, prior, extra)


@inner
def _sum(bits: Bits) -> int:
    total = np.int64(0)
    for kind in range(len(COMPARISONS)):
        total += bits[kind]
    return total


@inner
def _enter(homes: Homes, group: int, cands: Places, count: int, house: House) -> None:
    begin, end = homes.starts[group], homes.starts[group + 1]
    house.size[0], house.size[2] = end - begin, count
    house.size[1] = homes.unnamed_starts[group + 1] - homes.unnamed_starts[group]
    for m in range(end - begin):
        house.member[m] = homes.members[begin + m]
        house.at[m] = _find(cands, house.member[m])


@inner
def _find(cands: Places, position: int) -> int:
    low, high = 0, len(cands)
    while low < high:
        middle = (low + high) // 2
        if cands[middle] < position:
            low = middle + 1
        else:
            high = middle
    return low if low < len(cands) and cands[low] == position else -1


@inner
def _weigh_house(frame: Frame, first: int, house: House, pairs: Pairs, extra: Bits) -> None:
    for m in range(house.size[0]):
        at = house.at[m]
        if at < 0:
            continue
        for p in range(house.size[2]):
            if pairs.picked[p, at]:
                family_bits(frame, first, house, pairs, p, m, extra[p, at])
                impossible_bits(
                    frame.people, frame.rules, first, house.size[2], p, house.member[m], extra[p, at]
                )


@inner
def _learned(start: Start, kind: int, bits: int) -> int:
    factor = start.factors[kind]
    return bits if factor == 1.0 else millibits(factor * (bits / 1000.0))


@inner
def _log_odds(bits: float) -> float:
    """log2(1 + 2**bits)."""
    return bits if bits > _LARGE else math.log2(1 + 2.0**bits)


@outer
def add_up(
    frame: Frame,
    homes: Homes,
    start: Start,
    first: int,
    groups: Places,
    mates: Places,
    pairs: Pairs,
    extra: Bits,
    shares: Floats,
    laid: Laid,
) -> None:
    """The weight of every link: from its evidence, of the unnamed from their parent's, against relatives."""
    count, size = pairs.picked.shape
    for p in range(count):
        for at in range(size):
            if pairs.picked[p, at]:
                laid.known[p, at] = True
                _add_up(start, pairs.bits[p, at], extra[p, at], laid.bits[p, at])
                laid.weight[p, at] = start.millibits
                for kind in range(KINDS):
                    laid.weight[p, at] += laid.bits[p, at, kind]
    begin = size
    for number in range(len(groups)):
        end = begin
        for place in range(homes.unnamed_starts[groups[number]], homes.unnamed_starts[groups[number] + 1]):
            laid.places[end], laid.home[end] = homes.unnamed[place], number
            end += 1
        _count_children(frame, first, number, mates, begin, end, size, laid)
        begin = end
    for p in range(count):
        for at in range(len(laid.places)):
            laid.weighed[p, at] = laid.weight[p, at]
    for p in range(count):
        for at in range(len(laid.places)):
            if laid.known[p, at]:
                _for_relative(p, at, mates, laid)
    _for_nowhere(frame, homes, first, groups, laid)
    for_elsewhere(frame, homes, first, groups, shares, laid)


@inner
def _add_up(start: Start, bits: Bits, extra: Bits, out: Bits) -> None:
    for kind in range(KINDS):
        mine = bits[kind] if kind < len(COMPARISONS) else extra[kind - len(COMPARISONS)]
        out[kind] = _learned(start, kind, mine)


@inner
def _count_children(
    frame: Frame, first: int, number: int, mates: Places, begin: int, end: int, size: int, laid: Laid
) -> None:
    """Sought children without a named counterpart, laid on the unnamed members in their order."""
    if begin == end:
        return
    facts, parent, found, children = frame.people.facts, np.int64(0), False, 0
    known, weight = laid.known, laid.weight
    for p in range(len(known)):
        role = facts[first + p, ROLE]
        if role == CHILD and mates[number, p] < 0:
            children += 1
        if role != MOTHER and role != FATHER:
            continue
        for at in range(size):
            if known[p, at] and laid.home[at] == number and (not found or weight[p, at] > parent):
                parent, found = weight[p, at], True
    if not found:
        return
    share = frame.rules.placeholder_known * min(1.0, (end - begin) / max(1, children))
    bits = parent / 1000.0
    chance = share / (1 + 2.0**-bits)
    place = begin
    for p in range(len(known)):
        if facts[first + p, ROLE] == CHILD and mates[number, p] < 0 and place < end:
            weight[p, place] = parent + millibits(math.log2(chance / (1 - chance)) - bits)
            known[p, place] = True
            place += 1


@inner
def _for_relative(p: int, at: int, mates: Places, laid: Laid) -> None:
    """Somebody else of the request fits the record better; or some who fit nowhere may be it instead."""
    owner, count, number = -1, len(laid.known), laid.home[at]
    for other in range(count):
        if mates[number, other] == at:
            owner = other
    if owner == p:
        for other in range(count):
            laid.idle[p, at, other] = other != p and mates[number, other] < 0 and laid.known[other, at]
    elif owner >= 0:
        lost = -millibits(_log_odds(laid.weight[owner, at] / 1000.0))
        laid.bits[p, at, len(COMPARISONS) + BY_RELATIVE] = lost
        laid.weighed[p, at] += lost


@inner
def _for_nowhere(frame: Frame, homes: Homes, first: int, groups: Places, laid: Laid) -> None:
    """Rows that stand alone count for less when others of the family are found on no list."""
    lost, known = 0, laid.known
    for p in range(len(known)):
        lost += _is_lost(frame, first, p, laid)
    if lost == 0:
        return
    for p in range(len(known)):
        # who is lost is so before anything is taken off, and taking off finds nobody
        others = lost - (1 if _is_lost(frame, first, p, laid) else 0)
        taken = millibits(frame.rules.family_nowhere * min(_MOST_LOST, others))
        for at in range(known.shape[1]):
            if known[p, at] and alone(homes, groups[laid.home[at]]):
                laid.bits[p, at, len(COMPARISONS) + BY_NOWHERE] = taken
                laid.weighed[p, at] += taken


@inner
def _is_lost(frame: Frame, first: int, p: int, laid: Laid) -> bool:
    if frame.people.facts[first + p, ONLY_NAMED]:
        return False
    for at in range(laid.known.shape[1]):
        if laid.known[p, at] and laid.weighed[p, at] >= _FOUND:
            return False
    return True


@outer
def chances(
    frame: Frame,
    homes: Homes,
    person: int,
    order: Places,
    named: int,
    laid: Laid,
    room: Room,
    scratch: Bits,
    out: Floats,
) -> None:
    """The probability of the first links of a person: `order` are places, best first; `named` of all places
    are of named records.
    """
    for rank in range(len(out)):
        out[rank] = _chance(frame, homes, person, order[rank], order, named, laid, room, scratch)


@inner
def _chance(
    frame: Frame,
    homes: Homes,
    p: int,
    at: int,
    order: Places,
    named: int,
    laid: Laid,
    room: Room,
    scratch: Bits,
) -> float:
    """The probability among this record, its rivals, and no list: `matching.score.probability`."""
    mine = laid.weighed[p, at] / 1000.0
    unsought = _unsought(frame, laid.bits[p, at], mine) if at < named else -np.inf
    highest = max(0.0, mine, unsought, laid.weighed[p, order[0]] / 1000.0)
    for other in range(len(laid.known)):
        if laid.idle[p, at, other]:
            highest = max(highest, _as_placed(laid, other, at))
    total = 2.0 ** (unsought - highest) if unsought > -np.inf else 0.0
    for other in range(len(laid.known)):
        if laid.idle[p, at, other]:
            total += 2.0 ** (_as_placed(laid, other, at) - highest)
    for place in range(min(len(order), _RIVALS)):
        rival = order[place]
        weight = laid.weighed[p, rival]
        if rival != at and not _one_person(
            frame, homes, laid.places[at], laid.places[rival], weight, room, scratch
        ):
            total += 2.0 ** (weight / 1000.0 - highest)
    odds = 2.0 ** (mine - highest)
    return odds / (2.0**-highest + odds + total)


@inner
def _as_placed(laid: Laid, p: int, at: int) -> float:
    """A link's weight with what the place of the family says of it, before relatives are told apart."""
    bits, first = laid.bits[p, at], len(COMPARISONS)
    return (laid.weight[p, at] + bits[first + BY_NOWHERE] + bits[first + BY_FAMILY_ELSEWHERE]) / 1000.0


@inner
def _unsought(frame: Frame, bits: Bits, weight: float) -> float:
    """The weight of a brother or sister whom the request does not name, where the family is recognised."""
    shared, own = False, np.int64(0)
    for kind in (BY_SURNAME, BY_FATHERS, BY_MOTHER, BY_ORIGIN, BY_LANGUAGE, BY_PLACE, BY_ROLE):
        shared = shared or bits[kind] > 0
    for kind in (BY_GIVEN, BY_KUNYA, BY_AGE, BY_SEX, BY_SPOUSE, BY_CHILDREN):
        own += bits[kind]
    return weight - own / 1000.0 + math.log2(frame.rules.unsought_siblings) if shared else -np.inf


@inner
def _one_person(
    frame: Frame, homes: Homes, one: int, two: int, weight: int, room: Room, scratch: Bits
) -> bool:
    """Whether two records may be one person: on different lists, with own facts that agree."""
    if homes.list_of[one] == homes.list_of[two] or weight < _UNLIKELY:
        return False
    evidence(frame, min(one, two), max(one, two), room, scratch)
    return bool(_sum(scratch) >= _ONE_PERSON)
