"""The front door: a request and the loaded lists -> ranked candidate links with reasons.

The result depends on all records and on the one request only, so that requests may be worked in any
order and in any portions.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.collector import uncollected
from matching.errors import CountedOnlyError
from matching.family import Household, Pairs
from matching.gallery import Gallery
from matching.households import Group, groups_of
from matching.lines import Line
from matching.mothers import family_profiles, with_household_mothers
from matching.profile import Profile, record_profile
from matching.proposals import Proposals, Shown
from matching.reasons import Reasons
from matching.scale.agreement_kernel import Millibits
from matching.scale.matcher import Matcher
from matching.scale.ranking import Detail, Flags, Links, Places
from matching.scored import Scored
from matching.weights import POLICY, Policy
from schemas.link import CandidateLink, FamilyLink
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest

_BESIDE = 10  # links among which the one that is explained is seen


@dataclass(frozen=True)
class RequestLinks:
    """The links of one request, per sought person in order of rank, and the families behind them."""

    request_id: str
    links: tuple[CandidateLink, ...]
    families: tuple[FamilyLink, ...]


class Linker:
    """The lists, prepared once. `rank` may be called from several threads."""

    def __init__(self, records: Iterable[DetaineeRecord], policy: Policy = POLICY) -> None:
        with uncollected():
            self._prepare(records, policy)

    def _prepare(self, records: Iterable[DetaineeRecord], policy: Policy) -> None:
        """Each record is read once and let go."""
        read = [(Line.of(record), record_profile(record)) for record in records]
        read.sort(key=lambda one: one[0].order)
        self.policy = policy
        self.lines: tuple[Line, ...] = tuple(line for line, _ in read)
        self.profiles: tuple[Profile, ...] = tuple(profile for _, profile in read)
        self.gallery = Gallery(self.profiles)
        self.groups = groups_of(self.lines, self.profiles)
        self.profiles = with_household_mothers(self.profiles, self.groups)
        self._group_of: NDArray[np.int32] = np.zeros(len(self.lines), dtype=np.int32)
        for number, group in enumerate(self.groups):
            for position in (*group.members, *group.placeholders):
                self._group_of[position] = number
        lists = [line.list_id for line in self.lines]
        self._matcher = Matcher(self.profiles, lists, self.groups, self.gallery, policy)
        self._reasons = Reasons(self.profiles, self.groups, self._group_of, self.gallery, policy)
        self._proposals = Proposals(self.lines, self.profiles, self.gallery, policy)

    @cached_property
    def _position(self) -> dict[str, int]:
        return {line.record_id: p for p, line in enumerate(self.lines)}

    def rank(self, request: TracingRequest, top: int = 10) -> RequestLinks:
        """The best `top` records for each sought person, by weight; none are hidden by a threshold."""
        if not self.lines:
            return RequestLinks(request.request_id, (), ())
        sought = family_profiles(request)
        links = self._written(request, sought, self._matcher.detail(sought, top))
        return RequestLinks(request.request_id, tuple(links), self._families(request, links))

    def weigh(
        self, requests: Iterable[TracingRequest], top: int = 10, threads: int = 1
    ) -> Iterator[tuple[TracingRequest, Links]]:
        """The same links of many requests, in their order, as numbers alone: a hundred times as fast."""
        if not self.lines:
            return
        read: deque[TracingRequest] = deque()

        def families() -> Iterator[tuple[Profile, ...]]:  # read ahead by another thread
            for request in requests:
                read.append(request)
                yield family_profiles(request)

        for links in self._matcher.rank(families(), top, threads):
            yield read.popleft(), links

    def explain(self, request: TracingRequest, person_id: str, record_id: str) -> CandidateLink:
        """The link of any pair, proposed or not; its rank is its place among all that were compared.

        Raises KeyError for a person or record that is not there, and CountedOnlyError.
        """
        position = self._position[record_id]
        person = [p.person_id for p in request.sought].index(person_id)
        sought = family_profiles(request)
        detail = self._matcher.detail(sought, None, position)
        ranked = detail.links.position[person]
        if position not in ranked:
            raise CountedOnlyError(record_id)
        beside = [*(one for one in ranked[:_BESIDE].tolist() if one >= 0 and one != position), position]
        scored = self._reasons.of(sought, detail, [(person, one) for one in beside])
        return self._links(request, person, sought, detail, scored, beside)[-1]

    def everything(self, sought: tuple[Profile, ...]) -> tuple[Millibits, Places, Flags]:
        """For measuring: the own facts of each person against every record (persons by records, millibits),
        and who would be compared: sorted positions, and for each person which of them.
        """
        return self._matcher.everything(sought)

    def group_with(self, record_id: str) -> Group:
        """The household that a record was put into. Raises KeyError for an unknown record."""
        return self.groups[int(self._group_of[self._position[record_id]])]

    def laid_out(self, sought: tuple[Profile, ...]) -> tuple[Pairs, dict[int, Household]]:
        """The pairs of a family's people that are compared closely, and the households they lead to."""
        pairs = self._reasons.pairs(self._matcher.detail(sought, 1))
        numbers = sorted({int(self._group_of[position]) for _, position in pairs})
        return pairs, {n: Household(sought, self.profiles, self.groups[n], pairs) for n in numbers}

    def _written(
        self, request: TracingRequest, sought: tuple[Profile, ...], detail: Detail
    ) -> list[CandidateLink]:
        """The links of all people with their reasons in words."""
        shown = [
            (person, position)
            for person, row in enumerate(detail.links.position.tolist())
            for position in row
            if position >= 0
        ]
        scored = self._reasons.of(sought, detail, shown)
        links: list[CandidateLink] = []
        for person in range(len(request.sought)):
            mine = [position for one, position in shown if one == person]
            links += self._links(request, person, sought, detail, scored, mine)
        return links

    def _links(
        self,
        request: TracingRequest,
        person: int,
        sought: Sequence[Profile],
        detail: Detail,
        scored: Mapping[tuple[int, int], Scored],
        positions: Sequence[int],
    ) -> list[CandidateLink]:
        """The links of one person to the records at these positions, in words."""
        weighed = detail.links
        row = weighed.position[person].tolist()
        ranks = [row.index(position) for position in positions]
        shown = [
            Shown(scored[person, position], rank + 1, float(weighed.chance[person, rank]))
            for position, rank in zip(positions, ranks, strict=True)
        ]

        def family_id(position: int) -> str:
            return self._family_id(request, int(self._group_of[position]))

        return self._proposals.links(
            request, person, sought[person], detail.namesakes[person], shown, family_id
        )

    def _family_id(self, request: TracingRequest, group: int) -> str:
        return f"{request.request_id}/{self.groups[group].group_id}"

    def _families(self, request: TracingRequest, links: list[CandidateLink]) -> tuple[FamilyLink, ...]:
        """The alignment of each household that a link leads to."""
        by_group: dict[int, dict[tuple[int, int], CandidateLink]] = {}
        people = {p.person_id: n for n, p in enumerate(request.sought)}
        for link in links:
            position = self._position[link.record_id]
            group = int(self._group_of[position])
            by_group.setdefault(group, {})[(people[link.person_id], position)] = link
        return tuple(self._family(request, group, found) for group, found in sorted(by_group.items()))

    def _family(
        self, request: TracingRequest, number: int, found: dict[tuple[int, int], CandidateLink]
    ) -> FamilyLink:
        group: Group = self.groups[number]
        taken: dict[int, int] = {}
        for (person, position), link in sorted(found.items(), key=lambda item: (-item[1].weight, item[0])):
            if person not in taken and position not in taken.values() and link.weight > self.gallery.prior:
                taken[person] = position
        everybody = (*group.members, *group.placeholders)
        return FamilyLink(
            family_id=self._family_id(request, number),
            request_id=request.request_id,
            pairs=tuple(
                (request.sought[p].person_id, self.lines[m].record_id, found[(p, m)].weight)
                for p, m in sorted(taken.items())
            ),
            unmatched_sought=tuple(s.person_id for n, s in enumerate(request.sought) if n not in taken),
            unmatched_records=tuple(self.lines[m].record_id for m in everybody if m not in taken.values()),
            weight=sum(found[link].weight for link in taken.items()),
        )
