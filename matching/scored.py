"""A pair with all its evidence, on its way to becoming a candidate link."""

from dataclasses import dataclass

from matching.evidence.row import Finding
from matching.score import total
from schemas.vocabulary import LinkRelation


@dataclass(frozen=True)
class Scored:
    """`weight` is the sum of the findings, prior and family included, in bits."""

    position: int
    findings: tuple[Finding, ...]
    weight: float
    relation: LinkRelation = LinkRelation.SAME_PERSON

    @classmethod
    def of(
        cls,
        position: int,
        findings: tuple[Finding, ...],
        relation: LinkRelation = LinkRelation.SAME_PERSON,
    ) -> "Scored":
        return cls(position, findings, total(findings), relation)
