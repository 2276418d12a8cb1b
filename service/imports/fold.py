"""Keys for comparing headings and words. Nothing folded is ever stored or shown."""

import unicodedata
from functools import lru_cache

_LONGEST = 2_000
_ONE_TO_ONE = {
    **dict(zip("٠١٢٣٤٥٦٧٨٩", "0123456789", strict=True)),
    **dict(zip("۰۱۲۳۴۵۶۷۸۹", "0123456789", strict=True)),
    **dict(zip("أإآٱىیېةەهھکڪڕڵۆێ", "اااايييههههككرلوي", strict=True)),
    **dict(zip("êéèëîïíıûùúüôóöâàáäåşșçğñžš", "eeeeiiiiuuuuoooaaaaasscgnzs", strict=True)),
    **dict(zip("ёіўқғҳұүөәңһӣӯ", "еиукгхууоанхиу", strict=True)),
    "İ": "i", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'",
    "\u00a0": " ", "\u202f": " ", "\t": " ", "\n": " ", "\r": " ", "\u2007": " ",
    "–": "-", "—": "-", "‑": "-", "−": "-", "،": ",", "؛": ";", "؟": "?", "⁄": "/",
}  # fmt: skip


class _Even(dict[int, int]):
    """Lower case and plain letters, each letter for exactly one: positions stay those of the original."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        small = letter.lower()
        folded = _ONE_TO_ONE.get(letter) or _ONE_TO_ONE.get(small) or (small if len(small) == 1 else letter)
        self[code] = ord(folded)
        return self[code]


_EVEN = _Even()


def even(text: str) -> str:
    """The text in plain lower-case letters and ASCII digits, of the same length as the original."""
    return text.translate(_EVEN)


class _Plain(dict[int, int | None]):
    """Marks, invisible characters and tatweel vanish; whatever is no letter or digit becomes a space."""

    def __missing__(self, code: int) -> int | None:
        letter = chr(code)
        gone = letter == "ـ" or unicodedata.combining(letter) or unicodedata.category(letter) == "Cf"
        self[code] = None if gone else code if letter.isalnum() else ord(" ")
        return self[code]


_PLAIN = _Plain()


@lru_cache(maxsize=20_000)
def key(text: str) -> str:
    """Letters and digits only, single spaces, no accents, harakat or tatweel: for looking words up."""
    plain = even(text[:_LONGEST])
    if plain.isascii():
        return " ".join(plain.translate(_PLAIN).split())
    plain = unicodedata.normalize("NFKD", plain)[:_LONGEST]
    return even(" ".join(plain.translate(_PLAIN).split()))
