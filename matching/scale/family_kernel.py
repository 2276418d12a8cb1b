"""Compiled family evidence: `matching.family`, `impossible` and `separated` in millibits, without words."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.births import OLDEST, YOUNGEST
from matching.compiled import inner
from matching.impossible import NEXT, TWINS
from matching.scale.agreement_kernel import (
    BY_AGE,
    BY_CHILDREN,
    BY_GIVEN,
    BY_KUNYA,
    BY_MOTHER,
    BY_SEX,
    BY_SPOUSE,
    Frame,
    millibits,
)
from matching.scale.assignment_kernel import Floats, Places, assign
from matching.scale.people import (
    BIRTHS,
    BIRTHS_END,
    BOTH,
    CHILD,
    DAY,
    FEMALE,
    GIVENS,
    HIGH,
    IS_CHILD,
    LOW,
    MOTHER,
    NONE,
    ROLE,
    SEX,
    People,
)
from matching.scale.rules import Rules

FAMILY = (
    "household", "household_mother", "household_absent", "household_extra", "mother_named_by_children",
    "mother_age", "births_too_close", "mother_elsewhere", "better_for_relative", "family_nowhere",
    "family_elsewhere",
)  # fmt: skip
(
    BY_HOUSEHOLD, BY_OTHER_MOTHER, BY_ABSENT, BY_EXTRA, BY_HER_CHILDREN, BY_MOTHERS_AGE, BY_CLOSE_BIRTHS,
    BY_ELSEWHERE, BY_RELATIVE, BY_NOWHERE, BY_FAMILY_ELSEWHERE,
) = range(11)  # fmt: skip
_MOST_COUNTED = 3
_CHILD_BITS, _MOST_CHILDREN_BITS = 0.25, 0.5
_YEAR = 365.25
Table = NDArray[np.int64]
Bits = NDArray[np.int32]
Flags = NDArray[np.bool_]


class House(NamedTuple):
    """One household and the request laid on it. `at` is the place of a member among the candidates, -1 for a
    member who is none of them; `size` holds the number of members, of unnamed ones and of sought people.
    """

    member: Places
    at: Places
    size: Places
    mate: Places  # sought person -> number of a member, when everybody is laid out
    others: Places  # the same without one pair
    gain: Floats
    floats: Floats
    places: Places


class Pairs(NamedTuple):
    """What was found of each sought person (row) and candidate (column)."""

    picked: Flags  # whether the two were compared
    bits: Bits  # by comparison
    weight: Table  # their sum
    own: Table  # of the facts of one person alone


@inner
def own_facts(bits: Bits) -> int:
    found = np.int64(bits[BY_GIVEN]) + bits[BY_KUNYA] + bits[BY_AGE] + bits[BY_SEX]
    return found + bits[BY_SPOUSE] + bits[BY_CHILDREN]


@inner
def lay_out(house: House, pairs: Pairs, person: int, member: int, mate: Places) -> None:
    """Everybody's member by the greatest weight of agreeing pairs, without one person and one member (-1 for
    nobody); -1 where there is none.
    """
    people, members = house.size[2], house.size[0]
    row = 0
    for p in range(people):
        mate[p] = -1
        if p == person:
            continue
        column = 0
        for m in range(members):
            if m != member:
                at = house.at[m]
                known = at >= 0 and pairs.picked[p, at] and pairs.weight[p, at] > 0
                house.gain[row, column] = pairs.weight[p, at] / 1000.0 if known else 0.0
                column += 1
        row += 1
    columns = members - (1 if member >= 0 else 0)
    if row == 0 or columns == 0:
        return
    chosen = house.places[6]
    assign(house.gain, row, columns, house.floats, house.places, chosen)
    row = 0
    for p in range(people):
        if p == person:
            continue
        column = chosen[row]
        if column >= 0 and house.gain[row, column] > 0:
            mate[p] = column + (1 if member >= 0 and column >= member else 0)
        row += 1


@inner
def family_bits(
    frame: Frame, first: int, house: House, pairs: Pairs, person: int, member: int, out: Bits
) -> None:
    """Fills what the rest of the household says about this person and this member."""
    facts, rules = frame.people.facts, frame.rules
    people, members, unnamed = house.size[2], house.size[0], house.size[1]
    if members + unnamed < 2 or people < 2:
        return
    lay_out(house, pairs, person, member, house.others)
    _siblings(facts, rules, first, house, pairs, person, member, out)
    absent, extra = 0, 0
    for p in range(people):
        if p != person and facts[first + p, ROLE] == CHILD and house.others[p] < 0:
            absent += 1
    absent = min(_MOST_COUNTED, absent - unnamed)
    if absent > 0:
        out[BY_ABSENT] = millibits(rules.sibling_absent * absent)
    for m in range(members):
        if m != member and facts[house.member[m], IS_CHILD] and not _taken(house.others, people, m):
            extra += 1
    out[BY_EXTRA] = millibits(rules.extra_child * min(_MOST_COUNTED, extra))
    starts, record = frame.people.starts, house.member[member]
    if facts[first + person, ROLE] == MOTHER and starts[record, GIVENS] == starts[record, GIVENS + 1]:
        best = np.int64(0)
        for p in range(people):
            if house.others[p] >= 0:
                best = max(best, np.int64(pairs.bits[p, house.at[house.others[p]], BY_MOTHER]))
        out[BY_HER_CHILDREN] = best


@inner
def _taken(mates: Places, people: int, member: int) -> bool:
    for p in range(people):
        if mates[p] == member:
            return True
    return False


@inner
def _siblings(
    facts: Bits, rules: Rules, first: int, house: House, pairs: Pairs, person: int, member: int, out: Bits
) -> None:
    """Each further member of the family who is here; and the one woman, when she cannot be the mother."""
    members, at = house.size[0], house.at[member]
    free, total = math.log2(max(1, members - 1)), np.int64(0)
    role = facts[first + person, ROLE]
    for p in range(house.size[2]):
        if house.others[p] < 0:
            continue
        there = house.at[house.others[p]]
        bits = np.float64(pairs.own[p, there])
        if facts[first + p, ROLE] != role:
            bits -= max(0, pairs.bits[p, there, BY_KUNYA], pairs.bits[person, at, BY_KUNYA])
        if pairs.bits[person, at, BY_MOTHER] != 0 and facts[first + p, ROLE] == MOTHER:
            bits -= max(0, pairs.bits[p, there, BY_GIVEN])
        bits = min(rules.sibling_cap, rules.sibling_damping * (bits / 1000.0)) - free
        total += max(0, millibits(bits))
    out[BY_HOUSEHOLD] = min(millibits(rules.family_cap), total)
    if role != CHILD:
        return
    woman = _woman(facts, house)
    if woman < 0 or woman == member or house.at[woman] < 0:
        return
    for p in range(house.size[2]):
        if p != person and facts[first + p, ROLE] == MOTHER:
            there = house.at[woman]
            if pairs.picked[p, there]:
                bits = np.float64(pairs.own[p, there] - pairs.bits[p, there, BY_GIVEN])
                bits = rules.sibling_damping * ((bits - pairs.bits[p, there, BY_KUNYA]) / 1000.0)
                if bits < 0:
                    out[BY_OTHER_MOTHER] = millibits(max(rules.other_mother, bits))
            return


@inner
def _woman(facts: Bits, house: House) -> int:
    """The only grown woman among the members."""
    woman = -1
    for m in range(house.size[0]):
        if facts[house.member[m], SEX] == FEMALE and not facts[house.member[m], IS_CHILD]:
            if woman >= 0:
                return -1
            woman = m
    return woman


@inner
def impossible_bits(
    people: People, rules: Rules, first: int, count: int, person: int, record: int, out: Bits
) -> None:
    """What cannot be of a child's row: a mother of nine, two births four months apart."""
    facts, births = people.facts, people.births
    if facts[first + person, ROLE] != CHILD or facts[record, BIRTHS] == facts[record, BIRTHS_END]:
        return
    child, close = facts[record, BIRTHS], False
    for p in range(first, first + count):
        begin, end = facts[p, BIRTHS], facts[p, BIRTHS_END]
        if facts[p, ROLE] == MOTHER and begin < end and births[child, BOTH] and births[begin, BOTH]:
            most = (births[child, HIGH] - births[begin, LOW]) / _YEAR
            least = (births[child, LOW] - births[begin, HIGH]) / _YEAR
            if most < YOUNGEST or least > OLDEST:
                out[BY_MOTHERS_AGE] += millibits(rules.impossible)
        if facts[p, ROLE] == CHILD and p != first + person:
            close = close or _too_close(births, begin, end, child, facts[record, BIRTHS_END])
    if close:
        out[BY_CLOSE_BIRTHS] = millibits(rules.impossible)


@inner
def _too_close(births: Bits, begin: int, end: int, first: int, last: int) -> bool:
    for x in range(begin, end):
        for y in range(first, last):
            if births[x, DAY] != NONE and births[y, DAY] != NONE:
                if TWINS < abs(births[x, DAY] - births[y, DAY]) < NEXT:
                    return True
    return False


@inner
def separated_bits(
    facts: Bits,
    rules: Rules,
    first: int,
    house: House,
    pairs: Pairs,
    cands: Places,
    prior: float,
    extra: NDArray[np.int32],
) -> None:
    """Children of this household whose rows name a mother who is recognised elsewhere, and she."""
    for mother in range(house.size[2]):
        if facts[first + mother, ROLE] != MOTHER or house.mate[mother] >= 0:
            continue
        children = 0
        for p in range(house.size[2]):
            children += _is_hers(facts, first, house, pairs, p)
        found = _recognised(house, pairs, mother, len(cands), prior) if children else -1
        if found < 0:
            continue
        for p in range(house.size[2]):
            if _is_hers(facts, first, house, pairs, p):
                extra[p, house.at[house.mate[p]], BY_ELSEWHERE] = millibits(rules.mother_elsewhere)
        bits = millibits(min(_MOST_CHILDREN_BITS, _CHILD_BITS * children))
        extra[mother, found, BY_ELSEWHERE] = max(extra[mother, found, BY_ELSEWHERE], bits)


@inner
def _is_hers(facts: Bits, first: int, house: House, pairs: Pairs, person: int) -> bool:
    mate = house.mate[person]
    if mate < 0 or facts[first + person, ROLE] != CHILD:
        return False
    return bool(pairs.bits[person, house.at[mate], BY_MOTHER] > 0)


@inner
def _recognised(house: House, pairs: Pairs, person: int, count: int, prior: float) -> int:
    """The likeliest candidate by a person's own facts alone, outside of this household; -1 for none."""
    best, found = np.int64(0), -1
    for at in range(count):
        if not pairs.picked[person, at] or pairs.bits[person, at, BY_GIVEN] <= 0:
            continue
        weight = pairs.weight[person, at]
        if weight / 1000.0 + prior <= 0 or (found >= 0 and weight <= best) or _lives_in(house, at):
            continue
        best, found = weight, at
    return found


@inner
def _lives_in(house: House, at: int) -> bool:
    for m in range(house.size[0]):
        if house.at[m] == at:
            return True
    return False
