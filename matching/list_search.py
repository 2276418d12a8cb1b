"""The people of one list, prepared once to be looked for by name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matching.names.name_table import NameTable
from matching.names.skeleton import skeletons
from matching.names.vocabulary import Vocabulary
from schemas.person import Person
from schemas.registry import DetaineeRecord
from schemas.vocabulary import NameRole

Flags = NDArray[np.bool_]
Entries = NDArray[np.int32]
OWN = "own"  # how a name belongs to the person: their own, or the relation of the relative who bears it
_PARTS = {NameRole.GIVEN, NameRole.SURNAME, NameRole.PATRONYMIC}  # the headline puts them together
_AMONG = 10_000  # names of the longest usual list: rarity means the same on all of them
_YEARS = 2  # an age told is rarely nearer than this
_YEAR = timedelta(days=365.25)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Facts that leave people out: an age in years on a day, give or take two; words of a place; the key of
    the only list to look on.
    """

    age: int | None = None
    on: date | None = None
    place: str = ""
    key: str | None = None


class ListSearch:
    """The records of one list; `texts` are their names, `bearers` and `owners` say for each whose it is and
    at which position the record stands, in the order of the records. Lists with one vocabulary are searched
    together the faster.
    """

    def __init__(self, records: Iterable[DetaineeRecord], vocabulary: Vocabulary | None = None) -> None:
        self.record_ids: list[str] = []
        self.texts: list[str] = []
        self.bearers: list[str] = []
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
                self.bearers.append(bearer)
                self.texts.append(text)
                owners.append(position)
            for place in record.person.places:
                for sound in _sounds(place.text):
                    self._places.setdefault(sound, set()).add(position)
        self.owners: Entries = np.array(owners, dtype=np.int32)
        self._births = np.array(births, dtype=np.int32).reshape(-1, 2)
        self._house = np.array(house, dtype=np.int32)
        self.names = NameTable(self.texts, _AMONG, vocabulary)

    def __len__(self) -> int:
        return len(self.record_ids)

    @property
    def vocabulary(self) -> Vocabulary:
        return self.names.vocabulary

    @property
    def places(self) -> Entries:
        """Where the words of its names stand in the vocabulary."""
        return self.names.names.words

    def household(self, record_id: str) -> list[int]:
        """The positions of all whom the list puts into one household with this record, and its own."""
        if record_id not in self.record_ids:
            return []
        mine = self._house[self.record_ids.index(record_id)]
        found: list[int] = np.flatnonzero(self._house == mine).tolist()
        return found

    def allowed(self, narrowed: Narrowed) -> Flags:
        """Who is not left out, whatever the list. A person of unknown birth may be of any age."""
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


def _names(person: Person) -> Iterable[tuple[str, str]]:
    yield from ((OWN, text) for text in (person.headline,) if text)
    yield from ((OWN, one.text) for one in person.names if one.role not in _PARTS)
    yield from ((kin.relation.value, kin.name.text) for kin in person.kin if kin.name is not None)


def _days(person: Person) -> tuple[int, int]:
    days = [d.toordinal() for b in person.births for d in (b.earliest, b.latest) if d is not None]
    return (min(days), max(days)) if days else (0, 0)


def _sounds(text: str) -> set[str]:
    return {sound for word in text.split() for sound in skeletons(word)}
