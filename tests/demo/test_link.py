"""`homeward link` on the example data, as a user runs it: a process, files in, files out."""

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from service.demo.examples import LISTS, REQUESTS
from service.files.links_csv import COLUMNS
from tests.demo.link_command import Linked, linked, list_arguments, own_rows, run, truth


@pytest.fixture(scope="module")
def links(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    return linked(tmp_path_factory.mktemp("link"), REQUESTS)


def test_the_output_keeps_the_contract(links: Linked) -> None:
    """Columns in order; ranks from 1 without gaps for each person; weights fall with the rank."""
    assert tuple(links.lines[0]) == COLUMNS
    by_person: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for line in links.lines:
        by_person[line["request_id"], line["person_id"]].append(line)
        assert 0 <= float(line["probability"]) <= 1
        assert line["relation"] in ("same_person", "in_household_of")
        assert line["reasons"]
        assert line["list"] in {example.file_name for example in LISTS}
        assert int(line["row"]) > 1
    for lines in by_person.values():
        assert [int(line["rank"]) for line in lines] == list(range(1, len(lines) + 1))
    with REQUESTS.open(encoding="utf-8", newline="") as file:
        assert set(by_person) == {(row["request_id"], row["person_id"]) for row in csv.DictReader(file)}


def test_no_row_of_any_list_is_lost(links: Linked) -> None:
    """Every row of the four layouts is understood without hand mapping."""
    assert "columns not understood" not in links.said
    rows = {(fact.key) for fact in truth() if fact.key}
    understood = {
        (reading["list"], row)
        for reading in links.summary["lists"]  # type: ignore[attr-defined]
        for row in reading["rows"]
    }
    assert rows <= understood
    assert {reading["list"]: len(reading["rows"]) for reading in links.summary["lists"]} == {  # type: ignore[attr-defined]
        "consular_check_2018-12.csv": 25,
        "prison_orphanage_2019-04.xlsx": 33,
        "camp_annex_2020-07.csv": 33,
        "ngo_register_2021-10.xlsx": 26,
    }


def test_true_people_stand_before_strangers(links: Linked) -> None:
    """Nine of ten true pairs are first among all rows that are not that person, and none is lost from
    the first five but the renamed and the weak."""
    own = own_rows()
    ranks = {}
    for person, keys in own.items():
        for key in keys:
            line = links.line(person, key)
            assert line is not None, (person, key)
            before = [other for other in links.of(person) if int(other["rank"]) < int(line["rank"])]
            ranks[person, key] = 1 + sum((b["list"], int(b["row"])) not in keys for b in before)
    first = sum(rank == 1 for rank in ranks.values())
    assert first >= 0.9 * len(ranks), {pair: rank for pair, rank in ranks.items() if rank > 1}
    late = {person for (person, _), rank in ranks.items() if rank > 5}
    assert late <= {"Q09-2", "Q21-1"}


def test_decoys_weigh_less_than_the_true_person(links: Linked) -> None:
    """Namesakes, children with the same kunya and staff-named children do not overtake."""
    own = own_rows()
    for fact in truth():
        if fact.is_match or not fact.key or fact.person not in own:
            continue
        decoy = links.line(fact.person, fact.key)
        true = [links.line(fact.person, key) for key in own[fact.person]]
        assert all(line is not None for line in true)
        if decoy is not None:
            assert float(decoy["weight"]) < max(float(line["weight"]) for line in true if line), fact


@pytest.mark.parametrize("person", ["Q08-1", "Q20-1", "Q20-2", "Q22-1", "Q22-2"])
def test_false_claims_and_people_on_no_list_stay_unlikely(links: Linked, person: str) -> None:
    """A false claimant, people on no list, a namesake's mother, a child whose name the staff gave."""
    found = links.of(person)
    assert found
    assert max(float(line["probability"]) for line in found) < 0.5


def test_counted_children_are_offered_with_the_row_that_counts_them(links: Linked) -> None:
    """ "+3 zarok" offers each of the three sought children the mother's row."""
    household = [fact for fact in truth() if fact.relation == "in_household_of"]
    assert len(household) == 3
    for fact in household:
        assert fact.key is not None
        assert links.line(fact.person, fact.key, "in_household_of") is not None, fact


def test_two_grandmothers_find_the_same_child(links: Linked) -> None:
    best = [links.of(person)[0] for person in ("Q01-2", "Q02-1")]
    assert best[0]["row"] == best[1]["row"]
    assert best[0]["list"] == best[1]["list"]


def test_the_evidence_adds_up_to_the_weight(links: Linked) -> None:
    """`reasons.jsonl` explains every line of `links.csv`, bit by bit."""
    assert len(links.reasons) == len(links.lines)
    for told, line in zip(links.reasons, links.lines, strict=True):
        assert (told["person_id"], told["row"]) == (line["person_id"], int(line["row"]))
        total = sum(e["weight"] for e in told["evidence"])  # type: ignore[attr-defined]
        assert abs(total - float(line["weight"])) < 0.01


def test_lists_with_one_name_are_told_apart_by_their_path(tmp_path: Path) -> None:
    """Two lists that share a file name are named by their paths."""
    paths = []
    for number, example in enumerate(LISTS[:2]):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / f"list{example.path.suffix}"
        if number:
            path = folder / "list.csv"
            path.write_bytes((LISTS[2].path).read_bytes())
        else:
            path.write_bytes(example.path.read_bytes())
        paths.append(path)
    out = tmp_path / "links.csv"
    done = run("--requests", REQUESTS, "--list", paths[0], "--list", paths[1], "--out", out)
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        assert {line["list"] for line in csv.DictReader(file)} == {str(path) for path in paths}


def test_top_limits_the_links_of_each_person(tmp_path: Path) -> None:
    out = tmp_path / "links.csv"
    done = run("--requests", REQUESTS, *list_arguments(LISTS[:1]), "--out", out, "--top", "2")
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        assert max(int(line["rank"]) for line in csv.DictReader(file)) == 2


def test_the_list_date_moves_the_ages(tmp_path: Path) -> None:
    """The same list, dated ten years later, makes the same children ten years younger to the matcher."""
    weights = []
    for day in ("2019-04-15", "2029-04-15"):
        out = tmp_path / f"{day}.csv"
        path = LISTS[1].path
        done = run(
            "--requests", REQUESTS, "--list", path, "--list-date", f"{path.name}={day}", "--out", out
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        with out.open(encoding="utf-8", newline="") as file:
            lines = [line for line in csv.DictReader(file) if line["person_id"] == "Q01-3"]
        weights.append(max(float(line["weight"]) for line in lines if line["row"] == "22"))
    assert weights[0] > weights[1]


def test_a_mapping_names_columns_that_nobody_knows(tmp_path: Path) -> None:
    """A list with headings of its own is linked once a mapping file says what they mean."""
    path, mapping, out = tmp_path / "own.csv", tmp_path / "own.json", tmp_path / "links.csv"
    path.write_text("Kolo 7;Kolo 8;Kolo 9\nТепсуркаева;Малкан;1988\nЧужая;Роза;1970\n", encoding="utf-8")
    meanings = {"Kolo 7": "surname", "Kolo 8": "given_name", "Kolo 9": "birth_date"}
    mapping.write_text(json.dumps(meanings), encoding="utf-8")
    done = run(
        "--requests", REQUESTS, "--list", path, "--mapping", f"own.csv={mapping}", "--out", out, "--json"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["lists"][0]["columns"] == meanings
    with out.open(encoding="utf-8", newline="") as file:
        best = next(line for line in csv.DictReader(file) if line["person_id"] == "Q03-1")
    assert best["row"] == "2"
