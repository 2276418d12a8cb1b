"""What relatives ask: the mother's family, a father's family, both; nobody to be found; a false claim."""

import csv
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from world_people import Family, Human, Names
from world_spelling import Spelling

COLUMNS = (
    "request_id", "person_id", "role", "surname", "given_name", "patronymic", "other_names", "sex",
    "birth_date",
    "father_name", "mother_name", "origin", "last_known_place", "last_known_date", "enquirer_relation",
    "language",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One sought person of one request; `key` is the human, empty where nobody is meant truly."""

    person_id: str
    key: str
    kind: str  # maternal, paternal, absent, false
    role: str
    cells: dict[str, str]


class Relatives:
    """Writes requests down, in Cyrillic mostly, now and then in Latin or Arabic letters."""

    def __init__(self, names: Names, spelling: Spelling, rng: random.Random) -> None:
        self.names, self.spelling, self.rng = names, spelling, rng

    def request(self, number: int, family: Family, kind: str) -> list[Asked]:
        rng = self.rng
        script = rng.choices(("cyrillic", "latin", "arabic"), (88, 9, 3))[0]
        known = [c for c in family.children if rng.random() < (0.5 if c.born_there else 0.95)]
        people: list[tuple[Human, str]] = []
        if kind == "paternal":
            first = family.husbands[0]
            known = [c for c in known if (c.father, c.surname) == first] or family.children[:1]
            if rng.random() < 0.5:
                people.append((family.mother, "mother"))
        else:
            people.append((family.mother, "mother"))
        people += [(child, "child") for child in known]
        says_mother = rng.random() < (0.75 if kind == "paternal" else 0.95)
        where = self._shared(family)
        asked = [
            self._asked(
                f"Q{number:05}", place, kind, role, self._cells(human, family, role, script, says_mother)
            )
            for place, (human, role) in enumerate(people, 1)
        ]
        for one in asked:
            one.cells.update(where)
        return asked

    def false_claim(self, number: int, human: Human, family: Family) -> list[Asked]:
        """Knows the given name and about the age of a child seen in a video; the rest is the claimant's
        own.
        """
        cells = {
            "given_name": self._word(human.given, "cyrillic"), "sex": human.sex.upper(),
            "birth_date": f"{human.born.year + self.rng.choice((-1, 0, 0, 1))}~",
            "surname": self.spelling.surname(family.husbands[0][1], human.sex == "f", "cyrillic", self.rng),
            "mother_name": self._word(family.mother.given, "cyrillic"),
        }  # fmt: skip
        if self.rng.random() < 0.5:
            cells.pop("surname")
        if self.rng.random() < 0.5:
            cells.pop("mother_name")
        one = self._asked(f"Q{number:05}", 1, "false", "child", cells)
        one.cells.update(self._shared(family))
        return [one]

    def _asked(self, request: str, place: int, kind: str, role: str, cells: dict[str, str]) -> Asked:
        cells = {"request_id": request, "person_id": f"{request}.{place}", "role": role} | cells
        key = "" if kind == "false" else cells.pop("key", "")
        return Asked(f"{request}.{place}", key, kind, role, cells)

    def _cells(
        self, human: Human, family: Family, role: str, script: str, says_mother: bool
    ) -> dict[str, str]:
        rng = self.rng
        female = human.sex == "f"
        cells = {
            "key": human.key,
            "given_name": self._word(human.given, script),
            "surname": self.spelling.surname(human.surname, female, script, rng)
            if rng.random() < 0.93
            else "",
            "sex": human.sex.upper(),
            "birth_date": self._birth(human),
        }
        if rng.random() < 0.85:
            cells["father_name"] = self._word(human.father, script)
        if role == "mother" and rng.random() < 0.25:
            cells["other_names"] = self.spelling.surname(family.husbands[-1][1], True, script, rng)
        if role == "child" and says_mother:
            mother = self._word(family.mother.given, script)
            if rng.random() < 0.4:
                mother = f"{self.spelling.surname(family.mother.surname, True, script, rng)} {mother}"
            cells["mother_name"] = mother
        return cells

    def _word(self, token: str, script: str) -> str:
        return self.spelling.write(token, script, self.rng, slips=0.04)

    def _birth(self, human: Human) -> str:
        rng = self.rng
        day = human.born
        if rng.random() < 0.06:
            day = date(day.year + rng.choice((-1, 1)), day.month, day.day)
        kind = rng.choices(("day", "year", "about", ""), (45, 40, 10, 5))[0]
        return {"day": day.isoformat(), "year": str(day.year), "about": f"{day.year}~", "": ""}[kind]

    def _shared(self, family: Family) -> dict[str, str]:
        rng = self.rng
        cells = {"language": "ru", "enquirer_relation": "бабушка"}
        if rng.random() < 0.85:
            cells["origin"] = (
                f"{family.town}, {family.region}" if family.town and rng.random() < 0.7 else family.region
            )
        if rng.random() < 0.6:
            cells["last_known_place"] = rng.choice(("Мосул", "Ракка", "Талль-Афар"))
            cells["last_known_date"] = f"{rng.choice((2015, 2016, 2017))}-{rng.randint(1, 6):02}"
        return cells


def write_requests(path: Path, asked: list[Asked]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(one.cells for one in asked)
