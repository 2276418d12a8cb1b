"""Compiled comparison of a person's own names with the words of a row: `matching.evidence.names`."""

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, merged
from matching.scale.agreement_kernel import (
    ABSENT,
    BY_FATHERS,
    BY_GIVEN,
    BY_SURNAME,
    KEEP,
    Frame,
    Millibits,
    Room,
    agreed,
    agreement,
    by_sex,
    millibits,
    none_of,
)
from matching.scale.part_kernel import (
    SAME_SKELETON,
    SAME_SPELLING,
    SOUND_NEAR,
    SURELY,
    Memo,
    level_of,
)
from matching.scale.parts import GIVEN as BY_ALL
from matching.scale.parts import GIVEN_MALE, SURNAME
from matching.scale.parts import TWO as MAY_BE_TWO
from matching.scale.people import (
    BY_FATHER,
    COSTS,
    FATHERS,
    GIVENS,
    HAS_GIVEN,
    IS_CHILD,
    JOINED,
    JOINED_END,
    KIN_SURNAMES,
    ONE,
    RENAMED,
    SEX,
    SLOTS,
    STAFF_NAMED,
    TWO,
    WHOLE,
)
from matching.scale.rules import FATHER, GIVEN, SURNAME_ADULT, SURNAME_CHILD, Rules
from matching.slots import HALF


@merged
def _word(
    frame: Frame, mine: NDArray[np.int32], word: int, cost: float, column: int, kind: int, room: Room
) -> float:
    """The most bits of a recorded word in one role, read so at this cost."""
    parts, rules, memo = frame.parts, frame.rules, room.memo
    found, least = ABSENT, rules.names[kind, 1]
    for part in mine:
        bits = agreement(parts, part, word, column, kind, rules, memo)
        found = max(found, bits + cost if bits > 0 else max(least, bits))
    return found


@merged
def _kin(
    frame: Frame, kin: NDArray[np.int32], word: int, cost: float, kind: int, least: float, room: Room
) -> float:
    """The most bits of a recorded word as a relative's surname, if more than `least`; else `ABSENT`."""
    found = ABSENT
    for part in kin:
        bits = agreement(frame.parts, part, word, SURNAME, kind, frame.rules, room.memo)
        weight = bits + cost + frame.rules.relatives_surname
        if bits > 0 and weight > least:
            found = max(found, weight)
    return found


@merged
def _read(frame: Frame, i: int, j: int, role: int, column: int, kind: int, room: Room) -> None:
    """The best readings of one role, the likeliest first: the row's own words, then the father's cell."""
    starts, values, wanted = frame.people.starts, frame.people.values, GIVENS + role
    room.count[role] = 0
    mine = values[starts[i, wanted] : starts[i, wanted + 1]]
    kin = values[starts[i, KIN_SURNAMES] : starts[i, KIN_SURNAMES + 1 if role == 1 else KIN_SURNAMES]]
    if len(mine) == 0 and len(kin) == 0:
        return
    least = ABSENT if len(mine) else 0.0
    costs, rows, at = frame.people.costs, frame.people.cost_of, frame.people.facts[j, COSTS]
    first = np.int64(starts[j, SLOTS])
    for slot in range(starts[j, SLOTS + 1] - first):
        cost = costs[rows[at + slot], role]
        if not np.isnan(cost):
            found = _word(frame, mine, values[first + slot], cost, column, kind, room)
            found = max(found, _kin(frame, kin, values[first + slot], cost, kind, least, room))
            if cost == HALF:
                if found > 0:
                    _insert(room, role, np.int64(costs[rows[at + slot], 3]), found, cost)
            elif found > ABSENT:
                _insert(room, role, slot, found, cost)
    if role == 2:
        found = ABSENT
        for b in range(starts[j, FATHERS], starts[j, FATHERS + 1]):
            found = max(found, _word(frame, mine, values[b], 0.0, column, kind, room))
        if found > ABSENT:
            _insert(room, role, np.int64(-1), found, 0.0)


@inner
def _insert(room: Room, role: int, index: int, weight: float, cost: float) -> None:
    """Keeps a role's readings in order: more bits first, then the cheaper place, then the earlier word."""
    count = room.count[role]
    place = count
    while place > 0 and (
        room.weight[role, place - 1] < weight
        or (room.weight[role, place - 1] == weight and room.cost[role, place - 1] < cost)
    ):
        place -= 1
    if place >= KEEP:
        return
    for after in range(min(count, KEEP - 1), place, -1):
        room.index[role, after] = room.index[role, after - 1]
        room.weight[role, after] = room.weight[role, after - 1]
        room.cost[role, after] = room.cost[role, after - 1]
    room.index[role, place], room.weight[role, place], room.cost[role, place] = index, weight, cost
    room.count[role] = min(count + 1, KEEP)


@merged
def _laid(room: Room, kind: int, rules: Rules) -> tuple[int, int, int]:
    """The readings of the three roles that together weigh most without using a word twice; -1 for none."""
    top = -np.inf
    chosen = (-1, -1, -1)
    for g in range(room.count[0] + 1):
        given = g if g < room.count[0] else -1
        for s in range(room.count[1] + 1):
            surname = s if s < room.count[1] else -1
            if given >= 0 and surname >= 0 and _clash(room, np.int64(0), given, np.int64(1), surname):
                continue
            for f in range(room.count[2] + 1):
                father = f if f < room.count[2] else -1
                if father >= 0 and (
                    (given >= 0 and _clash(room, np.int64(0), given, np.int64(2), father))
                    or (surname >= 0 and _clash(room, np.int64(1), surname, np.int64(2), father))
                ):
                    continue
                total = _counted(room, np.int64(0), given, GIVEN, rules)
                total += _counted(room, np.int64(1), surname, kind, rules)
                total += _counted(room, np.int64(2), father, FATHER, rules)
                if total > top:
                    top, chosen = total, (given, surname, father)
    return chosen


@merged
def _clash(room: Room, one: int, first: int, two: int, second: int) -> bool:
    """Whether one word would serve two roles, other than by its halves."""
    if room.index[one, first] < 0 or room.index[one, first] != room.index[two, second]:
        return False
    return not (room.cost[one, first] == HALF and room.cost[two, second] == HALF)


@merged
def _counted(room: Room, role: int, place: int, kind: int, rules: Rules) -> float:
    return room.weight[role, place] if place >= 0 else rules.names[kind, 1] - 0.01


@merged
def _in_one_word(frame: Frame, i: int, j: int, memo: Memo) -> tuple[int, float, float]:
    """Given name and another in one word of the row: which other (1 surname, 2 father's), bits of both
    halves; 0 where there is none.
    """
    people, parts, rules = frame.people, frame.parts, frame.rules
    for slot in range(people.starts[j, SLOTS], people.starts[j, SLOTS + 1]):
        word = people.values[slot]
        if not parts.facts[word, MAY_BE_TWO]:
            continue
        for pair in range(people.facts[i, JOINED], people.facts[i, JOINED_END]):
            level = level_of(parts, people.joined[pair, WHOLE], word, memo) - SURELY
            if not (level == SAME_SPELLING or level == SAME_SKELETON or level == SOUND_NEAR):
                continue
            father = people.joined[pair, BY_FATHER]
            given = parts.share[people.joined[pair, ONE], by_sex(people.facts[i, SEX])]
            other = parts.share[people.joined[pair, TWO], BY_ALL if father else SURNAME]
            half = agreed(level, given, np.int32(0), GIVEN, rules)
            return (2 if father else 1), half, agreed(level, given * other, np.int32(0), GIVEN, rules) - half
    return 0, 0.0, 0.0


@merged
def own_names(frame: Frame, i: int, j: int, room: Room, out: Millibits) -> None:
    facts, rules = frame.people.facts, frame.rules
    kind = SURNAME_CHILD if facts[i, IS_CHILD] else SURNAME_ADULT
    _read(frame, i, j, np.int64(0), by_sex(facts[i, SEX]), GIVEN, room)
    _read(frame, i, j, np.int64(1), SURNAME, kind, room)
    _read(frame, i, j, np.int64(2), GIVEN_MALE, FATHER, room)
    given, surname, father = _laid(room, kind, rules)
    has_given, bits = given >= 0, room.weight[0, given] if given >= 0 else 0.0
    by_surname, by_father = (
        _plain(room, np.int64(1), surname, kind, rules),
        _plain(room, np.int64(2), father, FATHER, rules),
    )
    if not has_given or bits <= 0:
        other, half, rest = _in_one_word(frame, i, j, room.memo)
        if other:
            has_given, bits = True, half
            by_surname, by_father = (rest if other == 1 else 0.0), (rest if other == 2 else 0.0)
    if (facts[j, STAFF_NAMED] and none_of(frame, j, GIVENS)) or not (
        has_given and facts[j, HAS_GIVEN] and not none_of(frame, i, GIVENS)
    ):
        bits = 0.0
    elif bits < 0 and facts[i, RENAMED]:
        bits = max(bits, rules.renamed)
    out[BY_GIVEN], out[BY_SURNAME], out[BY_FATHERS] = (
        millibits(bits),
        millibits(by_surname),
        millibits(by_father),
    )


@merged
def _plain(room: Room, role: int, place: int, kind: int, rules: Rules) -> float:
    if place < 0:
        return 0.0
    weight = room.weight[role, place]
    if weight < 0 and room.cost[role, place] < 0:
        return max(weight, rules.names[kind, 1] / 2)
    return weight
