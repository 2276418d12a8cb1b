"""Sound skeletons: the consonants of a name as they may have been heard, in one alphabet for all scripts.

A spelling has several skeletons because letters do (Cyrillic г is g or h, Arabic ج is j or g). Two
spellings can be one name when any of their skeletons agree. Classes: p = b p, f = v f w, t, d, s, z, c =
ch, x = sh, j = zh dzh, g = g gh, h = h kh, k = k q, l, m, n, r; a first vowel is kept as `a`; a final
voiced consonant is read unvoiced.
"""

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
    reach: dict[str, int]  # first letter -> the longest letter group that begins with it


@lru_cache(maxsize=1)
def _tables() -> dict[Script, _Sounds]:
    found = {script: _Sounds({}, {}, {}, {}) for script in (Script.CYRILLIC, Script.ARABIC, Script.LATIN)}
    for row in rows("sounds.tsv"):
        sounds = found[Script(row["script"])]
        table = {"": sounds.anywhere, "first": sounds.first, "last": sounds.last}[row["where"]]
        table[row["letters"]] = tuple(
            "" if sound == "-" else sound for sound in spellings(row["sounds"], ",")
        )
        head = row["letters"][0]
        sounds.reach[head] = max(sounds.reach.get(head, 1), len(row["letters"]))
    return found


@lru_cache(maxsize=65536)
def skeletons(text: str, article: bool = False) -> tuple[str, ...]:
    """The readings of a word (or joined words), the likeliest first, at most eight; none without letters.

    An Arabic article is not read, unless `article` asks for it (الجين may be Elçin).
    """
    word = lettered(text).replace(" ", "")[:MAX_LETTERS]
    script = next((letter_script(letter) for letter in word if letter.isalpha()), Script.NONE)
    sounds = _tables().get(script)
    if sounds is None:
        return ()
    if not article and script is Script.ARABIC and word.startswith("ال") and len(word) > 4:
        word = word[2:]
    readings = [""]
    vowel_first = word[0] in _VOWELS and word[0] != "و"
    voiced_end = word[-1] not in _VOWELS and word[-1] not in _SOFT_ENDS
    for choices in _choices(word, sounds):
        readings = _extended(readings, choices)
    lead = "a" if vowel_first else ""
    return tuple(
        dict.fromkeys(lead + (_unvoiced(reading) if voiced_end else reading) for reading in readings)
    )


def _choices(word: str, sounds: _Sounds) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    place = 0
    while place < len(word):
        for length in range(min(sounds.reach.get(word[place], 1), len(word) - place), 0, -1):
            piece = word[place : place + length]
            choice = _sound(piece, place == 0, place + length == len(word), sounds)
            if choice is not None:
                if not (place and length == 1 and word[place - 1] == piece and piece not in _VOWELS):
                    found.append(choice)
                place += length
                break
        else:
            place += 1
    return found


def _sound(piece: str, first: bool, last: bool, sounds: _Sounds) -> tuple[str, ...] | None:
    if first and piece in sounds.first:
        return sounds.first[piece]
    if last and not first and piece in sounds.last:
        return sounds.last[piece]
    return sounds.anywhere.get(piece)


def _extended(readings: list[str], choices: tuple[str, ...]) -> list[str]:
    """Every reading with every choice, likelier combinations first, cut to the cap."""
    if len(choices) == 1:
        return [reading + choices[0] for reading in readings]
    longer = [reading + choice for choice in choices for reading in readings]
    return longer[:MAX_READINGS]


def _unvoiced(reading: str) -> str:
    if len(reading) > 1 and reading[-1] in _DEVOICED:
        return reading[:-1] + _DEVOICED[reading[-1]]
    return reading
