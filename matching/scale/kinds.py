"""Facts with few distinct values: each value is numbered, and what two values weigh stands in a table."""

from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.evidence import language, origin
from matching.evidence.origins import Origins
from matching.evidence.place import same_place
from matching.gallery import Gallery
from matching.profile import Profile
from matching.weights import Policy
from schemas.vocabulary import SoughtRole

_Value = TypeVar("_Value", bound=Hashable)


class KindTables(NamedTuple):
    """Millibits of origins and languages, sought by listed; whether two sets of places meet."""

    origin: NDArray[np.int32]
    language: NDArray[np.int32]
    place: NDArray[np.bool_]


class Kinds:
    """Numbers for origins, languages and places, and the tables of all met so far."""

    def __init__(self, gallery: Gallery, policy: Policy) -> None:
        self._gallery, self._policy = gallery, policy
        self._origins: dict[Origins, int] = {}
        self._asked: dict[tuple[Origins, bool], int] = {}
        self._languages: dict[frozenset[str], int] = {}
        self._held: dict[frozenset[str], int] = {}
        self._heard: dict[frozenset[str], int] = {}
        self._tables: tuple[tuple[int, ...], KindTables] | None = None

    def origin(self, value: Origins) -> int:
        return _number(self._origins, value)

    def origin_asked(self, value: Origins, child: bool) -> int:
        return _number(self._asked, (value, child))

    def language(self, value: frozenset[str]) -> int:
        return _number(self._languages, value)

    def held(self, value: frozenset[str]) -> int:
        return _number(self._held, value)

    def heard(self, value: frozenset[str]) -> int:
        return _number(self._heard, value)

    def tables(self) -> KindTables:
        maps = (self._origins, self._asked, self._languages, self._held, self._heard)
        sizes = tuple(len(one) for one in maps)
        if self._tables is None or self._tables[0] != sizes:
            self._tables = (sizes, self._made())
        return self._tables[1]

    def _made(self) -> KindTables:
        listed = [Profile(key="", origins=one) for one in self._origins]
        asked = [
            Profile(key="", origins=one, role=SoughtRole.CHILD if child else SoughtRole.MOTHER)
            for one, child in self._asked
        ]
        speakers = [Profile(key="", languages=one) for one in self._languages]
        return KindTables(
            _table(asked, listed, lambda a, b: origin.compare(a, b, self._gallery, self._policy).weight),
            _table(speakers, speakers, lambda a, b: language.compare(a, b, self._policy).weight),
            np.array(
                [[same_place(one, two) for two in self._held] for one in self._heard], dtype=np.bool_
            ).reshape(len(self._heard), len(self._held)),
        )


def _number(known: dict[_Value, int], value: _Value) -> int:
    return known.setdefault(value, len(known))


def _table(
    rows: list[Profile], columns: list[Profile], weight: Callable[[Profile, Profile], float]
) -> NDArray[np.int32]:
    bits = [[round(1000 * weight(one, two)) for two in columns] for one in rows]
    return np.array(bits, dtype=np.int32).reshape(len(rows), len(columns))
