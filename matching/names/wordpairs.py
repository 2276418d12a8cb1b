"""Features and weights of single word pairs: how likely a query's word and a candidate's word are one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matching.names.aligner import aligner
from matching.names.chunks import spelling
from matching.names.parts import groups_of_spelling
from matching.names.skeleton import skeletons

Floats = NDArray[np.float32]
Places = NDArray[np.int64]
WORD_FEATURES = (
    "ratio",
    "ratio_per_letter",
    "cosine",
    "same_spelling",
    "same_group",
    "other_group",
    "length_gap",
    "bias",
)
_LOW, _HIGH = -25.0, 45.0
_INITIAL_FITS, _INITIAL_CLASHES = 2.0, -6.0


@dataclass(frozen=True, slots=True)
class Weights:
    """The two small logistic regressions: of word pairs, of whole names."""

    word: NDArray[np.float64]
    name: NDArray[np.float64]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The committed weights, in the order of `WORD_FEATURES` and `NAME_FEATURES`."""
    stored = json.loads(files("matching.models").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(np.array(list(stored["word"].values())), np.array(list(stored["name"].values())))


class Words:
    """Distinct words with what the features need of each."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self.spelled = [spelling(text) for text in texts]
        self.lengths = np.array([len(word) for word in self.spelled], dtype=np.float32)
        self.groups = [groups_of_spelling(word) for word in self.spelled]


def word_features(a: Words, b: Words, pairs: Places, cosine: Floats) -> Floats:
    """One row of `WORD_FEATURES` for each (place in a, place in b)."""
    ratio = np.clip(aligner().ratios(a.texts, b.texts, pairs), _LOW, _HIGH)
    left, right = pairs[:, 0], pairs[:, 1]
    longest = np.maximum(np.maximum(a.lengths[left], b.lengths[right]), 1.0)
    rows = np.zeros((len(pairs), len(WORD_FEATURES)), dtype=np.float32)
    rows[:, 0] = ratio / 10.0
    rows[:, 1] = ratio / longest
    rows[:, 2] = cosine
    for row, (i, j) in enumerate(pairs.tolist()):
        rows[row, 3] = a.spelled[i] == b.spelled[j]
        one, two = a.groups[i], b.groups[j]
        if one and two:
            rows[row, 4 if one & two else 5] = 1.0
    rows[:, 6] = np.abs(a.lengths[left] - b.lengths[right]) / longest
    rows[:, 7] = 1.0
    return rows


def word_logits(a: Words, b: Words, pairs: Places, cosine: Floats) -> Floats:
    """How likely each pair is one word, as log-odds against a near-sounding other word."""
    if not len(pairs):
        return np.zeros(0, dtype=np.float32)
    return np.asarray(word_features(a, b, pairs, cosine) @ weights().word, dtype=np.float32)


def initials(a: Words, b: Words, pairs: Places, logits: Floats) -> None:
    """Sets, in place, the log-odds of pairs of an initial and a word: by the first sound of the word."""
    lone_a, lone_b = a.lengths[pairs[:, 0]] == 1, b.lengths[pairs[:, 1]] == 1
    for row in np.flatnonzero(lone_a != lone_b).tolist():
        one, two = a.spelled[pairs[row, 0]], b.spelled[pairs[row, 1]]
        heads = {reading[:1] for reading in skeletons(one)} & {reading[:1] for reading in skeletons(two)}
        logits[row] = _INITIAL_FITS if heads - {""} else _INITIAL_CLASHES
