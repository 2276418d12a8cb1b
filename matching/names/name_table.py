"""Full names prepared once for the compiled comparisons: words by number, weights, length of the vector."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import outer
from matching.names.word_table import Words, word_table
from matching.names.wordlist import name_words

Floats = NDArray[np.float32]


class Names(NamedTuple):
    """`words[first[n]:first[n + 1]]` are the words of name n, with their weights; `norms` are the lengths of
    the weighted sums of their vectors. `by_norm` and `by_size` are one over the norm and over the sum of
    weights, 0 where that is 0: a scan of a million names has no time to divide.
    """

    first: NDArray[np.int64]
    words: NDArray[np.int32]
    weights: Floats
    norms: Floats
    by_norm: Floats
    by_size: Floats


class NameTable:
    """Names over a table of distinct words. `rarity` is how few of the names have a word, in bits; the share
    is taken of `among` names if there are fewer, so that a word of a short list is not thought common.
    """

    def __init__(self, names: Sequence[str], among: int = 0) -> None:
        numbers: dict[str, int] = {}
        first, words, weights = [0], [], []
        for name in names:
            for word in name_words(name):
                words.append(numbers.setdefault(word.text, len(numbers)))
                weights.append(word.weight)
            first.append(len(words))
        self.vocabulary = tuple(numbers)
        self.words: Words = word_table(self.vocabulary)
        places = np.array(words, dtype=np.int32)
        self.names = Names(
            np.array(first, dtype=np.int64),
            places,
            np.array(weights, dtype=np.float32),
            *np.zeros((3, len(names)), dtype=np.float32),
        )
        vectors = self.words.vectors
        _measure(self.names, vectors, self.words.scales, np.zeros(vectors.shape[1], dtype=np.float32))
        seen = np.bincount(places, minlength=len(self.vocabulary))
        self.rarity: Floats = np.log2((max(len(names), among) + 1) / (seen + 1)).astype(np.float32)

    def __len__(self) -> int:
        return len(self.names.norms)


@outer
def _measure(names: Names, vectors: NDArray[np.int8], scales: Floats, sums: Floats) -> None:
    """`sums` is room for one vector."""
    for name in range(len(names.norms)):
        sums[:] = 0.0
        size = np.float32(0.0)
        for place in range(names.first[name], names.first[name + 1]):
            word = names.words[place]
            size += names.weights[place]
            share = scales[word] * names.weights[place]
            for column in range(len(sums)):
                sums[column] += vectors[word, column] * share
        total = 0.0
        for column in range(len(sums)):
            total += float(sums[column]) * float(sums[column])
        names.norms[name] = np.sqrt(total)
        if total > 0.0:
            names.by_norm[name] = 1.0 / names.norms[name]
        if size > 0.0:
            names.by_size[name] = 1.0 / size
