"""The arithmetic of the name figures: ranks with ties, precision and recall, calibration, intervals."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RANKS = (1, 10, 50)
RESAMPLED = 500
NOT_FOUND = 10**9


@dataclass
class Ranks:
    """For each query: candidates strictly better than its best right one, and those tied with it.

    Nothing tied (not even itself) means that no right candidate was ranked at all.
    """

    better: list[int] = field(default_factory=list)
    tied: list[int] = field(default_factory=list)

    def add(self, scored: Iterable[tuple[int, float]], right: Collection[int]) -> None:
        """Take one query's (candidate place, score) list, in any order."""
        scored = list(scored)
        best = max((score for place, score in scored if place in right), default=None)
        if best is None:
            self.better.append(NOT_FOUND)
            self.tied.append(0)
            return
        self.better.append(sum(score > best for _, score in scored))
        self.tied.append(sum(score == best for _, score in scored))

    def add_row(self, scores: Floats, right: Collection[int]) -> None:
        """Take one query's scores of all candidates; what is not to be ranked scores minus infinity."""
        best = scores[list(right)].max()
        found = best > -np.inf
        self.better.append(int((scores > best).sum()) if found else NOT_FOUND)
        self.tied.append(int((scores == best).sum()) if found else 0)

    def hit(self, k: int) -> Floats:
        """The chance of each query to have a right name among its first k, ties broken at random."""
        better, tied = np.array(self.better, float), np.array(self.tied, float)
        return np.where(tied > 0, np.clip((k - better) / np.maximum(tied, 1), 0.0, 1.0), 0.0)

    def reciprocal(self) -> Floats:
        """The expected reciprocal rank of each query."""
        return np.array(
            [
                sum(1 / (better + i) for i in range(1, tied + 1)) / tied if tied else 0.0
                for better, tied in zip(self.better, self.tied, strict=True)
            ]
        )


@dataclass(frozen=True)
class Judged:
    """Scored pairs of known truth; `query` says which query each pair belongs to."""

    query: NDArray[np.int64]
    right: NDArray[np.bool_]
    score: Floats

    def of(self, queries: Collection[int]) -> "Judged":
        kept = np.isin(self.query, list(queries))
        return Judged(self.query[kept], self.right[kept], self.score[kept])


def shortened(value: float) -> float:
    return round(float(value), 4)


def mean(values: Sequence[float] | Floats) -> float:
    return shortened(np.mean(values)) if len(values) else 0.0


def rank_figures(ranks: Ranks, keep: Sequence[int], seed: int) -> dict[str, object]:
    """R@k and MRR of the queries in `keep`, with 95 % bootstrap intervals of R@1 and R@10."""
    places = list(keep)
    found: dict[str, object] = {"queries": len(places)}
    for k in RANKS:
        found[f"r{k}"] = mean(ranks.hit(k)[places])
    found["mrr"] = mean(ranks.reciprocal()[places])
    for k in (1, 10):
        found[f"r{k}_interval"] = interval(ranks.hit(k)[places], seed)
    return found


def interval(values: Floats, seed: int) -> list[float]:
    """The middle 95 % of the mean over resampled queries."""
    if not len(values):
        return [0.0, 0.0]
    dice = np.random.default_rng(seed)
    means = [dice.choice(values, len(values)).mean() for _ in range(RESAMPLED)]
    return [shortened(value) for value in np.percentile(means, (2.5, 97.5))]


def _steps(right: NDArray[np.bool_], score: Floats) -> tuple[Floats, Floats]:
    """Precision and recall at every distinct score, from the highest; ties are taken together."""
    order = np.argsort(-score, kind="stable")
    hits = np.cumsum(right[order])
    last = np.append(np.diff(score[order]) != 0, True)
    return hits[last] / (np.flatnonzero(last) + 1), hits[last] / max(int(right.sum()), 1)


def average_precision(right: NDArray[np.bool_], score: Floats) -> float:
    precision, recall = _steps(right, score)
    return float((precision * np.diff(recall, prepend=0.0)).sum())


def best_f1(right: NDArray[np.bool_], score: Floats) -> float:
    precision, recall = _steps(right, score)
    return float((2 * precision * recall / np.maximum(precision + recall, 1e-12)).max(initial=0.0))


def pair_figures(judged: Judged, seed: int) -> dict[str, object]:
    """PR-AUC with its interval (queries resampled) and the best F1."""
    if not len(judged.score):
        return {}
    return {
        "pr_auc": shortened(average_precision(judged.right, judged.score)),
        "pr_auc_interval": _resampled(judged, average_precision, seed),
        "best_f1": shortened(best_f1(judged.right, judged.score)),
    }


def _resampled(
    judged: Judged, figure: Callable[[NDArray[np.bool_], Floats], float], seed: int
) -> list[float]:
    dice = np.random.default_rng(seed)
    queries = np.unique(judged.query)
    rows = {query: np.flatnonzero(judged.query == query) for query in queries.tolist()}
    found = []
    for _ in range(RESAMPLED):
        taken = np.concatenate([rows[query] for query in dice.choice(queries, len(queries)).tolist()])
        found.append(figure(judged.right[taken], judged.score[taken]))
    return [shortened(value) for value in np.percentile(found, (2.5, 97.5))]


def calibration(judged: Judged, bins: int = 10) -> dict[str, object]:
    """How far 1 / (1 + exp(-score)) is from the share that is right, by tenths of probability."""
    chance = 1 / (1 + np.exp(-np.clip(judged.score, -60, 60)))
    place = np.minimum((chance * bins).astype(int), bins - 1)
    table, error = [], 0.0
    for number in range(bins):
        inside = place == number
        if not inside.any():
            continue
        said, true = float(chance[inside].mean()), float(judged.right[inside].mean())
        error += abs(said - true) * float(inside.mean())
        table.append({"pairs": int(inside.sum()), "said": shortened(said), "right": shortened(true)})
    return {"ece": shortened(error), "brier": mean((chance - judged.right) ** 2), "reliability": table}
