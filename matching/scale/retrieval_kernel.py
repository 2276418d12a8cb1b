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
from matching.scale.run_kernel import (
    AGREED,
    BLOCK,
    LAST_KIND,
    TOTAL,
    Block,
    Runs,
    line_up,
    meet,
    new_block,
    new_runs,
)
from matching.scale.word_kernel import (
    OF_FATHER,
    OF_KUNYA,
    OF_MOTHER,
    OWN,
    Floats,
    Ints,
    Near,
    Records,
    first_key,
)

_GLUED_BITS = 6.0  # coarse worth of two names in one word
_STEPS = 1024.0  # to a bit
_LEAST = 1.0  # bits that a word has to say: half of all that sound a little alike say less
_SAME_NAME = np.float32(0.85)  # how near a word is that is the name in whatever spelling
_TWO_YEARS = 2 * YEAR
_FAR_DAYS = 8 * YEAR


class Desk(NamedTuple):
    """Working space: one place for each household; 0 between requests."""

    home: Floats  # bits of a household, over the people of the request
    home_best: Floats
    homes: Ints
    member: Ints  # households met by one person
    runs: Runs
    block: Block
    bounds: Bounds


def desk_of(homes: int) -> Desk:
    return Desk(
        np.zeros(homes, dtype=np.float32),
        np.zeros(homes, dtype=np.float32),
        np.zeros(homes, dtype=np.int32),
        np.zeros(homes, dtype=np.int32),
        new_runs(),
        new_block(),
        new_bounds(),
    )


@inner
def _spread(
    frame: Frame,
    records: Records,
    what: int,
    part: int,
    near: Near,
    column: int,
    kind: int,
    number: int,
    agreed: int,
    count: int,
    runs: Runs,
    cost: float = 0.0,
) -> int:
    """Lines up the records with a word near to the part, for bits of one kind; how many runs there are."""
    rare, names, first = frame.parts.rare, frame.rules.names, first_key(records, what)
    most, cap, mine = math.log2(names[kind, 0]), names[kind, 2], rare[part, column]
    for place in range(near.starts[part], near.ends[part]):
        similarity = near.similarity[place]
        if cap * similarity < _LEAST:
            break  # the nearest stand first
        word = near.part[place]
        bits = min(most + min(mine, rare[word, column]), cap) * similarity + cost
        if bits >= _LEAST:
            count = line_up(records.borne, first + word, _whole(bits), number, agreed, runs, count)
    return count


@inner
def _whole(bits: float) -> float:
    """In steps whose sums are exact in whatever order they are added."""
    return np.float32(np.floor(bits * _STEPS + 0.5) / _STEPS)


@inner
def _names(frame: Frame, records: Records, person: int, near: Near, near_long: Near, runs: Runs) -> int:
    """How many runs the names of a person lead to; those of one kind stand together."""
    people = frame.people
    starts, values, facts, count = people.starts, people.values, people.facts, 0
    for a in range(starts[person, GIVENS], starts[person, GIVENS + 1]):
        count = _spread(frame, records, OWN, values[a], near, BY_ALL, GIVEN, 1, BY_GIVEN, count, runs)
    for pair in range(facts[person, JOINED], facts[person, JOINED_END]):
        count = _joined(records, people.joined[pair, WHOLE], near_long, count, runs)
    for a in range(starts[person, FATHER_NAMES], starts[person, FATHER_NAMES + 1]):
        count = _spread(frame, records, OWN, values[a], near, BY_ALL, FATHER, 2, 0, count, runs)
        count = _spread(frame, records, OF_FATHER, values[a], near, BY_ALL, FATHER, 2, 0, count, runs)
    for a in range(starts[person, MOTHERS], starts[person, MOTHERS + 1]):
        count = _spread(frame, records, OF_MOTHER, values[a], near, BY_ALL, MOTHER, 3, BY_MOTHER, count, runs)
    kind = SURNAME_CHILD if facts[person, IS_CHILD] else SURNAME_ADULT
    for a in range(starts[person, SURNAMES], starts[person, SURNAMES + 1]):
        count = _spread(frame, records, OWN, values[a], near, SURNAME, kind, 4, 0, count, runs)
    for a in range(starts[person, KIN_SURNAMES], starts[person, KIN_SURNAMES + 1]):
        count = _spread(
            frame, records, OWN, values[a], near, SURNAME, kind, 4, 0, count, runs,
            frame.rules.relatives_surname,
        )  # fmt: skip
    for a in range(starts[person, KUNYAS], starts[person, KUNYAS + 1]):
        count = _spread(frame, records, OF_KUNYA, values[a], near, BY_ALL, KUNYA, 5, 0, count, runs)
    return count


@inner
def _joined(records: Records, whole: int, near: Near, count: int, runs: Runs) -> int:
    """Records with a long word that holds the given name and another."""
    for place in range(near.starts[whole], near.ends[whole]):
        count = line_up(records.borne, near.part[place], _GLUED_BITS, 1, BY_GIVEN, runs, count)
    return count


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
def _nameless(
    records: Records, low: int, high: int, begin: int, place: int, touched: int, block: Block
) -> tuple[int, int]:
    """Touches those of one block whom no name speaks for and none against: a kunya or nothing. Those of quite
    another age are left out: nothing could outweigh that. How many are touched, where the next block begins.
    """
    while place < len(records.nameless) and records.nameless[place] < begin + BLOCK:
        record = records.nameless[place]
        seen = records.glance[record]
        if low == NONE or seen[LOW] == NONE or max(low - seen[HIGH], seen[LOW] - high) <= _FAR_DAYS:
            if block.cells[record - begin, LAST_KIND] == 0:
                block.touched[touched] = record - begin
                touched += 1
        place += 1
    return touched, place


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
    many households there are; below zero how many runs there are, if the desk has no room for them; then
    nothing is done. `low` and `high` are the first and last days of the person's birth.
    """
    block, count = desk.block, _names(frame, records, person, near, near_long, desk.runs)
    if count > len(desk.runs.at):
        return -count, met
    whom, ages = _whom(frame, person, low, high), records.age_bits[frame.people.facts[person, IS_CHILD]]
    origin, size, mine = frame.kinds.origin[frame.people.facts[person, ORIGIN_ASKED]], 0, 0
    prepare(desk.bounds, whom, ages)
    nameless = 0
    for begin in range(0, len(records.glance), BLOCK):
        touched = meet(records.borne.values, desk.runs, count, begin, block)
        touched, nameless = _nameless(records, low, high, begin, nameless, touched, block)
        for place in range(touched):
            cell = block.cells[block.touched[place]]
            agreed, bits, record = int(cell[AGREED]), np.float64(cell[TOTAL]), begin + block.touched[place]
            cell[:] = 0
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
    within two years of the age if it is `dated`. Below zero how many runs there
    are if the desk has no room for them.
    """
    people, block, lined = frame.people, desk.block, 0
    count, sex = 0, people.facts[person, SEX]
    for a in range(people.starts[person, GIVENS], people.starts[person, GIVENS + 1]):
        part = people.values[a]
        for place in range(near.starts[part], near.ends[part]):
            if near.similarity[place] < _SAME_NAME:
                break  # the nearest stand first
            lined = line_up(records.borne, near.part[place], 1.0, 1, 0, desk.runs, lined)
    if lined > len(desk.runs.at):
        return -lined
    for begin in range(0, len(records.glance), BLOCK):
        for place in range(meet(records.borne.values, desk.runs, lined, begin, block)):
            block.cells[block.touched[place]] = 0
            seen = records.glance[begin + block.touched[place]]
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
