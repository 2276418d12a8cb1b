"""How much a text looks like Russian, Arabic, French, Turkish or Kurdish, letter by letter.

Frequencies are rounded shares of letters in running text, good enough to tell encodings apart.
"""

import math
import unicodedata

ONE_BYTE = (
    "cp1251",
    "cp1256",
    "koi8-r",
    "cp1254",
    "cp1252",
    "cp866",
    "iso8859-6",
    "iso8859-5",
    "mac-cyrillic",
)

_RUSSIAN = (
    "о10.9 е8.5 а8.0 и7.4 н6.7 т6.3 с5.5 р4.7 в4.5 л4.3 к3.5 м3.2 д3.0 п2.8 у2.6 я2.0 ы1.9 ь1.7 "
    "г1.7 з1.6 б1.6 ч1.4 й1.2 х1.0 ж0.9 ш0.7 ю0.6 ц0.5 щ0.4 э0.3 ф0.3 ъ0.1 ё0.1 і0.05"
)
_ARABIC = (
    "ا13 ل10 ي8.5 م7 و6.5 ن6.5 ر5.5 ه4 ت4.5 ب4 ة4.5 د3.5 ع3.5 س3 ف2.7 ك2.5 ح2.5 ق2.2 أ2 ج1.5 ش1.5 "
    "ط1.2 ص1.2 ى1 خ1.2 إ0.8 ز1 ذ0.6 ث0.5 ض0.5 غ0.5 آ0.3 ئ0.3 ء0.4 ظ0.2 ؤ0.2"
)
_ACCENTED = "é18 è4 ê9 à4 ç8 î9 û5 ô2 â3 ï2 ë1 ù1 ö5 ü8 ş10 ı12 ğ4 İ2 œ0.3 ä1 ß0.5 í1 á1 ó1"


def _table(spec: str) -> dict[str, float]:
    return {part[0]: math.log(float(part[1:]) / 100) for part in spec.split()}


_CYRILLIC_SHARES, _ARABIC_SHARES, _ACCENTED_SHARES = map(_table, (_RUSSIAN, _ARABIC, _ACCENTED))
_SYMBOL = -9.0
_RARE = -7.0
_MARKS_IN_TEXT = frozenset("№«»–—…’‘“”°·،؛؟٪ـ\xa0\u200c\u200d\u200e\u200f")


def plausibility(text: str, encoding: str) -> float:
    """Mean log share of the letters outside ASCII; symbols, mixed words and odd capitals count against."""
    shares = _shares_for(encoding)
    total, count, before = 0.0, 0, " "
    for letter in text:
        if letter > "\x7f":
            count += 1
            total += _letter(letter, before, shares)
        elif letter < " " and letter not in "\t\r\n":
            total += _SYMBOL / 4
        before = letter
    return total / count if count else 0.0


def _shares_for(encoding: str) -> dict[str, float]:
    if encoding in ("cp1252", "cp1254"):
        return _ACCENTED_SHARES
    return _ARABIC_SHARES if encoding in ("cp1256", "iso8859-6") else _CYRILLIC_SHARES


def _letter(letter: str, before: str, shares: dict[str, float]) -> float:
    if letter in _MARKS_IN_TEXT:
        return -5.0
    small = letter.lower()
    if not letter.isalpha():
        return -4.0 if unicodedata.combining(letter) else _SYMBOL
    score = shares.get(letter, shares.get(small, _RARE))
    accented = shares is _ACCENTED_SHARES
    if letter != small:
        score -= 1.0 if not before.isalpha() else 0.5
        if before.isalpha() and before == before.lower() and before != before.upper():
            score -= 3.0  # a capital after a small letter inside a word
    if accented and before > "\x7f" and before.isalpha():
        score -= 4.0  # accented letters rarely stand side by side
    if not accented and before.isascii() and before.isalpha():
        score -= 3.0  # two scripts in one word
    return score
