"""The arithmetic of the name figures: ties by expectation, precision and recall with ties, calibration."""

import numpy as np
import pytest

from bench.names_figures import Judged, Ranks, average_precision, best_f1, calibration, interval


def test_a_tie_is_broken_by_chance() -> None:
    ranks = Ranks()
    ranks.add([(0, 3.0), (1, 2.0), (2, 2.0), (3, 1.0)], right={2})
    assert ranks.hit(1).tolist() == [0.0]
    assert ranks.hit(2).tolist() == [0.5]
    assert ranks.hit(3).tolist() == [1.0]
    assert ranks.reciprocal()[0] == pytest.approx((1 / 2 + 1 / 3) / 2)


def test_what_was_not_ranked_is_missed_at_any_depth() -> None:
    ranks = Ranks()
    ranks.add([(0, 3.0)], right={7})
    assert ranks.hit(50).tolist() == [0.0]
    assert ranks.reciprocal().tolist() == [0.0]


def test_the_best_of_several_right_names_counts() -> None:
    ranks = Ranks()
    ranks.add([(0, 1.0), (1, 5.0), (2, 3.0)], right={0, 1})
    assert ranks.hit(1).tolist() == [1.0]


def test_scores_of_all_candidates_give_the_same_ranks_as_a_list() -> None:
    listed, rowed = Ranks(), Ranks()
    listed.add([(0, 3.0), (1, 2.0), (2, 2.0)], right={1})
    rowed.add_row(np.array([3.0, 2.0, 2.0, -np.inf]), right={1})
    rowed.add_row(np.array([3.0, 2.0, 2.0, -np.inf]), right={3})
    assert (listed.better, listed.tied) == (rowed.better[:1], rowed.tied[:1])
    assert rowed.hit(50).tolist() == [1.0, 0.0]


def test_precision_takes_equal_scores_together() -> None:
    right = np.array([True, False, True, False])
    assert average_precision(right, np.zeros(4)) == pytest.approx(0.5)
    assert best_f1(right, np.zeros(4)) == pytest.approx(2 / 3)
    assert average_precision(right, np.array([4.0, 2.0, 3.0, 1.0])) == pytest.approx(1.0)
    assert average_precision(right, np.array([4.0, 3.0, 2.0, 1.0])) == pytest.approx((1 + 2 / 3) / 2)


def test_calibration_compares_what_was_said_with_what_is_right() -> None:
    even = Judged(np.zeros(4, np.int64), np.array([True, False, True, False]), np.zeros(4))
    assert calibration(even)["ece"] == 0.0
    sure = Judged(np.zeros(2, np.int64), np.array([False, False]), np.array([50.0, 50.0]))
    assert calibration(sure)["ece"] == pytest.approx(1.0)


def test_an_interval_holds_the_mean_and_is_seeded() -> None:
    values = np.array([0.0] * 10 + [1.0] * 90)
    low, high = interval(values, 3)
    assert low < 0.9 < high
    assert interval(values, 3) == [low, high]
