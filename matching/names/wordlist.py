"""The words of a full name as retrieval sees them: compounds in one word, particles set apart by their
weight.
"""

from dataclasses import dataclass
from functools import lru_cache

from matching.names.endings import patronymic_stem
from matching.names.script import fold, lettered
from matching.names.tables import elements

MAX_WORDS = 6
_ABD = frozenset(elements("abd"))
_TAILS = frozenset(elements("tail"))
_ARTICLES = frozenset(elements("article_word"))
_PARTICLES = frozenset(elements("particle_word"))


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name and how much its absence on the other side would say (1 for a name, less for a
    particle).
    """

    text: str
    weight: float


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[NameWord, ...]:
    """At most six words in the order written; names of particles only keep their particles."""
    plain = _joined(lettered(name).split())
    words = [NameWord(word, _weight(word)) for word in plain]
    kept = [word for word in words if word.weight > 0] or words
    kept.sort(key=lambda word: word.weight < 0.5)
    return tuple(kept[:MAX_WORDS])


def _joined(words: list[str]) -> list[str]:
    found: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        folded = fold(word)
        if folded in _ABD and place + 1 < len(words):
            step = 2 if fold(words[place + 1]) in _ARTICLES and place + 2 < len(words) else 1
            word = "".join(words[place : place + step + 1])
            place += step
        while place + 1 < len(words) and fold(words[place + 1]) in _TAILS:
            word += words[place + 1]
            place += 1
        found.append(word)
        place += 1
    return found


def _weight(word: str) -> float:
    folded = fold(word)
    if not folded or folded in _ARTICLES:
        return 0.0
    if len(folded) == 1:
        return 0.15
    if folded in _PARTICLES:
        return 0.2
    return 0.6 if len(folded) > 6 and patronymic_stem(folded) and "а" <= folded[0] <= "я" else 1.0
