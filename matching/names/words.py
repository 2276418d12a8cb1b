"""Cuts a written name into words and segments, each knowing where in the original it stands."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from matching.names.letters import APOSTROPHES, DASHES, PALOCHKA_TYPED
from matching.names.particles import note_kind, particle_kind
from matching.names.parts import groups_of_spelling
from matching.names.script import MAX_LENGTH, letter_script, readings, script_of_read
from schemas.vocabulary import Script

MAX_WORDS = 9  # of one name; what follows is not read; of 56,000 real names the longest has as many
MAX_UNKNOWN = 5  # words that are no known name, particle or note; one that mixes scripts counts for three
_FEW_WORDS = 6  # a longer name may have one unknown word less
MAX_SEGMENTS = 8  # of one name; what follows is not read
_OPEN = {"(": ")", "[": "]", "{": "}", "«": "»", "（": "）", "﴾": "﴿", "“": "”", '"': '"', "<": ">"}
_SEPARATORS = frozenset("/;؛,،:\n\t|\\+")
_MARKS = frozenset(("Mn", "Mc", "Cf", "Lm"))
_LETTERS = frozenset(("Lu", "Ll", "Lt", "Lo"))
_COMMAS = frozenset(",،")
_SIGNS = re.compile(f"[{re.escape(''.join(sorted({*_OPEN, *_OPEN.values(), *_SEPARATORS, *DASHES})))}]")


class Word(NamedTuple):
    """One written word with its match key and its letters as heard. `initial` marks a single letter or one
    closed by a full stop.
    """

    text: str
    start: int
    end: int
    folded: str
    heard: str
    initial: bool = False


class Segment(NamedTuple):
    """Words that stand together. `aside` is true inside brackets, `comma` after a comma."""

    words: tuple[Word, ...]
    aside: bool
    comma: bool


def segments(text: str) -> list[Segment]:
    """The first eight segments of the first 100 code points, in order; empty ones are left out."""
    text = text[:MAX_LENGTH]
    spans = list(_spans(text))
    found = ((span, match) for span in spans for match in _word().finditer(text, span.begin, span.end))
    written = ((span, match) for span, match in found if _letter().search(match.group()))
    words: dict[_Span, list[Word]] = {}
    for span, word in _counted(list(islice(written, MAX_WORDS))):
        words.setdefault(span, []).append(word)
    kept = [Segment(tuple(words[span]), span.aside, span.comma) for span in spans if span in words]
    return kept[:MAX_SEGMENTS]


class _Span(NamedTuple):
    """Where a segment stands in the text."""

    begin: int
    end: int
    aside: bool
    comma: bool


def _spans(text: str) -> Iterator[_Span]:
    closing = ""
    begin, comma = 0, False
    for match in _SIGNS.finditer(text):
        place, letter = match.start(), match.group()
        if letter != closing if closing else letter not in _OPEN and not _separates(text, place):
            continue
        if begin < place:
            yield _Span(begin, place, bool(closing), comma)
        comma = letter in _COMMAS and not closing
        closing = "" if closing else _OPEN.get(letter, "")
        begin = place + 1
    if begin < len(text):
        yield _Span(begin, len(text), bool(closing), comma)


def _separates(text: str, place: int) -> bool:
    letter = text[place]
    if letter in DASHES:
        return (place == 0 or text[place - 1].isspace()) and (
            place + 1 == len(text) or text[place + 1].isspace()
        )
    if letter in "|" and _beside_cyrillic(text, place):
        return False
    return letter in _SEPARATORS


def _counted(found: list[tuple[_Span, re.Match[str]]]) -> Iterator[tuple[_Span, Word]]:
    """The words of a name that are read: few unknown ones, none that leaves no match key."""
    unknown = MAX_UNKNOWN if len(found) <= _FEW_WORDS else MAX_UNKNOWN - 1
    read = readings([match.group() for _, match in found])
    for (span, match), (heard, folded) in zip(found, read, strict=True):
        if not folded:
            continue
        cost = _cost(folded, heard)
        if cost <= unknown:
            unknown -= cost
            initial = len(folded) == 1 and letter_script(folded) is not Script.OTHER
            yield span, Word(match.group(), match.start(), match.end(), folded, heard, initial)


def _cost(folded: str, heard: str) -> int:
    """How many unknown words a word counts for: none if it is known, three if it mixes scripts."""
    if groups_of_spelling(folded) or particle_kind(folded) or note_kind(folded):
        return 0
    return 3 if script_of_read(heard) is Script.MIXED else 1


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


@lru_cache(maxsize=1)
def _letter() -> re.Pattern[str]:
    """What makes a word of marks and signs: a letter that does not only modify another."""
    plane = (chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
    return re.compile(f"[{_class(letter for letter in plane if unicodedata.category(letter) in _LETTERS)}]")


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
