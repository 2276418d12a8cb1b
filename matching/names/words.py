"""Cuts a written name into words and segments, each knowing where in the original it stands."""

import re
import unicodedata
from dataclasses import dataclass

from matching.names.letters import APOSTROPHES, DASHES, PALOCHKA_TYPED
from matching.names.script import MAX_LENGTH, fold, letter_script
from schemas.vocabulary import Script

MAX_WORDS = 10  # of one name; what follows is not read
MAX_SEGMENTS = 8  # of one name; what follows is not read
_OPEN = {"(": ")", "[": "]", "{": "}", "«": "»", "（": "）", "﴾": "﴿", "“": "”", '"': '"', "<": ">"}
_SEPARATORS = frozenset("/;؛,،:\n\t|\\+")
_COMMAS = frozenset(",،")
_SIGNS = re.compile(f"[{re.escape(''.join(sorted({*_OPEN, *_OPEN.values(), *_SEPARATORS, *DASHES})))}]")


@dataclass(frozen=True, slots=True)
class Word:
    """One written word. `initial` marks a single letter or one closed by a full stop."""

    text: str
    start: int
    end: int
    folded: str
    initial: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together. `aside` is true inside brackets, `comma` after a comma."""

    words: tuple[Word, ...]
    aside: bool
    comma: bool


def segments(text: str) -> list[Segment]:
    """The first eight segments of the first 200 code points, in order; empty ones are left out."""
    text = text[:MAX_LENGTH]
    found: list[Segment] = []
    closing = ""
    begin, comma = 0, False
    for match in _SIGNS.finditer(text):
        place, letter = match.start(), match.group()
        if letter != closing if closing else letter not in _OPEN and not _separates(text, place):
            continue
        _add(found, text, begin, place, bool(closing), comma)
        if len(found) == MAX_SEGMENTS:
            return found
        comma = letter in _COMMAS and not closing
        closing = "" if closing else _OPEN.get(letter, "")
        begin = place + 1
    _add(found, text, begin, len(text), bool(closing), comma)
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


def _add(found: list[Segment], text: str, begin: int, end: int, aside: bool, comma: bool) -> None:
    words = tuple(_words(text, begin, end, MAX_WORDS - sum(len(one.words) for one in found)))
    if words:
        found.append(Segment(words, aside, comma))


def _words(text: str, begin: int, end: int, most: int) -> list[Word]:
    found: list[Word] = []
    place = begin
    while place < end and len(found) < most:
        if not _in_word(text, place):
            place += 1
            continue
        first = place
        while place < end and (_in_word(text, place) or _joins(text, place, end)):
            place += 1
        written = text[first:place]
        folded = fold(written)
        if folded:
            initial = len(folded) == 1 and letter_script(folded) is not Script.OTHER
            found.append(Word(written, first, place, folded, initial))
    return found


def _in_word(text: str, place: int) -> bool:
    letter = text[place]
    if letter.isalpha():
        return True
    if letter in PALOCHKA_TYPED:
        return _beside_cyrillic(text, place)
    return unicodedata.category(letter) in ("Mn", "Mc", "Cf", "Lm")


def _joins(text: str, place: int, end: int) -> bool:
    """A dash between two letters belongs to the word, an apostrophe always."""
    letter = text[place]
    if letter in APOSTROPHES:
        return True
    return letter in DASHES and place + 1 < end and text[place + 1].isalpha()


def _beside_cyrillic(text: str, place: int) -> bool:
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return any(letter_script(letter) is Script.CYRILLIC for letter in around)
