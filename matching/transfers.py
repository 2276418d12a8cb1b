"""One person on two lists: the people of one household looked for on the other lists, as relatives would."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from matching.family import Pairs
from matching.gallery import LISTED
from matching.households import Group
from matching.linker import Linker
from matching.profile import Profile
from matching.score import probability
from schemas.vocabulary import Sex, SoughtRole

# The share of listed people who stand on a second list too: a start value, to be counted from closed cases.
LISTED_TWICE = 0.1
LEAST = 0.5


@dataclass(frozen=True)
class Transfer:
    """Two records that are likely one person, the probability of it, and the bits behind."""

    record_id: str
    other_id: str
    weight: float
    probability: float


def transfers(linker: Linker, record_id: str) -> tuple[Transfer, ...]:
    """The records of other lists that are likely the person of this record or of its household, best first.

    The household is laid on each household of the other lists as a whole: two children who agree carry
    their mother, of whom one list has the name and the other the kunya. Raises KeyError for a record that is
    not there.
    """
    group = linker.group_with(record_id)
    away = _away(linker, group)
    if not away:
        return ()
    best, laid, pairs = away[0]
    claims = [one.weight for one, _, _ in _away(linker, best.group) if one.group is not group]
    together = probability(best.weight, [*(one.weight for one, _, _ in away[1:]), *claims])
    found = []
    for person, position in laid.items():
        ids = linker.lines[group.members[person]].record_id, linker.lines[position].record_id
        chance = together / (1 + 2 ** -pairs[person, position].own)
        if chance >= LEAST:
            found.append(Transfer(*ids, round(best.weight, 3), chance))
    return tuple(sorted(found, key=lambda one: -one.probability))


@dataclass(frozen=True)
class _Other:
    group: Group
    weight: float


def _away(linker: Linker, group: Group) -> list[tuple[_Other, Mapping[int, int], Pairs]]:
    """The households of other lists on which this one can be laid, best first, with who lies on whom."""
    people = tuple(_as_sought(linker.profiles[member]) for member in group.members)
    home = {linker.lines[member].list_id for member in group.members}
    pairs, houses = linker.laid_out(people)
    rarer = math.log2(LISTED_TWICE / (1 - LISTED_TWICE)) - math.log2(LISTED / (1 - LISTED))
    found = [
        (
            _Other(house.group, _weight(house.assignment, pairs) + linker.gallery.prior + rarer),
            house.assignment,
            pairs,
        )
        for house in houses.values()
        if house.assignment and not home & {linker.lines[m].list_id for m in house.group.members}
    ]
    return sorted(found, key=lambda one: -one[0].weight)


def _weight(laid: Mapping[int, int], pairs: Pairs) -> float:
    """What each person's own facts say, and once what the family shares. A kunya that a child's own name
    repeats counts once.
    """
    links = [pairs[link] for link in laid.items()]
    kunya = max((pair.bits("kunya") for pair in links), default=0.0)
    repeated = any(pair.bits("given_name") > 0 and not pair.bits("kunya") for pair in links)
    shared = max(pair.weight - pair.own for pair in links)
    return math.fsum(pair.own for pair in links) + shared - (max(0.0, kunya) if repeated else 0.0)


def all_transfers(linker: Linker) -> Iterator[Transfer]:
    """Every household once; a pair that both sides find is given once, under the record that comes first."""
    seen: set[frozenset[str]] = set()
    for group in linker.groups:
        for one in transfers(linker, linker.lines[group.members[0]].record_id) if group.members else ():
            pair = frozenset((one.record_id, one.other_id))
            if pair not in seen:
                seen.add(pair)
                yield one


def _as_sought(profile: Profile) -> Profile:
    if profile.is_child:
        return replace(profile, role=SoughtRole.CHILD)
    return replace(profile, role=SoughtRole.FATHER if profile.sex is Sex.MALE else SoughtRole.MOTHER)
