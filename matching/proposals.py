"""From weighed records to candidate links: ranks, absolute probabilities, what is worth knowing beside."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from matching.context import ask_next, how_common, other_records
from matching.evidence.row import Finding
from matching.gallery import Gallery
from matching.index import Index
from matching.profile import Profile
from matching.questions import next_question
from matching.score import OWN_FACTS, SHARED_FACTS, band, person_evidence, probability, total
from matching.scored import Scored
from matching.weights import Policy
from schemas.link import CandidateLink
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest
from schemas.vocabulary import LinkRelation

# Two records on different lists whose own facts agree by this many bits may be one person.
_ONE_PERSON_BITS = 3.0
# A link of fewer bits barely moves the probability of another, so that it is not asked whether they agree.
_UNLIKELY = -2.0
# Rivals beyond these no longer move a probability.
_RIVALS = 40


@dataclass(frozen=True)
class Proposals:
    """Makes the links of one person out of the records weighed for it."""

    records: Sequence[DetaineeRecord]
    profiles: Sequence[Profile]
    gallery: Gallery
    index: Index
    policy: Policy
    _one_person: dict[tuple[int, int], bool] = field(default_factory=dict, repr=False, compare=False)

    def links(
        self,
        request: TracingRequest,
        person: int,
        sought: Profile,
        rows: Sequence[Scored],
        top: int,
        family_id: Callable[[int], str],
    ) -> list[CandidateLink]:
        """The first `top` of the rows, which come best first; the others are rivals of their probabilities.
        `family_id` names the household of a position.
        """
        shown = rows[:top]
        chances = [probability(scored.weight, self._rivals(scored, rows)) for scored in shown]
        notes = self._notes(sought, shown, chances)
        links: list[CandidateLink] = []
        for rank, (scored, chance) in enumerate(zip(shown, chances, strict=True), start=1):
            record = self.records[scored.position]
            findings = (*scored.findings, *notes, *self._other_records(scored, shown))
            links.append(
                CandidateLink(
                    request_id=request.request_id,
                    person_id=request.sought[person].person_id,
                    record_id=record.record_id,
                    relation=scored.relation,
                    rank=rank,
                    weight=scored.weight,
                    probability=chance,
                    band=band(chance, self.policy),
                    evidence=tuple(f.evidence() for f in findings),
                    family_id=family_id(scored.position),
                    policy=self.policy.version,
                )
            )
        return links

    def _notes(self, sought: Profile, shown: Sequence[Scored], chances: Sequence[float]) -> list[Finding]:
        """What is true of the person's links together."""
        notes = []
        if sought.given:
            notes.append(how_common(sought, self.index.namesakes(sought), bool(sought.births)))
        candidates = [(self.profiles[one.position], p) for one, p in zip(shown, chances, strict=True)]
        question = next_question(sought, candidates, self.gallery, self.policy)
        return [*notes, ask_next(question)] if question else notes

    def _other_records(self, scored: Scored, shown: Sequence[Scored]) -> list[Finding]:
        if scored.relation is not LinkRelation.SAME_PERSON or scored.weight < _UNLIKELY:
            return []
        twins = [
            self.records[other.position]
            for other in shown
            if other is not scored and other.weight >= _UNLIKELY and self._may_be_one(scored, other)
        ]
        return [other_records(twins)] if twins else []

    def _rivals(self, scored: Scored, rows: Sequence[Scored]) -> list[float]:
        """Weights of what excludes this link: records of other people, and relatives in this record."""
        return [
            *scored.relatives,
            *self._unsought(scored),
            *(
                other.weight
                for other in rows[:_RIVALS]
                if other is not scored and not self._may_be_one(scored, other)
            ),
        ]

    def _unsought(self, scored: Scored) -> list[float]:
        """The weight of the record being a brother or sister whom the request does not name: what the family
        shares counts, what is the person's own does not.
        """
        if not any(f.comparison in SHARED_FACTS and f.weight > 0 for f in scored.findings):
            return []
        own = math.fsum(f.weight for f in scored.findings if f.comparison in OWN_FACTS)
        return [scored.weight - own + math.log2(self.policy.unsought_siblings)]

    def _may_be_one(self, first: Scored, second: Scored) -> bool:
        """Whether two records may be one person: on different lists, with own facts that agree."""
        low, high = sorted((first.position, second.position))
        if self.records[low].list_id == self.records[high].list_id:
            return False
        if second.weight < _UNLIKELY:
            return False
        if (low, high) not in self._one_person:
            evidence = person_evidence(self.profiles[low], self.profiles[high], self.gallery, self.policy)
            self._one_person[(low, high)] = total(evidence) >= _ONE_PERSON_BITS
        return self._one_person[(low, high)]
