"""Invented people of several cultures, each written at home and by a clerk, beside somebody who is near.

The spellings stand in cultures/seeds.tsv: home, Arabic clerk's and Latin list's, a bar between variants and
a slash between the man's and the woman's form. Nothing is taken from the matcher's tables.
"""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from matching.names.compare import compare_names
from matching.names.parse import parse_name

SEEDS = Path(__file__).with_name("cultures") / "seeds.tsv"
CULTURES = (
    "russian", "chechen", "dagestani", "tatar", "central_asian", "turkish", "arabic", "kurdish", "western"
)  # fmt: skip
_CHILD_OF = {
    "central_asian": {"home": ("ўғли", "қизи", "уулу", "кызы"), "latin": ("o'g'li", "qizi", "uulu", "kyzy")},
    "turkish": {"home": ("oğlu", "qızı", "oğlu", "qızı"), "latin": ("oglu", "gizi", "oglu", "kizi")},
}
_FATHER_WORD = {"arabic": ("بن", "بنت", "bin", "bint")}


@dataclass(frozen=True)
class Pair:
    """`held` is how a list writes the person asked for; `near` is somebody else on it."""

    culture: str
    asked: str
    held: str
    near: str
    difference: str  # given, father or surname: what the other person has otherwise


@dataclass(frozen=True)
class Word:
    """One name in its spellings: script or custom -> variants for a man and a woman."""

    forms: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def written(self, side: str, sex: str, dice: random.Random) -> str:
        men, women = self.forms[side]
        return dice.choice(women if sex == "f" else men)


@dataclass(frozen=True)
class Person:
    """The names of one invented person."""

    sex: str
    given: Word
    father: Word
    surname: Word


def seeds() -> dict[tuple[str, str, str], list[Word]]:
    found: dict[tuple[str, str, str], list[Word]] = {}
    with SEEDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            key = (row["culture"], row["role"], row["sex"] if row["role"] == "given" else "")
            found.setdefault(key, []).append(
                Word({side: _by_sex(row[side]) for side in ("home", "arabic", "latin")})
            )
    return found


def _by_sex(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    men, _, women = text.partition("/")
    return tuple(men.split("|")), tuple((women or men).split("|"))


def pairs(culture: str, count: int) -> Iterator[Pair]:
    """The same pairs every time."""
    words, dice = seeds(), random.Random(culture)
    for number in range(count):
        sex = "fm"[number % 2]
        names = {role: words[culture, role, sex if role == "given" else ""] for role in _ROLES}
        chosen = {role: dice.sample(some, 2) for role, some in names.items()}
        person = Person(sex, *(chosen[role][0] for role in _ROLES))
        side, layout = dice.choice(("arabic", "latin")), dice.randrange(4)
        difference = dice.choice(("given", "given", "surname", "father" if layout in (0, 3) else "given"))
        other = Person(sex, *(chosen[role][role == difference] for role in _ROLES))
        asked = _at_home(person, culture, dice)
        seed = dice.random()
        held, near = (_on_a_list(one, culture, side, layout, random.Random(seed)) for one in (person, other))
        yield Pair(culture, asked, held, near, difference)


_ROLES = ("given", "father", "surname")


def _at_home(person: Person, culture: str, dice: random.Random) -> str:
    given, father, surname = (getattr(person, role).written("home", person.sex, dice) for role in _ROLES)
    child_of = _CHILD_OF.get(culture)
    if child_of:
        word = child_of["home"][2 * dice.randrange(2) + (person.sex == "f")]
        return dice.choice((f"{surname} {given} {father} {word}", f"{given} {father} {word} {surname}"))
    if culture in ("arabic", "kurdish"):
        word = _FATHER_WORD.get(culture)
        middle = f"{word[person.sex == 'f']} {father}" if word and dice.random() < 0.5 else father
        return f"{given} {middle} {surname}"
    full = dice.choice((f"{surname} {given} {father}", f"{given} {father} {surname}"))
    return full.upper() if dice.random() < 0.2 else full


def _on_a_list(person: Person, culture: str, side: str, layout: int, dice: random.Random) -> str:
    given, father, surname = (getattr(person, role).written(side, person.sex, dice) for role in _ROLES)
    if side == "latin" and culture in _CHILD_OF and layout == 3:
        father += " " + _CHILD_OF[culture]["latin"][2 * dice.randrange(2) + (person.sex == "f")]
    layouts = (
        f"{given} {father} {surname}",
        f"{given} {surname}",
        f"{surname.upper()} {given}",
        f"{surname} {given} {father}" if side == "latin" else f"{given} {father} {surname}",
    )
    return layouts[layout]


_TITLES = {
    "russian": "Russian", "chechen": "Chechen and Ingush", "dagestani": "Dagestani", "tatar": "Tatar",
    "central_asian": "Uzbek, Tajik, Kyrgyz, Kazakh", "turkish": "Azeri and Turkish", "arabic": "Arabic",
    "kurdish": "Kurdish", "western": "French, German and English spellings",
}  # fmt: skip
_PAGE = Path(__file__).parents[3] / "docs" / "names-by-culture.md"
_HEAD = """# Names by culture: how pairs are explained

All people here are invented, and so is every pairing. Each line is one person written at home and by a
clerk, with the weight in bits against chance, what met what, and the weight of somebody near: a sister, a
namesake of another family, a child of another father. Tests hold two hundred such pairs of each culture to
this order (`tests/matching/names/test_culture_pairs.py`); the spellings stand in
`tests/matching/names/cultures/seeds.tsv`, where a native reader can correct them.
"""


def samples(count: int = 6) -> Iterator[str]:
    """The lines of the page, titles included."""
    for culture in CULTURES:
        yield f"## {_TITLES[culture]}"
        yield ""
        yield "| asked | on a list | bits | why | somebody near | bits |"
        yield "|---|---|---|---|---|---|"
        for pair in pairs(culture, count):
            asked = parse_name(pair.asked)
            same = compare_names(asked, parse_name(pair.held))
            near = compare_names(asked, parse_name(pair.near))
            yield (
                f"| {pair.asked} | {pair.held} | {same.weight:+.1f} | {same.sentence} "
                f"| {pair.near} | {near.weight:+.1f} |"
            )
        yield ""


if __name__ == "__main__":
    _PAGE.write_text(_HEAD + "\n" + "\n".join(samples()).rstrip() + "\n", encoding="utf-8")
