"""A seeded world: families, the lists that hold some of them among strangers, and what relatives ask.

    python bench/world.py FOLDER [--requests 300] [--rows 5000] [--seed 1] [--data ../shared/data]

writes four lists, `requests.csv`, `truth.json` (person -> rows) and `shares.json` (how hard it is).
"""

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from world_layouts import FILES, write_lists  # noqa: E402  (the path above comes first)
from world_people import Family, Names, invent, namesake  # noqa: E402  (as above)
from world_requests import Asked, Relatives, write_requests  # noqa: E402  (as above)
from world_rows import Clerk, Row  # noqa: E402  (as above)
from world_spelling import Spelling  # noqa: E402  (as above)

_PLACES = (("split", "camp", "prison", "sheet", "mission"), (17, 50, 11, 12, 10))
Place = tuple[str, int]


@dataclass
class Truth:
    """The rows that hold one sought person; `counted` those that only count the person, unnamed."""

    rows: set[Place] = field(default_factory=set)
    counted: set[Place] = field(default_factory=set)
    hard: set[str] = field(default_factory=set)


@dataclass
class World:
    folder: Path
    asked: list[Asked]
    truth: dict[str, Truth]  # human key -> rows
    shares: dict[str, float]

    @property
    def lists(self) -> list[Path]:
        return [self.folder / name for name in FILES.values()]


class Builder:
    def __init__(self, seed: int, requests: int, rows: int, names: Names, spelling: Spelling) -> None:
        self.rng = random.Random(seed)
        self.names = names
        self.clerk = Clerk(names, spelling, self.rng)
        self.relatives = Relatives(names, spelling, self.rng)
        self.blocks: dict[str, list[list[Row]]] = {letter: [] for letter in FILES}
        self.humans: dict[str, tuple[object, Family]] = {}
        self.numbers: Counter[str] = Counter()
        self.both = self.size = 0
        self.asked = self._requests(requests)
        self._strangers(rows)

    def _requests(self, count: int) -> list[Asked]:
        rng = self.rng
        asked: list[Asked] = []
        false = round(0.03 * count)
        number = 0
        while number < count - false:
            family = invent(f"f{number}", self.names, rng)
            listed = rng.random() >= 0.29
            if listed:
                self._list(family)
                if rng.random() < 0.3:
                    self._decoy(family, number)
            both = listed and rng.random() < 0.075 and number + 1 < count - false
            self.both += both
            kinds = ("maternal", "paternal") if both else (rng.choices(("maternal", "paternal"), (7, 3))[0],)
            for kind in kinds:
                asked += self.relatives.request(number, family, kind if listed else "absent")
                number += 1
        self.claims = range(number, count)
        return asked

    def _list(self, family: Family) -> None:
        rng = self.rng
        place = rng.choices(*_PLACES)[0]
        mother = rng.random() < (0.35 if place == "sheet" else 0.9)
        children = [child for child in family.children if rng.random() < 0.9]
        if place == "split":
            self._block("A", family, True, [])
            self._block("C", family, False, children)
            return
        letter = {"camp": "B", "prison": "A", "sheet": "C", "mission": "D"}[place]
        self._block(letter, family, mother, children)
        if rng.random() < 0.12:
            self._block("D" if letter == "C" else "C", family, mother and rng.random() < 0.6, children)

    def _block(self, letter: str, family: Family, mother: bool, children: list) -> None:  # type: ignore[type-arg]
        rng = self.rng
        self.numbers[letter] += 1
        number = self.numbers[letter]
        household = {
            "A": "ja" if mother and children else "",
            "B": f"P5-{number:04}",
            "C": f"F-{number:03}",
            "D": "",
        }[letter]
        if letter in "CD" and rng.random() < 0.25:
            household = ""
        rows: list[Row] = []
        if mother:
            kunya_only = rng.random() < {"A": 0.06, "B": 0.42, "C": 0.1, "D": 0.1}[letter]
            rows.append(self.clerk.row(letter, family, family.mother, household, kunya_only))
            if children and letter != "D" and rng.random() < (0.1 if letter != "B" else 0.08):
                rows[0].counted, rows[0].counted_keys = len(children), tuple(c.key for c in children)
                children = []
        rows += [self.clerk.row(letter, family, child, household, False) for child in children]
        if rows:
            self.blocks[letter].append(rows)
            self.size += len(rows)

    def _decoy(self, family: Family, number: int) -> None:
        """A stranger's child with the name of a sought one."""
        other = invent(f"d{number}", self.names, self.rng)
        child = self.rng.choice(family.children)
        other.children[0] = namesake(child, f"d{number}.0", self.names, self.rng)
        self._list(other)

    def _strangers(self, rows: int) -> None:
        rng = self.rng
        number = 0
        while self.size < rows:
            family = invent(f"s{number}", self.names, rng)
            if number < 3 * len(self.claims) and number % 3 == 0:
                self._claim(family, self.claims[number // 3])
            if rng.random() < 0.25:
                family.region = family.town = ""  # local families are held too
            self._list(family)
            number += 1

    def _claim(self, family: Family, number: int) -> None:
        own = invent(f"c{number}", self.names, self.rng)
        child = self.rng.choice(family.children)
        self.asked += self.relatives.false_claim(number, child, own)


def build(folder: Path, seed: int, requests: int, rows: int, names: Names, spelling: Spelling) -> World:
    builder = Builder(seed, requests, rows, names, spelling)
    lists: dict[str, list[Row]] = {}
    for letter, blocks in builder.blocks.items():
        builder.rng.shuffle(blocks)
        lists[letter] = [row for block in blocks for row in block]
    folder.mkdir(parents=True, exist_ok=True)
    places = write_lists(folder, lists)
    write_requests(folder / "requests.csv", builder.asked)
    truth: dict[str, Truth] = {}
    for place, row in places.items():
        one = truth.setdefault(row.key, Truth())
        one.rows.add(place)
        one.hard |= row.hard
        for key in row.counted_keys:
            truth.setdefault(key, Truth()).counted.add(place)
    return World(folder, builder.asked, truth, shares(builder, list(places.values())))


def shares(builder: Builder, rows: list[Row]) -> dict[str, float]:
    """How hard the world turned out: what the task asks for, as found."""
    women = [row for row in rows if row.adult and row.letter == "B"]
    children = [row for row in rows if not row.adult]
    aged = [row for row in rows if row.age or row.born]
    requests = {one.cells["request_id"]: one.kind for one in builder.asked}
    kinds = Counter(requests.values())

    def of(part: float, whole: float) -> float:
        return round(part / max(1, whole), 4)

    return {
        "rows": len(rows),
        "requests": len(requests),
        "people_asked": len(builder.asked),
        "camp_women_kunya_only": of(sum("kunya only" in row.hard for row in women), len(women)),
        "children_without_surname": of(sum("no surname" in row.hard for row in children), len(children)),
        "ages_off_two_years": of(sum("age off" in row.hard for row in aged), len(aged)),
        "swapped_or_merged": of(sum("swapped" in row.hard for row in rows), len(rows)),
        "renamed": of(sum("renamed" in row.hard for row in rows), len(rows)),
        "requests_with_nobody_listed": of(kinds["absent"], len(requests)),
        "false_claims": of(kinds["false"], len(requests)),
        "unrelated_rows": of(sum(not row.key.startswith("f") for row in rows), len(rows)),
        "mothers_on_another_list": _apart(rows),
        "filed_by_both_sides": of(2 * builder.both, len(requests)),
    }


def _apart(rows: list[Row]) -> float:
    """The share of the mothers with listed children who are never on a list with one of them."""
    mothers: dict[str, set[str]] = {}
    children: dict[str, set[str]] = {}
    for row in rows:
        (mothers if row.adult else children).setdefault(row.key.partition(".")[0], set()).add(row.letter)
    both = [family for family in mothers if family in children]
    return round(sum(not mothers[family] & children[family] for family in both) / max(1, len(both)), 4)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--requests", type=int, default=300)
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "data")
    chosen = parser.parse_args()
    spelling = Spelling(chosen.data / "training")
    names = Names(chosen.data / "given_name_groups.tsv", spelling)
    world = build(chosen.folder, chosen.seed, chosen.requests, chosen.rows, names, spelling)
    print(json.dumps(world.shares, indent=1))


if __name__ == "__main__":
    main()
