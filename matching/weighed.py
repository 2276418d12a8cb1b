"""A candidate link in figures alone, without the evidence that they sum up."""

from dataclasses import dataclass

from matching.proposals import rounded
from matching.scale.ranking import Links
from matching.score import band
from matching.weights import Policy
from schemas.link import Band
from schemas.vocabulary import LinkRelation


@dataclass(frozen=True)
class Weighed:
    """The figures that a `CandidateLink` has; for the fields see there."""

    person_id: str
    record_id: str
    relation: LinkRelation
    weight: float
    probability: float
    band: Band
    rank: int
    family_id: str
    policy: str


def weighed(
    links: Links, person: int, rank: int, person_id: str, record_id: str, family_id: str, policy: Policy
) -> Weighed:
    """The link of this rank, from nought, of the person of this number."""
    chance = rounded(float(links.chance[person, rank]))
    return Weighed(
        person_id,
        record_id,
        LinkRelation.IN_HOUSEHOLD_OF if links.in_household[person, rank] else LinkRelation.SAME_PERSON,
        int(links.weight[person, rank]) / 1000,
        chance,
        band(chance, policy),
        rank + 1,
        family_id,
        policy.version,
    )
