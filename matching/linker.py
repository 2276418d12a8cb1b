"""The front door: a request and the loaded lists -> ranked candidate links with reasons.

The result depends on all records and on the one request only, so that requests may be worked in any
order and in any portions, and links of equal weight stand in the order of their records' ids.
"""

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.collector import uncollected
from matching.errors import CountedOnlyError
from matching.family import Household, Pairs
from matching.gallery import Gallery
from matching.households import Group
from matching.lists import Lists, SameWords
from matching.mothers import family_profiles
from matching.profile import Profile
from matching.proposals import Proposals, Shown, rounded
from matching.reasons import Reasons
from matching.scale.agreement_kernel import Millibits
from matching.scale.held import Held
from matching.scale.matcher import Matcher
from matching.scale.ranking import Detail, Flags, Links, Places, no_links
from matching.scored import Scored
from matching.weighed import Weighed, weighed
from matching.weights import POLICY, Policy
from schemas.link import CandidateLink, FamilyLink
from schemas.registry import DetaineeRecord
from schemas.tracing import TracingRequest

_BESIDE = 10  # links among which the one that is explained is seen
Told = Callable[[Sequence[Weighed]], Iterable[Weighed]]  # of all links those that were told already


@dataclass(frozen=True)
class RequestLinks:
    """The links of one request, per sought person in order of rank, and the families behind them."""

    request_id: str
    links: tuple[CandidateLink, ...]
    families: tuple[FamilyLink, ...]


class Linker:
    """The lists, prepared. `rank` may be called from several threads, but not while the lists change."""

    def __init__(
        self, records: Iterable[DetaineeRecord], policy: Policy = POLICY, gallery: Gallery | None = None
    ) -> None:
        """`gallery`: how common names are, where that is not to be counted on these lists."""
        with uncollected():
            self._prepare(records, policy, gallery)

    def _prepare(self, records: Iterable[DetaineeRecord], policy: Policy, gallery: Gallery | None) -> None:
        lists = Lists.of(records)
        self.policy, self.gallery = policy, gallery or Gallery(lists.profiles)
        self._held: dict[str, Held] = {}
        self._stand(lists)
        self._matcher = Matcher(lists.profiles, lists.list_ids, lists.groups, self.gallery, policy)

    def _stand(self, lists: Lists) -> None:
        self._lists = lists
        self.lines, self.profiles, self.groups = lists.lines, lists.profiles, lists.groups
        self._position, self._group_of = lists.position, lists.group_of
        self._reasons = Reasons(self.profiles, self.groups, self._group_of, self.gallery, self.policy)
        self._proposals = Proposals(self.lines, self.profiles, self.gallery, self.policy)

    def change(
        self,
        gone: Collection[str],
        records: Iterable[DetaineeRecord],
        *,
        same_words: SameWords | None = None,
        threads: int = 1,
    ) -> None:
        """Takes records off the lists and puts others on them, or in the place of those with the same id. The
        linker is then the same as a new one of all records with this gallery, in a part of the time.
        `same_words` says of a record whose id was here that its person is told of in the words of then.
        """
        with uncollected():
            lists, former, fresh = self._lists.changed(gone, records, same_words)
            self._stand(lists)
            held = list(self._held.values())
            self._matcher.change(former, fresh, lists.list_ids, lists.groups, held, threads)

    def hold(self, requests: Iterable[TracingRequest]) -> None:
        """Keeps requests beside the lists: after a change of these only what it touches is weighed again. A
        request that is held already is held as it is now.
        """
        with uncollected():
            for request in requests:
                self._held[request.request_id] = self._matcher.hold(family_profiles(request))

    def release(self, request_ids: Iterable[str]) -> None:
        """Lets requests go; those that are not held are passed over."""
        for one in request_ids:
            self._held.pop(one, None)

    def stale(self) -> list[str]:
        """The requests held whose links may be others than when they were last weighed; never too few."""
        return [one for one, held in self._held.items() if held.links is None]

    def last_links(self, request_id: str, top: int = 10) -> Links | None:
        """The links of a request that is held, if they are what they were when it was last looked at."""
        held = self._held[request_id]
        return held.links if held.top == top else None

    def weigh_held(
        self, request_ids: Iterable[str], top: int = 10, threads: int = 1
    ) -> Iterator[tuple[str, Links]]:
        """The links of requests that are held, as `weigh` gives them; only those of stale ones take time.
        Raises KeyError for others.
        """
        ids = list(request_ids)
        held = [self._held[one] for one in ids]
        if self.lines:
            yield from zip(ids, self._matcher.held_links(held, top, threads), strict=True)
        else:
            yield from ((one, no_links(who.count, 0)) for one, who in zip(ids, held, strict=True))

    def rank(self, request: TracingRequest, top: int = 10, told: Told | None = None) -> RequestLinks:
        """The best `top` records for each sought person, by weight; none are hidden by a threshold. Links
        that are `told` already come without evidence. A request that is held has to be as it was when taken.
        """
        if not self.lines:
            return RequestLinks(request.request_id, (), ())
        sought, held = family_profiles(request), self._held.get(request.request_id)
        detail = self._matcher.held_detail(held, top) if held else self._matcher.detail(sought, top)
        links = self._written(request, sought, detail, told)
        return RequestLinks(request.request_id, tuple(links), self.families(request, links))

    def weighed(self, request: TracingRequest, links: Links) -> tuple[Weighed, ...]:
        """Links as `weigh` gives them, in the order and with the figures of `rank`."""
        found = []
        for person, one in enumerate(request.sought):
            for rank, position in enumerate(links.position[person].tolist()):
                if position >= 0:
                    family = self._family_id(request, int(self._group_of[position]))
                    record_id = self.lines[position].record_id
                    found.append(weighed(links, person, rank, one.person_id, record_id, family, self.policy))
        return tuple(found)

    def weigh(
        self, requests: Iterable[TracingRequest], top: int = 10, threads: int = 1
    ) -> Iterator[tuple[TracingRequest, Links]]:
        """The same links of many requests, in their order, as numbers alone: a hundred times as fast."""
        if not self.lines:
            yield from ((one, no_links(len(family_profiles(one)), 0)) for one in requests)
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
        detail = self._matcher.detail(sought, None, (person, position))
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

    def place_of(self, record_id: str) -> int | None:
        """Where a record stands among `lines` now; None if it does not."""
        return self._position.get(record_id)

    def household(self, record_id: str) -> list[str]:
        """The ids of all records in the household of one, itself among them."""
        return [self.lines[position].record_id for position in self.group_with(record_id).positions]

    def group_with(self, record_id: str) -> Group:
        """The household that a record was put into. Raises KeyError for an unknown record."""
        return self.groups[int(self._group_of[self._position[record_id]])]

    def laid_out(self, sought: tuple[Profile, ...]) -> tuple[Pairs, dict[int, Household]]:
        """The pairs of a family's people that are compared closely, and the households they lead to."""
        pairs = self._reasons.pairs(self._matcher.detail(sought, 1))
        numbers = sorted({int(self._group_of[position]) for _, position in pairs})
        return pairs, {n: Household(sought, self.profiles, self.groups[n], pairs) for n in numbers}

    def _written(
        self,
        request: TracingRequest,
        sought: tuple[Profile, ...],
        detail: Detail,
        told: Told | None,
    ) -> list[CandidateLink]:
        """The links of all people, with their reasons in words but for those told already."""
        shown = [
            (person, position)
            for person in range(len(request.sought))
            for position in detail.links.position[person].tolist()
            if position >= 0
        ]
        old = {}
        if told is not None:
            figures = self.weighed(request, detail.links)
            known = {(one.person_id, one.record_id) for one in told(figures)}
            old = {
                pair: Scored(pair[1], (), one.weight, one.relation)
                for pair, one in zip(shown, figures, strict=True)
                if (one.person_id, one.record_id) in known
            }
        scored = self._reasons.of(sought, detail, [pair for pair in shown if pair not in old]) | old
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
            Shown(scored[person, position], rank + 1, rounded(float(weighed.chance[person, rank])))
            for position, rank in zip(positions, ranks, strict=True)
        ]

        def family_id(position: int) -> str:
            return self._family_id(request, int(self._group_of[position]))

        return self._proposals.links(
            request, person, sought[person], detail.namesakes[person], shown, family_id
        )

    def _family_id(self, request: TracingRequest, group: int) -> str:
        return f"{request.request_id}/{self.groups[group].group_id}"

    def families(
        self, request: TracingRequest, links: Iterable[CandidateLink | Weighed]
    ) -> tuple[FamilyLink, ...]:
        """The alignment of each household that a link leads to."""
        by_group: dict[int, dict[tuple[int, int], CandidateLink | Weighed]] = {}
        people = {p.person_id: n for n, p in enumerate(request.sought)}
        for link in links:
            position = self._position[link.record_id]
            group = int(self._group_of[position])
            by_group.setdefault(group, {})[(people[link.person_id], position)] = link
        return tuple(self._family(request, group, found) for group, found in sorted(by_group.items()))

    def _family(
        self,
        request: TracingRequest,
        number: int,
        found: Mapping[tuple[int, int], CandidateLink | Weighed],
    ) -> FamilyLink:
        group: Group = self.groups[number]
        taken: dict[int, int] = {}
        for (person, position), link in sorted(found.items(), key=lambda item: (-item[1].weight, item[0])):
            if person not in taken and position not in taken.values() and link.weight > self.gallery.prior:
                taken[person] = position
        everybody = sorted(group.positions, key=lambda m: self.lines[m].order)
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
