"""The retrieval task on the development set of real names, as the README beside the data defines it.

The data are for measurement only and stay outside the project.
"""

import csv
import gzip
import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from names_padding import Padding

SEED = 20261122
COMPOSED = "coling_composed"
ASKED = 1000


@dataclass
class People:
    """id -> names by language, the source sets and flags."""

    names: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    source: dict[str, str] = field(default_factory=dict)
    flagged: set[str] = field(default_factory=set)


@dataclass
class Task:
    """Queries, candidates and, for each query, the places of the right candidates."""

    source: str
    target: str
    queries: list[str]
    ids: list[str]
    candidates: list[str]
    right: list[set[int]]


def load(folder: Path) -> People:
    people = People()
    with gzip.open(folder / "names_dev.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            for language, column in zip(
                row["pair"].split("-"), ("source_script_name", "target_script_name"), strict=True
            ):
                people.names[row["id"]].setdefault(language, row[column])
            people.source[row["id"]] = row["source"]
            if row["flag"]:
                people.flagged.add(row["id"])
    return people


def nkey(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return " ".join(sorted(plain.replace(",", " ").split()))


class Tasks:
    """Builds tasks of one track ("real" or "composed")."""

    def __init__(self, people: People, track: str, padding: Padding, limit: int) -> None:
        self.people, self.track, self.padding, self.limit = people, track, padding, limit
        self.real = [i for i, source in people.source.items() if source != COMPOSED]
        keys = {nkey(people.names[i]["en"]) for i in self.real if "en" in people.names[i]}
        self.composed = [
            i
            for i, source in people.source.items()
            if source == COMPOSED and nkey(people.names[i].get("en", "")) not in keys
        ]
        self.members = self.real if track == "real" else self.composed

    def build(self, pair: str, size: int, draw: int) -> Task:
        """The queries are the same in every draw; the candidates that only fill the list are drawn anew."""
        source, target = pair.split("-")
        names = self.people.names
        usable = sorted(i for i in self.members if source in names[i] and target in names[i])
        dice = random.Random(SEED)
        dice.shuffle(usable)
        everyone = {source, target} == {"ru", "ar"} and self.track == "real"
        asked = (usable if everyone else usable[:ASKED])[: self.limit]
        right = self._right_strings(source, target, asked)
        if draw:
            dice = random.Random(SEED + draw)
        candidates = self._candidates(right, target, size, dice)
        if len(candidates) < size:
            closed = {nkey(names[i]["en"]) for i in asked if "en" in names[i]}
            candidates += self.padding.names(target, size - len(candidates), set(candidates), closed, draw)
        place = {name: number for number, name in enumerate(candidates)}
        return Task(
            source,
            target,
            [names[i][source] for i in asked],
            asked,
            candidates,
            [{place[name] for name in strings} for strings in right],
        )

    def _right_strings(self, source: str, target: str, asked: list[str]) -> list[set[str]]:
        by_string: dict[str, set[str]] = defaultdict(set)
        by_key: dict[str, set[str]] = defaultdict(set)
        for names in (self.people.names[i] for i in self.members):
            if target in names and source in names:
                by_string[names[source]].add(names[target])
            if target in names and "en" in names:
                by_key[nkey(names["en"])].add(names[target])
        found = []
        for names in (self.people.names[i] for i in asked):
            same_key = by_key[nkey(names["en"])] if "en" in names else set()
            found.append(by_string[names[source]] | same_key)
        return found

    def _candidates(self, right: list[set[str]], target: str, size: int, dice: random.Random) -> list[str]:
        """Every right name, then the other real ones, then composed ones, until there are enough."""
        groups = [
            sorted({name for strings in right for name in strings}),
            self._held(self.real, target),
            self._held(self.composed, target),
        ]
        chosen: dict[str, None] = {}
        for number, group in enumerate(groups):
            dice.shuffle(group)
            for name in group:
                if number and len(chosen) >= size:
                    break
                chosen[name] = None
        return list(chosen)

    def _held(self, ids: Iterable[str], target: str) -> list[str]:
        names = self.people.names
        return sorted({names[i][target] for i in ids if target in names[i]})
