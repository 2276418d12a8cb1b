"""One record is one person: brothers and sisters share surname, parents and origin, and so compete for it."""

import math
from collections.abc import Mapping

from matching.evidence.row import Shown, row
from matching.family import Household
from matching.scored import Scored

# Beyond this many bits 2**weight + 1 is 2**weight.
_LARGE = 60.0


def against_relatives(
    person: int, scored: Scored, house: Household, weights: Mapping[tuple[int, int], float]
) -> Scored:
    """A link weighed against the relatives of the same request who may be the record instead. `weights` are
    those of all people and records of the household.

    If the household laid out as a whole gives the record to a relative, the pair is left with the
    odds against that relative; the relative's own link stays as it is, but those who have no other
    place in the household count among the rivals of its probability.
    """
    owner = house.owner.get(scored.position)
    if owner in (None, person):
        return scored
    taken = weights[(owner, scored.position)]
    lost = taken if taken > _LARGE else math.log2(1 + 2**taken)
    shown: Shown = (house.sought[owner].show("name"), house.recorded[scored.position].show("name"))
    sentence = "Another sought person of this request fits this row better."
    finding = row("better_for_relative", "taken", -lost, shown, sentence)
    return Scored.of(scored.position, (*scored.findings, finding), scored.relation)
