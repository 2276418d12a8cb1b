"""Cuts a written name into words and segments, each knowing where in the original it stands."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from matching.names.letters import APOSTROPHES, DASHES, PALOCHKA_TYPED
from matching.names.particles import note_kind, particle_kind
from matching.names.parts import groups_of_spelling
from matching.names.script import MAX_LENGTH, fold, letter_script
from schemas.vocabulary import Script

MAX_WORDS = 10  # of one name; what follows is not read
MAX_UNKNOWN = 7  # words that are no known name, particle or note; more in one name are passed over
MAX_SEGMENTS = 8  # of one name; what follows is not read
_OPEN = {"(": ")", "[": "]", "{": "}", "«": "»", "（": "）", "﴾": "﴿", "“": "”", '"': '"', "<": ">"}
_SEPARATORS = frozenset("/;؛,،:\n\t|\\+")
_MARKS = frozenset(("Mn", "Mc", "Cf", "Lm"))
_COMMAS = frozenset(",،")
_SIGNS = re.compile(f"[{re.escape(''.join(sorted({*_OPEN, *_OPEN.values(), *_SEPARATORS, *DASHES})))}]")


class Word(NamedTuple):
    """One written word. `initial` marks a single letter or one closed by a full stop."""

    text: str
    start: int
    end: int
    folded: str
    initial: bool = False


class Segment(NamedTuple):
    """Words that stand together. `aside` is true inside brackets, `comma` after a comma."""

    words: tuple[Word, ...]
    aside: bool
    comma: bool


def segments(text: str) -> list[Segment]:
    """The first eight segments of the first 120 code points, in order; empty ones are left out."""
    text = text[:MAX_LENGTH]
    found: list[Segment] = []
    budget = _Budget()
    closing = ""
    begin, comma = 0, False
    for match in _SIGNS.finditer(text):
        place, letter = match.start(), match.group()
        if letter != closing if closing else letter not in _OPEN and not _separates(text, place):
            continue
        _add(found, budget, text, begin, place, bool(closing), comma)
        if len(found) == MAX_SEGMENTS:
            return found
        comma = letter in _COMMAS and not closing
        closing = "" if closing else _OPEN.get(letter, "")
        begin = place + 1
    _add(found, budget, text, begin, len(text), bool(closing), comma)
    return found


def _separates(text: str, place: int) -> bool:
    letter = text[place]
    if letter in DASHES:
        return (place == 0 or text[place - 1].isspace()) and (
            place + 1 == len(text) or text[place + 1].isspace()
        )
    if letter in "|" and _beside_cyrillic(text, place):
        return False
    return letter in _SEPARATORS


def _add(
    found: list[Segment], budget: "_Budget", text: str, begin: int, end: int, aside: bool, comma: bool
) -> None:
    words = tuple(budget.words(text, begin, end))
    if words:
        found.append(Segment(words, aside, comma))


class _Budget:
    """Reads words as long as a name may have more: everything after costs time for every one of them."""

    def __init__(self) -> None:
        self._words, self._unknown = MAX_WORDS, MAX_UNKNOWN

    def words(self, text: str, begin: int, end: int) -> list[Word]:
        """The words between two places that a name may still have."""
        found: list[Word] = []
        for match in _word().finditer(text, begin, end):
            if not self._words:
                break
            written = match.group()
            folded = fold(written)
            if not folded:
                continue
            self._words -= 1
            if not _known(folded):
                if not self._unknown:
                    continue
                self._unknown -= 1
            initial = len(folded) == 1 and letter_script(folded) is not Script.OTHER
            found.append(Word(written, match.start(), match.end(), folded, initial))
        return found


def _known(folded: str) -> bool:
    return bool(groups_of_spelling(folded) or particle_kind(folded) or note_kind(folded))


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    """Letters with their marks; an apostrophe belongs to the word, a dash between two letters too, and what
    stands for a palochka beside a Cyrillic letter.
    """
    plane = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    letters = _class(letter for letter in plane if letter.isalpha())
    inside = _class(letter for letter in plane if letter.isalpha() or unicodedata.category(letter) in _MARKS)
    cyrillic = _class(letter for letter in plane if letter_script(letter) is Script.CYRILLIC)
    typed = _class(PALOCHKA_TYPED)
    first = f"[{inside}]|(?<=[{cyrillic}])[{typed}]|[{typed}](?=[{cyrillic}])"
    return re.compile(f"(?:{first})(?:{first}|[{_class(APOSTROPHES)}]|[{_class(DASHES)}](?=[{letters}]))*")


def _class(letters: Iterable[str]) -> str:
    """Letters as ranges for a regular expression."""
    ranges: list[list[int]] = []
    for code in sorted(map(ord, letters)):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


def _beside_cyrillic(text: str, place: int) -> bool:
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return any(letter_script(letter) is Script.CYRILLIC for letter in around)
