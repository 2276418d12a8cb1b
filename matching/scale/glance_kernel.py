"""At most how many bits the circumstances of a record may have for a sought person: seen at a glance, so that
of the many records that share some name most need not be looked at further.

What is read of a record fits into one number: names and sex as flags, the first and the last day of the birth
in steps of 256 days. For a person each flag and each step has its bits, worked out once.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import inner, merged
from matching.evidence.age import MIDDLES
from matching.scale.people import NONE
from matching.scale.word_kernel import Floats, Ints

# columns of a glance: flags and steps in one number; origin; first and last day of birth over all statements
FLAGS, OF_ORIGIN, LOW, HIGH = range(4)
NAMED, WITH_MOTHER, COUNTED, SEXES = 1, 2, 4, 8  # flags; the number of the sex times `SEXES`
BY_GIVEN, BY_MOTHER = 1, 2  # flags of names that agree
YEAR = 365.25
_STEPS = 256  # of birth days, each of 256 days; the first and the last are open towards earlier and later
_FROM = 675_000  # a day in 1849, before which nobody on a list was born
_UNKNOWN = _STEPS  # the step of those without a birth
_FLAGS = 3 * SEXES
_AGREED = 4  # given name, mother's
NEVER = -1e9
_SLACK = 1e-3  # bits: sums of single precision may end a little lower
_MIDDLES = np.array(MIDDLES)


class Whom(NamedTuple):
    """A sought person as far as circumstances go. Bits of the same sex and of another; of a record's given
    name and mother where they do not agree, 0 where the person has none.
    """

    sex: int
    low: int
    high: int
    same: float
    differs: float
    unlike_given: float
    unlike_mother: float


class Bounds(NamedTuple):
    """Working space for one person."""

    flags: Floats  # by what agrees and flags
    first: Floats  # by step of the first day of a record's birth
    last: Floats


def new_bounds() -> Bounds:
    return Bounds(
        np.zeros(_AGREED * _FLAGS, dtype=np.float32),
        np.zeros(_STEPS + 1, dtype=np.float32),
        np.zeros(_STEPS + 1, dtype=np.float32),
    )


def glances(flags: Ints, origins: Ints, low: Ints, high: Ints) -> Ints:
    """One row for each record, so that a look costs one line of memory."""
    first, last = (np.clip((days - _FROM) // _STEPS, 0, _STEPS - 1) for days in (low, high))
    unknown = low == NONE
    first[unknown] = last[unknown] = _UNKNOWN
    packed = flags | first << 8 | last << 17
    return np.stack([packed, origins, low, high], axis=1).astype(np.int32, copy=False)


@inner
def prepare(bounds: Bounds, whom: Whom, age_bits: NDArray[np.float64]) -> None:
    for place in range(len(bounds.flags)):
        agreed, flags = place // _FLAGS, place % _FLAGS
        bits = of_sex(whom, flags) + unlike(whom, flags, agreed)
        bounds.flags[place] = NEVER if flags & COUNTED else bits + _SLACK
    for step in range(_STEPS):
        begin = _FROM + _STEPS * step
        later = begin - whom.high if step > 0 else 0
        earlier = whom.low - begin - _STEPS + 1 if step < _STEPS - 1 else 0
        known = whom.low != NONE
        bounds.first[step] = _at_most(age_bits, later / YEAR) if known else 0.0
        bounds.last[step] = _at_most(age_bits, earlier / YEAR) if known else 0.0
    bounds.first[_UNKNOWN] = bounds.last[_UNKNOWN] = 0


@merged
def at_most(bounds: Bounds, seen: Ints, agreed: int) -> float:
    """Bits of a record besides those of agreeing names and of its origin."""
    packed = seen[FLAGS]
    age = min(bounds.first[(packed >> 8) & 511], bounds.last[packed >> 17])
    return float(bounds.flags[_FLAGS * agreed + (packed & 255)] + age)


@merged
def of_sex(whom: Whom, flags: int) -> float:
    sex = (flags & 255) // SEXES
    if not whom.sex or not sex:
        return 0.0
    return whom.same if whom.sex == sex else whom.differs


@merged
def unlike(whom: Whom, flags: int, agreed: int) -> float:
    """Bits of names that do not agree."""
    bits = whom.unlike_given if flags & NAMED and not agreed & BY_GIVEN else 0.0
    return bits + (whom.unlike_mother if flags & WITH_MOTHER and not agreed & BY_MOTHER else 0.0)


@merged
def of_age(whom: Whom, seen: Ints, age_bits: NDArray[np.float64]) -> float:
    if whom.low == NONE or seen[LOW] == NONE:
        return 0.0
    return by_years(age_bits, max(0, whom.low - seen[HIGH], seen[LOW] - whom.high) / YEAR)


@inner
def _at_most(bits: NDArray[np.float64], years: float) -> float:
    """The most bits that so many years or more may have."""
    most = by_years(bits, max(0.0, years))
    for place in range(len(_MIDDLES)):
        if _MIDDLES[place] > years:
            most = max(most, bits[place])
    return most


@inner
def by_years(bits: NDArray[np.float64], years: float) -> float:
    last = len(_MIDDLES) - 1
    if years >= _MIDDLES[last]:
        return float(bits[last])
    after = 1
    while _MIDDLES[after] <= years:
        after += 1
    low, high = _MIDDLES[after - 1], _MIDDLES[after]
    return float(bits[after - 1] + (bits[after] - bits[after - 1]) * (years - low) / (high - low))
