"""The worked examples through the real `homeward link`: figures as JSON.

    python bench/examples.py [FOLDER] [--told-dates]        # default ../shared/data/examples

With --told-dates the lists' own dates are given (March 2019, June 2020, September 2021); without
them Homeward guesses, as it must when nobody told.

The folder holds example lists, requests, sought people and labelled truth (tab separated). The
people are brought into the requests file of the command line's contract, the lists are written
without the key column that only the truth file knows, and `homeward link` runs as a user runs it.
These pairs are a regression set: nothing is tuned on them, and they are no measure of quality.
"""

import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from matching.linker import Linker  # noqa: E402  (the path above comes first)
from matching.transfers import all_transfers  # noqa: E402  (as above)
from matching.weights import POLICY  # noqa: E402  (as above)
from service.files.linking import read_lists  # noqa: E402  (as above)
from service.files.list_inputs import Sayings, list_inputs  # noqa: E402  (as above)

LISTS = {  # file -> the day of which its ages speak, as its description tells
    "example_list_a.tsv": "2019-03-31",
    "example_list_b.tsv": "2020-06-30",
    "example_list_c.tsv": "2021-09-30",
}
TOP = 70  # more than all rows of the examples: every pair gets a rank
CONTRACT = {
    "request_id": "request_id",
    "role": "role",
    "surname": "surname",
    "given": "given_name",
    "patronymic": "patronymic",
    "other_names": "other_names",
    "sex": "sex",
    "father": "father_name",
    "mother": "mother_name",
    "origin": "origin",
    "last_heard_place": "last_known_place",
    "last_heard_date": "last_known_date",
}
Line = dict[str, str]
Key = tuple[str, int]  # list file, row as a spreadsheet shows it


def read(path: Path) -> list[Line]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def write_requests(folder: Path, target: Path) -> None:
    """The sought people in the contract's columns; "about" becomes `YYYY~`."""
    asked = {line["request_id"]: line for line in read(folder / "example_requests.tsv")}
    rows = []
    for person in read(folder / "example_request_people.tsv"):
        request = asked[person["request_id"]]
        row = {new: person[old] or "" for old, new in CONTRACT.items()}
        row["person_id"] = f"{person['request_id']}.{person['person_no']}"
        row["birth_date"] = person["dob"] + ("~" if person["dob_precision"] == "about" else "")
        row["enquirer_name"] = request["claimant_name"]
        row["enquirer_relation"] = request["claimant_relation"]
        row["language"] = request["lang"]
        rows.append(row)
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_list(source: Path, target: Path) -> dict[str, Key]:
    """The list as its clerk would send it; where each row_ref of the truth file now stands."""
    places: dict[str, Key] = {}
    lines = source.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        places[line.split("\t", 1)[0]] = (target.name, number)
    target.write_text("".join(line.split("\t", 1)[1] + "\n" for line in lines), encoding="utf-8")
    del places["row_ref"]
    return places


@dataclass
class Run:
    """What `homeward link` wrote."""

    summary: dict[str, object]
    ranked: dict[str, list[Line]] = field(
        default_factory=lambda: defaultdict(list)
    )  # person -> links by rank

    def link(self, person: str, place: Key, relation: str = "same_person") -> Line | None:
        for line in self.ranked[person]:
            if (line["list"], int(line["row"])) == place and line["relation"] == relation:
                return line
        return None


def link(work: Path, told_dates: bool) -> Run:
    command = [sys.executable, "-m", "service", "link", "--json", "--top", str(TOP)]
    command += ["--requests", str(work / "requests.csv"), "--out", str(work / "links.csv")]
    for name, day in LISTS.items():
        command += ["--list", str(work / name)]
        command += ["--list-date", f"{name}={day}"] if told_dates else []
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"homeward link failed ({done.returncode}): {done.stderr}")
    run = Run(json.loads(done.stdout))
    with (work / "links.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            run.ranked[line["person_id"]].append(line)
    return run


def rank_among_others(run: Run, person: str, place: Key, own: set[Key]) -> int | None:
    """The rank of `place` when the other true rows of the same person do not stand in its way."""
    found = run.link(person, place)
    if found is None:
        return None
    before = [line for line in run.ranked[person] if int(line["rank"]) < int(found["rank"])]
    return 1 + sum((line["list"], int(line["row"])) not in own - {place} for line in before)


def pair_figures(run: Run, truth: list[Line], places: dict[str, Key]) -> list[dict[str, object]]:
    """Every true same-person pair of a sought person and a list row, with its rank."""
    own: dict[str, set[Key]] = defaultdict(set)
    true = [
        line
        for line in truth
        if line["label"] == "match" and line["relation"] == "same_person" and "." in line["left"]
    ]
    for line in true:
        own[line["left"]].add(places[line["right"]])
    figures: list[dict[str, object]] = []
    for line in true:
        person, place = line["left"], places[line["right"]]
        found = run.link(person, place)
        figures.append(
            {
                "person": person,
                "row": line["right"],
                "rank": rank_among_others(run, person, place, own[person]),
                "probability": float(found["probability"]) if found else None,
                "weight": float(found["weight"]) if found else None,
                "hard_case": line["hard_case"],
            }
        )
    return figures


def decoys_above(run: Run, truth: list[Line], places: dict[str, Key]) -> list[dict[str, object]]:
    """Labelled decoys that weigh at least as much as the weakest true link of the same person."""
    true: dict[str, list[float]] = defaultdict(list)
    for line in truth:
        if line["label"] == "match" and line["relation"] == "same_person" and "." in line["left"]:
            found = run.link(line["left"], places[line["right"]])
            true[line["left"]].append(float(found["weight"]) if found else float("-inf"))
    above: list[dict[str, object]] = []
    for line in truth:
        if line["label"] != "non_match" or not line["right"] or "." not in line["left"]:
            continue
        found = run.link(line["left"], places[line["right"]])
        if found and true[line["left"]] and float(found["weight"]) >= min(true[line["left"]]):
            above.append(
                {
                    "person": line["left"],
                    "decoy": line["right"],
                    "weight": float(found["weight"]),
                    "true_weights": true[line["left"]],
                    "above_best": float(found["weight"]) >= max(true[line["left"]]),
                }
            )
    return above


def counted_children(run: Run, truth: list[Line], places: dict[str, Key]) -> list[dict[str, object]]:
    figures: list[dict[str, object]] = []
    for line in truth:
        if line["relation"] == "in_household_of":
            found = run.link(line["left"], places[line["right"]], "in_household_of")
            figures.append(
                {
                    "person": line["left"],
                    "row": line["right"],
                    "rank": int(found["rank"]) if found else None,
                    "probability": float(found["probability"]) if found else None,
                }
            )
    return figures


def best_probability(run: Run, request: str) -> float:
    lines = [
        line for person, lines in run.ranked.items() if person.startswith(f"{request}.") for line in lines
    ]
    return max((float(line["probability"]) for line in lines), default=0.0)


def contested(run: Run, places: dict[str, Key]) -> list[dict[str, object]]:
    """Rows that more than one request claims with a link worth a review."""
    claims: dict[Key, set[str]] = defaultdict(set)
    for person, lines in run.ranked.items():
        for line in lines:
            if line["relation"] == "same_person" and float(line["probability"]) >= POLICY.band_show:
                claims[line["list"], int(line["row"])].add(person.partition(".")[0])
    names = {place: ref for ref, place in places.items()}
    return [
        {"row": names[place], "requests": sorted(requests)}
        for place, requests in sorted(claims.items())
        if len(requests) > 1
    ]


def on_two_lists(work: Path, places: dict[str, Key]) -> list[dict[str, object]]:
    """People whom the matcher takes for one on two lists."""
    lists = read_lists(list_inputs([work / name for name in LISTS], Sayings((), (), ())))
    where, names = lists.where(), {place: ref for ref, place in places.items()}
    linker = Linker(record for reading in lists.readings.values() for record in reading.records)

    def ref(record_id: str) -> str:
        return names[where[record_id].list, where[record_id].row]

    return [
        {"rows": sorted((ref(one.record_id), ref(one.other_id))), "probability": round(one.probability, 3)}
        for one in all_transfers(linker)
    ]


def rows_understood(run: Run, places: dict[str, Key]) -> dict[str, object]:
    """Per list: rows that became people, and rows that did not."""
    lists = run.summary["lists"]
    assert isinstance(lists, list)
    figures: dict[str, object] = {}
    for reading in lists:
        wanted = {row for name, row in places.values() if name == reading["list"]}
        figures[reading["list"]] = {
            "rows": len(wanted),
            "understood": len(wanted & set(reading["rows"])),
            "lost": sorted(wanted - set(reading["rows"])),
            "not_rows": sorted(set(reading["rows"]) - wanted),
            "people": reading["people"],
            "problems": reading["problems"],
            "list_date": reading["list_date"],
        }
    return figures


def figures(folder: Path, told_dates: bool = False) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        write_requests(folder, work / "requests.csv")
        places: dict[str, Key] = {}
        for file in LISTS:
            places |= write_list(folder / file, work / file)
        run = link(work, told_dates)
        twice = on_two_lists(work, places)
    truth = read(folder / "example_truth.tsv")
    pairs = pair_figures(run, truth, places)
    ranks = [pair["rank"] for pair in pairs]
    weak = run.link("R17.1", places["A15"])
    return {
        "lists": rows_understood(run, places),
        "requests": run.summary["requests"],
        "true_pairs": len(pairs),
        "among_first_5": sum(isinstance(rank, int) and rank <= 5 for rank in ranks),
        "first": sum(rank == 1 for rank in ranks),
        "decoys_above_true_link": decoys_above(run, truth, places),
        "in_household_of": counted_children(run, truth, places),
        "contested": contested(run, places),
        "on_two_lists": twice,
        "R09_highest_probability": best_probability(run, "R09"),
        "R18_highest_probability": best_probability(run, "R18"),
        "R17_A15_probability": float(weak["probability"]) if weak else None,
        "pairs": pairs,
    }


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--told-dates"]
    given = Path(words[0] if words else "../shared/data/examples")
    print(json.dumps(figures(given, "--told-dates" in sys.argv), ensure_ascii=False, indent=2))
