"""The compiled matcher: prepared once from profiles and households, asked for any number of requests."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from queue import Empty, SimpleQueue
from threading import Lock

import numpy as np

from matching.gallery import Gallery
from matching.households import Group
from matching.profile import Profile
from matching.scale.agreement_kernel import (
    COMPARISONS,
    Frame,
    Millibits,
    new_room,
)
from matching.scale.family_kernel import FAMILY
from matching.scale.kinds import Kinds
from matching.scale.nearby import Crew, Nearby
from matching.scale.pair_kernel import evidence_many
from matching.scale.parts import PartTable
from matching.scale.people import JOINED, WHOLE, PeopleTable
from matching.scale.postings import records_of
from matching.scale.ranking import Detail, Flags, Links, Places, Ranking, Tools
from matching.scale.request_kernel import Homes, Start
from matching.scale.retrieval_kernel import desk_of
from matching.scale.rules import rules_of
from matching.weights import Policy

ALL_COMPARISONS = COMPARISONS + FAMILY
_TOGETHER = 512  # requests prepared in one go


class Matcher:
    """The lists, prepared once; may be asked from several threads."""

    def __init__(
        self,
        profiles: Sequence[Profile],
        lists: Sequence[str],
        groups: Sequence[Group],
        gallery: Gallery,
        policy: Policy,
    ) -> None:
        self._parts = PartTable(gallery)
        self._kinds = Kinds(gallery, policy)
        self._people = PeopleTable(self._parts, self._kinds, gallery, policy)
        for profile in profiles:
            self._people.add(profile)
            profile.forget()
        self._parts.forget()
        self._homes = _homes(lists, groups)
        self._rules = rules_of(policy)
        parts = self._parts.arrays()
        self._records = records_of(self._people.arrays(), parts, profiles, self._homes.group_of, policy)
        self._nearby = Nearby(parts, self._records)
        self._size = len(profiles)
        factors = [policy.factor(name) for name in ALL_COMPARISONS]
        prior = round(1000 * (gallery.prior + policy.shift))
        self._start = Start(prior, gallery.prior, np.array(factors, dtype=np.float64))
        self._lock = Lock()
        self._tools: SimpleQueue[Tools] = SimpleQueue()

    def rank(self, families: Iterable[Sequence[Profile]], top: int, threads: int = 1) -> Iterator[Links]:
        """The links of each family, in their order. Families are read as they are needed."""
        source = iter(families)
        with ThreadPoolExecutor(threads) as pool, ThreadPoolExecutor(1) as reader:
            coming = reader.submit(_some, source)
            while some := coming.result():
                coming = reader.submit(_some, source)  # while the ones at hand are ranked
                with self._entered(some, pool.map) as (ranking, firsts):

                    def one(
                        place: int,
                        some: list[Sequence[Profile]] = some,
                        ranking: Ranking = ranking,
                        firsts: list[int] = firsts,
                    ) -> Links:
                        with self._taken() as tools:
                            return ranking.links(firsts[place], some[place], top, tools).links

                    found = list(pool.map(one, range(len(some))))
                yield from found

    def detail(self, family: Sequence[Profile], top: int | None, also: int | None = None) -> Detail:
        """The first `top` links of one family, or all, with what they were weighed by and how many bear the
        names; the household of position `also` is compared too.
        """
        with self._entered([family]) as (ranking, firsts), self._taken() as tools:
            counted = [ranking.namesakes(row, one, tools.desk) for row, one in enumerate(family, firsts[0])]
            found = ranking.links(firsts[0], family, top or self._size, tools, also)
            return found._replace(namesakes=tuple(counted))

    def everything(self, family: Sequence[Profile]) -> tuple[Millibits, Places, Flags]:
        """The own facts of each person against every record (persons by records, millibits), and who would be
        compared: sorted positions, and for each person which of them.
        """
        records = np.arange(self._size)
        with self._entered([family]) as (ranking, firsts), self._taken() as tools:
            weights = []
            for person in range(len(family)):
                bits = np.zeros((self._size, len(COMPARISONS)), dtype=np.int32)
                rows = np.full(self._size, firsts[0] + person)
                evidence_many(ranking.frame, rows, records, tools.room, bits)
                weights.append(bits.sum(axis=1))
            return np.stack(weights), *ranking.choose(firsts[0], family, tools.desk)

    @contextmanager
    def _entered(
        self, families: Sequence[Sequence[Profile]], crew: Crew = map
    ) -> Iterator[tuple[Ranking, list[int]]]:
        """The families among the people of the tables while the block lasts: where each begins. Others wait
        meanwhile.
        """
        with self._lock:
            try:
                firsts = [min([self._people.add(profile) for profile in family]) for family in families]
                yield self._ranking(crew), firsts
            finally:
                self._people.cut(self._size)

    def _ranking(self, crew: Crew) -> Ranking:
        people, parts = self._people.arrays(), self._parts.arrays()
        asked = people.values[people.starts[self._size, 0] :]
        joined = people.joined[people.facts[self._size, JOINED] :, WHOLE]
        self._nearby.learn(parts, np.unique(asked).tolist(), crew)
        self._nearby.learn_joined(parts, np.unique(joined).tolist(), crew)
        return Ranking(
            Frame(people, parts, self._rules, self._kinds.tables()),
            self._records,
            self._homes,
            self._start,
            self._nearby.near,
            self._nearby.near_long,
        )

    @contextmanager
    def _taken(self) -> Iterator[Tools]:
        tools = self._spare()
        try:
            yield tools
        finally:
            self._tools.put(tools)

    def _spare(self) -> Tools:
        try:
            return self._tools.get_nowait()
        except Empty:
            return Tools(new_room(), desk_of(self._size, len(self._homes.starts) - 1))


def _some(source: Iterator[Sequence[Profile]]) -> list[Sequence[Profile]]:
    return list(islice(source, _TOGETHER))


def _homes(lists: Sequence[str], groups: Sequence[Group]) -> Homes:
    numbers: dict[str, int] = {}
    group_of = np.zeros(len(lists), dtype=np.int32)
    for number, group in enumerate(groups):
        group_of[[*group.members, *group.placeholders]] = number
    return Homes(
        group_of,
        np.array([numbers.setdefault(one, len(numbers)) for one in lists], dtype=np.int32),
        np.cumsum([0, *(len(group.members) for group in groups)]),
        np.array([one for group in groups for one in group.members], dtype=np.int32),
        np.cumsum([0, *(len(group.placeholders) for group in groups)]),
        np.array([one for group in groups for one in group.placeholders], dtype=np.int32),
    )
