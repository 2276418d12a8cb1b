"""Names on a page: in their own direction, with nothing hidden in them that could act or deceive."""

import re
import unicodedata

from markupsafe import Markup, escape

from matching.names.script import letter_script
from schemas.vocabulary import Script
from service.speech import marked

# marks that turn the direction of what follows, and characters that nobody sees
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")  # real letters of Persian and Kurdish spelling
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT_TO_LEFT = re.compile(f"[{_RTL}\u200c\u200d]+(?:[ ]+[{_RTL}\u200c\u200d]+)*")
_LETTER = f"(?:(?![{_RTL}])[^\\W\\d_])"
_MORE = f"(?:(?![{_RTL}])[^\\W_]|[\u0300-\u036f])"
_NUMBER = "[+\u2212~][0-9]+(?:[.,][0-9]+)?|[0-9]+(?:-[0-9]+)+"  # whose signs would change their side
_LEFT_TO_RIGHT = re.compile(f"{_LETTER}{_MORE}*(?:[ '\u2019\u02bc./-]{_MORE}+)*|{_NUMBER}")
_TOWER = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u06d6-\u06ed]{4}")
_LOOKED_AT = 2000  # code points
_PALOCHKA = frozenset("Il")
_TOKENS = re.compile(r"\S+")


def name(text: str) -> Markup:
    """The text isolated in its own direction; direction marks and invisible characters are spelt out."""
    return Markup('<bdi dir="auto">{}</bdi>').format(_spelt(text))


def prose(sentence: str, direction: str = "ltr") -> Markup:
    """A sentence that quotes names: each stretch of the other direction is kept together and apart."""
    foreign = _RIGHT_TO_LEFT if direction == "ltr" else _LEFT_TO_RIGHT
    parts, last = [], 0
    for found in foreign.finditer(sentence):
        parts += [_spelt(sentence[last : found.start()]), name(found.group())]
        last = found.end()
    return Markup("").join([*parts, _spelt(sentence[last:])])


def direction_of(text: str) -> str:
    """`ltr` or `rtl`, as the first letter decides; empty without a letter."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return ""


def _spelt(text: str) -> Markup:
    if text.isprintable():  # nothing hidden is: this is quick, and almost every name
        return escape(text)
    return Markup("").join(_shown(character) for character in text)


def _shown(character: str) -> Markup:
    if not _is_hidden(character):
        return escape(character)
    return Markup('<span class="flag" title="{}">[U+{:04X}]</span>').format(
        unicodedata.name(character, "control"), ord(character)
    )


def _is_hidden(character: str) -> bool:
    if character in _JOINERS or character == "\n":
        return False
    return character in _DIRECTION or unicodedata.category(character) in ("Cf", "Cc", "Co", "Cn")


def warnings(text: str) -> tuple[str, ...]:
    """What a reviewer should know of the spelling: hidden marks, and words of two scripts."""
    found = []
    if any(character in _DIRECTION for character in text):
        found.append(marked("holds hidden direction marks"))
    elif any(_is_hidden(character) for character in text):
        found.append(marked("holds invisible characters"))
    if _TOWER.search(unicodedata.normalize("NFD", text[:_LOOKED_AT])):
        found.append(marked("many marks on one letter"))
    if any(_of_two_scripts(token) for token in _TOKENS.findall(text[:_LOOKED_AT])):
        found.append(marked("letters of two scripts in one word"))
    return tuple(found)


def _of_two_scripts(word: str) -> bool:
    """The matcher forgives look-alike letters; a reviewer should still see that they are there.

    I and l inside Cyrillic are the usual way to type the palochka of Chechen and Avar.
    """
    scripts = {letter_script(letter) for letter in word if letter not in _PALOCHKA}
    return len(scripts - {Script.NONE}) > 1
