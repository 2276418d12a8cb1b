"""Full names prepared once for the compiled comparisons: words by number, weights, length of the vector."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.compiled import outer
from matching.names.vocabulary import Vocabulary
from matching.names.word_table import Words
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
    """Names over the words of a vocabulary, its own if none is given. `rarity` has for each word of each name
    how few of the names have it, in bits; the share is taken of `among` names if there are fewer, so that a
    word of a short list is not thought common.
    """

    def __init__(self, names: Sequence[str], among: int = 0, vocabulary: Vocabulary | None = None) -> None:
        numbers: dict[str, int] = {}
        first, words, weights = [0], [], []
        for name in names:
            for word in name_words(name):
                words.append(numbers.setdefault(word.text, len(numbers)))
                weights.append(word.weight)
            first.append(len(words))
        self.vocabulary = Vocabulary() if vocabulary is None else vocabulary
        places = np.array(words, dtype=np.int32)
        seen = np.bincount(places, minlength=len(numbers))
        self.rarity: Floats = np.log2((max(len(names), among) + 1) / (seen[places] + 1)).astype(np.float32)
        self.names = Names(
            np.array(first, dtype=np.int64),
            self.vocabulary.places(tuple(numbers))[places],
            np.array(weights, dtype=np.float32),
            *np.zeros((3, len(names)), dtype=np.float32),
        )
        vectors, scales = self.words.vectors, self.words.scales
        _measure(self.names, vectors, scales, np.zeros(vectors.shape[1], dtype=np.float32))

    def run(self, begin: int, end: int) -> "NameTable":
        """The names from `begin` to before `end`, with the rarity that their words have among all of them."""
        names = self.names
        first = names.first[begin : end + 1]
        words, own = slice(int(first[0]), int(first[-1])), slice(begin, end)
        return self._of(
            Names(
                first - first[0], names.words[words], names.weights[words],
                names.norms[own], names.by_norm[own], names.by_size[own],
            ),
            self.rarity[words],
            self.vocabulary,
        )  # fmt: skip

    @classmethod
    def joined(cls, tables: Sequence["NameTable"]) -> "NameTable":
        """The names of several tables over one vocabulary, one table after another."""
        sides = [np.zeros(1, dtype=np.int64), *(np.diff(table.names.first) for table in tables)]
        rest: list[Any] = list(zip(*(table.names[1:] for table in tables), strict=True))
        names = Names(np.cumsum(np.concatenate(sides)), *map(np.concatenate, rest))
        return cls._of(names, np.concatenate([table.rarity for table in tables]), tables[0].vocabulary)

    @classmethod
    def _of(cls, names: Names, rarity: Floats, vocabulary: Vocabulary) -> "NameTable":
        made = cls.__new__(cls)
        made.names, made.rarity, made.vocabulary = names, rarity, vocabulary
        return made

    @property
    def words(self) -> Words:
        """Those of the vocabulary as it is now: it may have grown, and none has another place."""
        return self.vocabulary.words

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
