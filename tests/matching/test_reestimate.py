"""Weights learned again from reviewed links: only where fresh links gain, never silently. Data are
invented.
"""

import json
import math
import random

import pytest

from matching.linker import Linker
from matching.policy_file import PolicyError, read, written
from matching.reestimate import FEWEST, Reviewed, TooFewError, reestimate
from matching.weights import POLICY
from tests.matching.people import aged, born, boys, record, request, sought


def reviews(seed: int, truth: dict[str, float], count: int = 500) -> list[Reviewed]:
    """Links whose odds are `truth` times the bits of their evidence; said are the bits as they stand."""
    dice = random.Random(seed)
    found = []
    for _ in range(count):
        bits = {"prior": -6.0} | {kind: dice.uniform(-4, 8) for kind in ("given_name", "mother_name", "age")}
        said = sum(bits.values())
        real = sum(truth.get(kind, 1.0) * weight for kind, weight in bits.items())
        found.append(Reviewed(bits, 1 / (1 + 2**-said), dice.random() < 1 / (1 + 2**-real)))
    return found


def loss(found: list[Reviewed], factors: dict[str, float], shift: float) -> float:
    total = 0.0
    for one in found:
        weight = shift + sum(factors.get(kind, 1.0) * bits for kind, bits in one.bits.items())
        chance = min(1 - 1e-6, max(1e-6, 1 / (1 + 2**-weight)))
        total -= math.log(chance if one.same else 1 - chance)
    return total / len(found)


def test_what_was_overrated_is_weighed_down_and_fresh_links_gain() -> None:
    truth = {"mother_name": 0.4}
    found = reestimate(reviews(1, truth), POLICY, "learned")
    assert found.better
    assert found.policy.factors["mother_name"] < 0.75
    assert found.policy.factors["given_name"] > 0.75
    fresh = reviews(2, truth, 4000)
    assert loss(fresh, dict(found.policy.factors), found.policy.shift) < loss(fresh, {}, 0.0)


def test_no_factor_is_learned_for_what_is_weighed_without_one() -> None:
    placed = [
        Reviewed(one.bits | {"family_elsewhere": 2.0 if one.same else -2.0}, one.probability, one.same)
        for one in reviews(5, {})
    ]
    learned = reestimate(placed, POLICY, "learned").policy.factors
    assert set(learned) == {"given_name", "mother_name", "age"}


def test_what_was_right_is_left_nearly_alone() -> None:
    found = reestimate(reviews(3, {}), POLICY, "learned")
    fresh = reviews(4, {}, 4000)
    learned = loss(fresh, dict(found.policy.factors), found.policy.shift)
    assert learned < loss(fresh, {}, 0.0) + 0.01


def test_noise_is_not_taken_for_knowledge() -> None:
    """Where the cross-validated loss does not fall, the estimate says so."""
    verdicts = [reestimate(reviews(seed, {}, FEWEST + 20), POLICY, "x") for seed in range(12)]
    assert any(not one.better for one in verdicts)
    assert all(one.better is (one.new_loss <= one.old_loss) for one in verdicts)


def test_the_order_of_the_links_changes_nothing() -> None:
    links = reviews(5, {"age": 0.5})
    turned = list(reversed(links))
    assert reestimate(links, POLICY, "a") == reestimate(turned, POLICY, "a")


@pytest.mark.parametrize("same", [True, False])
def test_links_of_one_sort_only_teach_nothing(same: bool) -> None:
    one_sort = [Reviewed(one.bits, one.probability, same) for one in reviews(6, {})]
    with pytest.raises(TooFewError):
        reestimate(one_sort, POLICY, "learned")


def test_a_policy_survives_its_file_and_a_link_names_it() -> None:
    learned = reestimate(reviews(7, {"mother_name": 0.4}), POLICY, "2027.1-learned").policy
    again = read(written(learned))
    assert (again.version, dict(again.factors), again.shift) == (
        learned.version, dict(learned.factors), learned.shift,
    )  # fmt: skip
    boy = sought("b", "child", given="Хамза", sex="male", birth=born(2011), mother="Диляра")
    rows = [record(3, full="حمزة", mother="ديلارا", sex="male", birth=aged(7)), *boys(20)]
    old, new = (Linker(rows, policy).explain(request(boy), "b", "L1:3:0") for policy in (POLICY, again))
    assert (old.policy, new.policy) == (POLICY.version, "2027.1-learned")
    weights = [next(e.weight for e in link.evidence if e.comparison == "mother_name") for link in (old, new)]
    assert weights[1] == pytest.approx(again.factors["mother_name"] * weights[0], abs=0.001)
    assert sum(e.weight for e in new.evidence) == pytest.approx(new.weight)


@pytest.mark.parametrize(
    "change",
    [
        {"table": "1999.1"},
        {"factors": {"age": 50.0}},
        {"factors": "all"},
        {"shift": "nan"},
        {"shift": 1e9},
    ],
)
def test_a_doubtful_policy_file_is_refused(change: dict[str, object]) -> None:
    told = json.loads(written(POLICY)) | change
    with pytest.raises(PolicyError):
        read(json.dumps(told))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "7"])
def test_what_is_no_policy_is_refused(text: str) -> None:
    with pytest.raises(PolicyError):
        read(text)
