"""Finding for one pair of people, and from weights to absolute probabilities."""

import math
from collections.abc import Iterable, Sequence

from matching.evidence import (
    age,
    children,
    household_role,
    kunya,
    language,
    mother,
    names,
    origin,
    place,
    sex,
    spouse,
)
from matching.evidence.row import Finding
from matching.gallery import Gallery
from matching.profile import Profile
from matching.weights import Policy
from schemas.link import Band

# Facts that brothers and sisters share: they count once for each child, and not again as proof that
# the sibling was found.
SHARED_FACTS = frozenset(
    {"surname", "father_name", "mother_name", "origin", "language", "place_time", "household_role"}
)


def person_evidence(
    sought: Profile, recorded: Profile, gallery: Gallery, policy: Policy
) -> tuple[Finding, ...]:
    """What the two people's own facts say; the prior and the family are added by the linker."""
    return (
        *names.compare(sought, recorded, gallery, policy),
        mother.compare(sought, recorded, gallery, policy),
        kunya.compare(sought, recorded, gallery, policy),
        age.compare(sought, recorded, gallery, policy),
        sex.compare(sought, recorded, policy),
        origin.compare(sought, recorded, gallery, policy),
        place.compare(sought, recorded, policy),
        language.compare(sought, recorded, policy),
        spouse.compare(sought, recorded, gallery, policy),
        children.compare(sought, recorded, policy),
        household_role.compare(sought, recorded, policy),
    )


def total(evidence: Iterable[Finding]) -> float:
    """The weight: the sum of the evidence, in bits, to the thousandth as each of its lines."""
    return round(math.fsum(e.weight for e in evidence), 3)


def own_facts(evidence: Iterable[Finding]) -> float:
    """Bits of the facts that are this person's own, without those that the whole family shares."""
    return round(math.fsum(e.weight for e in evidence if e.comparison not in SHARED_FACTS), 3)


def probability(weight: float, rivals: Sequence[float]) -> float:
    """Chance of the link among: this record, each rival record, and "on no list" (weight 0).

    `rivals` are the weights of other records that cannot be the same person as this one.
    """
    top = max([0.0, weight, *rivals])
    odds = 2 ** (weight - top)
    return odds / (2**-top + odds + math.fsum(2 ** (w - top) for w in rivals))


def band(chance: float, policy: Policy) -> Band:
    if chance >= policy.band_show:
        return Band.SHOW
    return Band.NEEDS_FACTS if chance >= policy.band_facts else Band.DO_NOT_SHOW
