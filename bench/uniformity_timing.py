"""Whether the time of a public answer tells if the person asked for is on a list: JSON.

    python bench/uniformity_timing.py [--pairs 500] [--rows 2000] [--seed 1] [--database URL]

A real server on a store of its own (SQLite in a temporary directory, or an empty database at `--database`),
asked over one connection on 127.0.0.1. Each pair is one request for people of a list, some of them contested,
and one of the same size for people of none, in an order drawn by lot. Measured are submissions, reads of the
state before and after matching, and both again while the worker matches what was filed.
"""

import argparse
import http.client
import json
import random
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import numpy as np  # noqa: E402  (the path above comes first)
from office import Office, hire, new_store  # noqa: E402  (as above)

STAFF = {"reads": "reviewer", "delivers-lists": "importer"}
SYLLABLES = ("ba", "ma", "di", "na", "ra", "sha", "li", "ka", "zu", "ha", "mi", "sa", "ta", "fi", "ya", "du")
QUANTILES = (10, 25, 50, 75, 90, 99)
CODE = re.compile(r"([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}")
OWN = {"date", "x-request-id"}  # headers that each answer has of its own
CONSENT = {"purpose": "matching", "recipient": "homeward", "given": True}


def word(dice: random.Random) -> str:
    """Nine letters, so that every body is as long as every other."""
    return "".join(dice.choice(SYLLABLES) for _ in range(9))[:9].capitalize()


def body(name: str, mother: str) -> bytes:
    def sought(person_id: str, role: str, text: str, sex: str, year: int) -> dict[str, Any]:
        births = [{"earliest": f"{year}-01-01", "latest": f"{year}-12-31", "precision": "year"}]
        person = {"names": [{"text": text, "role": "full"}], "sex": sex, "births": births}
        return {"person_id": person_id, "role": role, "person": person}

    told = {
        "enquirer": {"relation": "grandmother", "contact": {"telephone": "+000 555 0100"}},
        "sought": [
            sought("m", "mother", mother, "female", 1990),
            sought("c", "child", name, "male", 2014),
        ],
        "relationships": [{"from_person": "m", "relation": "mother", "to_person": "c"}],
        "consents": [CONSENT],
    }
    return json.dumps(told).encode()


@dataclass(frozen=True)
class Pair:
    """Bodies of two requests that differ in the names alone."""

    listed: bytes
    absent: bytes


def world(dice: random.Random, rows: int, pairs: int) -> tuple[bytes, list[Pair]]:
    """A list with mothers and children, and the pairs; every fifth listed child has been asked for before."""
    lines, families = ["No,Name,Mother's name,Sex,Year of birth"], []
    for number in range(0, rows, 2):
        name, mother, surname = word(dice), word(dice), word(dice)
        families.append((f"{name} {surname}", f"{mother} {surname}"))
        lines.append(f"{number},{mother} {surname},{word(dice)},F,1990")
        lines.append(f"{number + 1},{name} {surname},{mother},M,2014")
    found = []
    for number in range(pairs):
        listed = families[number - 1 if number % 5 == 4 else number % len(families)]
        absent = tuple(f"{word(dice)} {word(dice)}" for _ in range(2))
        found.append(Pair(body(*listed), body(*absent)))
    return "\n".join(lines).encode(), found


@dataclass
class Times:
    """Milliseconds of the answers to each half, by pair, and in how many pairs the bytes differed."""

    listed: list[float] = field(default_factory=list)
    absent: list[float] = field(default_factory=list)
    differing: int = 0

    def printed(self, dice: np.random.Generator) -> dict[str, Any]:
        one, other = np.array(self.listed), np.array(self.absent)
        apart = one - other
        drawn = dice.integers(0, len(apart), (2000, len(apart)))
        low, high = np.percentile(np.median(apart[drawn], axis=1), (2.5, 97.5))
        return {
            "pairs": len(apart),
            "bytes_differ": self.differing,
            "median_ms": {"listed": _short(np.median(one)), "absent": _short(np.median(other))},
            "quantile_difference_ms": {
                f"p{q}": _short(np.percentile(one, q) - np.percentile(other, q)) for q in QUANTILES
            },
            "paired_median_difference_us": round(1000 * float(np.median(apart)), 1),
            "paired_95_percent_us": [round(1000 * float(edge), 1) for edge in (low, high)],
            "auc": _short(_auc(one, other)),
            "auc_95_percent_by_chance": _short(1.96 * ((2 * len(one) + 1) / (12 * len(one) ** 2)) ** 0.5),
            "listed_slower_share": _short(np.mean(apart > 0)),
        }


def _short(number: Any) -> float:
    return round(float(number), 3)


def _auc(one: Any, other: Any) -> float:
    """How often an answer about somebody listed took longer than one about somebody absent."""
    ordered = np.sort(other)
    below = np.searchsorted(ordered, one, "left") + np.searchsorted(ordered, one, "right")
    return float(below.mean() / 2 / len(other))


class Asker:
    """One connection, kept open."""

    def __init__(self, address: str) -> None:
        host, port = address.removeprefix("http://").split(":")
        self.connection = http.client.HTTPConnection(host, int(port), timeout=60)

    def warm(self) -> None:
        """A new connection that has carried an answer: a server closes one that was idle."""
        self.connection.close()
        for _ in range(5):
            self.connection.request("GET", "/healthz")
            self.connection.getresponse().read()

    def ask(self, path: str, content: bytes, status: int) -> tuple[float, str]:
        """Milliseconds, and the answer without what every answer has of its own."""
        begun = time.perf_counter()
        self.connection.request("POST", path, content, {"Content-Type": "application/json"})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        taken = 1000 * (time.perf_counter() - begun)
        if answer.status != status:
            raise RuntimeError(f"{path}: {answer.status} {text[:300]}")
        headers = sorted((name, value) for name, value in answer.getheaders() if name.lower() not in OWN)
        return taken, f"{headers} {text}"


class Experiment:
    """Both halves of each pair one after the other, in an order drawn by lot."""

    def __init__(self, office: Office, pairs: list[Pair], dice: random.Random) -> None:
        self.asker, self.pairs, self.dice = Asker(office.address), pairs, dice
        self.codes: dict[tuple[int, str], str] = {}

    def file(self, *, and_read: bool = False) -> tuple[Times, Times]:
        """Submissions; and, right after each, a read of its state."""
        filed, read = Times(), Times()
        self.asker.warm()
        for number, pair in enumerate(self.pairs):
            told, states = {}, {}
            for half in self.dice.sample(("listed", "absent"), 2):
                taken, answer = self.asker.ask("/api/v1/public/requests", getattr(pair, half), 201)
                getattr(filed, half).append(taken)
                code = CODE.search(answer)
                if code is None:
                    raise RuntimeError("a receipt without a code")
                self.codes[number, half] = code.group()
                told[half] = CODE.sub("CODE", answer)
                if and_read:
                    taken, states[half] = self._state(number, half)
                    getattr(read, half).append(taken)
            filed.differing += told["listed"] != told["absent"]
            read.differing += and_read and states["listed"] != states["absent"]
        return filed, read

    def read(self) -> Times:
        found = Times()
        self.asker.warm()
        for number in self.dice.sample(range(len(self.pairs)), len(self.pairs)):
            told = {}
            for half in self.dice.sample(("listed", "absent"), 2):
                taken, told[half] = self._state(number, half)
                getattr(found, half).append(taken)
            found.differing += told["listed"] != told["absent"]
        return found

    def _state(self, number: int, half: str) -> tuple[float, str]:
        return self.asker.ask(
            "/api/v1/public/status", json.dumps({"code": self.codes[number, half]}).encode(), 200
        )


def measured(office: Office, chosen: argparse.Namespace) -> dict[str, Any]:
    dice = random.Random(chosen.seed)
    rows, pairs = world(dice, chosen.rows, 2 * chosen.pairs)
    office.publish(office.sign_in("delivers-lists"), "list.csv", rows)
    quiet, busy = pairs[: chosen.pairs], pairs[chosen.pairs :]
    Experiment(office, quiet[:20], dice).file()  # the first answers of a process are slower
    experiment = Experiment(office, quiet, dice)
    found = {"submissions": experiment.file()[0], "states_before_matching": experiment.read()}
    print("matching", file=sys.stderr)
    office.start_worker()
    reviewer = office.sign_in("reads")
    office.match(reviewer)
    links = len(reviewer.get("/api/v1/links", params={"limit": 50}).json()["items"])
    beside = Experiment(office, busy, dice)
    filed, states = beside.file(and_read=True)
    found |= {"submissions_beside_the_worker": filed, "states_at_once_beside_the_worker": states}
    office.match(reviewer)
    office.stop_last()
    found["states_after_matching"] = experiment.read()
    numbers = np.random.default_rng(chosen.seed)
    return {
        "database": "postgresql" if chosen.database else "sqlite",
        "rows": chosen.rows,
        "links_of_the_first_page": links,
        **{name: times.printed(numbers) for name, times in found.items()},
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", default="")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, new_store(Path(name), chosen.database) as store:
        hire(store, STAFF)
        with Office(worker=False) as office:
            print(json.dumps(measured(office, chosen), indent=1))


if __name__ == "__main__":
    main()
