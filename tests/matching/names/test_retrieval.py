"""Retrieval passes over no name: it finds what comparing every name with every other by hand finds."""

import random
from itertools import pairwise

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.names.name_table import NameTable
from matching.names.nearest import Nearest, Within, meet
from matching.names.rank import NameIndex

WORDS = ["Заира", "Зара", "Магомедова", "Ибрагим", "Газиев", "Хадижат", "Катя", "زائرة", "إسرافيلوفا", "محمد"]
WORDS += ["ابراهيم", "عبد الرحمن", "خديجة", "Zaira", "Magomedova", "GAZIEV", "Xedîce", "Dudurkajewa"]
WORDS += ["И.", "M.", "бин", "al"]
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)


def by_hand(asked: NameTable, held: NameTable) -> np.ndarray:
    """How near every name held is to the one name asked for, without initials."""
    one = asked.words.vectors * asked.words.scales[:, None]
    two = held.words.vectors * held.words.scales[:, None]
    similar = one[asked.names.words] @ two.T
    mine = asked.names.weights
    found = np.full(len(held), -np.inf)
    for name in range(len(held)):
        part = slice(held.names.first[name], held.names.first[name + 1])
        weights, near = held.names.weights[part], similar[:, held.names.words[part]]
        norms = asked.names.norms[0] * held.names.norms[name]
        if norms > 0 and weights.sum() > 0:
            along = mine @ near @ weights / norms
            there = mine @ np.maximum(near.max(axis=1), 0) / mine.sum()
            found[name] = along + there + np.maximum(near.max(axis=0), 0) @ weights / weights.sum()
    return found


@given(NAMES, st.lists(NAMES, min_size=1, max_size=30), st.integers(1, 8))
@settings(max_examples=60, deadline=None)
def test_the_nearest_are_the_nearest_of_all(query: str, names: list[str], count: int) -> None:
    asked, held = NameTable([query]), NameTable(names)
    assume((asked.words.lengths > 1).all() and (held.words.lengths > 1).all())
    scores = by_hand(asked, held)
    [places] = Nearest.of(held).each(asked, range(1), count)
    best = np.sort(scores[np.isfinite(scores)])[::-1][:count]
    assert np.allclose(scores[places], best, atol=1e-4)


@given(NAMES, st.lists(NAMES, min_size=1, max_size=60), st.integers(1, 8), st.floats(0, 3), st.data())
@settings(max_examples=60, deadline=None)
def test_those_allowed_that_are_nearer_than_a_floor_are_found(
    query: str, names: list[str], count: int, floor: float, data: st.DataObject
) -> None:
    asked, held = NameTable([query]), NameTable(names)
    assume((asked.words.lengths > 1).all() and (held.words.lengths > 1).all())
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=len(names), max_size=len(names))))
    scores = np.where(allowed, by_hand(asked, held), -np.inf)
    assume((np.abs(scores - floor) > 1e-3).all())
    met = meet(asked, 0, held.words, map, 1)
    places, near = Nearest.of(held).of_met(met, count, Within(allowed, floor))
    best = np.sort(scores[scores > floor])[::-1][:count]
    assert allowed[places].all()
    assert np.allclose(near, best, atol=1e-4)
    some, at_once = Nearest.of(held).of_met(met, count, Within(allowed, floor, one_look=True))
    assert np.allclose(scores[some], at_once, atol=1e-4)
    assert allowed[some].all()


@given(
    st.lists(st.sampled_from(WORDS[:13] + WORDS[14:17]), min_size=1, max_size=3), st.integers(0, 2**32 - 1)
)
@settings(max_examples=80, deadline=None)
def test_names_that_point_away_are_put_in_order_too(query: list[str], seed: int) -> None:
    dice = random.Random(seed)
    held = NameTable([" ".join(dice.choices(WORDS[:17], k=dice.randint(1, 4))) for _ in range(40)])
    asked = NameTable([" ".join(query)])
    scores = by_hand(asked, held)
    met = meet(asked, 0, held.words, map, 1)
    for allowed in (scores < np.median(scores), scores < np.quantile(scores, 0.2)):
        [places, _] = Nearest.of(held).of_met(met, 3, Within(allowed))
        best = np.sort(scores[allowed & np.isfinite(scores)])[::-1][:3]
        assert np.allclose(scores[places], best, atol=1e-4)


def test_a_few_long_names_among_short_ones_are_found() -> None:
    """Their words point all ways, so that they can come nearer than the usual bound says."""
    dice = random.Random(7)
    for _ in range(40):
        words = dice.sample(WORDS[:17], 9)
        names = [dice.choice(words) for _ in range(300)] + [" ".join(dice.sample(words, 4)) for _ in range(5)]
        asked, held = NameTable([" ".join(dice.sample(words, 2))]), NameTable(names)
        scores = by_hand(asked, held)
        for allowed in (np.ones(len(names), dtype=np.bool_), scores < scores[300:].max() + 1e-6):
            within = Within(allowed)
            [places, _] = Nearest.of(held).of_met(meet(asked, 0, held.words, map, 1), 1, within)
            assert np.isclose(scores[places[0]], scores[allowed].max(), atol=1e-4)


def test_one_look_finds_the_very_nearest_and_most_of_the_others() -> None:
    dice = random.Random(11)
    held = NameTable([" ".join(dice.choices(WORDS[:17], k=dice.randint(1, 4))) for _ in range(400)])
    near, found = Nearest.of(held), 0
    for _ in range(10):
        query = " ".join(dice.choices(WORDS[:17], k=2))
        met = meet(NameTable([query]), 0, held.words, map, 1)
        _, scores = near.of_met(met, 20, Within())
        _, at_once = near.of_met(met, 20, Within(one_look=True))
        assert len(at_once) == 20
        assert np.isclose(at_once[0], scores[0], atol=1e-4)
        found += int((at_once >= scores[-1] - 1e-4).sum())
    assert found > 100  # of two hundred


def test_working_space_serves_one_query_after_the_other() -> None:
    held = NameTable([f"{one} {two}" for one in WORDS[:13] for two in WORDS[:13]])
    again, queries = Nearest.of(held), [f"{one} {two}" for one, two in pairwise(WORDS[:13])]
    for query in queries:
        met = meet(NameTable([query]), 0, held.words, map, 1)
        for within in (Within(), Within(floor=2.0), Within(one_look=True)):
            mine, fresh = again.of_met(met, 5, within), Nearest.of(held).of_met(met, 5, within)
            assert [one.tolist() for one in mine] == [one.tolist() for one in fresh]


def test_an_initial_meets_the_words_that_begin_with_its_sound() -> None:
    held = NameTable(["Магомед Газиев", "Ибрагим Газиев", "ابراهيم غازييف", "Хадижат Омарова"])
    for asked in ("И. Газиев", "I. Gaziev", "Газиев И."):
        [places] = Nearest.of(held).each(NameTable([asked]), range(1), 4)
        assert set(places[:2].tolist()) == {1, 2}


@given(st.lists(st.text(max_size=60), min_size=1, max_size=6), st.lists(st.text(max_size=60), max_size=6))
@settings(max_examples=80, deadline=None)
def test_any_text_is_ranked_without_complaint(queries: list[str], names: list[str]) -> None:
    index = NameIndex.of(names)
    answers = dict(index.rank(queries, 3))
    assert sorted(answers) == list(range(len(queries)))
    for found in answers.values():
        assert all(0 <= place < len(names) and np.isfinite(score) for place, score in found)
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
    pairs = [(query, name) for query in range(len(queries)) for name in range(len(names))]
    assert np.isfinite(index.pair_scores(queries, pairs)).all()


@given(st.lists(NAMES, min_size=1, max_size=12), st.data())
@settings(max_examples=30, deadline=None)
def test_runs_of_tables_put_together_are_the_table_of_all(names: list[str], data: st.DataObject) -> None:
    whole = NameTable(names)
    cut = data.draw(st.integers(0, len(names)))
    runs = [whole.run(0, cut), whole.run(cut, len(names))]
    assert [len(run.names.words) for run in runs] == [int(run.names.first[-1]) for run in runs]
    again = NameTable.joined([run for run in runs if len(run)])
    for one, two in zip((*again.names, again.rarity), (*whole.names, whole.rarity), strict=True):
        assert np.array_equal(one, two)
