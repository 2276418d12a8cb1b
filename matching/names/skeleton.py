"""Sound skeletons: the consonants of a name as they may have been heard, in one alphabet for all scripts.

A spelling has several skeletons because letters do (Cyrillic г is g or h, Arabic ج is j or g). Two
spellings can be one name when any of their skeletons agree. Classes: p = b p, f = v f w, t, d, s, z, c =
ch, x = sh, j = zh dzh, g = g gh, h = h kh, k = k q, l, m, n, r; a first vowel is kept as `a`; a final
voiced consonant is read unvoiced.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from matching.names.script import letter_script, lettered
from matching.names.tables import rows, spellings
from schemas.vocabulary import Script

MAX_READINGS = 8
MAX_LETTERS = 24  # of one word; longer words are read no further
_VOWELS = frozenset("аеёиоуыэюяіїєәөүұӣӯўӑӗاأإآٱىيیئوؤعءۆۇېێaeiouyəıæœøéèêëîïíáàâäãåóòôöõúùûüýāīūēōȳỹ")
_SOFT_ENDS = frozenset("ةهەهھh")  # written consonants that stand for a last vowel
_DEVOICED = {"z": "s", "d": "t", "g": "k", "j": "x"}


@dataclass(frozen=True, slots=True)
class _Sounds:
    anywhere: dict[str, tuple[str, ...]]
    first: dict[str, tuple[str, ...]]
    last: dict[str, tuple[str, ...]]

    def cut(self) -> re.Pattern[str]:
        """Cuts a word into the longest letter groups of the table; a letter it does not have stands alone."""
        groups = [(len(letters), f"\\A{re.escape(letters)}") for letters in self.first]
        groups += [(len(letters), f"(?!\\A){re.escape(letters)}\\Z") for letters in self.last]
        groups += [(len(letters), re.escape(letters)) for letters in self.anywhere]
        groups.sort(key=lambda group: -group[0])
        return re.compile("|".join(pattern for _, pattern in groups) + "|.")


@lru_cache(maxsize=1)
def _tables() -> dict[Script, tuple[_Sounds, re.Pattern[str]]]:
    found = {script: _Sounds({}, {}, {}) for script in (Script.CYRILLIC, Script.ARABIC, Script.LATIN)}
    for row in rows("sounds.tsv"):
        sounds = found[Script(row["script"])]
        table = {"": sounds.anywhere, "first": sounds.first, "last": sounds.last}[row["where"]]
        table[row["letters"]] = tuple(
            "" if sound == "-" else sound for sound in spellings(row["sounds"], ",")
        )
    return {script: (sounds, sounds.cut()) for script, sounds in found.items()}


def skeletons(text: str, article: bool = False) -> tuple[str, ...]:
    """The readings of a word (or joined words), the likeliest first, at most eight; none without letters.

    An Arabic article is not read, unless `article` asks for it (الجين may be Elçin).
    """
    return skeletons_of(lettered(text), article)


@lru_cache(maxsize=65536)
def skeletons_of(heard: str, article: bool = False) -> tuple[str, ...]:
    """`skeletons` of what was read already (`script.lettered`)."""
    word = heard.replace(" ", "")[:MAX_LETTERS]
    script = next((letter_script(letter) for letter in word if letter.isalpha()), Script.NONE)
    tables = _tables().get(script)
    if tables is None:
        return ()
    if not article and script is Script.ARABIC and word.startswith("ال") and len(word) > 4:
        word = word[2:]
    vowel_first = word[0] in _VOWELS and word[0] != "و"
    voiced_end = word[-1] not in _VOWELS and word[-1] not in _SOFT_ENDS
    readings = _readings(word, *tables)
    if voiced_end:
        readings = [_unvoiced(reading) for reading in readings]
    if vowel_first:
        readings = ["a" + reading for reading in readings]
    return tuple(dict.fromkeys(readings))


def _readings(word: str, sounds: _Sounds, cut: re.Pattern[str]) -> list[str]:
    """Every choice of sounds, likelier combinations first, cut to the cap."""
    pieces = cut.findall(word)
    heard = list(map(sounds.anywhere.get, pieces))
    if len(pieces) > 1:
        heard[-1] = sounds.last.get(pieces[-1], heard[-1])
    heard[0] = sounds.first.get(pieces[0], heard[0])
    readings, plain, before = [""], "", ""
    for piece, choices in zip(pieces, heard, strict=True):
        doubled = piece == before and piece not in _VOWELS
        before = piece[-1]
        if not choices or doubled:
            continue
        if len(choices) == 1 or len(readings) >= MAX_READINGS:
            plain += choices[0]
            continue
        readings = [reading + plain + choice for choice in choices for reading in readings][:MAX_READINGS]
        plain = ""
    return [reading + plain for reading in readings] if plain else readings


def _unvoiced(reading: str) -> str:
    if len(reading) > 1 and reading[-1] in _DEVOICED:
        return reading[:-1] + _DEVOICED[reading[-1]]
    return reading
