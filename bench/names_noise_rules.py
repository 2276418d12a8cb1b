"""Ways in which one name comes to be written differently within its script: hand-made, for the bench only.

Every function takes words and a source of chance and gives words. Nothing here is shared with the matcher.
"""

import random
import re
from collections.abc import Callable

Words = list[str]
Noise = Callable[[Words, random.Random], Words]

_KEYBOARDS = {
    "ru": ("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    "en": ("qwertyuiop", "asdfghjkl", "zxcvbnm"),
    "ar": ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ"),
}


def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, row in enumerate(rows):
        for place, letter in enumerate(row):
            near = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
            for other in rows[max(number - 1, 0) : number] + rows[number + 1 : number + 2]:
                near += other[max(place - 1, 0) : place + 1]
            found[letter] = near
    return found


_NEAR = {language: _neighbours(rows) for language, rows in _KEYBOARDS.items()}


def typing(language: str, edits: int) -> Noise:
    """Slips of the finger anywhere in the name: a key beside, a letter twice, left out, or two swapped."""

    def apply(words: Words, dice: random.Random) -> Words:
        words = list(words)
        for _ in range(edits):
            letters = [(w, p) for w, word in enumerate(words) if len(word) > 2 for p in range(len(word))]
            word, place = dice.choice(letters)
            words[word] = _slip(words[word], place, _NEAR[language], dice)
        return words

    return apply


def _slip(word: str, place: int, near: dict[str, str], dice: random.Random) -> str:
    kind = dice.choice(("near", "near", "twice", "dropped", "swapped"))
    letter = word[place]
    if kind == "near" and near.get(letter.lower()):
        other = dice.choice(near[letter.lower()])
        return word[:place] + (other.upper() if letter.isupper() else other) + word[place + 1 :]
    if kind == "twice":
        return word[: place + 1] + letter.lower() + word[place + 1 :]
    if kind == "swapped" and 0 < place < len(word) - 1 and word[place] != word[place + 1]:
        return word[:place] + word[place + 1] + letter + word[place + 2 :]
    return word[:place] + word[place + 1 :]


def swapped(words: Words, dice: random.Random) -> Words:
    """Another order: the last word first, or the first word last."""
    if len(words) > 2 and dice.random() < 0.5:
        return [*words[1:], words[0]]
    return [words[-1], *words[:-1]]


def initials(words: Words, _dice: random.Random) -> Words:
    """Initials for all words but the last: the surname."""
    return [*(f"{word[0]}." for word in words[:-1]), words[-1]]


def respaced(words: Words, dice: random.Random) -> Words:
    """Two neighbours written as one word, or one long word as two."""
    long = [place for place, word in enumerate(words) if len(word) >= 6]
    if long and dice.random() < 0.5:
        place = dice.choice(long)
        cut = dice.randint(3, len(words[place]) - 3)
        return [*words[:place], words[place][:cut], words[place][cut:], *words[place + 1 :]]
    place = dice.randrange(len(words) - 1)
    return [*words[:place], words[place] + words[place + 1].lower(), *words[place + 2 :]]


_ARABIC_HABITS: tuple[Callable[[str, random.Random], str], ...] = (
    lambda name, _: name.translate(str.maketrans("أإآ", "ااا")),
    lambda name, _: re.sub(r"(?<!\S)ا(?!ل)", "أ", name),
    lambda name, _: name.replace("ؤ", "و").replace("ئ", "ي").replace("ء", ""),
    lambda name, _: " ".join(word[:-1] + "ه" if word[-1] == "ة" else word for word in name.split()),
    lambda name, _: " ".join(word[:-1] + "ا" if word[-1] == "ة" else word for word in name.split()),
    lambda name, _: " ".join(word[:-1] + "ى" if word[-1] == "ي" else word for word in name.split()),
    lambda name, _: " ".join(word[:-1] + "ي" if word[-1] == "ى" else word for word in name.split()),
    lambda name, _: name.replace("عبد ال", "عبدال"),
    lambda name, dice: _without_one(name, "اوي", dice),
    lambda name, _: name.replace("ب", "پ", 1),
    lambda name, _: name.replace("ف", "ڤ", 1),
    lambda name, _: name.replace("وف", "وو") if name.endswith(("وف", "وفا")) else name,
    lambda name, _: name.replace("غ", "ج", 1) if "غ" in name else name.replace("ق", "ك", 1),
    lambda name, _: name.replace("تش", "ج", 1),
)


def _without_one(name: str, letters: str, dice: random.Random) -> str:
    inside = [
        place
        for place in range(1, len(name) - 1)
        if name[place] in letters and name[place - 1] != " " and name[place + 1] != " "
    ]
    if not inside:
        return name
    place = dice.choice(inside)
    return name[:place] + name[place + 1 :]


def arabic_habits(words: Words, dice: random.Random) -> Words:
    """One to three habits of writing that change something: hamza, ta marbuta, spacing, vowels, p/b, v/f."""
    name, wanted = " ".join(words), dice.randint(1, 3)
    for habit in dice.sample(_ARABIC_HABITS, len(_ARABIC_HABITS)):
        changed = habit(name, dice)
        wanted -= changed != name
        name = changed
        if not wanted:
            break
    return name.split()
