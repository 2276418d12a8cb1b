"""Figures over several draws of the candidates: the mean, the spread, the loss of a longer list."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

ROWS = ("all_rows", "not_flagged")
_INTERVAL = "_interval"


def over_draws(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Per figure the mean over the draws and the distance between the best and the worst."""
    found: dict[str, Any] = {}
    for rows in ROWS:
        found[rows] = {
            name: {"mean": _rounded(np.mean(values)), "spread": _rounded(np.ptp(values))}
            for name in runs[0][rows]
            if not name.endswith(_INTERVAL)
            for values in [[run[rows][name] for run in runs]]
        }
    return found


def loss(shorter: Mapping[str, Any], longer: Mapping[str, Any]) -> dict[str, Any]:
    """By how many points (hundredths) the longer list is worse."""
    return {
        rows: {
            name: round(100 * (_figure(shorter, rows, name) - _figure(longer, rows, name)), 2)
            for name in ("r1", "r10", "r50", "mrr", "retrieval_recall50", "pr_auc")
        }
        for rows in ROWS
    }


def _figure(run: Mapping[str, Any], rows: str, name: str) -> float:
    if "over_draws" in run:
        return float(run["over_draws"][rows][name]["mean"])
    return float(run[rows][name])


def _rounded(value: float) -> float:
    return round(float(value), 4)
