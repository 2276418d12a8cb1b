"""Full names composed from single attested tokens, to make lists as long as one wishes: seeded.

A few tokens are drawn often and most of them seldom, as in real lists, so that namesakes are common.
Nobody of such a name need exist.
"""

import gzip
import random
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate, product
from pathlib import Path

_FILES = {
    "ar": (("tokens_cyrillic_arabic", 1), ("tokens_latin_arabic", 1)),
    "ru": (("tokens_cyrillic_arabic", 0), ("tokens_latin_cyrillic", 1)),
    "en": (("tokens_latin_arabic", 0), ("tokens_latin_cyrillic", 0)),
}
_SKEW = 0.8  # the n-th most frequent token is drawn n ** -_SKEW times as often as the first
_SEED = 7_000_003


class Padding:
    """Composes names of a language ("ru", "ar", "en") from the token files in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tokens: dict[str, dict[str, set[str]]] = {}

    def tokens(self, language: str) -> dict[str, set[str]]:
        """token -> the Latin tokens it was attested for, tokens with the most of them first."""
        if language not in self._tokens:
            self._tokens[language] = self._read(language)
        return self._tokens[language]

    def _read(self, language: str) -> dict[str, set[str]]:
        keys: dict[str, set[str]] = defaultdict(set)
        count: Counter[str] = Counter()
        for name, column in _FILES[language]:
            with gzip.open(self._folder / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
                next(file)
                for line in file:
                    fields = line.rstrip("\n").split("\t")
                    if len(fields[column]) > 1:
                        keys[fields[column]].add(fields[2])
                        count[fields[column]] += 1
        tokens = sorted(keys)
        random.Random(_SEED).shuffle(tokens)
        tokens.sort(key=lambda token: -count[token])
        return {token: keys[token] for token in tokens}

    def names(self, language: str, count: int, taken: set[str], closed: set[str], draw: int) -> list[str]:
        """`count` distinct names that are not in `taken` and no spelling of a name whose key is `closed`.

        Keys are the Latin words of a name, sorted.
        """
        tokens = self.tokens(language)
        words_closed = {word for key in closed for word in key.split()}
        chosen: dict[str, None] = {}
        for words in self.drawn(language, random.Random(_SEED + 1 + draw)):
            name = " ".join(words)
            name = name.title() if language != "ar" else name
            keys = [tokens[word] & words_closed for word in words]
            if (
                name in taken
                or name in chosen
                or any(" ".join(sorted(key)) in closed for key in product(*keys))
            ):
                continue
            chosen[name] = None
            if len(chosen) >= count:
                break
        return list(chosen)

    def drawn(self, language: str, dice: random.Random) -> Iterator[list[str]]:
        """Names of two or three words without end."""
        tokens = list(self.tokens(language))
        heaps = list(accumulate((place + 1) ** -_SKEW for place in range(len(tokens))))
        while True:
            words = dice.choice((2, 2, 3))
            yield [tokens[bisect(heaps, dice.random() * heaps[-1])] for _ in range(words)]
