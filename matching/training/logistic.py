"""Logistic regression with signed weights: agreement never speaks against, absence never for."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]


def fit(rows: Floats, labels: Floats, signs: list[int], ridge: float = 1.0) -> Floats:
    """The weights; `signs` are +1 (not below zero), -1 (not above) or 0 (free, not shrunk: the bias)."""
    rows = rows.astype(np.float64)
    shrink = np.array([ridge if sign else 0.0 for sign in signs])
    bounds = [(0, None) if sign > 0 else (None, 0) if sign < 0 else (None, None) for sign in signs]

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = np.clip(rows @ weights, -40, 40)
        chance = 1.0 / (1.0 + np.exp(-odds))
        value = np.logaddexp(0, odds).sum() - (labels * odds).sum() + 0.5 * (shrink * weights**2).sum()
        return float(value), rows.T @ (chance - labels) + shrink * weights

    found = minimize(
        loss, np.zeros(rows.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B", options={"maxiter": 500}
    )
    return np.asarray(found.x)
