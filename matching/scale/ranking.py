"""One request ranked: candidates chosen, pairs weighed, links put in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scale.agreement_kernel import (
    COMPARISONS,
    Frame,
    Room,
)
from matching.scale.choice import Choice
from matching.scale.family_kernel import FAMILY, House, Pairs
from matching.scale.laid import Homes, Laid, Start
from matching.scale.people import ONLY_NAMED, PLACEHOLDER
from matching.scale.request_kernel import KINDS, add_up, chances, weigh
from matching.scale.retrieval_kernel import Desk

_RIVALS = 40  # links beyond these no longer move a probability

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
Chosen = tuple[Places, Flags]
Link = tuple[int, int]  # a person of the request and the position of a record


class Links(NamedTuple):
    """The links of the people of a request, best first: a row for each person."""

    position: Places  # of the record, -1 where there are no more
    weight: Places  # millibits
    chance: NDArray[np.float64]
    in_household: Flags  # counted with the mother, not named
    bits: NDArray[np.int32]  # millibits by comparison, those of the family last


class Detail(NamedTuple):
    """The links of a request and all that they were weighed by."""

    links: Links
    candidates: Places  # sorted positions of the records compared closely with anybody
    pairs: Pairs
    laid: Laid
    elsewhere: Flags  # candidates whose mother, or whose children, were recognised on another list
    namesakes: tuple[int, ...] = ()  # of each person, where they were counted


class Tools(NamedTuple):
    """Working space of one thread."""

    room: Room
    desk: Desk


@dataclass(frozen=True)
class Ranking:
    """What all requests of a portion share."""

    frame: Frame
    homes: Homes
    start: Start

    def links(self, first: int, count: int, top: int, tools: Tools, chosen: Chosen) -> Detail:
        """The links of the family of so many people who stand from row `first` on."""
        cands, picked = chosen
        groups = np.unique(self.homes.group_of[cands]).astype(np.int64)
        pairs, extra, mates = self._weigh(first, cands, picked, groups, tools.room)
        laid = self._laid(cands, groups, count)
        shares = np.zeros((3, count, max(2, len(groups))))
        add_up(self.frame, self.homes, self.start, first, groups, mates, pairs, extra, shares, laid)
        elsewhere = np.any(extra[:, :, FAMILY.index("mother_elsewhere")] > 0, axis=0)
        top = min(top, len(laid.places))
        found = no_links(count, top)
        for person in range(count):
            if not self.frame.people.facts[first + person, ONLY_NAMED]:
                self._order(person, laid, len(cands), tools.room, found)
        return Detail(found, cands, pairs, laid, elsewhere)

    def everybody(self, count: int) -> Chosen:
        """All records, for a list that is short."""
        named = self.frame.people.facts[: len(self.homes.list_of), PLACEHOLDER] == 0
        cands = np.flatnonzero(named)
        return cands, np.ones((count, len(cands)), dtype=np.bool_)

    def chosen(self, choice: Choice, also: Link | None = None) -> Chosen:
        """Sorted positions to compare closely, and for each person which of them: everybody of the nearest
        households, and the nearest records. If the link `also` is none of these, its household is compared
        too.
        """
        cands, picked = self._chosen(choice, choice.homes.items.tolist())
        if also is None or picked[also[0], cands == also[1]].any():
            return cands, picked
        return self._chosen(choice, [*choice.homes.items.tolist(), int(self.homes.group_of[also[1]])])

    def _chosen(self, choice: Choice, homes: Sequence[int]) -> Chosen:
        starts = self.homes.starts
        everybody = [self.homes.members[starts[home] : starts[home + 1]] for home in homes]
        members = np.concatenate(everybody) if everybody else choice.homes.items[:0]
        rows = [one.items for one in choice.records]
        cands = np.unique(np.concatenate([members, *rows]).astype(np.int64))
        picked = np.zeros((len(rows), len(cands)), dtype=np.bool_)
        picked[:, np.searchsorted(cands, members)] = True
        for person, row in enumerate(rows):
            picked[person, np.searchsorted(cands, row)] = True
        return cands, picked

    def _weigh(
        self, first: int, cands: Places, picked: Flags, groups: Places, room: Room
    ) -> tuple[Pairs, NDArray[np.int32], Places]:
        count, size = picked.shape
        bits = np.zeros((count, size, len(COMPARISONS)), dtype=np.int32)
        pairs = Pairs(picked, bits, *np.zeros((2, count, size), dtype=np.int64))
        extra = np.zeros((count, size, len(FAMILY)), dtype=np.int32)
        starts = self.homes.starts
        widest = int((starts[groups + 1] - starts[groups]).max(initial=1))
        mates = np.zeros((len(groups), count), dtype=np.int64)
        weigh(
            self.frame, self.homes, self.start.prior, first, cands, groups, pairs,
            _house(max(widest, count)), mates, room, extra,
        )  # fmt: skip
        return pairs, extra, mates

    def _laid(self, cands: Places, groups: Places, count: int) -> Laid:
        starts = self.homes.unnamed_starts
        size = len(cands) + int((starts[groups + 1] - starts[groups]).sum())
        places, home = np.zeros((2, size), dtype=np.int64)
        places[: len(cands)] = cands
        home[: len(cands)] = np.searchsorted(groups, self.homes.group_of[cands])
        return Laid(
            places,
            home,
            np.zeros((count, size), dtype=np.bool_),
            np.zeros((count, size, KINDS), dtype=np.int32),
            np.zeros((count, size), dtype=np.int64),
            np.zeros((count, size), dtype=np.int64),
            np.zeros((count, size, count), dtype=np.bool_),
        )

    def _order(self, person: int, laid: Laid, named: int, room: Room, found: Links) -> None:
        known = np.flatnonzero(laid.known[person])
        order = known[np.lexsort((laid.places[known], -laid.weighed[person, known]))]
        top = min(found.position.shape[1], len(order))
        shown, rivals = order[:top], order[: max(top, _RIVALS)]
        scratch = np.zeros(len(COMPARISONS), dtype=np.int32)
        found.position[person, :top] = laid.places[shown]
        found.weight[person, :top] = laid.weighed[person, shown]
        found.in_household[person, :top] = shown >= named
        found.bits[person, :top] = laid.bits[person, shown]
        chances(
            self.frame, self.homes, person, rivals, named, laid, room, scratch, found.chance[person, :top]
        )


def no_links(count: int, top: int) -> Links:
    """Links of so many people, none found."""
    return Links(
        np.full((count, top), -1, dtype=np.int64),
        np.zeros((count, top), dtype=np.int64),
        np.zeros((count, top)),
        np.zeros((count, top), dtype=np.bool_),
        np.zeros((count, top, KINDS), dtype=np.int32),
    )


def _house(size: int) -> House:
    """Room for a household and a request of at most `size` people each."""
    return House(
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(3, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros(size, dtype=np.int64),
        np.zeros((size, size)),
        np.zeros((5 + size, size)),
        np.zeros((7, size), dtype=np.int64),
    )
