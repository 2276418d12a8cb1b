"""From weighed records to candidate links: ranks, absolute probabilities, what is worth knowing beside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from matching.context import ask_next, how_common, other_records
from matching.evidence.row import Finding
from matching.gallery import Gallery
from matching.lines import Line
from matching.profile import Profile
from matching.questions import next_question
from matching.score import band, person_evidence, total
from matching.scored import Scored
from matching.weights import Policy
from schemas.link import CandidateLink
from schemas.tracing import TracingRequest
from schemas.vocabulary import LinkRelation

# Two records on different lists whose own facts agree by this many bits may be one person.
_ONE_PERSON_BITS = 3.0
# A link of fewer bits barely moves the probability of another, so that it is not asked whether they agree.
UNLIKELY = -2.0
_PLACES = 4
_SURE, _DIGITS = 0.001, 2  # nearer to 0 or 1 than this, so many digits of what is missing


def rounded(chance: float) -> float:
    """A probability as it is told: what is lost is less than anybody knows, and a stranger far down among the
    candidates does not make a link another one.
    """
    least = min(chance, 1 - chance)
    if least >= _SURE:
        return round(chance, _PLACES)
    told = float(f"{least:.{_DIGITS}g}")
    return told if chance < 0.5 else 1 - told


class Shown(NamedTuple):
    """A weighed record with its place among the person's links and its probability."""

    scored: Scored
    rank: int
    chance: float


@dataclass(frozen=True)
class Proposals:
    """Makes the links of one person out of the records weighed for it."""

    lines: Sequence[Line]
    profiles: Sequence[Profile]
    gallery: Gallery
    policy: Policy
    _one_person: dict[tuple[int, int], bool] = field(default_factory=dict, repr=False, compare=False)

    def links(
        self,
        request: TracingRequest,
        person: int,
        sought: Profile,
        namesakes: int,
        shown: Sequence[Shown],
        family_id: Callable[[int], str],
    ) -> list[CandidateLink]:
        """The links shown, best first. `family_id` names the household of a position."""
        new = any(one.scored.findings for one in shown)
        notes = self._notes(sought, namesakes, shown) if new else []
        rows = [one.scored for one in shown]
        links: list[CandidateLink] = []
        for scored, rank, chance in shown:
            findings = (
                (*scored.findings, *notes, *self._other_records(scored, rows)) if scored.findings else ()
            )
            links.append(
                CandidateLink(
                    request_id=request.request_id,
                    person_id=request.sought[person].person_id,
                    record_id=self.lines[scored.position].record_id,
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

    def _notes(self, sought: Profile, namesakes: int, shown: Sequence[Shown]) -> list[Finding]:
        """What is true of the person's links together."""
        notes = []
        if sought.given:
            notes.append(how_common(sought, namesakes, bool(sought.births)))
        candidates = [(self.profiles[one.scored.position], one.chance) for one in shown]
        question = next_question(sought, candidates, self.gallery, self.policy)
        return [*notes, ask_next(question)] if question else notes

    def _other_records(self, scored: Scored, shown: Sequence[Scored]) -> list[Finding]:
        if scored.relation is not LinkRelation.SAME_PERSON or scored.weight < UNLIKELY:
            return []
        twins = [
            self.lines[other.position]
            for other in shown
            if other is not scored and other.weight >= UNLIKELY and self._may_be_one(scored, other)
        ]
        return [other_records(twins)] if twins else []

    def _may_be_one(self, first: Scored, second: Scored) -> bool:
        """Whether two records may be one person: on different lists, with own facts that agree."""
        low, high = sorted((first.position, second.position))
        if self.lines[low].list_id == self.lines[high].list_id:
            return False
        if second.weight < UNLIKELY:
            return False
        if (low, high) not in self._one_person:
            evidence = person_evidence(self.profiles[low], self.profiles[high], self.gallery, self.policy)
            self._one_person[(low, high)] = total(evidence) >= _ONE_PERSON_BITS
        return self._one_person[(low, high)]
