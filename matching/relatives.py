"""One record is one person: brothers and sisters share surname, parents and origin, and so compete for it."""

import math
from collections.abc import Mapping, Sequence

from matching.evidence.row import Shown, row
from matching.family import Household
from matching.scored import Scored

# Beyond this many bits 2**weight + 1 is 2**weight.
_LARGE = 60.0


def with_relatives(
    scored: Sequence[Sequence[Scored]], houses: Mapping[int, Household], group_of: Sequence[int]
) -> list[list[Scored]]:
    """Each pair weighed against the relatives of the same request who may be the record instead.

    If the household laid out as a whole gives the record to a relative, the pair is left with the
    odds against that relative; the relative's own link stays as it is, but those who have no other
    place in the household count among the rivals of its probability.
    """
    weights = {(p, s.position): s.weight for p, rows in enumerate(scored) for s in rows}
    result: list[list[Scored]] = []
    for person, rows in enumerate(scored):
        result.append([_placed(person, s, houses[group_of[s.position]], weights) for s in rows])
    return result


def _placed(
    person: int, scored: Scored, house: Household, weights: Mapping[tuple[int, int], float]
) -> Scored:
    owner = house.owner.get(scored.position)
    if owner is None:
        return scored
    if owner == person:
        idle = (p for p in range(len(house.sought)) if p != person and p not in house.assignment)
        rivals = tuple(weights[(p, scored.position)] for p in idle if (p, scored.position) in weights)
        return Scored(scored.position, scored.findings, scored.weight, scored.relation, rivals)
    taken = weights[(owner, scored.position)]
    lost = taken if taken > _LARGE else math.log2(1 + 2**taken)
    shown: Shown = (house.sought[owner].show("name"), house.recorded[scored.position].show("name"))
    sentence = "Another sought person of this request fits this row better."
    finding = row("better_for_relative", "taken", -lost, shown, sentence)
    return Scored.of(scored.position, (*scored.findings, finding), scored.relation)
