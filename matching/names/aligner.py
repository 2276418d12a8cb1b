"""The six learned transducers, one for each pair of scripts, loaded from the committed table."""

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from matching.names.chunks import ChunkTable, spelling
from matching.names.script import letter_script
from matching.names.transducer import Floats, LetterTrigrams, Transducer
from schemas.vocabulary import Script

SCRIPTS = (Script.CYRILLIC, Script.ARABIC, Script.LATIN)
MODELS = (
    "cyrillic_arabic",
    "latin_arabic",
    "latin_cyrillic",
    "cyrillic_cyrillic",
    "arabic_arabic",
    "latin_latin",
)
UNKNOWN_RATIO = -20.0  # bits for two words in scripts that no model covers


class Aligner:
    """Log-likelihood ratios and alignments for words of any of the three scripts."""

    def __init__(self) -> None:
        with files("matching.models").joinpath("alignment.npz").open("rb") as file:
            stored = np.load(file)
            heads = json.loads(bytes(stored["heads"]).decode())
            alone = {
                name: LetterTrigrams(heads["letters"][name], stored[f"alone_{name}"].astype(np.float32))
                for name in heads["letters"]
            }
            self._models = {name: _model(name, heads["chunks"][name], stored, alone) for name in MODELS}

    def model(self, a: Script, b: Script) -> tuple[Transducer, bool] | None:
        """The model for two scripts and whether the words have to change sides; None when there is none."""
        straight = self._models.get(f"{a.value}_{b.value}")
        if straight is not None:
            return straight, False
        turned = self._models.get(f"{b.value}_{a.value}")
        return (turned, True) if turned is not None else None

    def ratios(self, a: Sequence[str], b: Sequence[str], pairs: NDArray[np.int64]) -> Floats:
        """Bits for each (place in a, place in b): how much likelier one word written twice is than chance."""
        found = np.full(len(pairs), UNKNOWN_RATIO)
        left = np.array([_number(word) for word in a], dtype=np.int64)
        right = np.array([_number(word) for word in b], dtype=np.int64)
        kinds = left[pairs[:, 0]] * 4 + right[pairs[:, 1]]
        for kind in np.unique(kinds):
            one, two = divmod(int(kind), 4)
            if one == 3 or two == 3:
                continue
            chosen = self.model(SCRIPTS[one], SCRIPTS[two])
            if chosen is None:
                continue
            some = np.flatnonzero(kinds == kind)
            found[some] = _ratios(chosen, a, b, pairs[some])
        return found

    def best_cut(self, a: str, b: str) -> tuple[float, tuple[tuple[str, str], ...]]:
        """Bits of the likeliest alignment of two words and the letters that met in it."""
        one, two = _number(a), _number(b)
        chosen = self.model(SCRIPTS[one], SCRIPTS[two]) if one < 3 and two < 3 else None
        if chosen is None:
            return UNKNOWN_RATIO, ()
        model, turned = chosen
        if turned:
            ratio, cut = model.best_cut(b, a)
            return ratio, tuple((right, left) for left, right in cut)
        return model.best_cut(a, b)


def _ratios(
    chosen: tuple[Transducer, bool], a: Sequence[str], b: Sequence[str], pairs: NDArray[np.int64]
) -> Floats:
    model, turned = chosen
    lefts, left = np.unique(pairs[:, 0], return_inverse=True)
    rights, right = np.unique(pairs[:, 1], return_inverse=True)
    one, two = [a[place] for place in lefts], [b[place] for place in rights]
    if turned:
        return model.ratios(two, one, np.stack([right, left], axis=1))
    return model.ratios(one, two, np.stack([left, right], axis=1))


def _model(
    name: str, chunks: dict[str, list[str]], stored: object, alone: dict[str, LetterTrigrams]
) -> Transducer:
    left, right = ChunkTable.of(chunks["left"]), ChunkTable.of(chunks["right"])
    cells, bits = stored[f"cells_{name}"], stored[f"bits_{name}"]  # type: ignore[index]  # an archive of arrays, handed on as object
    table = np.zeros(len(left) * len(right), dtype=np.float32)
    table[cells] = np.exp2(-bits.astype(np.float32))
    one, two = name.split("_")
    return Transducer(left, right, table.reshape(len(left), len(right)), alone[one], alone[two])


@lru_cache(maxsize=262144)
def _number(word: str) -> int:
    folded = spelling(word)
    script = letter_script(folded[0]) if folded else Script.NONE
    return SCRIPTS.index(script) if script in SCRIPTS else 3


@lru_cache(maxsize=1)
def aligner() -> Aligner:
    return Aligner()
