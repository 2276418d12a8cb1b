"""Invented families: a mother, her husbands one after another, their children. Nobody here is real."""

import random
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from world_spelling import Spelling

SHARES = {"1": 0.05, "2": 0.015, "3": 0.004, "4": 0.0012, "5": 0.0005}
REGIONS = ("Чечня", "Дагестан", "Ингушетия", "Татарстан", "Узбекистан", "Таджикистан", "Казахстан", "Россия")
_WEIGHTS = (34, 30, 8, 6, 8, 6, 4, 4)
TOWNS = {
    "Чечня": ("Грозный", "Урус-Мартан", "Шали", "Гудермес"),
    "Дагестан": ("Махачкала", "Хасавюрт", "Дербент", "Буйнакск"),
    "Ингушетия": ("Назрань", "Малгобек"),
    "Татарстан": ("Казань", "Набережные Челны"),
}

_RARE = 0.13  # share of people with a name that few bear (domain: of Chechen given names, native ones)
_MOST_RARE = 300


@dataclass(frozen=True)
class Human:
    """One person. Names are tokens in Cyrillic; `surname` may be a given name that an ending makes a
    surname.
    """

    key: str
    given: str
    surname: str
    father: str
    sex: str
    born: date
    born_there: bool = False


@dataclass
class Family:
    """`children` have the names of their own father; half of them may be unknown at home."""

    key: str
    mother: Human
    children: list[Human]
    region: str
    town: str
    husbands: list[tuple[str, str]] = field(default_factory=list)
    foreign_father: str = ""

    @property
    def kunya(self) -> str:
        """The token after Umm: the eldest son as a rule, else the eldest child, sometimes nobody's name."""
        sons = [child for child in self.children if child.sex == "m"]
        return (sons or self.children or [self.mother])[0].given


class Names:
    """Which names there are and how common: few are very common, as in life."""

    def __init__(self, groups: Path, spelling: Spelling) -> None:
        self.given: dict[str, tuple[list[str], list[float]]] = {}
        self.slavic: list[str] = []
        self.group: dict[str, str] = {}  # spellings of one name; no two children of a family bear one
        found: dict[str, dict[str, float]] = {"m": {}, "f": {}}
        for line in groups.read_text("utf-8").splitlines()[1:]:
            cells = line.split("\t")
            tokens = [t for t in cells[4].lower().split("|") if spelling.has(t)]
            if not tokens:
                continue
            if cells[2] == "slavic":
                self.slavic += tokens[:1] if cells[1] == "f" else []
                continue
            for number, token in enumerate(tokens[:3]):
                self.group[token] = cells[0]
                found["f" if cells[1] == "f" else "m"][token] = SHARES[cells[8]] * (0.6, 0.25, 0.15)[number]
        for sex, shares in found.items():
            rare = _rare(spelling, set(found["m"]) | set(found["f"]), sex)
            each = _RARE * sum(shares.values()) / (1 - _RARE) / len(rare)
            self.given[sex] = ([*shares, *rare], [*shares.values(), *[each] * len(rare)])
        known = found["m"]
        stems = [t for t in known if len(t) > 3]
        plain = [s for s in spelling.surnames if not any(s.startswith(t) for t in stems)]
        self.surnames = stems + plain
        self._weights = [known[s] ** 0.7 for s in stems] + [0.6 / max(1, len(plain))] * len(plain)

    def pick(self, sex: str, rng: random.Random) -> str:
        tokens, shares = self.given[sex]
        return rng.choices(tokens, shares)[0]

    def name_of(self, token: str) -> str:
        return self.group.get(token, token)

    def surname(self, rng: random.Random) -> str:
        return rng.choices(self.surnames, self._weights)[0]


def _rare(spelling: Spelling, common: set[str], sex: str) -> list[str]:
    """Attested tokens that are no common name, women's by their ending: the long tail."""
    fits = [
        token
        for token in sorted(spelling.tables["arabic"])
        if spelling.has(token) and 4 <= len(token) <= 7 and token not in common and token.isalpha()
    ]
    fits = [token for token in fits if not token.endswith(("ов", "ев", "ин", "ий"))]
    chosen = [token for token in fits if token.endswith(("а", "ат", "я")) is (sex == "f")]
    return chosen[:: max(1, len(chosen) // _MOST_RARE)][:_MOST_RARE]


def invent(
    key: str, names: Names, rng: random.Random, children: tuple[int, ...] = (10, 28, 29, 19, 14)
) -> Family:
    """`children`: how often there are one, two ... of them."""
    region = rng.choices(REGIONS, _WEIGHTS)[0]
    town = rng.choice(TOWNS.get(region, ("",)))
    convert = rng.random() < 0.05
    born = date(rng.randint(1980, 1999), rng.randint(1, 12), rng.randint(1, 28))
    given = rng.choice(names.slavic) if convert and names.slavic else names.pick("f", rng)
    mother = Human(f"{key}.m", given, names.surname(rng), names.pick("m", rng), "f", born)
    husbands = [(names.pick("m", rng), names.surname(rng))]
    left = rng.choice((2013, 2014, 2014, 2015))
    found: list[Human] = []
    year = born.year + rng.randint(18, 22)
    for number in range(rng.choices(range(1, len(children) + 1), children)[0]):
        year += rng.choice((1, 2, 2, 3)) if number else 0
        if year > 2018:
            break
        year = max(year, 2005)
        if number and rng.random() < 0.3:
            husbands.append((names.pick("m", rng), names.surname(rng)))
        sex = rng.choice("mf")
        day = date(year, rng.randint(1, 12), rng.randint(1, 28))
        father, surname = husbands[-1]
        taken = {names.name_of(child.given) for child in found}
        name = names.pick(sex, rng)
        while names.name_of(name) in taken:
            name = names.pick(sex, rng)
        found.append(Human(f"{key}.{number}", name, surname, father, sex, day, born_there=year > left))
    found = found or [
        Human(f"{key}.0", names.pick("m", rng), husbands[0][1], husbands[0][0], "m", date(2016, 5, 5), True)
    ]
    foreign = (
        rng.choice(("Tunisian", "Turkish", "Syrian")) if len(husbands) > 1 and rng.random() < 0.4 else ""
    )
    return Family(key, mother, found, region, town, husbands, foreign)


def namesake(human: Human, key: str, names: Names, rng: random.Random) -> Human:
    """Somebody else of the same given name and surname, of about the same age."""
    year = (
        min(2018, max(2005, human.born.year + rng.randint(-3, 3)))
        if human.born.year > 2004
        else human.born.year
    )
    born = date(year, rng.randint(1, 12), rng.randint(1, 28))
    return replace(human, key=key, father=names.pick("m", rng), born=born)
