"""A family is listed together as a rule: a lone row counts for less when nobody else of the family is
found.
"""

from matching.evidence.row import row
from matching.family import Household
from matching.scored import Scored
from matching.weights import Policy

FOUND = -2.0  # bits from which somebody counts as found: a probability of a fifth
_MOST = 3


def with_nowhere(scored: Scored, lost: int, house: Household, policy: Policy) -> Scored:
    """A link to a row that stands alone, weighed down for each of the others who are found on no list."""
    missing = min(_MOST, lost)
    if not missing or len(house.group.members) + len(house.group.placeholders) > 1:
        return scored
    sentence = f"{missing} others of the sought family are found on no list; families are listed together."
    finding = row("family_nowhere", "absent", policy.family_nowhere * missing, ("", ""), sentence)
    return Scored.of(scored.position, (*scored.findings, finding), scored.relation)
