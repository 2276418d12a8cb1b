"""The committed weights of the two small logistic regressions: of word pairs, of whole names."""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matching.names.name_features import NAME_FEATURES
from matching.names.word_kernels import WORD_FEATURES


@dataclass(frozen=True, slots=True)
class Weights:
    """In the order of `WORD_FEATURES` and `NAME_FEATURES`."""

    word: NDArray[np.float64]
    name: NDArray[np.float64]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Log-odds for each feature; a feature without a weight counts nothing."""
    stored = json.loads(files("matching.models").joinpath("weights.json").read_text(encoding="utf-8"))
    return Weights(
        np.array([float(stored["word"].get(name, 0.0)) for name in WORD_FEATURES]),
        np.array([float(stored["name"].get(name, 0.0)) for name in NAME_FEATURES]),
    )
