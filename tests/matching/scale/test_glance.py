"""What is seen of a record at a glance never promises less than a close look at its circumstances finds."""

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from matching.evidence.age import MIDDLES
from matching.scale.glance_kernel import YEAR, at_most, glances, new_bounds, prepare
from matching.scale.people import NONE
from matching.scale.word_kernel import HAS_SEX, HIGH, LOW, NAMED, UNNAMED, WITH_MOTHER

_SAME, _DIFFERS, _GIVEN, _MOTHER = 0.9, -6.5, -2.25, -1.5
_AGES = np.array([2.0, 1.5, 1.75, -1.0, -3.0, -7.5])  # not falling throughout, as if counted
_DAY = st.integers(600_000, 760_000)
_SPAN = st.just((NONE, NONE)) | st.tuples(_DAY, st.integers(0, 9000)).map(lambda span: (span[0], sum(span)))


@njit  # type: ignore[untyped-decorator]  # numba has no types
def _seen(bounds: Any, sex: int, unlike: Any, low: int, high: int, seen: Any, agreed: int) -> float:
    prepare(bounds, sex, (_SAME, _DIFFERS), unlike, low, high, _AGES)
    return at_most(bounds, seen, agreed)


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
    brief = np.zeros((1, 8), dtype=np.int32)
    brief[0, [LOW, HIGH, HAS_SEX, NAMED, WITH_MOTHER]] = [*theirs, other, *told]
    unlike = (_GIVEN if has[0] else 0.0, _MOTHER if has[1] else 0.0)
    bound = _seen(new_bounds(), sex, unlike, *mine, glances(brief)[0], agreed)
    assert _bits(mine, theirs, sex, other, told, agreed, unlike) <= bound


def test_whoever_is_only_counted_is_never_looked_at() -> None:
    brief = np.zeros((1, 8), dtype=np.int32)
    brief[0, UNNAMED] = 1
    assert _seen(new_bounds(), 1, (0.0, 0.0), NONE, NONE, glances(brief)[0], 3) < -1000


def test_another_sex_and_another_age_are_seen() -> None:
    """A bound that lets everybody through would hold as well."""
    brief = np.zeros((1, 8), dtype=np.int32)
    brief[0, [LOW, HIGH, HAS_SEX]] = [735_000, 735_000, 1]
    for sex, low, least in ((1, 735_000, 2.9), (2, 735_000, -4.5), (1, 720_000, -6.6), (1, 750_000, -6.6)):
        assert abs(_seen(new_bounds(), sex, (0.0, 0.0), low, low, glances(brief)[0], 0) - least) < 0.01


def _bits(
    mine: tuple[int, int],
    theirs: tuple[int, int],
    sex: int,
    other: int,
    told: tuple[bool, bool],
    agreed: int,
    unlike: tuple[float, float],
) -> float:
    bits = 0.0
    if mine[0] != NONE and theirs[0] != NONE:
        years = max(0, mine[0] - theirs[1], theirs[0] - mine[1]) / YEAR
        bits += float(np.interp(years, MIDDLES, _AGES))
    if sex and other:
        bits += _SAME if sex == other else _DIFFERS
    for one in (0, 1):
        if told[one] and not agreed & (1 << one):
            bits += unlike[one]
    return bits
