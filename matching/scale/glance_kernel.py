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
from matching.scale.word_kernel import (
    HAS_SEX,
    HIGH,
    LOW,
    NAMED,
    OF_ORIGIN,
    UNNAMED,
    WITH_MOTHER,
    Floats,
    Ints,
)

YEAR = 365.25
_STEPS = 256  # of birth days, each of 256 days; the first and the last are open towards earlier and later
_FROM = 675_000  # a day in 1849, before which nobody on a list was born
_UNKNOWN = _STEPS  # the step of those without a birth
_SEXES = 3
_FLAGS = 4 * 2 * _SEXES  # named, with a mother, counted only; sex
_AGREED = 4  # given name, mother's
NEVER = -1e9
_SLACK = 1e-3  # bits: sums of single precision may end a little lower
_MIDDLES = np.array(MIDDLES)


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


def glances(brief: Ints) -> Ints:
    """For each record its flags and the steps of its birth in one number, and its origin."""
    flags = brief[:, NAMED] + 2 * brief[:, WITH_MOTHER] + 4 * brief[:, UNNAMED] + 8 * brief[:, HAS_SEX]
    first, last = (np.clip((brief[:, one] - _FROM) // _STEPS, 0, _STEPS - 1) for one in (LOW, HIGH))
    unknown = brief[:, LOW] == NONE
    first[unknown] = last[unknown] = _UNKNOWN
    packed = flags | first << 8 | last << 17
    return np.stack([packed, brief[:, OF_ORIGIN]], axis=1).astype(np.int32, copy=False)


@inner
def prepare(
    bounds: Bounds,
    sex: int,
    sexes: tuple[float, float],
    unlike: tuple[float, float],
    low: int,
    high: int,
    age_bits: NDArray[np.float64],
) -> None:
    """For a person of this sex, born between two days. `sexes`: bits of the same sex and of others; `unlike`:
    of a given name and of a mother that do not agree, 0 if the person has none.
    """
    for place in range(len(bounds.flags)):
        agreed, flags = place // _FLAGS, place % _FLAGS
        bits, other = 0.0, flags // 8
        if sex and other:
            bits += sexes[0] if sex == other else sexes[1]
        if flags & 1 and not agreed & 1:
            bits += unlike[0]
        if flags & 2 and not agreed & 2:
            bits += unlike[1]
        bounds.flags[place] = NEVER if flags & 4 else bits + _SLACK
    for step in range(_STEPS):
        begin = _FROM + _STEPS * step
        later = begin - high if step > 0 else 0
        earlier = low - begin - _STEPS + 1 if step < _STEPS - 1 else 0
        known = low != NONE
        bounds.first[step] = _at_most(age_bits, later / YEAR) if known else 0.0
        bounds.last[step] = _at_most(age_bits, earlier / YEAR) if known else 0.0
    bounds.first[_UNKNOWN] = bounds.last[_UNKNOWN] = 0


@merged
def at_most(bounds: Bounds, seen: Ints, agreed: int) -> float:
    """Bits of a record besides those of agreeing names and of its origin."""
    packed = seen[0]
    age = min(bounds.first[(packed >> 8) & 511], bounds.last[packed >> 17])
    return float(bounds.flags[_FLAGS * agreed + (packed & 255)] + age)


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
