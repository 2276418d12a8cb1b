"""Weights learned again from reviewed links, beside the old ones, and only where fresh links gain by it.

A reviewed link brings its evidence and what people found out. Each kind of evidence gets one factor on its
bits, held near 1 by a penalty that few links cannot move far, and the starting point one shift. The rivals
of a link are kept as they were. Cross-validation tells whether links not learned from are told better.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from matching.weights import FIXED, Policy, kind_of

FEWEST = 100  # reviewed links below which nothing is learned
FEWEST_OF_A_SORT = 20  # confirmed, and rejected, at the least
_HOLD = 4.0  # how many links' worth of loss it costs to move a factor by one
_FOLDS = 5
_SEED = 20261
_BOUNDS = (0.3, 2.0)
_SHIFT = (-4.0, 4.0)
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Reviewed:
    """One decided link: bits by comparison, the probability said, and whether it was the person."""

    bits: Mapping[str, float]
    probability: float
    same: bool


@dataclass(frozen=True)
class Estimate:
    """The old policy's mean log loss (nats) on links not learned from, and the new one's; `better` says
    whether the new policy may be used.
    """

    policy: Policy
    links: int
    confirmed: int
    old_loss: float
    new_loss: float

    @property
    def better(self) -> bool:
        return self.new_loss <= self.old_loss


class TooFewError(ValueError):
    """There are not enough reviewed links of both sorts to learn from."""


def reestimate(reviewed: Sequence[Reviewed], policy: Policy, version: str) -> Estimate:
    """Raises `TooFewError`. The same links give the same estimate, in whatever order they come."""
    confirmed = sum(one.same for one in reviewed)
    if len(reviewed) < FEWEST or min(confirmed, len(reviewed) - confirmed) < FEWEST_OF_A_SORT:
        raise TooFewError
    data = _Data.of(sorted(reviewed, key=lambda one: (one.same, one.probability, sorted(one.bits.items()))))
    fold = np.random.default_rng(_SEED).permutation(len(reviewed)) % _FOLDS
    old, new = np.zeros(len(reviewed)), np.zeros(len(reviewed))
    for number in range(_FOLDS):
        held = fold == number
        values = _fitted(data.part(~held))
        old[held] = data.part(held).losses(data.start)
        new[held] = data.part(held).losses(values)
    values = _fitted(data)
    factors = {
        kind: round(float(f) * policy.factor(kind), 3) for kind, f in zip(data.kinds, values[1:], strict=True)
    }
    learned = replace(
        policy,
        version=version,
        factors=MappingProxyType({**policy.factors, **factors}),
        shift=round(policy.shift + float(values[0]), 3),
    )
    return Estimate(learned, len(reviewed), confirmed, float(old.mean()), float(new.mean()))


@dataclass(frozen=True)
class _Data:
    """bits[link, kind], what else was possible (as odds against "on no list"), and the findings."""

    kinds: tuple[str, ...]
    bits: Floats
    fixed: Floats
    rivals: Floats
    same: NDArray[np.bool_]

    @classmethod
    def of(cls, reviewed: Sequence[Reviewed]) -> "_Data":
        kinds = tuple(
            sorted(
                {kind_of(c) for one in reviewed for c, bits in one.bits.items() if bits and c not in FIXED}
            )
        )
        bits = np.zeros((len(reviewed), len(kinds)))
        fixed = np.zeros(len(reviewed))
        for row, one in enumerate(reviewed):
            for comparison, weight in one.bits.items():
                if comparison in FIXED:
                    fixed[row] += weight
                elif weight:
                    bits[row, kinds.index(kind_of(comparison))] += weight
        odds = np.exp2(np.clip(bits.sum(axis=1) + fixed, -60, 60))
        said = np.clip([one.probability for one in reviewed], 1e-9, 1 - 1e-9)
        rivals = np.maximum(odds / said - odds - 1, 0.0)
        return cls(kinds, bits, fixed, rivals, np.array([one.same for one in reviewed]))

    @property
    def start(self) -> Floats:
        return np.array([0.0, *np.ones(len(self.kinds))])

    def part(self, chosen: NDArray[np.bool_]) -> "_Data":
        return _Data(
            self.kinds, self.bits[chosen], self.fixed[chosen], self.rivals[chosen], self.same[chosen]
        )

    def losses(self, values: Floats) -> Floats:
        """Nats for each link, under a shift and a factor for each kind."""
        weight = np.clip(self.fixed + values[0] + self.bits @ values[1:], -60, 60)
        chance = np.clip(np.exp2(weight) / (1 + np.exp2(weight) + self.rivals), 1e-6, 1 - 1e-6)
        return np.asarray(-np.log(np.where(self.same, chance, 1 - chance)))


def _fitted(data: _Data) -> Floats:
    def cost(values: Floats) -> float:
        held = _HOLD * (float(np.sum((values[1:] - 1) ** 2)) + 0.25 * float(values[0]) ** 2)
        return float(data.losses(values).sum()) + held

    bounds = [_SHIFT, *[_BOUNDS] * len(data.kinds)]
    return np.asarray(minimize(cost, data.start, method="L-BFGS-B", bounds=bounds).x, dtype=np.float64)
