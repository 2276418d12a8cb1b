"""The pairwise part of the task: each query's right name and its nearest wrong one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from names_figures import Judged
from names_task import Task
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

Romanise = Callable[[Sequence[str], str], list[str]]
_BLOCK = 64


@dataclass(frozen=True)
class Judgement:
    """(query place, candidate place) pairs, right and wrong by turns."""

    pairs: list[tuple[int, int]]

    def with_scores(self, scores: NDArray[np.float64]) -> Judged:
        query = np.array([q for q, _ in self.pairs])
        return Judged(query, np.arange(len(self.pairs)) % 2 == 0, scores)


def likeness(task: Task, romanise: Sequence[Romanise], best: bool) -> "NDArray[np.float32]":
    """token_sort_ratio of all queries with all candidates: the best or the mean over the romanisations."""
    total = np.zeros((len(task.queries), len(task.candidates)), np.float32)
    for number, roman in enumerate(romanise):
        asked, held = roman(task.queries, task.source), roman(task.candidates, task.target)
        for begin in range(0, len(asked), _BLOCK):
            rows = process.cdist(asked[begin : begin + _BLOCK], held, scorer=fuzz.token_sort_ratio)
            block = total[begin : begin + _BLOCK]
            block[:] = np.maximum(block, rows) if best else (block * number + rows) / (number + 1)
    return total


def nearest_wrong(task: Task, romanise: Sequence[Romanise]) -> Judgement:
    """The wrong names are chosen by the mean token_sort_ratio over the romanisations at hand."""
    pairs = []
    for n, (row, right) in enumerate(zip(likeness(task, romanise, best=False), task.right, strict=True)):
        row[list(right)] = -1.0
        pairs += [(n, min(right)), (n, int(row.argmax()))]
    return Judgement(pairs)
