"""What a list says of one person: the facts as a clerk knew, heard and mistook them, before any layout."""

import random
from dataclasses import dataclass, field
from datetime import date

from world_people import Family, Human, Names
from world_spelling import Spelling

DATES = {"A": date(2019, 3, 31), "B": date(2020, 6, 30), "C": date(2021, 9, 30), "D": date(2020, 12, 15)}
SCRIPTS = {"A": "arabic", "B": "latin", "C": "latin", "D": "cyrillic"}
_AGE_ERRORS = ((0, 1, -1, 2, -2, 3, -3, 5), (48, 17, 17, 6, 6, 3, 2, 1))
_NISBAS = {
    "Чечня": "شيشاني", "Дагестан": "داغستاني", "Ингушетия": "إنغوشي", "Татарстан": "تتري",
    "Узбекистан": "أوزبكي",
    "Таджикистан": "طاجيكي", "Казахстан": "كازاخي", "Россия": "روسي", "": "عراقي",
}  # fmt: skip
_CLOSE = ("Чечня", "Дагестан", "Ингушетия")


@dataclass
class Row:
    """Cells by meaning. `letter` names the list; `hard` says what makes the row hard to link."""

    letter: str
    key: str  # of the person; empty for strangers
    sex: str
    adult: bool
    given: str = ""
    given_arabic: str = ""
    surname: str = ""
    father: str = ""
    kunya: str = ""
    mother: str = ""
    year: int = 0
    born: str = ""
    age: str = ""
    nationality: str = ""
    household: str = ""
    counted: int = 0
    counted_keys: tuple[str, ...] = ()
    entered: date = date(2019, 1, 1)
    note: str = ""
    hard: set[str] = field(default_factory=set)


class Clerk:
    """Writes people down. One seeded source of chance for a whole world."""

    def __init__(self, names: Names, spelling: Spelling, rng: random.Random) -> None:
        self.names, self.spelling, self.rng = names, spelling, rng

    def row(self, letter: str, family: Family, human: Human, household: str, kunya_only: bool) -> Row:
        rng, script = self.rng, SCRIPTS[letter]
        adult = human is family.mother
        row = Row(letter, human.key, human.sex, adult, household=household)
        row.entered = date(rng.choice((2017, 2018)), rng.randint(7, 12), rng.randint(1, 28))
        if letter == "B":
            row.entered = date(2019, rng.randint(1, 3), rng.randint(1, 28))
        given = human.given
        if rng.random() < 0.055:
            given = self.names.pick(human.sex, rng)
            row.hard.add("renamed")
        self._age(row, human)
        self._nationality(row, family)
        if adult and rng.random() < (0.8 if kunya_only else 0.25):
            nisba = _NISBAS[family.region if rng.random() < 0.7 or family.region not in _CLOSE else "Чечня"]
            child = family.kunya if rng.random() < 0.88 else self.names.pick("m", rng)
            said = [self.spelling.write(child, script, rng) for script in ("arabic", "latin")]
            row.kunya = "|".join([*said, nisba])
        if adult and kunya_only and row.kunya:
            row.hard.add("kunya only")
            return row
        row.given = self.spelling.write(given, script, rng)
        row.given_arabic = self.spelling.write(given, "arabic", rng)
        if rng.random() < (0.6 if adult else 0.62):
            surname = human.surname
            if not adult and rng.random() < 0.15:  # the last husband's or the mother's surname
                surname = rng.choice([family.mother.surname, family.husbands[-1][1]])
            row.surname = self.spelling.surname(surname, human.sex == "f", script, rng)
        else:
            row.hard.add("no surname")
        father = human.father if adult or rng.random() < 0.92 else family.husbands[-1][0]
        if rng.random() < {"A": 0.6, "B": 0.15, "C": 0.65, "D": 0.4}[letter]:
            row.father = self.spelling.write(father, script, rng)
        if not adult and rng.random() < {"A": 0.8, "B": 0.3, "C": 0.85, "D": 0.6}[letter]:
            mother = family.mother.given if rng.random() < 0.97 else self.names.pick("f", rng)
            row.mother = self.spelling.write(mother, script, rng)
        if not (row.surname or row.father or row.mother):
            row.hard.add("given name only")
        if len(human.given) > 7:
            row.hard.add("compound")
        self._misplace(row)
        return row

    def _age(self, row: Row, human: Human) -> None:
        rng, today = self.rng, DATES[row.letter]
        error = rng.choices(*_AGE_ERRORS)[0]
        row.year = human.born.year + error
        if abs(error) >= 2:
            row.hard.add("age off")
        if rng.random() < 0.05:
            return
        age = today.year - row.year - ((today.month, today.day) < (human.born.month, human.born.day))
        if row.adult and rng.random() < 0.35:
            age = 5 * round(age / 5)  # ages of adults are rounded
        if rng.random() < 0.6 or row.letter == "B":
            row.age = str(max(0, age))
        elif rng.random() < 0.25 and not error:
            row.born = f"{human.born.day:02}/{human.born.month:02}/{human.born.year}"
        else:
            row.born = rng.choice((f"01/01/{row.year}", f"01/07/{row.year}", str(row.year)))

    def _nationality(self, row: Row, family: Family) -> None:
        rng = self.rng
        if rng.random() < 0.15:
            return
        row.nationality = family.region
        if family.foreign_father and not row.adult and rng.random() < 0.5:
            row.nationality = family.foreign_father
        elif family.region in _CLOSE and rng.random() < 0.35:
            row.nationality = rng.choice(("Россия", "Россия", "Чечня"))

    def _misplace(self, row: Row) -> None:
        """One name cell in ten is swapped or merged (those of one word cannot be)."""
        if self.rng.random() >= 0.145 or not (row.surname or row.father):
            return
        row.hard.add("swapped")
        if row.letter == "C" and row.surname:
            row.given, row.surname = row.surname, row.given
        elif row.father and self.rng.random() < 0.5:
            row.given, row.father = row.given + row.father.lower(), ""
        elif row.surname:
            row.given, row.surname = f"{row.surname} {row.given}", ""
