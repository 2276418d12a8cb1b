"""The people of a list by name, in any script, for somebody who looks for one of them."""

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.names.bearers import AS_NEAR
from matching.names.name_table import NameTable
from matching.names.nearest import Met, Within, meet
from matching.names.rank import NameIndex
from matching.names.script import fold
from matching.names.skeleton import skeletons
from matching.names.vocabulary import Vocabulary
from matching.names.wordlist import name_words
from schemas.person import Person
from schemas.registry import DetaineeRecord
from schemas.vocabulary import NameRole

Flags = NDArray[np.bool_]
Entries = NDArray[np.int32]
Lengths = NDArray[np.uint8]
Places = NDArray[np.int64]
_Range = tuple[int, int, int]
_Near = tuple[float, str, int]  # how near, the greater the farther; the key of a list, the place of a name
_NOBODY: Entries = np.zeros(0, dtype=np.int32)
OWN = "own"  # how a name belongs to the person: their own, or the relation of the relative who bears it
_PARTS = {NameRole.GIVEN, NameRole.SURNAME, NameRole.PATRONYMIC}  # the headline puts them together
# Log-odds below which no name that sounds alike was seen (docs/names.md); found by their first letters, names
# stand after those that are alike as a whole.
LEAST = -8.0
_BEGUN = -5.0
# Beyond a few, people so much less alike than the first are left out: nobody looks through them, and every
# person shown is a person exposed.
FAR, _FEW = 6.0, 5
_FEWEST_SOUNDS = 2
_LONGEST = 100  # sounds of a word, as far as they are counted
_LAST = "\uffff"  # behind every sound
_LOOKED_AT = 60  # the nearest names of all lists together
_AMONG = 10_000  # names of the longest usual list: rarity means the same on all of them
_SIDES = 2  # parts of the words, met side by side
_YEARS = 2  # an age told is rarely nearer than this
_YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Facts that leave people out: an age in years on a day, give or take two, and words of a place."""

    age: int | None = None
    on: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A record by its position. `score` is in log-odds, comparable between lists; `bearer` says whose name
    was found, `name` how it is written, `same` whether that is what was asked for.
    """

    position: int
    score: float
    bearer: str
    name: str = ""
    same: bool = False

    @property
    def order(self) -> tuple[bool, float]:
        """The very name asked for stands first: how rare it is in its script is no reason to pass it by."""
        return not self.same, -self.score


@dataclass(frozen=True)
class Asked:
    """A name looked for: met with all words, as a match key, the first sounds of its words."""

    met: Met
    folded: str
    begun: Sequence[Sequence[str]]


def search(
    lists: Mapping[str, "ListSearch"], name: str, narrowed: Narrowed, most: int, pool: Executor | None = None
) -> list[tuple[str, Hit]]:
    """At most `most` people of these lists with such a name, or with a relative who bears it, the likest
    first; each with the key of its list. The lists are gone through in `pool` side by side.
    """
    crew, table, folded = pool.map if pool else map, NameTable([name]), fold(name)
    begun = [skeletons(word) for word in name.split()]
    vocabularies = {id(one.vocabulary): one.vocabulary for one in lists.values()}
    asked = {
        key: Asked(meet(table, 0, one.words, crew, _SIDES if pool else 1), folded, begun)
        for key, one in vocabularies.items()
    }
    look = _Look(lists, asked, narrowed)
    keys, parts = sorted(lists), _SIDES if pool else 1
    sides = [keys[part::parts] for part in range(parts)]
    look.floor.raise_to(_first(crew(look.at_once, sides)))  # so that only few need a close look on any list
    near = _first(crew(look.whole, sides))
    found = chain.from_iterable(crew(partial(look.people, near=near, most=most), sides))
    best = sorted(found, key=lambda pair: (pair[1].order, pair[0]))[:most]
    return [pair for n, pair in enumerate(best) if n < _FEW or pair[1].score > best[0][1].score - FAR]


def _first(found: Iterable[Iterable[_Near]]) -> list[_Near]:
    return sorted(chain.from_iterable(found))[:_LOOKED_AT]


class _Look:
    """One search through some lists, several threads each through their own."""

    def __init__(
        self, lists: Mapping[str, "ListSearch"], asked: Mapping[int, Asked], narrowed: Narrowed
    ) -> None:
        self.floor = _Floor()
        self._lists, self._asked, self._narrowed = lists, asked, narrowed
        self._allowed: dict[str, Flags | None] = {}

    def at_once(self, keys: Sequence[str]) -> list[_Near]:
        """Most of the nearest names of these lists; and who of each is not left out."""
        self._allowed |= {key: self._lists[key].allowed(self._narrowed) for key in keys}
        return self._nearest(keys, one_look=True)

    def whole(self, keys: Sequence[str]) -> list[_Near]:
        """The nearest names of these lists, after `at_once` of all."""
        return self._nearest(keys, one_look=False)

    def _nearest(self, keys: Sequence[str], one_look: bool) -> list[_Near]:
        found: list[_Near] = []
        for key in keys:
            within = Within(self._allowed[key], self.floor.least, one_look)
            near = self._lists[key].near(self._of(key), within)
            found = _first([found, ((-much, key, place) for place, much in near)])
            self.floor.raise_to(found)
        return found

    def people(self, keys: Sequence[str], near: Sequence[_Near], most: int) -> list[tuple[str, Hit]]:
        """At most `most` of each of these lists, of those with one of the names `near`."""
        found: list[tuple[str, Hit]] = []
        for key in keys:
            places = np.array([place for _, of, place in near if of == key], dtype=np.int64)
            hits = self._lists[key].find(self._of(key), places, self._allowed[key], most)
            found += ((key, hit) for hit in hits)
        return found

    def _of(self, key: str) -> Asked:
        return self._asked[id(self._lists[key].vocabulary)]


@dataclass
class _Floor:
    """How near a name must be to be among the nearest of all lists, as far as is known by now. Two threads
    may raise it at once: where one is lost, more names are looked at, and the same are found.
    """

    least: float = -np.inf

    def raise_to(self, near: Sequence[_Near]) -> None:
        """`near` are the nearest of some lists; whoever is as near as the last of them may be wanted too."""
        if len(near) == _LOOKED_AT:
            self.least = max(self.least, -near[-1][0] - float(AS_NEAR))


class ListSearch:
    """The records of one list, prepared once; may be asked from several threads. Lists with one vocabulary
    are searched together the faster.
    """

    def __init__(self, records: Iterable[DetaineeRecord], vocabulary: Vocabulary | None = None) -> None:
        self.record_ids: list[str] = []
        self._texts: list[str] = []
        self._bearers: list[str] = []
        owners: list[int] = []
        births: list[tuple[int, int]] = []
        households: dict[str, int] = {}
        house: list[int] = []
        self._places: dict[str, set[int]] = {}
        for position, record in enumerate(records):
            self.record_ids.append(record.record_id)
            births.append(_days(record.person))
            house.append(households.setdefault(record.household_id or f"\0{position}", len(households)))
            for bearer, text in dict.fromkeys(_names(record.person)):
                self._bearers.append(bearer)
                self._texts.append(text)
                owners.append(position)
            for place in record.person.places:
                for sound in _sounds(place.text):
                    self._places.setdefault(sound, set()).add(position)
        self._owners = np.array(owners, dtype=np.int32)
        self._births = np.array(births, dtype=np.int32).reshape(-1, 2)
        self._house = np.array(house, dtype=np.int32)
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        self._index = NameIndex(self._texts, among=_AMONG, vocabulary=self.vocabulary)
        self._beginnings = _Beginnings(self._texts)

    def __len__(self) -> int:
        return len(self.record_ids)

    @property
    def places(self) -> Entries:
        """Where the words of its names stand in the vocabulary."""
        return self._index.places

    def near(self, asked: Asked, within: Within) -> list[tuple[int, float]]:
        """The names nearest in sound, by their place, and how near they are; `within` speaks of people."""
        if within.allowed is not None:
            within = within._replace(allowed=within.allowed[self._owners])
        places, scores = self._index.nearest(asked.met, _LOOKED_AT, within)
        return list(zip(places.tolist(), scores.tolist(), strict=True))

    def find(self, asked: Asked, near: Places, allowed: Flags | None, most: int) -> list[Hit]:
        """At most `most` people, the likest first: of those with a name at one of the places `near`, and of
        those allowed whose names begin so.
        """
        scores = self._index.scores(asked.met, near)
        scored = [pair for pair in zip(near.tolist(), scores.tolist(), strict=True) if pair[1] >= LEAST]
        found: dict[int, Hit] = {}
        for entry, score in scored + self._begun(asked.begun, allowed, most):
            position = int(self._owners[entry])
            known, text = found.get(position), self._texts[entry]
            hit = Hit(position, score, self._bearers[entry], text, fold(text) == asked.folded)
            if known is None or hit.order < known.order:
                found[position] = hit
        return heapq.nsmallest(most, found.values(), key=lambda hit: (hit.order, hit.position))

    def _begun(
        self, begun: Sequence[Sequence[str]], allowed: Flags | None, most: int
    ) -> list[tuple[int, float]]:
        """The `most` people whose names begin so most nearly, each by one name."""
        entries, missing = self._beginnings.of(begun)
        owners = self._owners[entries]
        if allowed is not None:
            kept = allowed[owners]
            entries, missing, owners = entries[kept], missing[kept], owners[kept]
        order = np.lexsort((owners, missing))
        _, first = np.unique(owners[order], return_index=True)
        best = order[np.sort(first)[:most]]
        scores = _BEGUN - 0.1 * missing[best]
        return list(zip(entries[best].tolist(), scores.tolist(), strict=True))

    def household(self, record_id: str) -> list[Hit]:
        """Everybody whom the list puts into one household with this record, the record too."""
        if record_id not in self.record_ids:
            return []
        mine = self._house[self.record_ids.index(record_id)]
        return [Hit(position, 0.0, OWN) for position in np.flatnonzero(self._house == mine).tolist()]

    def allowed(self, narrowed: Narrowed) -> Flags | None:
        """Who is not left out; None: nobody is. A person of unknown birth may be of any age."""
        if narrowed.age is None and not narrowed.place:
            return None
        allowed = np.ones(len(self), dtype=np.bool_)
        if narrowed.age is not None and narrowed.on is not None:
            latest = (narrowed.on - (narrowed.age - _YEARS) * _YEAR).toordinal()
            earliest = (narrowed.on - (narrowed.age + _YEARS + 1) * _YEAR).toordinal()
            low, high = self._births[:, 0], self._births[:, 1]
            allowed &= (low == 0) | ((low <= latest) & (high >= earliest))
        for word in narrowed.place.split():
            there = [self._places.get(sound, set()) for sound in skeletons(word)]
            allowed &= np.isin(np.arange(len(self)), list(set().union(*there)))
        return allowed


class _Beginnings:
    """Names by the first sounds of their words: «Исрап» finds إسرافيلوفا."""

    def __init__(self, texts: Sequence[str]) -> None:
        bearing: dict[str, list[int]] = {}
        for entry, text in enumerate(texts):
            for word in name_words(text):
                entries = bearing.setdefault(word.text, [])
                if not entries or entries[-1] != entry:
                    entries.append(entry)
        sounded = sorted({(sound, word) for word in bearing for sound in skeletons(word)})
        self._size = len(texts)
        self._sounds = [sound for sound, _ in sounded]
        bearers = [bearing[word] for _, word in sounded]
        self._starts = np.cumsum([0, *map(len, bearers)], dtype=np.int64)
        self._bearers = np.fromiter(chain.from_iterable(bearers), dtype=np.int32, count=self._starts[-1])
        lengths = np.array([min(len(sound), _LONGEST) for sound in self._sounds], dtype=np.uint8)
        self._lengths = np.repeat(lengths, np.diff(self._starts))

    def of(self, begun: Sequence[Sequence[str]]) -> tuple[Entries, Entries]:
        """Names that have for each of these words, told by their sounds, one that begins so, and how many
        sounds are missing.
        """
        ranges = sorted(
            (self._ranges(sounds) for sounds in begun), key=lambda some: sum(e - b for b, e, _ in some)
        )
        if not ranges or not ranges[0]:
            return _NOBODY, _NOBODY
        first = [self._bearers[begin:end] for begin, end, _ in ranges[0]]
        names = np.unique(np.concatenate(first))
        missing = np.stack([self._missing(some)[names] for some in ranges])
        kept = (missing < _LONGEST).all(axis=0)
        return names[kept], missing[:, kept].sum(axis=0, dtype=np.int32)

    def _ranges(self, sounds: Sequence[str]) -> list[_Range]:
        """Where the words begin and end that begin with one of these sounds, with its length."""
        found = []
        for sound in sounds:
            if len(sound) >= _FEWEST_SOUNDS:
                begin = self._starts[bisect_left(self._sounds, sound)]
                end = self._starts[bisect_left(self._sounds, sound + _LAST)]
                if begin < end:
                    found.append((int(begin), int(end), min(len(sound), _LONGEST)))
        return found

    def _missing(self, ranges: Iterable[_Range]) -> Lengths:
        """For every name how many sounds its word has more that is in one of these ranges, at least."""
        missing = np.full(self._size, _LONGEST, dtype=np.uint8)
        for begin, end, length in ranges:
            np.minimum.at(missing, self._bearers[begin:end], self._lengths[begin:end] - np.uint8(length))
        return missing


def _names(person: Person) -> Iterable[tuple[str, str]]:
    yield from ((OWN, text) for text in (person.headline,) if text)
    yield from ((OWN, one.text) for one in person.names if one.role not in _PARTS)
    yield from ((kin.relation.value, kin.name.text) for kin in person.kin if kin.name is not None)


def _days(person: Person) -> tuple[int, int]:
    days = [d.toordinal() for b in person.births for d in (b.earliest, b.latest) if d is not None]
    return (min(days), max(days)) if days else (0, 0)


def _sounds(text: str) -> set[str]:
    return {sound for word in text.split() for sound in skeletons(word)}
