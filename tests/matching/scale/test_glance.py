"""What is seen of a record at a glance never promises less than a close look at its circumstances finds."""

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from matching.evidence.age import MIDDLES
from matching.scale.glance_kernel import (
    COUNTED,
    FLAGS,
    NAMED,
    SEXES,
    WITH_MOTHER,
    YEAR,
    Whom,
    at_most,
    glances,
    new_bounds,
    of_age,
    of_sex,
    prepare,
    unlike,
)
from matching.scale.people import NONE

_SAME, _DIFFERS, _GIVEN, _MOTHER = 0.9, -6.5, -2.25, -1.5
_AGES = np.array([2.0, 1.5, 1.75, -1.0, -3.0, -7.5])  # not falling throughout, as if counted
_DAY = st.integers(600_000, 760_000) | st.integers(735_000, 737_000)  # far apart, and within a few steps
_SPAN = st.just((NONE, NONE)) | st.tuples(_DAY, st.integers(0, 9000) | st.integers(0, 99)).map(
    lambda span: (span[0], sum(span))
)


@njit  # type: ignore[untyped-decorator]  # numba has no types
def _seen(bounds: Any, whom: Whom, seen: Any, agreed: int) -> tuple[float, float]:
    prepare(bounds, whom, _AGES)
    exactly = unlike(whom, seen[FLAGS], agreed) + of_age(whom, seen, _AGES) + of_sex(whom, seen[FLAGS])
    return at_most(bounds, seen, agreed), exactly


def _whom(sex: int, low: int, high: int, given: float = 0.0, mother: float = 0.0) -> Whom:
    return Whom(sex, low, high, _SAME, _DIFFERS, given, mother)


def _glance(flags: int, low: int, high: int) -> Any:
    return glances(*np.array([[flags], [0], [low], [high]], dtype=np.int32))[0]


@given(
    _SPAN, _SPAN, st.integers(0, 2), st.integers(0, 2), st.tuples(*[st.booleans()] * 2), st.integers(0, 3),
    st.tuples(*[st.booleans()] * 2),
)  # fmt: skip
def test_no_record_has_more_bits_than_it_seems_to(
    mine: tuple[int, int],
    theirs: tuple[int, int],
    sex: int,
    other: int,
    told: tuple[bool, bool],
    agreed: int,
    has: tuple[bool, bool],
) -> None:
    given_name, mother = told
    seen = _glance(NAMED * given_name + WITH_MOTHER * mother + SEXES * other, *theirs)
    whom = _whom(sex, *mine, _GIVEN if has[0] else 0.0, _MOTHER if has[1] else 0.0)
    bound, exactly = _seen(new_bounds(), whom, seen, agreed)
    assert math.isclose(exactly, _bits(whom, theirs, other, told, agreed), abs_tol=1e-6)
    assert exactly <= bound


def test_whoever_is_only_counted_is_never_looked_at() -> None:
    assert _seen(new_bounds(), _whom(1, NONE, NONE), _glance(COUNTED, NONE, NONE), 3)[0] < -1000


def test_another_sex_and_another_age_are_seen() -> None:
    """A bound that lets everybody through would hold as well."""
    seen = _glance(SEXES, 735_000, 735_000)
    for sex, day, bits in ((1, 735_000, 2.9), (2, 735_000, -4.5), (1, 720_000, -6.6), (1, 750_000, -6.6)):
        assert abs(_seen(new_bounds(), _whom(sex, day, day), seen, 0)[0] - bits) < 0.01


def _bits(whom: Whom, theirs: tuple[int, int], other: int, told: tuple[bool, bool], agreed: int) -> float:
    bits = 0.0
    if whom.low != NONE and theirs[0] != NONE:
        years = max(0, whom.low - theirs[1], theirs[0] - whom.high) / YEAR
        bits += float(np.interp(years, MIDDLES, _AGES))
    if whom.sex and other:
        bits += _SAME if whom.sex == other else _DIFFERS
    for is_told, flag, unlike_it in zip(told, (1, 2), (whom.unlike_given, whom.unlike_mother), strict=True):
        if is_told and not agreed & flag:
            bits += unlike_it
    return bits
