"""The example files that Homeward brings along."""

import csv
from pathlib import Path

import openpyxl

from service.demo.examples import DATA, LATER_EDITION, LISTS, REQUESTS, TRUTH
from service.demo.make_lists import MAKERS, make
from service.files.requests import read_requests


def _cells(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_files_are_those_that_their_tables_make(tmp_path: Path) -> None:
    """Whoever changes an invented person in `source/` must write the files anew."""
    make(tmp_path)
    for made in tmp_path.iterdir():
        shipped = DATA / made.name
        if made.suffix == ".xlsx":
            assert _cells(made) == _cells(shipped), made.name
        else:
            assert made.read_bytes() == shipped.read_bytes(), made.name
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in DATA.iterdir()}


def test_every_list_is_known() -> None:
    assert {example.file_name for example in (*LISTS, LATER_EDITION)} == set(MAKERS)
    assert all(example.path.is_file() for example in (*LISTS, LATER_EDITION))


def test_the_requests_are_understood_whole() -> None:
    """Twenty-five requests in nine languages, no row lost, nothing unclear."""
    reading = read_requests(REQUESTS.read_bytes())
    assert reading.problems == ()
    assert reading.unknown_columns == ()
    assert len(reading.requests) == 25
    assert {request.language for request in reading.requests} == {
        "ru", "uz", "tg", "fr", "ar", "en", "kk", "ky", "az"
    }  # fmt: skip


def test_the_truth_speaks_of_people_who_are_asked_for() -> None:
    asked = {p.person_id for q in read_requests(REQUESTS.read_bytes()).requests for p in q.sought}
    with TRUTH.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file, delimiter="\t"))
    assert {line["person_id"] for line in lines} == asked
    assert {line["label"] for line in lines} == {"match", "non_match"}
    assert {line["list"] for line in lines} <= {example.file_name for example in LISTS} | {""}
