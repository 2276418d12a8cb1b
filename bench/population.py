"""Invented families, the lists that hold some of them, and the requests of relatives: seeded.

Spellings are drawn from attested token pairs (Cyrillic, Arabic, Latin) outside the project, so that
the noise does not come from the matcher's own tables. Nobody here is real.
"""

import gzip
import random
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from anyascii import anyascii
from rapidfuzz.distance import Indel

from schemas.person import BirthInterval, KinName, Person, PersonName, Place, Statement
from schemas.registry import DetaineeRecord
from schemas.tracing import SoughtPerson, TracingRequest
from schemas.vocabulary import DatePrecision, NameRole, PlaceKind, Relation, Sex, SoughtRole

NATIONS = {
    "Чечня": ("شيشانية", "شيشاني", "Chechen"),
    "Дагестан": ("داغستان", "داغستان", "Russian (Dagestan)"),
    "Ингушетия": ("انغوش", "انغوش", "Ingush"),
    "Татарстан": ("تتارستان", "تتارستان", "Tatar"),
    "Узбекистан": ("اوزبكية", "اوزبكي", "Uzbek"),
    "Таджикистан": ("طاجكستان", "طاجكستان", "Tajik"),
}
DATES = {"A": date(2019, 3, 1), "B": date(2020, 6, 1), "C": date(2021, 9, 1)}


@dataclass(frozen=True)
class Human:
    """One invented person; `key` joins it to its rows."""

    key: str
    given: str
    surname: str
    father: str
    sex: Sex
    born: date


@dataclass
class Family:
    mother: Human
    children: list[Human]
    origin: str
    listed: str = ""  # which lists hold them
    names: dict[str, str] = field(default_factory=dict)


class Spelling:
    """Attested spellings of single names, less the pairs that are translations rather than spellings."""

    def __init__(self, folder: Path, groups: Path) -> None:
        self.arabic = _pairs(folder / "tokens_cyrillic_arabic.tsv.gz", 0)
        self.latin = _pairs(folder / "tokens_latin_cyrillic.tsv.gz", 1)
        both = self.arabic.keys() & self.latin.keys()
        self.surnames = sorted(t for t in both if re.fullmatch(r".{3,}(ов|ев)", t))
        self.given: dict[Sex, list[tuple[str, float]]] = {Sex.MALE: [], Sex.FEMALE: []}
        for line in groups.read_text("utf-8").splitlines()[1:]:
            cells = line.split("\t")
            sex = Sex.FEMALE if cells[1] == "f" else Sex.MALE
            known = [t for t in cells[4].lower().split("|") if t in both]
            share = {"1": 0.05, "2": 0.015, "3": 0.004, "4": 0.0012, "5": 0.0005}[cells[8]]
            if known and cells[2] != "slavic":
                self.given[sex].append((known[0], share))

    def name(self, rng: random.Random, sex: Sex) -> str:
        names, shares = zip(*self.given[sex], strict=True)
        return str(rng.choices(names, shares)[0])


def _pairs(path: Path, cyrillic: int) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            cells = line.rstrip("\n").split("\t")
            key, other = cells[cyrillic], cells[1 - cyrillic]
            if Indel.normalized_similarity(anyascii(key).lower(), anyascii(other).lower()) > 0.35:
                found[key].append(other)
    return found


class World:
    """`size` families on lists A (prison, Arabic), B (camp, Arabic and Latin) and C (NGO, Latin)."""

    def __init__(self, seed: int, size: int, spelling: Spelling) -> None:
        self.rng = random.Random(seed)
        self.spelling = spelling
        self.families = [self._family(n) for n in range(size)]
        self.truth: dict[str, set[str]] = defaultdict(set)  # human key -> record ids
        self.records: list[DetaineeRecord] = []
        self._row = dict.fromkeys(DATES, 1)
        for family in self.families:
            self._list(family)

    def _family(self, number: int) -> Family:
        rng, spelling = self.rng, self.spelling
        surname = rng.choice(spelling.surnames)
        origin = rng.choices(list(NATIONS), (40, 30, 8, 7, 9, 6))[0]
        father = spelling.name(rng, Sex.MALE)
        born = date(rng.randint(1982, 1998), rng.randint(1, 12), rng.randint(1, 28))
        given = spelling.name(rng, Sex.FEMALE)
        mother = Human(f"{number}.m", given, surname + "а", father, Sex.FEMALE, born)
        children = []
        husband, name = spelling.name(rng, Sex.MALE), rng.choice(spelling.surnames)
        year = max(2008, born.year + 18)
        for child in range(rng.choices((1, 2, 3, 4, 5), (20, 30, 25, 15, 10))[0]):
            year += rng.randint(1, 2)
            if rng.random() < 0.25:
                husband, name = spelling.name(rng, Sex.MALE), rng.choice(spelling.surnames)
            if year > 2018:
                break
            sex = rng.choice((Sex.MALE, Sex.FEMALE))
            day = date(year, rng.randint(1, 12), rng.randint(1, 28))
            ending = "а" if sex is Sex.FEMALE else ""
            children.append(
                Human(f"{number}.{child}", spelling.name(rng, sex), name + ending, husband, sex, day)
            )
        family = Family(mother, children, origin)
        family.listed = rng.choices(("A", "B", "C", "AC", "BC", ""), (20, 25, 15, 10, 5, 25))[0]
        return family

    # --- lists ---------------------------------------------------------------------------------
    def _list(self, family: Family) -> None:
        rng = self.rng
        if family.listed == "AC":  # the mother in prison, the children in an orphanage
            self._row_of("A", family, family.mother, household=None, declared=len(family.children))
            household = f"F{self._row['C']}"
            for child in family.children:
                self._row_of("C", family, child, household=household)
            return
        for letter in family.listed:
            household = f"{letter}{self._row[letter]}" if letter != "A" else None
            counted = letter == "B" and rng.random() < 0.1 and bool(family.children)
            declared = len(family.children) if counted else None
            self._row_of(letter, family, family.mother, household=household, declared=declared)
            row = self._row[letter]
            for number, child in enumerate(family.children, start=1):
                if counted:
                    self._placeholder(letter, row, number, household, child)
                else:
                    self._row_of(letter, family, child, household=household)

    def _placeholder(self, letter: str, row: int, number: int, household: str | None, child: Human) -> None:
        record = DetaineeRecord(
            record_id=f"{letter}:{row}:{number}", list_id=letter, row=row, placeholder=number,
            person=Person(), household_id=household, list_date=DATES[letter],
        )  # fmt: skip
        self.records.append(record)
        self.truth[child.key].add(f"{letter}:{row}:")

    def _row_of(
        self, letter: str, family: Family, human: Human, household: str | None, declared: int | None = None
    ) -> None:
        rng = self.rng
        self._row[letter] += 1
        row = self._row[letter]
        adult = human is family.mother
        script = "latin" if letter == "C" else "arabic"
        names = self._names(letter, family, human, adult)
        mother = PersonName(text=self.write(family.mother.given, script))
        kin = () if adult or rng.random() < 0.25 else (KinName(relation=Relation.MOTHER, name=mother),)
        nation = NATIONS[family.origin][2 if letter == "C" else 0 if human.sex is Sex.FEMALE else 1]
        if rng.random() < 0.3:
            nation = "Russian" if letter == "C" else "روسية"
        record = DetaineeRecord(
            record_id=f"{letter}:{row}:0",
            list_id=letter,
            row=row,
            person=Person(
                names=names,
                sex=human.sex if rng.random() < 0.9 else Sex.UNKNOWN,
                births=(self._age(letter, human),) if rng.random() < 0.93 else (),
                kin=kin,
                nationalities=(Statement(text=nation),) if rng.random() < 0.85 else (),
            ),
            household_id=household,
            relation_to_head=Relation.HEAD if adult and letter == "B" else Relation.UNKNOWN,
            with_mother=True if not adult and family.listed != "AC" and rng.random() < 0.6 else None,
            declared_children=declared,
            list_date=DATES[letter],
        )
        self.records.append(record)
        self.truth[human.key].add(record.record_id)

    def _names(self, letter: str, family: Family, human: Human, adult: bool) -> tuple[PersonName, ...]:
        rng = self.rng
        script = "latin" if letter == "C" else "arabic"
        if adult and letter == "B" and family.children and rng.random() < 0.35:
            nisba = NATIONS[family.origin][0]
            kunya = f"أم {self.write(family.children[0].given, 'arabic')} ال{nisba}"
            return (PersonName(text=kunya, role=NameRole.KUNYA),)
        given, surname = self.write(human.given, script), self.write(human.surname, script)
        if not adult and rng.random() < 0.03:  # renamed: the family knows another name
            given = self.write(self.spelling.name(rng, human.sex), script)
        if letter == "C":
            names = [PersonName(text=given, role=NameRole.GIVEN)]
            if rng.random() < 0.7:
                names.append(PersonName(text=surname.upper(), role=NameRole.SURNAME))
            return tuple(names)
        parts = [given]
        if rng.random() < 0.4:
            parts.append(self.write(human.father, script))
        if rng.random() < 0.55:
            parts.append(surname)
        return (PersonName(text=" ".join(parts), role=NameRole.FULL),)

    def _age(self, letter: str, human: Human) -> BirthInterval:
        rng, today = self.rng, DATES[letter]
        error = rng.choices((0, 1, -1, 2, -2, 3), (45, 18, 18, 8, 8, 3))[0]
        year = human.born.year + error
        if rng.random() < 0.5:
            return BirthInterval(
                earliest=date(year, 1, 1),
                latest=date(year, 12, 31),
                precision=DatePrecision.YEAR,
                raw=str(year),
            )
        age = max(0, today.year - year - ((today.month, today.day) < (human.born.month, human.born.day)))
        return BirthInterval(
            earliest=date(today.year - age - 1, today.month, today.day),
            latest=date(today.year - age, today.month, today.day),
            precision=DatePrecision.AGE,
            as_of=today,
            raw=str(age),
        )

    def write(self, token: str, script: str) -> str:
        """One attested spelling; a feminine ending is put on a masculine one; sometimes a slip."""
        rng = self.rng
        table = self.spelling.arabic if script == "arabic" else self.spelling.latin
        base, ending = token, ""
        if token not in table and token.endswith("а"):
            base, ending = token[:-1], ("ا" if script == "arabic" else "a") if rng.random() < 0.8 else ""
        text = rng.choice(table[base]) + ending
        if rng.random() < 0.06 and len(text) > 4:
            at = rng.randint(1, len(text) - 2)
            text = text[:at] + text[at + 1 :]
        return text.capitalize() if script == "latin" else text

    # --- requests ------------------------------------------------------------------------------
    def requests(self, count: int) -> list[TracingRequest]:
        """Maternal requests for whole families, paternal ones for one husband's children."""
        chosen = self.rng.sample(self.families, min(count, len(self.families)))
        return [self._request(number, family) for number, family in enumerate(chosen)]

    def _request(self, number: int, family: Family) -> TracingRequest:
        rng = self.rng
        request_id = f"Q{number}"
        known = [c for c in family.children if rng.random() < (0.55 if c.born.year > 2015 else 0.95)]
        if rng.random() < 0.3 and known:
            father = known[0].father
            people = [
                self._child(c, family, named_mother=rng.random() < 0.8) for c in known if c.father == father
            ]
        else:
            people = [self._mother(family), *(self._child(c, family, named_mother=True) for c in known)]
        return TracingRequest(request_id=request_id, sought=tuple(people))

    def _mother(self, family: Family) -> SoughtPerson:
        m = family.mother
        return SoughtPerson(
            person_id=m.key, role=SoughtRole.MOTHER,
            person=Person(
                names=(
                    PersonName(text=m.surname.capitalize(), role=NameRole.SURNAME),
                    PersonName(text=m.given.capitalize(), role=NameRole.GIVEN),
                ),
                kin=(KinName(relation=Relation.FATHER, name=PersonName(text=m.father.capitalize())),),
                sex=Sex.FEMALE, births=(self._birth(m),),
                places=(Place(text=family.origin, kind=PlaceKind.ORIGIN),),
            ),
        )  # fmt: skip

    def _child(self, c: Human, family: Family, named_mother: bool) -> SoughtPerson:
        kin = [KinName(relation=Relation.FATHER, name=PersonName(text=c.father.capitalize()))]
        if named_mother:
            kin.append(
                KinName(relation=Relation.MOTHER, name=PersonName(text=family.mother.given.capitalize()))
            )
        return SoughtPerson(
            person_id=c.key, role=SoughtRole.CHILD,
            person=Person(
                names=(
                    PersonName(text=c.surname.capitalize(), role=NameRole.SURNAME),
                    PersonName(text=c.given.capitalize(), role=NameRole.GIVEN),
                ),
                kin=tuple(kin), sex=c.sex, births=(self._birth(c),),
                places=(Place(text=family.origin, kind=PlaceKind.ORIGIN),),
            ),
        )  # fmt: skip

    def _birth(self, human: Human) -> BirthInterval:
        if self.rng.random() < 0.4:
            return BirthInterval(
                earliest=human.born, latest=human.born, precision=DatePrecision.DAY, raw=str(human.born)
            )
        year = human.born.year
        return BirthInterval(
            earliest=date(year, 1, 1), latest=date(year, 12, 31), precision=DatePrecision.YEAR, raw=str(year)
        )
