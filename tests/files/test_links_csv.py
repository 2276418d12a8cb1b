"""`links.csv`: ranks, rows and reasons of candidate links."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas.link import Band, CandidateLink, Evidence
from schemas.vocabulary import LinkRelation
from service.errors import HomewardError
from service.files.links_csv import COLUMNS, PlacedLink, RecordPlace, place_links, reasons_of
from service.files.outputs import write_outputs
from service.files.whole_file import written_whole

ROW_2, ROW_3 = RecordPlace("list.csv", 2), RecordPlace("list.csv", 3)
WHERE = {"a": ROW_2, "b": ROW_3, "b1": ROW_3, "b2": ROW_3}


def link(
    person: str, record: str, rank: int, relation: LinkRelation = LinkRelation.SAME_PERSON
) -> CandidateLink:
    return CandidateLink(
        request_id="R1",
        person_id=person,
        record_id=record,
        relation=relation,
        rank=rank,
        weight=5.0 - rank,
        probability=0.5,
        band=Band.SHOW,
        evidence=(Evidence(comparison="age", level="close", weight=1.0, sentence="Ages are close."),),
    )


def test_ranks_start_at_one_for_each_person() -> None:
    placed = place_links([link("1", "a", 1), link("1", "b", 2), link("2", "b", 1)], WHERE)
    assert [
        (p.link.person_id, p.rank, p.place.row) for p in sorted(placed, key=lambda p: p.link.person_id)
    ] == [
        ("1", 1, 2),
        ("1", 2, 3),
        ("2", 1, 3),
    ]


def test_counted_children_of_one_row_are_one_line() -> None:
    """Three unnamed children of a row say one thing: the child may be among them. Ranks stay whole."""
    household = LinkRelation.IN_HOUSEHOLD_OF
    placed = place_links(
        [link("1", "b1", 1, household), link("1", "b2", 2, household), link("1", "a", 3)], WHERE
    )
    assert [(p.place.row, p.rank, p.link.relation) for p in placed] == [
        (3, 1, household),
        (2, 2, LinkRelation.SAME_PERSON),
    ]


def test_rows_of_two_sheets_stay_two_lines(tmp_path: Path) -> None:
    """Row 2 of two sheets is two people; the reasons say on which sheet each of them stands."""
    where = {"a": RecordPlace("list.xlsx", 2, "Women"), "b": RecordPlace("list.xlsx", 2, "Children")}
    placed = place_links([link("1", "a", 1), link("1", "b", 2)], where)
    assert [p.rank for p in placed] == [1, 2]
    write_outputs(tmp_path / "links.csv", None, placed)
    assert "On sheet Children" in (tmp_path / "links.csv").read_text(encoding="utf-8")


def test_links_and_reasons_appear_together_or_not_at_all(tmp_path: Path) -> None:
    out, explain = tmp_path / "links.csv", tmp_path / "reasons.jsonl"

    def broken() -> Iterator[PlacedLink]:
        yield from place_links([link("1", "a", 1)], WHERE)
        raise KeyError("stop")

    with pytest.raises(KeyError):
        write_outputs(out, explain, broken())
    assert list(tmp_path.iterdir()) == []
    assert write_outputs(out, explain, place_links([link("1", "a", 1)], WHERE)) == 1
    assert json.loads(explain.read_text())["row"] == 2


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(HomewardError) as caught:
        write_outputs(tmp_path / "no" / "links.csv", None, [])
    assert caught.value.code == "output_unwritable"


def test_reasons_are_the_moving_sentences_strongest_first() -> None:
    def said(weight: float, sentence: str, comparison: str = "age") -> Evidence:
        return Evidence(comparison=comparison, level="x", weight=weight, sentence=sentence)

    evidence = [
        said(1, "Weak."),
        said(-4, "Against"),
        said(0, "Missing"),
        said(-9, "Prior", "prior"),
        said(2, ""),
    ]
    assert reasons_of(evidence) == "Against; Weak"


def test_cells_that_a_spreadsheet_would_run_are_made_harmless(tmp_path: Path) -> None:
    target = tmp_path / "links.csv"
    evil = link("=1+1", "a", 1).model_copy(update={"request_id": "@SUM(A1)"})
    assert write_outputs(target, None, place_links([evil], WHERE)) == 1
    with target.open(encoding="utf-8", newline="") as file:
        head, line = list(csv.reader(file))
    assert tuple(head) == COLUMNS
    assert line[:2] == ["'@SUM(A1)", "'=1+1"]
    assert float(line[COLUMNS.index("weight")]) == 4.0


def test_an_older_file_survives_a_failed_writing(tmp_path: Path) -> None:
    target = tmp_path / "links.csv"
    target.write_text("old")

    def fail() -> None:
        with written_whole(target) as file:
            file.write("half")
            raise KeyError("stop")

    with pytest.raises(KeyError):
        fail()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
