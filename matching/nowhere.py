"""A family is listed together as a rule: a lone row counts for less when nobody else of the family is
found.
"""

from collections.abc import Mapping, Sequence

from matching.evidence.row import row
from matching.family import Household
from matching.scored import Scored
from matching.weights import Policy

_FOUND = -2.0  # bits from which somebody counts as found: a probability of a fifth
_MOST = 3


def with_nowhere(
    scored: Sequence[Sequence[Scored]],
    houses: Mapping[int, Household],
    group_of: Sequence[int],
    policy: Policy,
) -> list[list[Scored]]:
    """Links to rows that stand alone, weighed down for each other sought person who is found on no list."""
    sought = next((house.sought for house in houses.values()), ())
    lost = {
        person
        for person, rows in enumerate(scored)
        if not sought[person].only_named and max((one.weight for one in rows), default=-99.0) < _FOUND
    }
    result: list[list[Scored]] = []
    for person, rows in enumerate(scored):
        missing = min(_MOST, len(lost - {person}))
        result.append([_weighed(one, missing, houses[group_of[one.position]], policy) for one in rows])
    return result


def _weighed(scored: Scored, missing: int, house: Household, policy: Policy) -> Scored:
    if not missing or len(house.group.members) + len(house.group.placeholders) > 1:
        return scored
    sentence = f"{missing} others of the sought family are found on no list; families are listed together."
    finding = row("family_nowhere", "absent", policy.family_nowhere * missing, ("", ""), sentence)
    return Scored.of(scored.position, (*scored.findings, finding), scored.relation, scored.relatives)
