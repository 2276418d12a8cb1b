"""Attested spellings of single names, and what a clerk's ear and hand do to them.

Spellings are those of the training tokens outside the project; the slips are rules of this file. Neither
may come from the matcher, which would then be measured by its own tables.
"""

import gzip
import random
from collections import defaultdict
from functools import cached_property
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import Indel

_VOWELS = frozenset("aeiouyw'`")
_EAR = {
    "arabic": {
        "ق": "كغ", "ك": "ق", "غ": "قج", "ج": "غ", "ح": "هخ", "خ": "حه", "ه": "ح", "ص": "س", "س": "ص",
        "ط": "ت",
        "ت": "ط", "ض": "د", "ظ": "ز", "ز": "ذ", "ذ": "ز", "ث": "س", "د": "ض", "ب": "ف", "ف": "ب", "ش": "س",
        "ة": "هات", "ى": "ي", "أ": "ا", "إ": "اي", "ع": "ا", "ئ": "ي", "ؤ": "و",
    },
    "latin": {
        "k": "q", "q": "k", "g": "gh", "j": "dj", "h": "kh", "z": "s", "s": "ss", "d": "t", "t": "d",
        "b": "p",
        "p": "b", "v": "w", "w": "v", "f": "v", "c": "k", "y": "i", "i": "y", "u": "ou", "o": "u", "e": "i",
    },
    "cyrillic": {
        "б": "п", "п": "б", "д": "т", "т": "д", "з": "с", "г": "х", "х": "г", "и": "е", "е": "и", "о": "а",
        "а": "я", "ж": "дж", "к": "г", "в": "ф", "ф": "п",
    },
}  # fmt: skip
_SILENT = {"arabic": "اويع", "latin": "aeiouyh'", "cyrillic": "аеиоуыьъ"}
_SURNAME_ENDS = {
    "arabic": (("وف", 0.62), ("يف", 0.25), ("اوف", 0.13)),
    "latin": (("ov", 0.7), ("ev", 0.2), ("off", 0.05), ("ow", 0.05)),
}


class Spelling:
    """`write` gives one spelling of a Cyrillic token in a script; tokens without attested ones are not
    used.
    """

    def __init__(self, folder: Path) -> None:
        latin = _pairs(folder / "tokens_latin_cyrillic.tsv.gz", 1)
        arabic = _pairs(folder / "tokens_cyrillic_arabic.tsv.gz", 0)
        through = _pairs(folder / "tokens_latin_arabic.tsv.gz", 0)
        for token, forms in latin.items():
            for form in forms:
                arabic[token] += through.get(form, [])
        self.tables = {
            "arabic": {t: kept for t, forms in arabic.items() if (kept := _credible(t, forms))},
            "latin": {t: kept for t, forms in latin.items() if (kept := _credible(t, forms))},
        }

    def has(self, token: str) -> bool:
        return all(token in table for table in self.tables.values())

    @cached_property
    def surnames(self) -> list[str]:
        """Attested surnames in -ov and -ev, for strangers."""
        return sorted(
            t for t in self.tables["arabic"] if t[-2:] in ("ов", "ев") and len(t) > 5 and self.has(t)
        )

    def write(self, token: str, script: str, rng: random.Random, slips: float = 0.12) -> str:
        """One spelling of a token, with a slip of the ear or hand now and then; Latin is capitalised."""
        text = token if script == "cyrillic" else rng.choice(self.tables[script][token])
        text = slipped(text, script, rng, slips)
        return text if script == "arabic" else text.capitalize()

    def surname(self, stem: str, female: bool, script: str, rng: random.Random) -> str:
        """A surname of a token that is one by itself, or of a given name with its ending."""
        if stem.endswith(("ов", "ев")):
            text = self.write(stem, script, rng)
        elif script == "cyrillic":
            text = stem.rstrip("аяй") + ("ев" if stem[-1] in "йяи" else "ов")
        else:
            ends, shares = zip(*_SURNAME_ENDS[script], strict=True)
            base = self.write(stem, script, rng)
            base = base.rstrip("اةهى") if script == "arabic" else base.rstrip("aey")
            text = base + rng.choices(ends, shares)[0]
        if female and (script == "cyrillic" or rng.random() < 0.75):
            text += {"arabic": "ا", "latin": "a", "cyrillic": "а"}[script]
        return text if script == "arabic" else text.capitalize()


def slipped(text: str, script: str, rng: random.Random, share: float) -> str:
    """With this probability one letter is heard otherwise, left out, doubled, or two change places."""
    if rng.random() >= share or len(text) < 4:
        return text
    place = rng.randrange(1, len(text) - 1)
    letter, kind = text[place], rng.random()
    if kind < 0.5:
        places = [n for n, one in enumerate(text) if one in _EAR[script]]
        if places:
            place = rng.choice(places)
            heard = _EAR[script][text[place]]
            return text[:place] + (rng.choice(heard) if script == "arabic" else heard) + text[place + 1 :]
    if kind < 0.75:
        places = [n for n, one in enumerate(text) if n and one in _SILENT[script]]
        place = rng.choice(places) if places else place
        return text[:place] + text[place + 1 :]
    if kind < 0.9:
        return text[:place] + letter + text[place:]
    return text[:place] + text[place + 1] + letter + text[place + 2 :]


def _pairs(path: Path, key: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            cells = line.rstrip("\n").split("\t")
            found[cells[key]].append(cells[1 - key])
    return found


def _credible(token: str, forms: list[str]) -> list[str]:
    """Without the translated rows that the tokens are known to hold: what sounds far from the best."""
    near = [(Indel.normalized_similarity(_bones(token), _bones(form)), form) for form in forms]
    best = max((sound for sound, _ in near), default=0.0)
    return [form for sound, form in near if sound >= max(0.55, best - 0.2)] if best >= 0.6 else []


def _bones(text: str) -> str:
    plain = anyascii(text).lower().replace("kh", "h").replace("gh", "g").replace("q", "k").replace("j", "g")
    return "".join(letter for letter in plain if letter.isalpha() and letter not in _VOWELS)
