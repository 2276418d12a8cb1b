"""What compiled comparisons of people are made of: what they share, working space, words in bits."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, merged
from matching.scale.kinds import KindTables
from matching.scale.part_kernel import (
    DIFFERS,
    SURELY,
    Memo,
    level_of,
    new_memo,
)
from matching.scale.parts import GIVEN as BY_ALL
from matching.scale.parts import GIVEN_FEMALE, GIVEN_MALE, KNOWN, Parts
from matching.scale.people import (
    MALE,
    People,
)
from matching.scale.rules import Rules

COMPARISONS = (
    "given_name", "surname", "father_name", "mother_name", "kunya", "age", "sex", "origin", "place_time",
    "language", "spouse", "children", "household_role",
)  # fmt: skip
(
    BY_GIVEN, BY_SURNAME, BY_FATHERS, BY_MOTHER, BY_KUNYA, BY_AGE, BY_SEX, BY_ORIGIN, BY_PLACE, BY_LANGUAGE,
    BY_SPOUSE, BY_CHILDREN, BY_ROLE,
) = range(13)  # fmt: skip
KEEP = 4  # readings of one role, as in `matching.evidence.names`
ABSENT = -1e9  # bits of what is missing on one side
Millibits = NDArray[np.int32]
Floats = NDArray[np.float64]


class Frame(NamedTuple):
    """What all pairs share: the people of both sides, the parts of their names, the policy, the tables."""

    people: People
    parts: Parts
    rules: Rules
    kinds: KindTables


class Room(NamedTuple):
    """Working space for the readings of one pair, by role: place in the row, bits and cost; how many. And
    what is remembered of parts.
    """

    index: NDArray[np.int64]
    weight: Floats
    cost: Floats
    count: NDArray[np.int64]
    memo: Memo


def new_room() -> Room:
    shape = 3, KEEP
    index, count = np.zeros(shape, dtype=np.int64), np.zeros(3, dtype=np.int64)
    return Room(index, np.zeros(shape), np.zeros(shape), count, new_memo())


@inner
def millibits(weight: float) -> int:
    return int(round(weight * 1000.0))


@merged
def agreed(level: int, share: float, known: int, kind: int, rules: Rules) -> float:
    """log2(m/u) of a level; see `matching.evidence.agreement`."""
    if level == DIFFERS:
        return rules.names[kind, 1]
    same, strangers = rules.rates[known, level, 0], rules.rates[known, level, 1]
    chance = min(1.0, share * same + strangers)
    return min(rules.names[kind, 2], math.log2(rules.names[kind, 0] * same / chance))


@merged
def agreement(parts: Parts, i: int, j: int, column: int, kind: int, rules: Rules, memo: Memo) -> float:
    level = level_of(parts, i, j, memo) % SURELY
    share = max(parts.share[i, column], parts.share[j, column])
    return agreed(level, share, parts.facts[i, KNOWN], kind, rules)


@merged
def best(frame: Frame, i: int, wanted: int, j: int, words: int, column: int, kind: int, room: Room) -> float:
    """The most bits of any agreement of two lists of parts; `ABSENT` where one is empty."""
    found, starts, values = ABSENT, frame.people.starts, frame.people.values
    first, last = starts[j, words], starts[j, words + 1]
    if first == last:
        return found
    parts, rules, memo = frame.parts, frame.rules, room.memo
    for a in range(starts[i, wanted], starts[i, wanted + 1]):
        for b in range(first, last):
            found = max(found, agreement(parts, values[a], values[b], column, kind, rules, memo))
    return found


@merged
def none_of(frame: Frame, person: int, parts: int) -> bool:
    return bool(frame.people.starts[person, parts] == frame.people.starts[person, parts + 1])


@inner
def by_sex(sex: int) -> int:
    return BY_ALL if sex == 0 else GIVEN_MALE if sex == MALE else GIVEN_FEMALE
