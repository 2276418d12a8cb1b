"""Trains the linear bi-encoder: a vector for every unit, so that spellings of one name point the same way.

Contrastive training on token pairs: within a batch each word has to find its own partner among all others.
Batches mix random pairs with pairs of like sound, which are the hard cases. Numpy only, seeded, minutes on
two cores.
"""

import sys
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching.names.script import lettered
from matching.names.skeleton import skeletons
from matching.names.unit_kernels import BUCKETS, CRC, unit_rows
from matching.names.units import flattened
from matching.training.tokens import TokenPair

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncoderPlan:
    """How to train. `sharpness` is the inverse temperature of the contrastive loss."""

    dimensions: int = 128
    epochs: int = 14
    batch: int = 1024
    rate: float = 0.12
    sharpness: float = 18.0
    dropped: float = 0.1  # share of units left out at random, so that no single one is relied on
    seed: int = 20261126


class Encoder:
    """The table under training, with Adagrad's running squares."""

    def __init__(self, plan: EncoderPlan) -> None:
        self.plan = plan
        self.dice = np.random.default_rng(plan.seed)
        self.table: Floats = (self.dice.standard_normal((BUCKETS, plan.dimensions)) * 0.05).astype(np.float32)
        self.squares: Floats = np.full((BUCKETS, plan.dimensions), 1e-4, dtype=np.float32)

    def step(self, left: csr_matrix, right: csr_matrix, same: NDArray[np.bool_], rate: float) -> float:
        a_raw, b_raw = left @ self.table, right @ self.table
        a, a_norm = _unit(a_raw)
        b, b_norm = _unit(b_raw)
        scores = self.plan.sharpness * (a @ b.T)
        scores[same] = -1e9
        rows = np.arange(len(a))
        loss = 0.0
        slope = np.zeros_like(scores)
        for axis in (1, 0):
            chance = np.exp(scores - scores.max(axis=axis, keepdims=True))
            chance /= chance.sum(axis=axis, keepdims=True)
            loss -= float(np.log(chance[rows, rows] + 1e-12).mean())
            chance[rows, rows] -= 1.0
            slope += chance
        slope *= self.plan.sharpness / (2 * len(a))
        self._descend(left, _through_norm(slope @ b, a, a_norm), rate)
        self._descend(right, _through_norm(slope.T @ a, b, b_norm), rate)
        return loss / 2

    def _descend(self, words: csr_matrix, slope: Floats, rate: float) -> None:
        touched = np.unique(words.indices)
        column = np.full(BUCKETS, -1, dtype=np.int64)
        column[touched] = np.arange(len(touched))
        compact = csr_matrix(
            (words.data, column[words.indices], words.indptr), shape=(words.shape[0], len(touched))
        )
        gradient = compact.T @ slope
        self.squares[touched] += gradient * gradient
        self.table[touched] -= rate * gradient / np.sqrt(self.squares[touched])


def _unit(vectors: Floats) -> tuple[Floats, Floats]:
    norm = np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    return vectors / norm, norm


def _through_norm(slope: Floats, unit: Floats, norm: Floats) -> Floats:
    return np.asarray((slope - unit * (slope * unit).sum(axis=1, keepdims=True)) / norm, dtype=np.float32)


def train_encoder(pairs: list[TokenPair], plan: EncoderPlan) -> Floats:
    """The trained table (65,536 x dimensions)."""
    encoder = Encoder(plan)
    words = sorted({pair.a for pair in pairs} | {pair.b for pair in pairs})
    number = {word: place for place, word in enumerate(words)}
    matrix = unit_matrix(words)
    left = np.array([number[pair.a] for pair in pairs])
    right = np.array([number[pair.b] for pair in pairs])
    sound = np.array([(skeletons(pair.b) or ("",))[0] for pair in pairs])
    keys = np.unique(np.array([pair.key for pair in pairs]), return_inverse=True)[1]
    for epoch in range(plan.epochs):
        losses = []
        rate = plan.rate * (1 - epoch / plan.epochs) ** 0.5
        for chosen in _batches(sound, plan, encoder.dice, hard=epoch % 2 == 1):
            a, b = left[chosen], right[chosen]
            same = (
                (keys[chosen][:, None] == keys[chosen][None, :])
                | (b[:, None] == b[None, :])
                | (a[:, None] == a[None, :])
            )
            np.fill_diagonal(same, False)
            drop_a, drop_b = _dropped(matrix[a], encoder, plan), _dropped(matrix[b], encoder, plan)
            losses.append(encoder.step(drop_a, drop_b, same, rate))
        sys.stderr.write(f"encoder epoch {epoch + 1}/{plan.epochs} loss {np.mean(losses):.4f}\n")
    return encoder.table


def unit_matrix(words: list[str]) -> csr_matrix:
    """Rows of units, one for each word."""
    text, pieces, first = flattened([lettered(word) for word in words])
    indices, indptr = unit_rows(text, pieces, first, CRC)
    data = np.ones(len(indices), dtype=np.float32)
    return csr_matrix((data, indices, indptr), shape=(len(words), BUCKETS))


def _dropped(rows: csr_matrix, encoder: Encoder, plan: EncoderPlan) -> csr_matrix:
    kept = (encoder.dice.random(len(rows.data)) >= plan.dropped).astype(np.float32)
    return csr_matrix((kept, rows.indices, rows.indptr), shape=rows.shape)


def _batches(
    sound: NDArray[np.str_], plan: EncoderPlan, dice: np.random.Generator, hard: bool
) -> list[NDArray[np.int64]]:
    """Random batches, or batches made of short runs of like sound."""
    order = dice.permutation(len(sound))
    if hard:
        order = order[np.argsort(sound[order], kind="stable")]
        runs = [order[start : start + 32] for start in range(0, len(order), 32)]
        order = np.concatenate([runs[place] for place in dice.permutation(len(runs))])
    starts = range(0, len(order) - plan.batch + 1, plan.batch)
    return [order[start : start + plan.batch] for start in starts]
