"""What is counted on lists: how often names, origins and days of birth stand there. Nobody's row."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.births import NO_DATE, birth_days
from matching.names.frequency import NameFrequencies
from matching.names.parts import NamePart
from matching.profile import Profile
from schemas.base import Value
from schemas.vocabulary import Sex

Days = NDArray[np.float64]


class BirthCounts(Value):
    """How many births begin, and how many end, on a day (its ordinal)."""

    first: dict[int, int]
    last: dict[int, int]

    def days(self) -> tuple[Days, Days]:
        """The first and the last days of all births, each in order of time."""
        return _repeated(self.first), _repeated(self.last)


class Counts(Value):
    """Counts of the people of some lists; those that a row only counts are left out."""

    people: int
    given: dict[str, dict[str, int]]  # by sex, "" for all
    surnames: dict[str, dict[str, int]]
    origins: dict[str, int]
    with_origin: int
    adults: BirthCounts
    children: BirthCounts

    @classmethod
    def of(cls, profiles: Iterable[Profile]) -> "Counts":
        people = [one for one in profiles if not one.placeholder]
        return cls(
            people=len(people),
            given=NameFrequencies(_given_keys(people)).counts,
            surnames=NameFrequencies(_surname_keys(people)).counts,
            origins=Counter(value for one in people for value in one.origins.values),
            with_origin=sum(1 for one in people if one.origins.values),
            adults=_dated([one for one in people if not one.is_child]),
            children=_dated([one for one in people if one.is_child]),
        )


def _given_keys(people: list[Profile]) -> Iterable[tuple[NamePart, Sex]]:
    for person in people:
        yield from ((part, person.sex) for part in person.given[:1])
        yield from ((part, Sex.FEMALE) for part in person.mothers_on_row[:1])
        yield from ((part, Sex.MALE) for part in person.fathers[:1])
        yield from ((part, Sex.UNKNOWN) for part in person.kunya_children[:1])


def _surname_keys(people: list[Profile]) -> Iterable[tuple[NamePart, Sex]]:
    for person in people:
        yield from ((slot.part, Sex.UNKNOWN) for slot in person.slots if slot.surname == 0.0)


def _dated(people: Sequence[Profile]) -> BirthCounts:
    low, high = birth_days(people)
    dated = low != NO_DATE
    return BirthCounts(first=_counted(low[dated]), last=_counted(high[dated]))


def _counted(days: NDArray[np.int32]) -> dict[int, int]:
    found, counts = np.unique(days, return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _repeated(counts: dict[int, int]) -> Days:
    """Of the kind of number that is looked up in them, or every look would copy them all."""
    order = sorted(counts)
    return np.repeat(np.array(order, dtype=np.float64), [counts[day] for day in order])
