"""Names written to cost time: random ones of many hostile shapes, and mutations of them. Seeded."""

import random
import unicodedata
from collections.abc import Callable

LONGEST = 6000  # code points; what a hostile list or form could hold in one field
_ALPHABETS = (
    "абвгдежзиклмнопрстуфхцчшщыэюя", "гггжжхххкъьӀ1l", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "جغقخهكگژچ",
    "abcdefghijklmnopqrstuvwxyz", "ghkhjqdzhtschyi", "çğışöüәқңұўғҳ", "ەۆێپڤکیژڕڵ",
)  # fmt: skip
_LIKE = {letter: alphabet for alphabet in reversed(_ALPHABETS) for letter in alphabet}
_AMBIGUOUS = ("г", "ج", "gh", "kh", "х", "ق", "q", "ж", "dj", "غ", "ё", "yo", "ъ", "ع", "'", "Ӏ", "sch", "щ")
_WORDS = (
    "ибн", "бин", "аль", "эль", "абу", "умм", "уммы", "оглы", "кызы", "зода", "дочь", "сын", "жена", "мать",
    "ابن", "بن", "بنت", "أبو", "أم", "عبد", "ال", "آل", "الدين", "الله", "زوجة", "al", "el", "abu", "umm",
    "bin", "bint", "abd", "ul", "de", "von", "o'g'li", "qizi", "ogly", "uulu", "Магомед", "محمد", "Muhammad",
    "неизвестно", "مجهول", "unknown", "А.", "Б", "M.", "أ.", "Магомедович", "Ивановна", "Магомедов", "الحلبي",
)  # fmt: skip
_SIGNS = (
    "(",
    ")",
    "((",
    "))",
    "[",
    "]",
    ",",
    "،",
    "/",
    "|",
    ";",
    "-",
    "‐",
    "—",
    ".",
    "…",
    "'",
    "ʼ",
    "«",
    "»",
)
_INVISIBLE = (
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u200f",
    "\u202e",
    "\u00ad",
    "\u0000",
    "\u2066",
)
_MARKS = ("\u0301", "\u0308", "\u0323", "\u064b", "\u0651", "\u0670", "\u0655", "\u0483", "\u20dd", "\u0f71")
_FORMS = ("ﷺ", "ﷲ", "ﻻ", "ﷰ", "ﺍ", "ﺑ", "ﻼ", "㎯", "ﬃ", "Ⅷ", "①", "Ǆ", "ẞ", "İ", "ﬀ", "Å")


def _word(dice: random.Random) -> str:
    letters = dice.choice(_ALPHABETS)
    return "".join(dice.choice(letters) for _ in range(dice.choice((1, 2, 3, 5, 8, 13, 40, 200))))


def _mixed_word(dice: random.Random) -> str:
    return "".join(dice.choice(dice.choice(_ALPHABETS)) for _ in range(dice.choice((5, 13, 40, 200))))


def _alternating(dice: random.Random) -> str:
    pair = dice.sample(_AMBIGUOUS, dice.choice((1, 2, 3)))
    return "".join(pair) * dice.choice((3, 10, 30, 70))


def _many(dice: random.Random) -> str:
    words = [dice.choice(_WORDS) for _ in range(dice.choice((2, 4, 8)))]
    return " ".join(words * dice.choice((1, 4, 20)))


def _short_words(dice: random.Random) -> str:
    letters = dice.choice(_ALPHABETS)
    size = dice.choice((1, 2, 3, 4))
    return " ".join("".join(dice.choices(letters, k=size)) for _ in range(dice.choice((10, 40, 66, 100))))


def _marked(dice: random.Random) -> str:
    marks = "".join(dice.choices(_MARKS, k=dice.choice((1, 5, 50, 2000))))
    return dice.choice(dice.choice(_ALPHABETS)) + marks + _word(dice)


def _strange(dice: random.Random) -> str:
    table = dice.choice((_SIGNS, _INVISIBLE, _FORMS))
    return "".join(dice.choice(table) for _ in range(dice.choice((1, 3, 30, 300))))


def _between(dice: random.Random) -> str:
    """Words with an invisible or other sign between all letters."""
    sign = dice.choice(dice.choice((_SIGNS, _INVISIBLE, _FORMS, _MARKS)))
    return sign.join(_word(dice))


def _nested(dice: random.Random) -> str:
    depth = dice.choice((2, 10, 60))
    return "(" * depth + " ".join(dice.choice(_WORDS) for _ in range(depth)) + ")" * dice.choice((0, depth))


_PIECES: tuple[Callable[[random.Random], str], ...] = (
    _word, _mixed_word, _alternating, _many, _short_words, _marked, _strange, _between, _nested,
)  # fmt: skip


def hostile(dice: random.Random) -> str:
    pieces = [dice.choice(_PIECES)(dice) for _ in range(dice.choice((1, 1, 2, 3, 6)))]
    return dice.choice((" ", "", " ")).join(pieces)[:LONGEST]


def mutated(name: str, dice: random.Random) -> str:
    """The name with a piece put in, taken out, written twice or elsewhere."""
    place, other = sorted((dice.randint(0, len(name)), dice.randint(0, len(name))))
    kind = dice.randrange(6)
    if kind == 0:
        name = name[:place] + dice.choice(_PIECES)(dice) + name[place:]
    elif kind == 1:
        name = name[:place] + name[other:]
    elif kind == 2:
        name = name[:other] + name[place:other] + name[other:]
    elif kind == 3:
        name = name[:place] + " " + name[place:]
    elif kind == 4:
        name = name[:place] + dice.choice(_AMBIGUOUS) + name[place:]
    else:
        name = name.replace(
            " ", dice.choice(("", "-", " ", " " + dice.choice(_WORDS) + " ")), dice.randint(1, 9)
        )
    return fresh(name, dice)[:LONGEST]


def fresh(name: str, dice: random.Random) -> str:
    """The same shape in other letters, so that nothing remembered from before helps."""
    return "".join(
        dice.choice(_LIKE[letter]) if letter in _LIKE and dice.random() < 0.3 else letter for letter in name
    )


def shape(name: str) -> dict[str, object]:
    """What kind of name it is, without its text."""
    words = name.split()
    kinds = [unicodedata.category(letter) for letter in name]
    scripts = {
        unicodedata.name(letter, "?").split()[0]
        for letter, kind in zip(name, kinds, strict=True)
        if kind.startswith("L")
    }
    return {
        "code_points": len(name),
        "letters": sum(kind.startswith("L") for kind in kinds),
        "marks": sum(kind.startswith("M") for kind in kinds),
        "invisible": sum(kind in ("Cf", "Cc") for kind in kinds),
        "other_signs": sum(kind[0] in "PSN" for kind in kinds),
        "words": len(words),
        "longest_word": max(map(len, words), default=0),
        "scripts": sorted(scripts),
    }
