"""`homeward link` as a user runs it, on the example data."""

import csv
import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from service.cli import build
from service.demo.examples import LISTS, TRUTH, ExampleList

Line = dict[str, str]
Key = tuple[str, int]


@dataclass(frozen=True)
class Done:
    """How a run of the command ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str | Path) -> Done:
    """The command inside this process: its start-up is paid once for all tests."""
    result = CliRunner().invoke(build(), ["link", *map(str, arguments)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Done(result.exit_code, result.stdout, result.stderr)


def run_process(*arguments: str | Path) -> Done:
    """The command as a user runs it: a process of its own."""
    command = [sys.executable, "-m", "service", "link", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return Done(done.returncode, done.stdout, done.stderr)


def list_arguments(lists: Sequence[ExampleList] = LISTS) -> list[str]:
    arguments: list[str] = []
    for example in lists:
        arguments += ["--list", str(example.path)]
        arguments += ["--list-date", f"{example.file_name}={example.list_date.isoformat()}"]
    return arguments


@dataclass(frozen=True)
class Linked:
    """What one run wrote and said."""

    summary: dict[str, object]
    said: str
    lines: list[Line]
    reasons: list[dict[str, object]]

    def of(self, person: str) -> list[Line]:
        return [line for line in self.lines if line["person_id"] == person]

    def line(self, person: str, key: Key, relation: str = "same_person") -> Line | None:
        found = [
            line
            for line in self.of(person)
            if (line["list"], int(line["row"])) == key and line["relation"] == relation
        ]
        return found[0] if found else None


def linked(folder: Path, requests: Path) -> Linked:
    out, reasons = folder / "links.csv", folder / "reasons.jsonl"
    done = run_process(
        "--requests", requests, *list_arguments(), "--out", out, "--explain", reasons, "--top", "60", "--json"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    objects = [json.loads(line) for line in reasons.read_text(encoding="utf-8").splitlines()]
    return Linked(json.loads(done.stdout), done.stderr, lines, objects)


@dataclass(frozen=True)
class Truth:
    person: str
    key: Key | None
    is_match: bool
    relation: str
    note: str


def truth() -> list[Truth]:
    with TRUTH.open(encoding="utf-8", newline="") as file:
        return [
            Truth(
                line["person_id"],
                (line["list"], int(line["row"])) if line["list"] else None,
                line["label"] == "match",
                line["relation"],
                line["note"],
            )
            for line in csv.DictReader(file, delimiter="\t")
        ]


def own_rows() -> dict[str, set[Key]]:
    """person -> the rows that are that person."""
    own: dict[str, set[Key]] = defaultdict(set)
    for fact in truth():
        if fact.is_match and fact.key and fact.relation == "same_person":
            own[fact.person].add(fact.key)
    return own
