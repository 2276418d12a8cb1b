"""Scripts and match keys: which script a text is in, and the form in which its spellings are compared.

Every function here is linear in the capped text, whatever is thrown at it: text is cut to 120 code points
and four marks a letter before Unicode normalisation sees it (normalising long runs of marks is quadratic),
and again after.
"""

import re
import unicodedata
from functools import lru_cache

from matching.names.letters import (
    APOSTROPHES,
    ARABIC,
    CYRILLIC,
    CYRILLIC_AS_LATIN,
    DASHES,
    LATIN,
    LATIN_AS_CYRILLIC,
    PALOCHKA,
    PALOCHKA_TYPED,
)
from schemas.vocabulary import Script

MAX_LENGTH = 120
MAX_MARKS = 4
_OF_ONE_SCRIPT = re.compile("[а-яёА-ЯЁ]+|[ء-ي]+")  # the plain letters of most names: nothing to bring home
_PLAIN = re.compile("(?:[а-яёА-ЯЁ]+|[ء-غف-ي]+|[a-zA-Z]+)")  # nothing but lower case to read
_ROUNDS = 4  # of bringing look-alikes home; each brings at least one letter or is the last
_WITHOUT_MARKS = re.compile(r"[\x00-\u02ff\u0400-\u0482\u048a-\u0590\u0620-\u064a\u0671-\u06d3]*")
_DASH = re.compile(f"[{re.escape(''.join(sorted(DASHES)))}]")
_KURMANJI = frozenset("êîûÊÎÛ")
_TATWEEL = "ـ"
_KEPT_MARKS = frozenset(
    "\u0306\u0308\u0327\u0328\u0302\u030c\u0307"
)  # make letters of their own in š ç ğ ü й ё


@lru_cache(maxsize=4096)
def letter_script(letter: str) -> Script:
    """The script of one letter; `NONE` for digits, marks and punctuation."""
    code = ord(letter)
    if not letter.isalpha():
        return Script.NONE
    if code < 0x250 or 0x1E00 <= code < 0x1F00 or 0xFF21 <= code <= 0xFF5A or code == 0x259:
        return Script.LATIN
    if 0x400 <= code < 0x530 or 0x1C80 <= code < 0x1C90 or 0x2DE0 <= code < 0x2E00 or 0xA640 <= code < 0xA6A0:
        return Script.CYRILLIC
    if 0x600 <= code < 0x780 or 0x8A0 <= code < 0x900 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFEFF:
        return Script.ARABIC
    if unicodedata.category(letter) == "Lm":
        return Script.NONE
    return Script.LATIN if unicodedata.name(letter, "").startswith("LATIN") else Script.OTHER


def script_of(text: str) -> Script:
    """The script of a written value. A palochka or look-alike typed in another script does not make it
    mixed.
    """
    if _PLAIN.fullmatch(text):
        return letter_script(text[0])
    found = set()
    for token in capped(text).split():
        found |= set(unmixed(token).translate(_CODES))
    found.discard(_NO_LETTER)
    if not found:
        return Script.NONE
    return _BY_CODE[found.pop()] if len(found) == 1 else Script.MIXED


def only_arabic(text: str) -> bool:
    """Whether a text has letters and all of them are of the Arabic script."""
    return set(text[:MAX_LENGTH].translate(_CODES)) - {_NO_LETTER} == {_CODE_OF[Script.ARABIC]}


def kurdish(text: str) -> bool:
    """Whether a text in Latin letters has the long vowels of Kurmanji: given name, father, family."""
    return not _KURMANJI.isdisjoint(text[:MAX_LENGTH])


class _Codes(dict[int, str]):
    """Code point -> a letter for its script; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        found = _CODE_OF[letter_script(chr(code))]
        self[code] = found
        return found


_NO_LETTER = "-"
_CODE_OF = {
    Script.CYRILLIC: "c", Script.ARABIC: "a", Script.LATIN: "l", Script.OTHER: "o", Script.NONE: _NO_LETTER
}  # fmt: skip
_BY_CODE = {code: script for script, code in _CODE_OF.items()}
_CODES = _Codes()


def capped(text: str) -> str:
    """At most 120 code points, at most four combining marks in a row."""
    text = text[:MAX_LENGTH]
    if _WITHOUT_MARKS.fullmatch(text) or not any(map(unicodedata.combining, text)):
        return text
    kept: list[str] = []
    run = 0
    for letter in text:
        run = run + 1 if unicodedata.combining(letter) else 0
        if run <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept)


def unmixed(token: str) -> str:
    """A token with its look-alikes brought home: Latin `a` and `1` inside Cyrillic, Cyrillic `с` inside
    Latin.
    """
    if token.isascii() or _OF_ONE_SCRIPT.fullmatch(token):
        return token
    codes = token.translate(_CODES)
    cyrillic, latin = codes.count("c"), codes.count("l")
    if not cyrillic:
        return token
    if cyrillic > latin or (cyrillic == latin and cyrillic):
        if not latin and not any(letter in PALOCHKA_TYPED for letter in token):
            return token
        return _to_cyrillic(token)
    if cyrillic and all(
        letter in CYRILLIC_AS_LATIN or letter_script(letter) is not Script.CYRILLIC for letter in token
    ):
        return "".join(CYRILLIC_AS_LATIN.get(letter, letter) for letter in token)
    return token


def _to_cyrillic(token: str) -> str:
    if any(
        letter_script(letter) is Script.LATIN
        and letter not in LATIN_AS_CYRILLIC
        and letter not in PALOCHKA_TYPED
        for letter in token
    ):
        return token
    return "".join(
        PALOCHKA if letter in PALOCHKA_TYPED else LATIN_AS_CYRILLIC.get(letter, letter) for letter in token
    )


def lettered(text: str) -> str:
    """Lower-case letters with their sound marks (ş, ğ, ё, ئ kept), everything invisible gone; words by one
    space.

    This is what sounds are read from; `fold` is what spellings are compared by.
    """
    return _lettered(text[:MAX_LENGTH])


@lru_cache(maxsize=65536)
def _lettered(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text.lower()
    whole = unicodedata.normalize("NFKC", capped(text))[:MAX_LENGTH]
    words = _DASH.sub(" ", whole).split()
    lowered = " ".join(unmixed(word) for word in words).replace("İ", "i").lower()
    return unicodedata.normalize("NFC", _audible(capped(lowered)))[:MAX_LENGTH].strip()


def _audible(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if text.isalpha() and _TATWEEL not in text:
        return text
    return " ".join(text.translate(_AUDIBLE).split())


class _Audible(dict[int, str]):
    """Code point -> the letter itself, a space, or nothing; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = heard = _heard(letter, unicodedata.category(letter))
        return heard


_AUDIBLE = _Audible()


def _heard(letter: str, category: str) -> str:
    if category == "Mn":
        return letter if letter in _KEPT_MARKS else ""
    if category in ("Cf", "Cc", "Cs", "Co", "Me") or letter == _TATWEEL:
        return ""
    if letter.isalpha() or letter.isdigit():
        return letter
    return "" if letter in APOSTROPHES else " "


def fold(text: str) -> str:
    """The match key of a spelling: base letters only, one letter for each family (ة ه, ی ي, ё е, ş s).

    Folding a key again gives the same key.
    """
    return _folded(text[:MAX_LENGTH])


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    key = _folded_once(text)
    for _ in range(_ROUNDS):
        again = _folded_once(key) if _mixed(key) else key
        if again == key:
            break
        key = again
    return key


def _mixed(key: str) -> bool:
    """Whether letters of two scripts stand together, so that another look may bring more of them home."""
    if key.isascii() or _PLAIN.fullmatch(key):
        return False
    scripts = {letter_script(letter) for letter in key}
    return Script.CYRILLIC in scripts and (
        Script.LATIN in scripts or any(letter in PALOCHKA_TYPED for letter in key)
    )


def _folded_once(text: str) -> str:
    return " ".join(lettered(text).translate(_KEYS).split())[:MAX_LENGTH].strip()


class _Keys(dict[int, str]):
    """Code point -> what stands for it in a match key; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter == " " or letter in ARABIC or letter in CYRILLIC:
            key = ARABIC.get(letter, CYRILLIC.get(letter, letter))
        elif letter in APOSTROPHES or unicodedata.category(letter) == "Lm":
            key = ""
        else:
            key = _base(letter)
        self[code] = key
        return key


_KEYS = _Keys()


def _base(letter: str) -> str:
    if letter in LATIN:
        return LATIN[letter]
    if letter_script(letter) is not Script.LATIN:
        return letter if not unicodedata.combining(letter) else ""
    bare = "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
    return LATIN.get(bare, bare)
