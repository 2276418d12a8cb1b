"""Compiled retrieval: which records each sought person of a request is compared with closely.

Every record that shares a name with the person in any spelling gets a coarse weight near that of the pair's
own facts; nothing is blocked by a key. Families are found where no single member stands out.
"""

import math
from typing import NamedTuple

import numpy as np

from matching.compiled import inner, merged, outer
from matching.scale.agreement_kernel import (
    Frame,
)
from matching.scale.glance_kernel import (
    BY_GIVEN,
    BY_MOTHER,
    COUNTED,
    FLAGS,
    HIGH,
    LOW,
    OF_ORIGIN,
    SEXES,
    YEAR,
    Bounds,
    Whom,
    at_most,
    new_bounds,
    of_age,
    of_sex,
    prepare,
    unlike,
)
from matching.scale.parts import GIVEN as BY_ALL
from matching.scale.parts import SURNAME
from matching.scale.people import (
    FATHER_NAMES,
    GIVENS,
    IS_CHILD,
    JOINED,
    JOINED_END,
    KIN_SURNAMES,
    KUNYAS,
    MOTHERS,
    NONE,
    ORIGIN_ASKED,
    SEX,
    SURNAMES,
    WHOLE,
)
from matching.scale.rules import FATHER, GIVEN, KUNYA, MOTHER, SURNAME_ADULT, SURNAME_CHILD
from matching.scale.word_kernel import Floats, Ints, Near, Postings, Records

_GLUED_BITS = 6.0  # coarse worth of two names in one word
_STEPS = 1024.0  # to a bit
_LEAST = 1.0  # bits that a word has to say: half of all that sound a little alike say less
_SAME_NAME = np.float32(0.85)  # how near a word is that is the name in whatever spelling
_TWO_YEARS = 2 * YEAR
_FAR_DAYS = 8 * YEAR
# columns of `Desk.cells`; a kind of name is numbered from one, 0 is a record not met
TOTAL, BEST, LAST_KIND, AGREED = range(4)


class Desk(NamedTuple):
    """Working space: one place for each record and household; 0 between requests."""

    cells: Floats  # of a record: bits of its names, of the kind of name at hand, that kind, which names agree
    touched: Ints
    home: Floats  # bits of a household, over the people of the request
    home_best: Floats
    homes: Ints
    member: Ints  # households met by one person
    bounds: Bounds


def desk_of(records: int, homes: int) -> Desk:
    return Desk(
        np.zeros((records, 4), dtype=np.float32),
        np.zeros(records, dtype=np.int32),
        np.zeros(homes, dtype=np.float32),
        np.zeros(homes, dtype=np.float32),
        np.zeros(homes, dtype=np.int32),
        np.zeros(homes, dtype=np.int32),
        new_bounds(),
    )


@inner
def _spread(
    frame: Frame,
    posted: Postings,
    part: int,
    near: Near,
    column: int,
    kind: int,
    number: int,
    agreed: int,
    touched: int,
    desk: Desk,
    cost: float = 0.0,
) -> int:
    """Gives every record with a word near to the part the bits of one kind; how many records are touched."""
    rare, names = frame.parts.rare, frame.rules.names
    most, cap, mine = math.log2(names[kind, 0]), names[kind, 2], rare[part, column]
    for place in range(near.starts[part], near.ends[part]):
        similarity = near.similarity[place]
        if cap * similarity < _LEAST:
            break  # the nearest stand first
        word = near.part[place]
        bits = min(most + min(mine, rare[word, column]), cap) * similarity + cost
        if bits >= _LEAST:
            touched = _give(posted, word, _whole(bits), number, agreed, touched, desk)
    return touched


@inner
def _whole(bits: float) -> float:
    """In steps whose sums are exact in whatever order they are added."""
    return np.float32(np.floor(bits * _STEPS + 0.5) / _STEPS)


@inner
def _give(
    posted: Postings, word: int, weight: float, number: int, agreed: int, touched: int, desk: Desk
) -> int:
    """Gives the bearers of one word so many bits of a kind, if they have fewer."""
    cells = desk.cells
    for post in range(posted.starts[word], posted.starts[word + 1]):
        record = posted.values[post]
        last = cells[record, LAST_KIND]
        if last != number:
            if last == 0:
                desk.touched[touched] = record
                touched += 1
            cells[record, LAST_KIND] = number
            cells[record, BEST] = 0
            cells[record, AGREED] = np.float32(int(cells[record, AGREED]) | agreed)
        if cells[record, BEST] < weight:
            cells[record, TOTAL] += weight - cells[record, BEST]
            cells[record, BEST] = weight
    return touched


@inner
def _names(frame: Frame, records: Records, person: int, near: Near, near_long: Near, desk: Desk) -> int:
    people = frame.people
    starts, values, facts = people.starts, people.values, people.facts
    touched = 0
    for a in range(starts[person, GIVENS], starts[person, GIVENS + 1]):
        touched = _spread(frame, records.own, values[a], near, BY_ALL, GIVEN, 1, BY_GIVEN, touched, desk)
    for pair in range(facts[person, JOINED], facts[person, JOINED_END]):
        touched = _joined(records, people.joined[pair, WHOLE], near_long, touched, desk)
    for a in range(starts[person, FATHER_NAMES], starts[person, FATHER_NAMES + 1]):
        touched = _spread(frame, records.own, values[a], near, BY_ALL, FATHER, 2, 0, touched, desk)
        touched = _spread(frame, records.fathers, values[a], near, BY_ALL, FATHER, 2, 0, touched, desk)
    for a in range(starts[person, MOTHERS], starts[person, MOTHERS + 1]):
        touched = _spread(
            frame, records.mothers, values[a], near, BY_ALL, MOTHER, 3, BY_MOTHER, touched, desk
        )
    kind = SURNAME_CHILD if facts[person, IS_CHILD] else SURNAME_ADULT
    for a in range(starts[person, SURNAMES], starts[person, SURNAMES + 1]):
        touched = _spread(frame, records.own, values[a], near, SURNAME, kind, 4, 0, touched, desk)
    for a in range(starts[person, KIN_SURNAMES], starts[person, KIN_SURNAMES + 1]):
        touched = _spread(
            frame, records.own, values[a], near, SURNAME, kind, 4, 0, touched, desk,
            frame.rules.relatives_surname,
        )  # fmt: skip
    for a in range(starts[person, KUNYAS], starts[person, KUNYAS + 1]):
        touched = _spread(frame, records.kunyas, values[a], near, BY_ALL, KUNYA, 5, 0, touched, desk)
    return touched


@inner
def _joined(records: Records, whole: int, near: Near, touched: int, desk: Desk) -> int:
    """Records with a long word that holds the given name and another."""
    weight = np.float32(_GLUED_BITS)
    for place in range(near.starts[whole], near.ends[whole]):
        touched = _give(records.own, near.part[place], weight, 1, BY_GIVEN, touched, desk)
    return touched


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


@inner
def _nameless(records: Records, low: int, high: int, touched: int, desk: Desk) -> int:
    """Touches those whom no name speaks for and none against: a kunya or nothing. Those of quite another age
    are left out: nothing could outweigh that.
    """
    for place in range(len(records.nameless)):
        record = records.nameless[place]
        seen = records.glance[record]
        if low == NONE or seen[LOW] == NONE or max(low - seen[HIGH], seen[LOW] - high) <= _FAR_DAYS:
            if desk.cells[record, LAST_KIND] == 0:
                desk.touched[touched] = record
                touched += 1
    return touched


@outer
def nearest(
    frame: Frame,
    records: Records,
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
    touched, cells = _names(frame, records, person, near, near_long, desk), desk.cells
    touched = _nameless(records, low, high, touched, desk)
    whom, ages = _whom(frame, person, low, high), records.age_bits[frame.people.facts[person, IS_CHILD]]
    origin, size, mine = frame.kinds.origin[frame.people.facts[person, ORIGIN_ASKED]], 0, 0
    prepare(desk.bounds, whom, ages)
    for place in range(touched):
        record = desk.touched[place]
        agreed, bits = int(cells[record, AGREED]), np.float64(cells[record, TOTAL])
        cells[record, :] = 0
        seen = records.glance[record]
        of_origin = origin[seen[OF_ORIGIN]] / 1000.0
        most = bits + at_most(desk.bounds, seen, agreed) + of_origin
        if (most <= 0 and size == len(items) and most < weights[0]) or seen[FLAGS] & COUNTED:
            continue  # neither among the nearest nor of use to its household
        bits += unlike(whom, seen[FLAGS], agreed)
        bits += of_age(whom, seen, ages) + of_sex(whom, seen[FLAGS]) + of_origin
        size = _keep(weights, items, size, len(items), np.float32(bits), record)
        if bits > 0:
            home = records.home[record]
            if desk.home_best[home] == 0:
                desk.member[mine] = home
                mine += 1
            desk.home_best[home] = max(desk.home_best[home], np.float32(bits))
    return size, _homes_met(desk, mine, met)


@merged
def _whom(frame: Frame, person: int, low: int, high: int) -> Whom:
    starts, rules, names = frame.people.starts, frame.rules, frame.rules.names
    return Whom(
        frame.people.facts[person, SEX],
        low,
        high,
        rules.sex_same,
        rules.sex_differs,
        names[GIVEN, 1] if starts[person, GIVENS] < starts[person, GIVENS + 1] else 0.0,
        names[MOTHER, 1] if starts[person, MOTHERS] < starts[person, MOTHERS + 1] else 0.0,
    )


@merged
def _homes_met(desk: Desk, mine: int, met: int) -> int:
    """Adds what the best member of each household has for one person; how many are met by now."""
    for place in range(mine):
        home = desk.member[place]
        if desk.home[home] == 0:
            desk.homes[met] = home
            met += 1
        desk.home[home] += desk.home_best[home]
        desk.home_best[home] = 0
    return met


@outer
def bearers(
    frame: Frame, records: Records, person: int, dated: bool, low: int, high: int, near: Near, desk: Desk
) -> int:
    """How many records bear a given name of the person in whatever spelling: of that sex as far as known, and
    within two years of the age if it is `dated`.
    """
    people, own, cells = frame.people, records.own, desk.cells
    touched, count, sex = 0, 0, people.facts[person, SEX]
    for a in range(people.starts[person, GIVENS], people.starts[person, GIVENS + 1]):
        part = people.values[a]
        for place in range(near.starts[part], near.ends[part]):
            if near.similarity[place] < _SAME_NAME:
                break  # the nearest stand first
            word = near.part[place]
            for post in range(own.starts[word], own.starts[word + 1]):
                record = own.values[post]
                if cells[record, LAST_KIND] == 0:
                    cells[record, LAST_KIND] = 1
                    desk.touched[touched] = record
                    touched += 1
    for place in range(touched):
        record = desk.touched[place]
        cells[record, LAST_KIND] = 0
        seen = records.glance[record]
        other = (seen[FLAGS] & 255) // SEXES
        fits = not sex or not other or other == sex
        if dated:
            days = max(0, low - seen[HIGH], seen[LOW] - high)
            fits = fits and seen[LOW] != NONE and days <= _TWO_YEARS
        count += fits
    return count


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
