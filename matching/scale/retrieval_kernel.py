"""Compiled retrieval: which records each sought person of a request is compared with closely.

Every record that shares a name with the person in any spelling gets a coarse weight near that of the pair's
own facts; nothing is blocked by a key. Families are found where no single member stands out.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.evidence.age import MIDDLES
from matching.scale.agreement_kernel import (
    Frame,
)
from matching.scale.compiled import inner, outer
from matching.scale.parts import GIVEN as BY_ALL
from matching.scale.parts import SURNAME
from matching.scale.people import (
    FATHER_NAMES,
    GIVENS,
    IS_CHILD,
    JOINED,
    JOINED_END,
    KUNYAS,
    MOTHERS,
    NONE,
    ORIGIN,
    ORIGIN_ASKED,
    SEX,
    SURNAMES,
    WHOLE,
)
from matching.scale.request_kernel import Homes
from matching.scale.rules import FATHER, GIVEN, KUNYA, MOTHER, SURNAME_ADULT, SURNAME_CHILD
from matching.scale.word_kernel import Floats, Ints, Near, Postings, Records

_GLUED_BITS = 6.0  # coarse worth of two names in one word
_MIDDLES = np.array(MIDDLES)
_YEAR = 365.25


class Desk(NamedTuple):
    """Working space: one place for each record, household, part; 0 between requests."""

    total: Floats  # bits of the names of a record
    best: Floats  # bits of one kind of name
    given: NDArray[np.bool_]
    mother: NDArray[np.bool_]
    seen: NDArray[np.bool_]
    touched: Ints
    of_kind: Ints
    home: Floats  # bits of a household, over the people of the request
    home_best: Floats
    homes: Ints
    member: Ints  # households met by one person


def desk_of(records: int, homes: int) -> Desk:
    return Desk(
        np.zeros(records, dtype=np.float32),
        np.zeros(records, dtype=np.float32),
        np.zeros(records, dtype=np.bool_),
        np.zeros(records, dtype=np.bool_),
        np.zeros(records, dtype=np.bool_),
        np.zeros(records, dtype=np.int32),
        np.zeros(records, dtype=np.int32),
        np.zeros(homes, dtype=np.float32),
        np.zeros(homes, dtype=np.float32),
        np.zeros(homes, dtype=np.int32),
        np.zeros(homes, dtype=np.int32),
    )


@inner
def _spread(
    frame: Frame,
    posted: Postings,
    part: int,
    near: Near,
    column: int,
    kind: int,
    count: int,
    desk: Desk,
) -> int:
    """Gives every record with a word near to the part the bits of one kind; how many records have any."""
    share, names = frame.parts.share, frame.rules.names
    m, cap, mine = names[kind, 0], names[kind, 2], share[part, column]
    for place in range(near.starts[part], near.ends[part]):
        word = near.part[place]
        if posted.starts[word] == posted.starts[word + 1]:
            continue
        bits = min(max(math.log2(m / max(mine, share[word, column])), 0.0), cap) * near.similarity[place]
        if bits <= 0:
            continue
        count = _give(posted, word, np.float32(bits), count, desk)
    return count


@inner
def _give(posted: Postings, word: int, weight: float, count: int, desk: Desk) -> int:
    """Gives the bearers of one word so many bits, if they have fewer; how many records have any."""
    for post in range(posted.starts[word], posted.starts[word + 1]):
        record = posted.values[post]
        if desk.best[record] < weight:
            if desk.best[record] == 0:
                desk.of_kind[count] = record
                count += 1
            desk.best[record] = weight
    return count


@inner
def _settle(count: int, touched: int, flags: NDArray[np.bool_], flag: bool, desk: Desk) -> int:
    """Adds the bits of one kind to the totals and clears them; how many records are touched now."""
    for place in range(count):
        record = desk.of_kind[place]
        desk.total[record] += desk.best[record]
        desk.best[record] = 0
        if flag:
            flags[record] = True
        if not desk.seen[record]:
            desk.seen[record] = True
            desk.touched[touched] = record
            touched += 1
    return touched


@inner
def _names(frame: Frame, records: Records, person: int, near: Near, near_long: Near, desk: Desk) -> int:
    people = frame.people
    starts, values, facts = people.starts, people.values, people.facts
    count, touched = 0, 0
    for a in range(starts[person, GIVENS], starts[person, GIVENS + 1]):
        count = _spread(frame, records.own, values[a], near, BY_ALL, GIVEN, count, desk)
    for pair in range(facts[person, JOINED], facts[person, JOINED_END]):
        count = _joined(records, people.joined[pair, WHOLE], near_long, count, desk)
    touched = _settle(count, touched, desk.given, True, desk)
    count = 0
    for a in range(starts[person, FATHER_NAMES], starts[person, FATHER_NAMES + 1]):
        count = _spread(frame, records.own, values[a], near, BY_ALL, FATHER, count, desk)
        count = _spread(frame, records.fathers, values[a], near, BY_ALL, FATHER, count, desk)
    touched = _settle(count, touched, desk.given, False, desk)
    count = 0
    for a in range(starts[person, MOTHERS], starts[person, MOTHERS + 1]):
        count = _spread(frame, records.mothers, values[a], near, BY_ALL, MOTHER, count, desk)
    touched = _settle(count, touched, desk.mother, True, desk)
    kind = SURNAME_CHILD if facts[person, IS_CHILD] else SURNAME_ADULT
    count = 0
    for a in range(starts[person, SURNAMES], starts[person, SURNAMES + 1]):
        count = _spread(frame, records.own, values[a], near, SURNAME, kind, count, desk)
    touched = _settle(count, touched, desk.given, False, desk)
    count = 0
    for a in range(starts[person, KUNYAS], starts[person, KUNYAS + 1]):
        count = _spread(frame, records.kunyas, values[a], near, BY_ALL, KUNYA, count, desk)
    return _settle(count, touched, desk.given, False, desk)


@inner
def _joined(records: Records, whole: int, near: Near, count: int, desk: Desk) -> int:
    """Records with a long word that holds the given name and another."""
    weight = np.float32(_GLUED_BITS)
    for place in range(near.starts[whole], near.ends[whole]):
        count = _give(records.own, near.part[place], weight, count, desk)
    return count


@inner
def _circumstances(frame: Frame, records: Records, person: int, low: int, high: int, record: int) -> float:
    """Bits of age, sex and origin, roughly."""
    facts, rules, bits = frame.people.facts, frame.rules, 0.0
    if low != NONE and records.low[record] != NONE:
        days = max(0, low - records.high[record], records.low[record] - high)
        bits += _by_years(records.age_bits[int(facts[person, IS_CHILD])], days / _YEAR)
    if facts[person, SEX] and facts[record, SEX]:
        bits += rules.sex_same if facts[person, SEX] == facts[record, SEX] else rules.sex_differs
    return bits + frame.kinds.origin[facts[person, ORIGIN_ASKED], facts[record, ORIGIN]] / 1000.0


@inner
def _by_years(bits: NDArray[np.float64], years: float) -> float:
    last = len(_MIDDLES) - 1
    if years >= _MIDDLES[last]:
        return float(bits[last])
    after = 1
    while _MIDDLES[after] <= years:
        after += 1
    low, high = _MIDDLES[after - 1], _MIDDLES[after]
    return float(bits[after - 1] + (bits[after] - bits[after - 1]) * (years - low) / (high - low))


@inner
def _less(weights: Floats, items: Ints, one: int, two: int) -> bool:
    """Of equal weights the later item goes first."""
    if weights[one] != weights[two]:
        return bool(weights[one] < weights[two])
    return bool(items[one] > items[two])


@inner
def _keep(weights: Floats, items: Ints, size: int, most: int, weight: float, item: int) -> int:
    """The `most` items of greatest weight, the least on top of a heap; how many there are."""
    if size < most:
        at = size
        weights[at], items[at] = weight, item
        while at > 0 and _less(weights, items, at, (at - 1) // 2):
            up = (at - 1) // 2
            weights[at], weights[up] = weights[up], weights[at]
            items[at], items[up] = items[up], items[at]
            at = up
        return size + 1
    if weight < weights[0] or (weight == weights[0] and item >= items[0]):
        return size
    at = 0
    weights[0], items[0] = weight, item
    while True:
        least, left, right = at, 2 * at + 1, 2 * at + 2
        if left < most and _less(weights, items, left, least):
            least = left
        if right < most and _less(weights, items, right, least):
            least = right
        if least == at:
            return size
        weights[at], weights[least] = weights[least], weights[at]
        items[at], items[least] = items[least], items[at]
        at = least


@outer
def nearest(
    frame: Frame,
    records: Records,
    homes: Homes,
    person: int,
    low: int,
    high: int,
    near: Near,
    near_long: Near,
    desk: Desk,
    met: int,
    weights: Floats,
    items: Ints,
) -> tuple[int, int]:
    """The records nearest to one person into `items`; adds to the households met. How many records and how
    many households there are. `low` and `high` are the first and last days of the person's birth.
    """
    touched = _names(frame, records, person, near, near_long, desk)
    for record in records.nameless:  # a kunya or nothing: no name speaks for them and none against
        if not desk.seen[record]:
            desk.seen[record] = True
            desk.touched[touched] = record
            touched += 1
    starts, rules, size, mine = frame.people.starts, frame.rules, 0, 0
    has_given = starts[person, GIVENS] < starts[person, GIVENS + 1]
    has_mother = starts[person, MOTHERS] < starts[person, MOTHERS + 1]
    for place in range(touched):
        record = desk.touched[place]
        bits = np.float64(desk.total[record])
        if has_given and records.named[record] and not desk.given[record]:
            bits += rules.names[GIVEN, 1]
        if has_mother and not desk.mother[record] and starts[record, MOTHERS] < starts[record, MOTHERS + 1]:
            bits += rules.names[MOTHER, 1]
        desk.total[record] = 0
        desk.given[record] = desk.mother[record] = desk.seen[record] = False
        if records.unnamed[record]:
            continue
        bits += _circumstances(frame, records, person, low, high, record)
        size = _keep(weights, items, size, len(items), np.float32(bits), record)
        if bits > 0:
            home = homes.group_of[record]
            if desk.home_best[home] == 0:
                desk.member[mine] = home
                mine += 1
            desk.home_best[home] = max(desk.home_best[home], np.float32(bits))
    for place in range(mine):
        home = desk.member[place]
        if desk.home[home] == 0:
            desk.homes[met] = home
            met += 1
        desk.home[home] += desk.home_best[home]
        desk.home_best[home] = 0
    return size, met


@outer
def nearest_homes(desk: Desk, met: int, weights: Floats, items: Ints) -> int:
    """The households whose members together are nearest to the people of the request, into `items`; how many.
    The desk is clear afterwards.
    """
    kept = 0
    for place in range(met):
        home = desk.homes[place]
        kept = _keep(weights, items, kept, len(items), desk.home[home], home)
        desk.home[home] = 0
    return kept
