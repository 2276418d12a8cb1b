"""The reasons of weighed links in words: for the few that are shown, with the numbers of the compiled matcher
for everything around them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.elsewhere import with_elsewhere
from matching.evidence.row import Finding, row, thousandths
from matching.family import Household, Pair, Pairs, family_rows
from matching.gallery import Gallery
from matching.households import Group
from matching.impossible import impossible_rows
from matching.nowhere import FOUND, with_nowhere
from matching.placeholders import counted_child
from matching.profile import Profile
from matching.relatives import against_relatives
from matching.scale.agreement_kernel import COMPARISONS
from matching.scale.matcher import ALL_COMPARISONS
from matching.scale.ranking import Detail, Link
from matching.score import person_evidence
from matching.scored import Scored
from matching.separated import separated_rows
from matching.weights import Policy
from schemas.vocabulary import LinkRelation

_NOWHERE = ALL_COMPARISONS.index("family_nowhere")
_ELSEWHERE = ALL_COMPARISONS.index("family_elsewhere")


@dataclass(frozen=True)
class Reasons:
    """Writes reasons; what it reads is that of the linker."""

    profiles: Sequence[Profile]
    groups: Sequence[Group]
    group_of: NDArray[np.int32]
    gallery: Gallery
    policy: Policy

    def of(self, sought: tuple[Profile, ...], detail: Detail, shown: Sequence[Link]) -> dict[Link, Scored]:
        """Each link with all its findings, whose sum is its weight."""
        numbers = {int(self.group_of[position]) for _, position in shown}
        numbers |= {int(one) for one in self.group_of[detail.candidates[detail.elsewhere]]}
        pairs = dict(self.pairs(detail, numbers))
        for person, position in shown:
            if (person, position) in pairs:
                pairs[person, position] = Pair.of(
                    person_evidence(sought[person], self.profiles[position], self.gallery, self.policy)
                )
        houses = {n: Household(sought, self.profiles, self.groups[n], pairs) for n in sorted(numbers)}
        separated = separated_rows(houses, pairs, self.gallery.prior, self.policy)
        weights = _weights(detail, np.isin(self.group_of[detail.laid.places], list(numbers)))
        lost, at = _lost(sought, detail), {one: n for n, one in enumerate(detail.laid.places.tolist())}
        found: dict[Link, Scored] = {}
        for link in shown:
            house = houses[int(self.group_of[link[1]])]
            scored = self._scored(house, link, separated.get(link, ()), weights)
            scored = against_relatives(link[0], scored, house, weights)
            scored = with_nowhere(scored, len(lost - {link[0]}), house, self.policy)
            elsewhere = int(detail.laid.bits[link[0], at[link[1]], _ELSEWHERE])
            found[link] = with_elsewhere(scored, elsewhere / 1000)
        return found

    def pairs(self, detail: Detail, numbers: Iterable[int] | None = None) -> Pairs:
        """The pairs compared with the members of some households, or of all, in numbers."""
        wanted = self.group_of[detail.candidates]
        among = np.ones(len(wanted), dtype=np.bool_) if numbers is None else np.isin(wanted, list(numbers))
        positions, bits = detail.candidates.tolist(), detail.pairs.bits
        return {
            (person, positions[at]): Pair.of_numbers(
                dict(zip(COMPARISONS, bits[person, at].tolist(), strict=True)),
                int(detail.pairs.weight[person, at]),
                int(detail.pairs.own[person, at]),
            )
            for person, at in np.argwhere(detail.pairs.picked & among).tolist()
        }

    def _scored(
        self, house: Household, link: Link, elsewhere: tuple[Finding, ...], weights: Mapping[Link, float]
    ) -> Scored:
        person, position = link
        if link not in house.pairs:
            evidence = counted_child(house, weights, self.policy)
            return Scored.of(position, evidence, LinkRelation.IN_HOUSEHOLD_OF)
        family = family_rows(house, person, position, self.policy)
        family += impossible_rows(house, person, position, self.policy)
        evidence = (*house.pairs[link].evidence, *family, *elsewhere)
        return Scored.of(position, (self._prior(), *map(self._learned, evidence)))

    def _prior(self) -> Finding:
        size = self.gallery.comparable
        sentence = (
            f"Starting point: anybody of {size} people, or, half as likely again, nobody on these lists."
        )
        bits = self.gallery.prior + self.policy.shift
        return row("prior", "prior", bits, ("", ""), sentence, f"frequency({size})")

    def _learned(self, finding: Finding) -> Finding:
        """A finding with the factor that reviewed links gave to its kind."""
        factor = self.policy.factor(finding.comparison)
        return finding if factor == 1.0 else finding._replace(weight=thousandths(factor * finding.weight))


def _weights(detail: Detail, among: NDArray[np.bool_]) -> dict[Link, float]:
    """The weights of links to some places, before relatives are told apart."""
    laid, positions = detail.laid, detail.laid.places.tolist()
    return {
        (person, positions[at]): int(laid.weight[person, at]) / 1000
        for person, at in np.argwhere(laid.known & among).tolist()
    }


def _lost(sought: Sequence[Profile], detail: Detail) -> set[int]:
    """The people who are found on no list, before anything is taken off for that or for the others' place."""
    laid = detail.laid
    before = laid.weighed - laid.bits[:, :, _NOWHERE] - laid.bits[:, :, _ELSEWHERE]
    weights = np.where(laid.known, before, -(10**9))
    best = weights.max(axis=1, initial=-(10**9)) / 1000
    return {p for p, one in enumerate(sought) if not one.only_named and best[p] < FOUND}
