"""The compiled matcher: prepared from profiles and households, asked for any number of requests."""

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
from matching.scale.choice import DEPTH, NEAREST_GROUPS, NEAREST_RECORDS, Choice
from matching.scale.family_kernel import FAMILY
from matching.scale.held import Held, Same, unchanged
from matching.scale.homes import homes_of
from matching.scale.kinds import Kinds
from matching.scale.laid import Start
from matching.scale.nearby import Crew
from matching.scale.pair_kernel import evidence_many
from matching.scale.parts import PartTable
from matching.scale.people import PeopleTable
from matching.scale.postings import records_of
from matching.scale.ranking import Chosen, Detail, Flags, Link, Links, Places, Ranking, Tools
from matching.scale.retrieval import Field, Retrieval
from matching.scale.retrieval_kernel import Desk, desk_of
from matching.scale.rules import rules_of
from matching.weights import Policy

ALL_COMPARISONS = COMPARISONS + FAMILY
_TOGETHER = 512  # requests prepared in one go


class Matcher:
    """The lists, prepared; may be asked from several threads. Behind the records stand the people of requests
    that are held, behind these for a while those of others.
    """

    def __init__(
        self,
        profiles: Sequence[Profile],
        lists: Sequence[str],
        groups: Sequence[Group],
        gallery: Gallery,
        policy: Policy,
    ) -> None:
        self._policy = policy
        self._parts = PartTable(gallery)
        self._kinds = Kinds(gallery, policy)
        self._people = PeopleTable(self._parts, self._kinds, gallery, policy)
        self._rules = rules_of(policy)
        factors = [policy.factor(name) for name in ALL_COMPARISONS]
        prior = round(1000 * (gallery.prior + policy.shift))
        self._start = Start(prior, gallery.prior, np.array(factors, dtype=np.float64))
        self._lock = Lock()
        self._tools: SimpleQueue[Tools] = SimpleQueue()
        self._size = self._held = 0  # records; people held
        self._add(profiles)
        self._stand(len(profiles), lists, groups)

    def rank(self, families: Iterable[Sequence[Profile]], top: int, threads: int = 1) -> Iterator[Links]:
        """The links of each family, in their order. Families are read as they are needed."""
        source = iter(families)
        with ThreadPoolExecutor(threads) as pool, ThreadPoolExecutor(1) as reader:
            coming = reader.submit(_some, source)
            while some := coming.result():
                coming = reader.submit(_some, source)  # while the ones at hand are ranked
                with self._entered(some, pool.map) as (ranking, asked, firsts):

                    def one(
                        place: int,
                        some: list[Sequence[Profile]] = some,
                        ranking: Ranking = ranking,
                        asked: Retrieval = asked,
                        firsts: list[int] = firsts,
                    ) -> Links:
                        first, count = firsts[place], len(some[place])
                        with self._taken() as tools:
                            chosen = self._choose(asked, ranking, first, count, tools)
                            return ranking.links(first, count, top, tools, chosen).links

                    found = list(pool.map(one, range(len(some))))
                yield from found

    def detail(self, family: Sequence[Profile], top: int | None, also: Link | None = None) -> Detail:
        """The first `top` links of one family, or all, with what they were weighed by and how many bear the
        names; the link `also` is compared in any case.
        """
        with self._entered([family]) as (ranking, asked, (first,)), self._taken() as tools:
            count = len(family)
            counted = [asked.namesakes(row, tools.desk) for row in range(first, first + count)]
            chosen = self._choose(asked, ranking, first, count, tools, also)
            found = ranking.links(first, count, top or self._size, tools, chosen)
            return found._replace(namesakes=tuple(counted))

    def everything(self, family: Sequence[Profile]) -> tuple[Millibits, Places, Flags]:
        """The own facts of each person against every record (persons by records, millibits), and who would be
        compared: sorted positions, and for each person which of them.
        """
        records = np.arange(self._size)
        with self._entered([family]) as (ranking, asked, (first,)), self._taken() as tools:
            weights = []
            for row in range(first, first + len(family)):
                bits = np.zeros((self._size, len(COMPARISONS)), dtype=np.int32)
                evidence_many(ranking.frame, np.full(self._size, row), records, tools.room, bits)
                weights.append(bits.sum(axis=1))
            return np.stack(weights), *self._choose(asked, ranking, first, len(family), tools)

    def hold(self, family: Sequence[Profile]) -> Held:
        """Keeps the people of a family among those of the tables."""
        with self._lock:
            first = len(self._people)
            self._add(family)
            self._held += len(family)
            return Held(first, len(family))

    def change(
        self,
        rows: Places,
        new: Sequence[Profile],
        lists: Sequence[str],
        groups: Sequence[Group],
        held: Sequence[Held],
        threads: int = 1,
    ) -> None:
        """Other records than before. `rows` has for each the position where it stood, with the same facts and
        in the same order; -1 - n for the n-th of `new`. Held families that are not given are let go.
        """
        with self._lock, ThreadPoolExecutor(threads) as pool:
            before, end = self._homes, len(self._people)
            self._add(new)
            order = [np.where(rows >= 0, rows, end - 1 - rows)]
            order += [np.arange(one.first, one.first + one.count) for one in held]
            self._people.take(np.concatenate(order))
            self._held, first = 0, len(rows)
            for one in held:
                one.first, first = first, first + one.count
                self._held += one.count
            self._stand(len(rows), lists, groups)
            self._renew(held, unchanged(rows, before, self._homes), pool.map)

    def held_links(self, held: Sequence[Held], top: int, threads: int = 1) -> Iterator[Links]:
        """The links of families that are held, in their order; those that are known are not weighed again."""
        with ThreadPoolExecutor(threads) as pool:
            for begin in range(0, len(held), _TOGETHER):
                some = held[begin : begin + _TOGETHER]
                with self._lock:
                    found = self._weighed(some, top, pool.map)
                yield from found

    def _weighed(self, held: Sequence[Held], top: int, crew: Crew) -> list[Links]:
        self._look([one for one in held if one.links is None], crew)
        ranking = self._ranking()

        def one(asked: Held) -> Links:
            if asked.links is None or asked.top != top:
                with self._taken() as tools:
                    chosen = _chosen(ranking, asked)
                    asked.links = ranking.links(asked.first, asked.count, top, tools, chosen).links
                    asked.top = top
            return asked.links

        return list(crew(one, held))

    def held_detail(self, held: Held, top: int) -> Detail:
        """`detail` of a family that is held."""
        with self._lock, self._taken() as tools:
            self._look([held], map)
            rows = _rows_of([held])
            asked, ranking = self._asked(rows, map), self._ranking()
            counted = [asked.namesakes(row, tools.desk) for row in rows.tolist()]
            found = ranking.links(held.first, held.count, top, tools, _chosen(ranking, held))
            held.links, held.top = found.links, top
            return found._replace(namesakes=tuple(counted))

    def _add(self, profiles: Sequence[Profile]) -> None:
        for profile in profiles:
            self._people.add(profile)
            profile.forget()
        self._parts.forget()

    def _stand(self, size: int, lists: Sequence[str], groups: Sequence[Group]) -> None:
        """The records stand where they are to stand."""
        self._size, self._homes = size, homes_of(lists, groups)
        self._everybody: Field | None = None
        rooms = [tools.room for tools in _all(self._tools)]  # what is remembered of pairs of words stays true
        self._tools = SimpleQueue()
        for room in rooms:
            self._tools.put(Tools(room, self._desk()))

    def _frame(self) -> Frame:
        return Frame(self._people.arrays(), self._parts.arrays(), self._rules, self._kinds.tables())

    def _ranking(self) -> Ranking:
        return Ranking(self._frame(), self._homes, self._start)

    def _among(self, frame: Frame, flags: Flags) -> Field:
        """Those of the records that are flagged."""
        found = records_of(frame.people, frame.parts, self._homes.group_of, self._policy, flags)
        return Field(frame.parts, found)

    def _asked(self, rows: Places, crew: Crew) -> Retrieval:
        """Everybody, for the people in these rows."""
        frame = self._frame()
        if self._everybody is None:
            self._everybody = self._among(frame, np.ones(self._size, dtype=np.bool_))
        return self._everybody.asked(frame, rows, crew)

    def _look(self, held: Sequence[Held], crew: Crew) -> None:
        """Finds whom to compare those with of whom it is not known."""
        new = [one for one in held if one.choice is None]
        if self._size > NEAREST_RECORDS and new:
            asked = self._asked(_rows_of(new), crew)
            for one, choice in zip(new, self._nearest(asked, new, crew), strict=True):
                one.choice = choice.ordered()

    def _nearest(self, asked: Retrieval, held: Sequence[Held], crew: Crew) -> Iterable[Choice]:
        def one(who: Held) -> Choice:
            with self._taken() as tools:
                return asked.nearest(who.first, who.count, tools.desk, DEPTH, DEPTH)

        return crew(one, held)

    def _renew(self, held: Sequence[Held], same: Same, crew: Crew) -> None:
        """What of the choices a change leaves, with who is new."""
        for one in held:
            if one.choice is None or self._size <= NEAREST_RECORDS:
                one.choice = one.links = None
        known = [(one, one.choice) for one in held if one.choice is not None]
        if not known:
            return
        who, frame = [one for one, _ in known], self._frame()
        asked = self._among(frame, ~same.records).asked(frame, _rows_of(who), crew)
        for (one, before), new in zip(known, self._nearest(asked, who, crew), strict=True):
            one.renew(before, new, same)

    def _choose(
        self,
        asked: Retrieval,
        ranking: Ranking,
        first: int,
        count: int,
        tools: Tools,
        also: Link | None = None,
    ) -> Chosen:
        if self._size <= NEAREST_RECORDS:
            return ranking.everybody(count)
        choice = asked.nearest(first, count, tools.desk, NEAREST_RECORDS, NEAREST_GROUPS)
        return ranking.chosen(choice, also)

    @contextmanager
    def _entered(
        self, families: Sequence[Sequence[Profile]], crew: Crew = map
    ) -> Iterator[tuple[Ranking, Retrieval, list[int]]]:
        """The families among the people of the tables while the block lasts: where each begins. Others wait
        meanwhile.
        """
        with self._lock:
            end = self._size + self._held
            try:
                firsts = [min([self._people.add(profile) for profile in family]) for family in families]
                yield self._ranking(), self._asked(np.arange(end, len(self._people)), crew), firsts
            finally:
                self._people.cut(end)

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
            return Tools(new_room(), self._desk())

    def _desk(self) -> Desk:
        return desk_of(len(self._homes.starts) - 1)


def _all(queue: SimpleQueue[Tools]) -> list[Tools]:
    return [queue.get_nowait() for _ in range(queue.qsize())]


def _chosen(ranking: Ranking, held: Held) -> Chosen:
    return ranking.chosen(held.choice.used()) if held.choice else ranking.everybody(held.count)


def _rows_of(held: Sequence[Held]) -> Places:
    return np.concatenate([np.arange(one.first, one.first + one.count) for one in held])


def _some(source: Iterator[Sequence[Profile]]) -> list[Sequence[Profile]]:
    return list(islice(source, _TOGETHER))
