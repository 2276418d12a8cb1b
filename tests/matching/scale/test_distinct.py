"""Sorting out whole numbers gives what numpy's own way gives."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.scale.distinct import distinct, paired
from matching.scale.postings import turned

_WHOLE = st.integers(0, 2**31 - 1)


@given(st.lists(st.integers(0, 9) | _WHOLE))
def test_each_value_once_in_order(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.int32)).tolist() == sorted(set(values))


@given(st.lists(st.tuples(_WHOLE, _WHOLE)))
def test_pairs_stand_in_the_order_of_the_first_and_then_of_the_second(pairs: list[tuple[int, int]]) -> None:
    one, two = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    packed = sorted(paired(one, two).tolist())
    assert [divmod(number, 2**32) for number in packed] == sorted(pairs)


@given(st.lists(st.tuples(st.integers(0, 5), _WHOLE)))
def test_the_values_of_a_key_stand_together_once_and_in_order(pairs: list[tuple[int, int]]) -> None:
    keys, values = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    posted = turned(keys.astype(np.int32), values, 6)
    for key in range(6):
        run = posted.values[posted.starts[key] : posted.starts[key + 1]].tolist()
        assert run == sorted({value for of, value in pairs if of == key})
