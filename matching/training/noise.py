"""Invented spelling variants for training: typing errors, case endings, foreign spelling customs, clerks'
ears.

The paired tokens are encyclopaedic; lists and letters are not. Everything is drawn from one seeded source.
"""

import random
from functools import lru_cache
from importlib.resources import files

from matching.names.lexicon import lexicon
from matching.names.script import letter_script
from matching.training.tokens import TokenPair
from schemas.vocabulary import Script

_ALPHABET = {
    Script.CYRILLIC: "абвгдежзийклмнопрстуфхцчшыьэюя",
    Script.ARABIC: "ابتجحخدرزسشصطعغفقكلمنهوي",
    Script.LATIN: "abcdefghijklmnoprstuvyz",
}
_NOTHING = "_"  # stands for no letter in customs.tsv
_DIGRAPHS = (("дж", "ج"), ("кс", "كس"))
_CASES = {
    "ов": ("ову", "овым", "ова"),
    "ев": ("еву", "евым", "ева"),
    "ова": ("ову", "овой"),
    "ева": ("еву", "евой"),
    "ина": ("ину", "иной"),
    "а": ("у", "ы", "ой"),
    "я": ("ю", "и", "ей"),
    "ий": ("ия", "ию"),
    "ия": ("ию", "ии"),
}


@lru_cache(maxsize=1)
def _customs() -> tuple[list[dict[str, str]], dict[str, str]]:
    """How Cyrillic letters are written in Latin by six customs, and what a clerk may hear, the likelier
    more often.
    """
    text = files("matching.training").joinpath("customs.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()[1:]]
    latin = [{line[0]: line[column] for line in lines} for column in range(1, 7)]
    return latin, {line[0]: line[7] for line in lines}


def typing_error(word: str, dice: random.Random) -> str:
    """One slip: a letter lost, doubled, swapped with its neighbour or mistaken."""
    place = dice.randrange(len(word))
    kind = dice.randrange(4)
    if kind == 0 and len(word) > 4:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + word[place] + word[place:]
    if kind == 2 and place + 1 < len(word):
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    letters = _ALPHABET.get(letter_script(word[0]), _ALPHABET[Script.LATIN])
    return word[:place] + dice.choice(letters) + word[place + 1 :]


def in_custom(word: str, dice: random.Random) -> str:
    """A Cyrillic word in Latin by one of six customs."""
    table = dice.choice(_customs()[0])
    written = "".join(table.get(letter, letter) for letter in word).replace(_NOTHING, "")
    if written.endswith("ov") and dice.random() < 0.2:
        written = written[:-1] + "ff"
    return written


_BELARUSIAN_ENDS = (("енко", "enka"), ("ов", "au"), ("ев", "eu"), ("ова", "ava"), ("ева", "eva"))
_BELARUSIAN = {"г": "h", "и": "i", "й": "i", "ы": "y", "э": "e", "у": "u", "ю": "iu", "я": "ia", "щ": "shch"}


def in_belarusian(word: str, dice: random.Random) -> str:
    """A Russian name as a Belarusian passport has it: Сергей = Siarhei, -ов = -au, o without stress = a."""
    tail = ""
    for end, written in _BELARUSIAN_ENDS:
        if word.endswith(end):
            word, tail = word[: -len(end)], written
            break
    found = []
    for place, letter in enumerate(word):
        following = word[place + 1 : place + 2]
        if letter == "е" and place == 0:
            found.append("ye")
        elif letter == "е":
            found.append(dice.choice(("ia", "e", "ie")))
        elif letter == "о":
            found.append(dice.choice("ao"))
        elif letter in "тд" and following in ("е", "и", "ю", "я", "ь"):
            found.append("ts" if letter == "т" else "dz")
        elif letter in "лв" and following and following not in "аеёиоуыэюяльйв":
            found.append(dice.choice(("u", "l" if letter == "л" else "v")))
        else:
            found.append(_BELARUSIAN.get(letter) or _customs()[0][0].get(letter, letter))
    return "".join(found).replace(_NOTHING, "") + tail


def by_ear(word: str, dice: random.Random) -> str:
    """A Cyrillic word as an Arabic-writing clerk may hear it."""
    tail = ""
    for end, written in (
        ("ова", "وفا"),
        ("ева", "يفا"),
        ("ов", "وف"),
        ("ев", "يف"),
        ("ский", "سكي"),
        ("ская", "سكايا"),
    ):
        if word.endswith(end):
            word, tail = word[: -len(end)], written
            break
    for digraph, written in _DIGRAPHS:
        word = word.replace(digraph, written)
    heard = []
    for place, letter in enumerate(word):
        if letter == "ч" or letter == "ц":
            heard.append(dice.choice(("تش", "تش", "ش") if letter == "ч" else ("تس", "تس", "س")))
        elif letter in "юя" and dice.random() < 0.7:
            heard.append("يو" if letter == "ю" else "يا")
        else:
            choice = dice.choice(_customs()[1].get(letter, letter))
            heard.append("ا" if choice == _NOTHING and place == 0 else choice)
    written = "".join(heard).replace(_NOTHING, "") + tail
    return written.replace("وو", "و").replace("يي", "ي")


def noisy_pairs(pairs: list[TokenPair], count: int, seed: int) -> list[TokenPair]:
    """About five times `count` variants of the tokens in `pairs`."""
    dice = random.Random(seed)
    by_script: dict[Script, list[tuple[str, str]]] = {}
    for word, key in sorted({(text, pair.key) for pair in pairs for text in (pair.a, pair.b)}):
        if len(word) >= 4 and word.isalpha():
            by_script.setdefault(letter_script(word[0]), []).append((word, key))
    found: list[TokenPair] = []
    for script in (Script.CYRILLIC, Script.ARABIC, Script.LATIN):
        for word, key in dice.sample(by_script[script], min(count // 2, len(by_script[script]))):
            found.append(TokenPair(word, typing_error(word, dice), key))
    for word, key in dice.sample(by_script[Script.CYRILLIC], min(count, len(by_script[Script.CYRILLIC]))):
        found.append(TokenPair(word, in_custom(word, dice), key))
        found.append(TokenPair(by_ear(word, dice), word, key))
        if dice.random() < 0.3:
            found.append(TokenPair(word, in_belarusian(word, dice), key))
        for end, others in _CASES.items():
            if word.endswith(end) and len(word) > len(end) + 2:
                found.append(TokenPair(word, word[: -len(end)] + dice.choice(others), key))
                break
    return [pair for pair in found if pair.a and pair.b and pair.a != pair.b]


def surname_pairs(seed: int) -> list[TokenPair]:
    """Surnames made from the name groups, across scripts: Магомедов = محمدوف = Magomedov."""
    dice = random.Random(seed)
    found: list[TokenPair] = []
    for group in lexicon().groups.values():
        if not (group.cyrillic and group.arabic and group.latin):
            continue
        for _ in range(6):
            cyrillic = _surname(dice.choice(group.cyrillic).lower(), "ов", "ев", "аиэуоыя", dice)
            arabic = dice.choice(group.arabic).replace(" ", "").rstrip("ةه")
            arabic += (
                dice.choice(("وف", "وفا")) if arabic[-1] not in "يىا" else dice.choice(("يف", "ييف", "يفا"))
            )
            latin = _surname(dice.choice(group.latin).lower(), "ov", "ev", "aieuoy", dice)
            key = group.id + "ov"
            found += [
                TokenPair(cyrillic, arabic, key),
                TokenPair(latin, arabic, key),
                TokenPair(latin, cyrillic, key),
            ]
    return found


def _surname(name: str, hard: str, soft: str, vowels: str, dice: random.Random) -> str:
    name = name.replace(" ", "").replace("-", "")
    ending = soft if name[-1] in vowels else hard
    last = {"ов": "а", "ев": "а", "ov": "a", "ev": "a"}[ending]
    return name + ending + (last if dice.random() < 0.5 else "")
