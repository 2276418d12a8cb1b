"""Compiled evidence of one pair of people: `matching.score.person_evidence` in millibits, without words."""

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, merged, outer
from matching.evidence.age import MIDDLES
from matching.scale.agreement_kernel import (
    ABSENT,
    BY_AGE,
    BY_CHILDREN,
    BY_KUNYA,
    BY_LANGUAGE,
    BY_MOTHER,
    BY_ORIGIN,
    BY_PLACE,
    BY_ROLE,
    BY_SEX,
    BY_SPOUSE,
    Frame,
    Millibits,
    Room,
    best,
    millibits,
    none_of,
)
from matching.scale.own_names_kernel import own_names
from matching.scale.parts import GIVEN as BY_ALL
from matching.scale.parts import GIVEN_FEMALE, GIVEN_MALE
from matching.scale.people import (
    AGES,
    BIRTHS,
    BIRTHS_END,
    DECLARED,
    DETENTION,
    ENTERED,
    EXACT,
    GIVENS,
    HEARD,
    HEARD_AT,
    HELD,
    HIGH,
    IS_CHILD,
    IS_HELD,
    KUNYAS,
    LANGUAGE,
    LISTED_ROLE,
    LOW,
    MALE,
    MOTHER_KUNYAS,
    MOTHERS,
    NONE,
    ORIGIN,
    ORIGIN_ASKED,
    SEX,
    SOUGHT_ROLE,
    SPOUSES,
    People,
)
from matching.scale.rules import KUNYA, MOTHER, SPOUSE, Rules

_SLACK, _YEAR = 62, 365.25
_MIDDLES = np.array(MIDDLES)


@merged
def _mother(frame: Frame, i: int, j: int, room: Room) -> float:
    if none_of(frame, i, MOTHERS):
        return 0.0
    if none_of(frame, j, MOTHERS):
        bits = best(frame, i, GIVENS, j, MOTHER_KUNYAS, BY_ALL, KUNYA, room)
        return 0.3 * bits if bits > 0 else 0.0
    return best(frame, i, MOTHERS, j, MOTHERS, GIVEN_FEMALE, MOTHER, room)


@merged
def _age(people: People, i: int, j: int, rules: Rules) -> float:
    years, same_day = np.inf, False
    births, facts = people.births, people.facts
    for x in range(facts[i, BIRTHS], facts[i, BIRTHS_END]):
        for y in range(facts[j, BIRTHS], facts[j, BIRTHS_END]):
            if births[x, LOW] == NONE or births[y, LOW] == NONE:
                continue
            if births[x, EXACT] != NONE and births[x, EXACT] == births[y, EXACT]:
                same_day = True
            days = max(0, births[x, LOW] - births[y, HIGH], births[y, LOW] - births[x, HIGH])
            years = min(years, days / _YEAR)
    if same_day:
        return rules.birth_day
    if years == np.inf:
        return 0.0
    bits = people.ages[facts[i, AGES], int(facts[i, IS_CHILD] or facts[j, IS_CHILD])]
    last = len(_MIDDLES) - 1
    if years >= _MIDDLES[last]:
        weight = bits[last] - 0.3 * (years - _MIDDLES[last])
    else:
        after = 1
        while _MIDDLES[after] <= years:
            after += 1
        low, high = _MIDDLES[after - 1], _MIDDLES[after]
        weight = bits[after - 1] + (bits[after] - bits[after - 1]) * (years - low) / (high - low)
    return min(rules.age_cap, max(rules.age_floor, weight))


@merged
def _place(frame: Frame, i: int, j: int) -> float:
    facts, rules = frame.people.facts, frame.rules
    if frame.kinds.place[facts[i, HEARD_AT], facts[j, HELD]]:
        return rules.same_place
    if facts[i, HEARD] == NONE or facts[j, ENTERED] == NONE:
        return 0.0
    days = facts[i, HEARD] - facts[j, ENTERED] - _SLACK
    if days <= 0:
        return rules.consistent
    if facts[i, DETENTION] and not facts[j, IS_HELD]:
        return 0.0
    return rules.late + min(1.0, days / 365) * (rules.place_impossible - rules.late)


@merged
def _circumstances(frame: Frame, i: int, j: int, out: Millibits) -> None:
    facts, rules = frame.people.facts, frame.rules
    out[BY_AGE] = millibits(_age(frame.people, i, j, rules))
    out[BY_SEX] = 0
    if facts[i, SEX] and facts[j, SEX]:
        out[BY_SEX] = millibits(rules.sex_same if facts[i, SEX] == facts[j, SEX] else rules.sex_differs)
    out[BY_ORIGIN] = frame.kinds.origin[facts[i, ORIGIN_ASKED], facts[j, ORIGIN]]
    out[BY_PLACE] = millibits(_place(frame, i, j))
    out[BY_LANGUAGE] = frame.kinds.language[facts[i, LANGUAGE], facts[j, LANGUAGE]]
    out[BY_CHILDREN] = 0
    if facts[i, DECLARED] != NONE and facts[j, DECLARED] != NONE:
        gap = abs(facts[i, DECLARED] - facts[j, DECLARED])
        bits = rules.children_same if gap == 0 else rules.children_differs
        out[BY_CHILDREN] = millibits(rules.children_close if gap == 1 else bits)
    out[BY_ROLE] = 0
    if facts[i, SOUGHT_ROLE] and facts[j, LISTED_ROLE]:
        fits = facts[i, SOUGHT_ROLE] == facts[j, LISTED_ROLE]
        out[BY_ROLE] = millibits(rules.role_fits if fits else rules.role_contradicts)


@inner
def evidence(frame: Frame, i: int, j: int, room: Room, out: Millibits) -> None:
    """Fills one row of millibits in the order of `COMPARISONS`: person i sought, person j recorded."""
    own_names(frame, i, j, room, out)
    out[BY_MOTHER] = millibits(_mother(frame, i, j, room))
    bits = best(frame, i, KUNYAS, j, KUNYAS, BY_ALL, KUNYA, room)
    out[BY_KUNYA] = millibits(bits) if bits > ABSENT else 0
    column = GIVEN_FEMALE if frame.people.facts[i, SEX] == MALE else GIVEN_MALE
    bits = best(frame, i, SPOUSES, j, SPOUSES, column, SPOUSE, room)
    out[BY_SPOUSE] = millibits(bits) if bits > ABSENT else 0
    _circumstances(frame, i, j, out)


@outer
def evidence_many(
    frame: Frame, left: NDArray[np.int64], right: NDArray[np.int64], room: Room, out: Millibits
) -> None:
    """Fills the evidence of many pairs."""
    for row in range(len(left)):
        evidence(frame, left[row], right[row], room, out[row])
