"""Profiles as flat arrays: what the compiled comparisons of two people read."""

from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.births import birth_span
from matching.evidence.household_role import listed_role, sought_role
from matching.evidence.place import is_detention
from matching.gallery import Gallery
from matching.names.parts import NamePart
from matching.profile import Profile
from matching.scale.growing import Growing
from matching.scale.kinds import Kinds
from matching.scale.parts import PartTable
from matching.weights import Policy
from schemas.person import BirthInterval
from schemas.vocabulary import DatePrecision, Sex, SoughtRole

NONE = -(10**6)  # a day or a number that is not known
BUCKETS = 6  # of years between two births
# values of columns
FEMALE, MALE = 1, 2
_ROLE = {role: number for number, role in enumerate(SoughtRole, start=1)}
MOTHER, FATHER, CHILD = (_ROLE[one] for one in (SoughtRole.MOTHER, SoughtRole.FATHER, SoughtRole.CHILD))
# lists of parts of a person, one after the other in `values`
SLOTS, GIVENS, SURNAMES, FATHER_NAMES, FATHERS, MOTHERS, MOTHER_KUNYAS, KUNYAS, SPOUSES, KIN_SURNAMES = map(
    np.int64, range(10)
)
_LISTS = 10
# columns of `facts`
(
    SEX, ROLE, SOUGHT_ROLE, LISTED_ROLE, IS_CHILD, HAS_GIVEN, STAFF_NAMED, RENAMED, ONLY_NAMED, DECLARED,
    ENTERED, HEARD, DETENTION, IS_HELD, ORIGIN, ORIGIN_ASKED, LANGUAGE, HELD, HEARD_AT, AGES, COSTS,
    JOINED, JOINED_END, BIRTHS, BIRTHS_END, FIRST_DAY, LAST_DAY, PLACEHOLDER,
) = range(28)  # fmt: skip
_FACTS = 28
# columns of `joined`: the two names in one word, the given name, the other; whether that is the father's
WHOLE, ONE, TWO, BY_FATHER = range(4)
# columns of `births`: the days; the day where it is stated and no sign for the year, from one end or where
# both agree; whether both ends are stated
LOW, HIGH, EXACT, DAY, BOTH = range(5)

_SEX = {Sex.FEMALE: FEMALE, Sex.MALE: MALE}
_FITS = {"": 0, "child": 1, "adult": 2, "mother": 2, "father": 2}
_FOR_THE_YEAR = {(1, 1), (1, 7)}
_Costs = tuple[float | None, float | None, float | None, int | None]


class People(NamedTuple):
    """One row for each profile, for either side of a comparison."""

    facts: NDArray[np.int32]
    starts: NDArray[np.int32]  # list k of person n is values[starts[n, k] : starts[n, k + 1]]
    values: NDArray[np.int32]  # numbers of parts
    costs: NDArray[np.float64]  # bits to read a slot as given name, surname, father's; NaN: never
    cost_of: NDArray[np.int32]  # of each slot, a row of `costs`
    joined: NDArray[np.int32]
    births: NDArray[np.int32]
    ages: NDArray[np.float64]  # bits by bucket of years, among adults and among children


class PeopleTable:
    """Profiles in the order of their coming; `parts` and `kinds` learn what they have not met."""

    def __init__(self, parts: PartTable, kinds: Kinds, gallery: Gallery, policy: Policy) -> None:
        self._parts, self._kinds, self._gallery, self._policy = parts, kinds, gallery, policy
        self._facts = Growing(np.int32, _FACTS)
        self._starts = Growing(np.int32, _LISTS + 1)
        self._values = Growing(np.int32)
        self._costs = Growing(np.float64, 4)  # by role, and of half a word the place of the word
        self._cost_of = Growing(np.int32)
        self._cost_kinds: dict[_Costs, int] = {}
        self._joined = Growing(np.int32, 4)
        self._births = Growing(np.int32, 5)
        self._ages = Growing(np.float64, 2, BUCKETS)
        self._age_kinds: dict[tuple[BirthInterval, ...], int] = {}

    def __len__(self) -> int:
        return len(self._facts)

    def add(self, profile: Profile) -> int:
        self._facts.add([_own(profile) + self._of_kinds(profile) + self._places(profile)])
        self._add_lists(profile)
        number = self._parts.number
        self._joined.add([
            [number(one.whole), number(one.given), number(one.other), one.kind == "father"]
            for one in profile.glued
        ])  # fmt: skip
        self._births.add([_birth(one) for one in profile.births])
        return len(self) - 1

    def cut(self, size: int) -> None:
        """Forgets the profiles after the first `size`."""
        if size >= len(self):
            return
        facts = self._facts.rows[size]
        self._values.cut(int(self._starts.rows[size, 0]))
        self._cost_of.cut(int(facts[COSTS]))
        self._joined.cut(int(facts[JOINED]))
        self._births.cut(int(facts[BIRTHS]))
        self._starts.cut(size)
        self._facts.cut(size)

    def take(self, order: NDArray[np.int64]) -> None:
        """Keeps the people in these rows, in this order, and forgets the others."""
        facts, starts = self._facts.rows[order], self._starts.rows[order]
        slots = starts[:, GIVENS] - starts[:, SLOTS]
        facts[:, COSTS] = _gathered(self._cost_of, facts[:, COSTS], slots)
        for held, begin, end in ((self._joined, JOINED, JOINED_END), (self._births, BIRTHS, BIRTHS_END)):
            counts = facts[:, end] - facts[:, begin]
            facts[:, begin] = _gathered(held, facts[:, begin], counts)
            facts[:, end] = facts[:, begin] + counts
        begins = _gathered(self._values, starts[:, 0], starts[:, -1] - starts[:, 0])
        self._starts.replace(starts + (begins - starts[:, 0]).astype(np.int32)[:, None])
        self._facts.replace(facts)

    def arrays(self) -> People:
        return People(
            self._facts.rows, self._starts.rows, self._values.rows, self._costs.rows, self._cost_of.rows,
            self._joined.rows, self._births.rows, self._ages.rows,
        )  # fmt: skip

    def _of_kinds(self, profile: Profile) -> list[int]:
        kinds = self._kinds
        return [
            kinds.origin(profile.origins),
            kinds.origin_asked(profile.origins, profile.is_child),
            kinds.language(profile.languages),
            kinds.held(frozenset(profile.held)),
            kinds.heard(frozenset(place for place, _ in profile.last_known)),
            self._age_kind(profile.births),
        ]

    def _places(self, profile: Profile) -> list[int]:
        joined, births = len(self._joined), len(self._births)
        return [
            len(self._cost_of),
            joined,
            joined + len(profile.glued),
            births,
            births + len(profile.births),
            *birth_span(profile),
            profile.placeholder,
        ]

    def _add_lists(self, profile: Profile) -> None:
        lists: list[tuple[NamePart, ...]] = [
            tuple(slot.part for slot in profile.slots), profile.given, profile.surnames, profile.father_names,
            profile.fathers, profile.mothers, profile.mother_kunyas, profile.kunya_children, profile.spouses,
            profile.kin_surnames,
        ]  # fmt: skip
        starts = [len(self._values)]
        for parts in lists:
            starts.append(starts[-1] + len(parts))
        self._starts.add([starts])
        self._values.add([self._parts.number(part) for parts in lists for part in parts])
        self._cost_of.add([
            self._cost_kind((slot.given, slot.surname, slot.father, slot.whole)) for slot in profile.slots
        ])  # fmt: skip

    def _cost_kind(self, costs: _Costs) -> int:
        found = self._cost_kinds.setdefault(costs, len(self._cost_kinds))
        if found == len(self._costs):
            self._costs.add([[np.nan if one is None else one for one in costs]])
        return found

    def _age_kind(self, births: tuple[BirthInterval, ...]) -> int:
        found = self._age_kinds.setdefault(births, len(self._age_kinds))
        if found == len(self._ages):
            self._ages.add([[self._age_bits(births, child) for child in (False, True)]])
        return found

    def _age_bits(self, births: tuple[BirthInterval, ...], child: bool) -> tuple[float, ...]:
        if not any(birth.earliest or birth.latest for birth in births):
            return (0.0,) * BUCKETS
        return self._gallery.age_bits(births, child, self._policy)


def _gathered(held: Growing[Any], begins: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """Leaves runs of rows one after the other, and says where each begins now."""
    new: NDArray[np.int64] = np.cumsum(counts, dtype=np.int64) - counts
    rows = np.repeat(begins - new, counts) + np.arange(counts.sum())
    held.replace(held.rows[rows])
    return new


def _own(profile: Profile) -> list[int]:
    heard = max(profile.last_known, key=lambda said: said[1], default=None)
    return [
        _SEX.get(profile.sex, 0),
        0 if profile.role is None else _ROLE[profile.role],
        _FITS[sought_role(profile)],
        _FITS[listed_role(profile)],
        profile.is_child,
        any(slot.given is not None for slot in profile.slots),
        profile.staff_named,
        profile.renamed,
        profile.only_named,
        NONE if profile.declared_children is None else profile.declared_children,
        _ordinal(profile.entered_on),
        _ordinal(heard[1] if heard else None),
        heard is not None and is_detention(heard[0]),
        bool(profile.held),
    ]


def _birth(birth: BirthInterval) -> list[int]:
    low, high = birth.earliest or birth.latest, birth.latest or birth.earliest
    one = birth.earliest if birth.earliest == birth.latest else None
    both = birth.earliest is not None and birth.latest is not None
    return [_ordinal(low), _ordinal(high), _exact(birth, low), _exact(birth, one), both]


def _exact(birth: BirthInterval, day: date | None) -> int:
    stated = birth.precision is DatePrecision.DAY and day is not None
    return _ordinal(day) if stated and day and (day.day, day.month) not in _FOR_THE_YEAR else NONE


def _ordinal(day: date | None) -> int:
    return NONE if day is None else day.toordinal()
