"""Records met block by block have what they would have by going through one run after the other."""

from collections import defaultdict
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from matching.households import Group
from matching.linker import Linker
from matching.mothers import family_profiles
from matching.scale.held import unchanged
from matching.scale.homes import homes_of
from matching.scale.postings import turned
from matching.scale.run_kernel import (
    AGREED,
    BLOCK,
    TOTAL,
    Block,
    Runs,
    line_up,
    meet,
    new_block,
    new_runs,
)
from matching.scale.word_kernel import Postings
from tests.matching.people import boys, record, request, sought

_SIZE = 3 * BLOCK
_RECORD = st.integers(0, _SIZE - 1) | st.sampled_from([0, BLOCK - 1, BLOCK, 2 * BLOCK - 1, 2 * BLOCK])
_WORDS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 80), st.integers(0, 3), st.lists(_RECORD)), max_size=8
)


@njit  # type: ignore[untyped-decorator]  # numba has no types
def _met(posted: Postings, words: Any, runs: Runs, block: Block, totals: Any, agreed: Any) -> int:
    count = 0
    for key in range(len(words)):
        count = line_up(posted, key, words[key, 1] / 8, words[key, 0], words[key, 2], runs, count)
    if count > len(runs.at):
        return -count
    for begin in range(0, len(totals), BLOCK):
        for place in range(meet(posted.values, runs, count, begin, block)):
            cell = block.cells[block.touched[place]]
            totals[begin + block.touched[place]] = cell[TOTAL]
            agreed[begin + block.touched[place]] = cell[AGREED]
            cell[:] = 0
    return count


def _looked_at(words: list[tuple[int, int, int, list[int]]], room: int) -> tuple[int, Any, Any, Block]:
    pairs = [(key, one) for key, word in enumerate(words) for one in word[3]]
    keys, values = np.array(pairs, dtype=np.int32).reshape(-1, 2).T
    told = np.array([word[:3] for word in words], dtype=np.int64).reshape(-1, 3)
    totals, agreed, block = np.zeros(_SIZE), np.zeros(_SIZE), new_block()
    posted = turned(keys, values, len(words))
    return _met(posted, told, new_runs(room), block, totals, agreed), totals, agreed, block


@settings(max_examples=60)
@given(_WORDS)
def test_each_record_has_the_best_of_each_kind(words: list[tuple[int, int, int, list[int]]]) -> None:
    words = sorted(words, key=lambda word: word[0])  # those of a kind stand together
    best: defaultdict[int, dict[int, float]] = defaultdict(dict)
    first: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for kind, eighths, agrees, records in words:
        for one in set(records):
            best[one][kind] = max(best[one].get(kind, 0), eighths / 8)
            first[one].setdefault(kind, agrees)
    count, totals, agreed, block = _looked_at(words, 8)
    assert count == sum(bool(word[3]) for word in words)
    assert {int(one): totals[one] for one in np.flatnonzero(totals)} == {
        one: sum(kinds.values()) for one, kinds in best.items()
    }
    for one, kinds in first.items():
        assert agreed[one] == np.bitwise_or.reduce(list(kinds.values()))
    assert not block.cells.any()


def test_more_runs_than_there_is_room_for_are_counted() -> None:
    words = [(1, 8, 0, [5]), (1, 8, 0, [6]), (1, 8, 0, []), (2, 8, 0, [7])]
    assert _looked_at(words, 2)[0] == -3
    assert _looked_at(words, 3)[0] == 3


def test_a_desk_without_room_is_changed_for_a_larger_one() -> None:
    boy = sought("b", "child", given="Мухаммад", surname="Алиев", mother="Фатима", sex="male")
    linker = Linker([*boys(200), record(1, full="محمد علييف", mother="فاطمة", sex="male")])
    matcher = linker._matcher
    with matcher._entered([family_profiles(request(boy))]) as (_, asked, (first,)), matcher._taken() as tools:
        whole = asked.nearest(first, 1, tools.desk, 20, 20).ordered()
        bearers = asked.namesakes(first, tools.desk)
        narrow = tools.desk._replace(runs=new_runs(1))
        again = asked.nearest(first, 1, narrow, 20, 20).ordered()
        assert asked.namesakes(first, narrow) == bearers > 1
    assert whole.same(again)
    assert len(whole.records[0].items) == 20


def test_whoever_is_only_counted_is_nobody_to_compare_with() -> None:
    boy = sought("b", "child", given="Мухаммад", sex="male")
    counted = [record(1, full="أم محمد", sex="female"), record(1, placeholder=1), record(1, placeholder=2)]
    linker = Linker([*boys(200), *counted])
    matcher, places = linker._matcher, {linker.place_of(one.record_id) for one in counted[1:]}
    with matcher._entered([family_profiles(request(boy))]) as (_, asked, (first,)), matcher._taken() as tools:
        near = asked.nearest(first, 1, tools.desk, 500, 20).records[0]
    assert near.whole
    assert linker.place_of(counted[0].record_id) in near.items.tolist()
    assert places.isdisjoint(near.items.tolist())


def test_what_is_asked_leaves_nothing_in_the_tables() -> None:
    boy = sought("b", "child", given="Мухаммад", surname="Алиев", mother="Фатима", sex="male")
    linker = Linker(boys(150))
    before = [len(column) for column in linker._matcher._people.arrays()]
    linker.rank(request(boy))
    after = [len(column) for column in linker._matcher._people.arrays()]
    kinds = {3, 7}  # of costs and of ages: each kept once, whoever has it
    assert [
        n for n, (one, two) in enumerate(zip(before, after, strict=True)) if one != two and n not in kinds
    ] == []


def test_nobody_stays_the_same_where_lists_were_mixed() -> None:
    groups = [Group(str(place), (place,)) for place in range(3)]
    rows, apart = np.arange(3), homes_of(["a", "b", "b"], groups)
    assert unchanged(rows, apart, homes_of(["c", "b", "b"], groups)).records.all()
    assert not unchanged(rows, apart, homes_of(["b", "b", "b"], groups)).records.any()
    assert not unchanged(rows, apart, homes_of(["a", "b", "c"], groups)).records.any()


def test_a_child_without_a_name_but_with_its_mothers_is_met_once() -> None:
    boy = sought("b", "child", given="Мухаммад", mother="Фатима", sex="male")
    linker = Linker([*boys(150), record(1, mother="فاطمة", sex="male")])
    matcher = linker._matcher
    with matcher._entered([family_profiles(request(boy))]) as (_, asked, (first,)), matcher._taken() as tools:
        near = asked.nearest(first, 1, tools.desk, 500, 20).records[0].items.tolist()
    assert near.count(linker.place_of("L1:1:0")) == 1
    assert len(set(near)) == len(near)
