"""The people of lists by name, in any script, for somebody who looks for one of them."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from itertools import chain

import numpy as np

from matching.list_search import Flags, ListSearch, Narrowed
from matching.names.bearers import AS_NEAR
from matching.names.name_table import NameTable
from matching.names.nearest import Within, meet
from matching.names.script import fold
from matching.names.skeleton import skeletons
from matching.shelf import LOOKED_AT, Asked, Found, Near, Shelf, order, shelves

# Beyond a few, people so much less alike than the first are left out: nobody looks through them, and every
# person shown is a person exposed.
FAR, _FEW = 6.0, 5
SIDES = 2  # parts of the names and of the words, looked through side by side


class Lists:
    """Lists by their keys, laid on shelves for `search`; may be asked from several threads."""

    def __init__(self, lists: Mapping[str, ListSearch], sides: int = SIDES) -> None:
        """For the thread that adds words to their vocabularies. What is found does not depend on `sides`."""
        self.by_key = dict(lists)
        self.shelves: Sequence[Shelf] = shelves(lists, sides)
        words = {id(shelf.vocabulary): shelf.vocabulary for shelf in self.shelves}
        self._words = {key: (one, one.beginnings()) for key, one in words.items()}

    def met(self, name: str, pool: Executor | None) -> dict[int, Asked]:
        """The name against the words of each vocabulary, by its identity."""
        crew, table, folded = pool.map if pool else map, NameTable([name]), fold(name)
        begun = [skeletons(word) for word in name.split()]
        return {
            key: Asked(
                meet(table, 0, one.words, crew, SIDES if pool else 1),
                folded,
                [beginnings.of(sounds) for sounds in begun],
            )
            for key, (one, beginnings) in self._words.items()
        }


def search(
    lists: Lists, name: str, narrowed: Narrowed, most: int, pool: Executor | None = None
) -> list[Found]:
    """At most `most` people of these lists with such a name, or with a relative who bears it, the likest
    first; each with the key of its list. The shelves are gone through in `pool` side by side.
    """
    crew, numbers = pool.map if pool else map, range(len(lists.shelves))
    look = _Look(lists.shelves, lists.met(name, pool), narrowed)
    look.floor.raise_to(_first(crew(look.at_once, numbers)))  # so that only few need a close look anywhere
    look.near = _first(crew(look.whole, numbers))
    found = chain.from_iterable(crew(look.people, numbers, [most] * len(numbers)))
    best = sorted(found, key=order)[:most]
    return [pair for n, pair in enumerate(best) if n < _FEW or pair[1].score > best[0][1].score - FAR]


def _first(found: Iterable[Iterable[Near]]) -> list[Near]:
    return sorted(chain.from_iterable(found))[:LOOKED_AT]


class _Look:
    """One search along some shelves, several threads each along their own; `near` are the nearest of all."""

    def __init__(self, shelves: Sequence[Shelf], asked: Mapping[int, Asked], narrowed: Narrowed) -> None:
        self.floor = _Floor()
        self.near: Sequence[Near] = ()
        self._shelves, self._narrowed = shelves, narrowed
        self._asked = [asked[id(shelf.vocabulary)] for shelf in shelves]
        self._allowed: dict[int, Flags | None] = {}

    def at_once(self, number: int) -> list[Near]:
        """Most of the nearest names of a shelf; and who is not left out there."""
        self._allowed[number] = self._shelves[number].allowed(self._narrowed)
        return self._nearest(number, one_look=True)

    def whole(self, number: int) -> list[Near]:
        """The nearest names of a shelf, after `at_once` of all."""
        return self._nearest(number, one_look=False)

    def _nearest(self, number: int, one_look: bool) -> list[Near]:
        within = Within(self._allowed[number], self.floor.least, one_look)
        found = self._shelves[number].near(self._asked[number], within)
        self.floor.raise_to(found)
        return found

    def people(self, number: int, most: int) -> list[Found]:
        """At most `most` of a shelf, after `whole` of all."""
        entries = np.array([near.entry for near in self.near if near.shelf == number], dtype=np.int64)
        return self._shelves[number].find(self._asked[number], entries, self._allowed[number], most)


@dataclass
class _Floor:
    """How near a name must be to be among the nearest of all shelves, as far as is known by now. Two threads
    may raise it at once: where one is lost, more names are looked at, and the same are found.
    """

    least: float = -np.inf

    def raise_to(self, near: Sequence[Near]) -> None:
        """`near` are the nearest of some shelf; whoever is as near as the last of them may be wanted too."""
        if len(near) == LOOKED_AT:
            self.least = max(self.least, -near[-1].away - float(AS_NEAR))
