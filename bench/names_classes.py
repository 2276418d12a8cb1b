"""Sorts pairs of one person's names by what makes them hard, with broad rules over both spellings."""

import re

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

CLASSES = (
    "initials",
    "patronymic on one side",
    "compound, particle or al-",
    "spacing",
    "token count",
    "other form",
    "consonants",
    "vowels only",
)
_PATRONYMIC = re.compile(
    r"(?:ович|евич|ьич|овна|евна|ична|инична)$|(?:[oe]vi(?:ch|c|č|ć|tch|tsch)|[oe]vna|ichna)$"
    r"|(?:وفيتش|يفيتش|فيتش|وفنا|يفنا|وفتش)$"
)
_PARTICLES = frozenset(
    (
        "al", "el", "ul", "ibn", "bin", "ben", "bint", "abu", "abou", "umm", "oum", "abd", "abdul",
        "ad", "ar", "as", "de", "del", "della", "di", "da", "do", "dos", "du", "la", "le", "van",
        "von", "der", "den", "ter", "st", "mac", "mc", "аль", "эль", "ибн", "бин", "бен", "бинт",
        "абу", "умм", "абд", "де", "дель", "ди", "да", "ду", "ла", "ле", "ван", "фон", "дер", "аз",
        "ас", "عبد", "ابن", "بن", "بنت", "أبو", "ابو", "أبي", "ابي", "أم", "ام", "دي", "دو", "دا",
        "لا", "فان", "فون", "آل", "ذو", "الدين", "الله",
    )
)  # fmt: skip
_HYPHENS = re.compile(r"[-‐-―']|’")
_VOWELS = re.compile(r"[aeiouyw]+")


def hardness(asked: str, held: str) -> str:
    """The first class of CLASSES that fits."""
    left, right = _words(asked), _words(held)
    if any(len(word) == 1 for word in left + right):
        return "initials"
    if _patronymics(left) != _patronymics(right):
        return "patronymic on one side"
    if _particular(asked, left) or _particular(held, right):
        return "compound, particle or al-"
    plain = anyascii("".join(left)).lower(), anyascii("".join(right)).lower()
    if len(left) != len(right):
        return "spacing" if Indel.normalized_similarity(*map(_bones, plain)) >= 0.75 else "token count"
    bones = [" ".join(sorted(_bones(anyascii(word).lower()) for word in words)) for words in (left, right)]
    if bones[0] == bones[1]:
        return "vowels only"
    return "other form" if Indel.normalized_similarity(*bones) < 0.5 else "consonants"


def closest(asked: str, held: list[str]) -> str:
    """The right spelling that is most like the one asked for; it tells the class of a query."""
    plain = anyascii(asked).lower()
    return max(sorted(held), key=lambda name: fuzz.token_sort_ratio(plain, anyascii(name).lower()))


def _words(name: str) -> list[str]:
    return re.sub(r"[.,]", " ", name.lower()).split()


def _patronymics(words: list[str]) -> int:
    """How many patronymics follow a first word; as the last of two words it is taken for a surname."""
    return sum(bool(_PATRONYMIC.search(word)) for word in words[1:]) if len(words) > 2 else 0


def _particular(name: str, words: list[str]) -> bool:
    particle = any(word in _PARTICLES or word.startswith(("ال", "عبدال")) for word in words)
    return particle or bool(_HYPHENS.search(name.strip()))


def _bones(word: str) -> str:
    return _VOWELS.sub("", word)
