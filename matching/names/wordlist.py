"""The words of a full name as retrieval sees them: compounds in one word, particles set apart by their
weight.
"""

from dataclasses import dataclass
from functools import lru_cache

from matching.names.endings import patronymic_stem
from matching.names.script import MAX_LENGTH, capped, fold_read, lettered_once
from matching.names.tables import elements

KEPT_WORDS = 6
_READ_WORDS = 10  # words; of 56,000 real names the longest has nine
_ABD = frozenset(elements("abd"))
_TAILS = frozenset(elements("tail"))
_ARTICLES = frozenset(elements("article_word"))
_PARTICLES = frozenset(elements("particle_word"))
INITIAL = 0.15
_PARTICLE, _PATRONYMIC = 0.2, 0.6


@dataclass(frozen=True, slots=True)
class NameWord:
    """A word of a name and how much its absence on the other side would say (1 for a name, less for a
    particle).
    """

    text: str
    weight: float


def name_words(name: str) -> tuple[NameWord, ...]:
    """At most six of the first ten words in the order written, particles last; a name of particles only
    keeps them.
    """
    plain: list[str] = []
    for token in capped(name).split():
        plain += _words_of(token)
        if len(plain) >= _READ_WORDS:
            break
    words = [_read(word)[1] for word in _joined(plain[:_READ_WORDS])]
    kept = [word for word in words if word.weight > 0] or words
    kept.sort(key=lambda word: word.weight < 0.5)
    return tuple(kept[:KEPT_WORDS])


@lru_cache(maxsize=1 << 19)
def _words_of(token: str) -> tuple[str, ...]:
    """The words in what was written without a space."""
    return tuple(lettered_once(token).split())


def _joined(words: list[str]) -> list[str]:
    found: list[str] = []
    place = 0
    while place < len(words):
        word = words[place]
        kind = _read(word)[0]
        if kind == "abd" and place + 1 < len(words):
            step = 2 if _read(words[place + 1])[0] == "article" and place + 2 < len(words) else 1
            word = "".join(words[place : place + step + 1])
            place += step
        while place + 1 < len(words) and _read(words[place + 1])[0] == "tail":
            word += words[place + 1]
            place += 1
        found.append(word)
        place += 1
    return found


@lru_cache(maxsize=1 << 19)
def _read(word: str) -> tuple[str, NameWord]:
    """Whether a word is half of a compound, and what it weighs by itself."""
    folded = fold_read(word)
    return _kind(folded), _weighed(word, folded)


def _kind(folded: str) -> str:
    if folded in _ABD:
        return "abd"
    if folded in _TAILS:
        return "tail"
    return "article" if folded in _ARTICLES else ""


def _weighed(word: str, folded: str) -> NameWord:
    if not folded or folded in _ARTICLES:
        return NameWord(word, 0.0)
    if len(folded) == 1:
        return NameWord(word, INITIAL)
    if folded in _PARTICLES:
        return NameWord(word, _PARTICLE)
    fathers = len(folded) > 6 and "а" <= folded[0] <= "я" and patronymic_stem(folded) is not None
    return NameWord(word[:MAX_LENGTH], _PATRONYMIC if fathers else 1.0)
