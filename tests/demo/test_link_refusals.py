"""`homeward link` on unusable input: exit code 2, one sentence, nothing written."""

from pathlib import Path

import pytest

from service.demo.examples import LISTS, REQUESTS
from tests.demo.link_command import run, run_process

GOOD = LISTS[0].path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "links.csv"


def _refused(out: Path, *arguments: str | Path) -> str:
    done = run(*arguments, "--out", out)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()
    return done.stderr


def test_a_missing_file_is_named(out: Path, tmp_path: Path) -> None:
    assert "[file_unreadable]" in _refused(out, "--requests", tmp_path / "no.csv", "--list", GOOD)
    assert "[file_unreadable]" in _refused(out, "--requests", REQUESTS, "--list", tmp_path / "no.csv")


def test_an_empty_or_foreign_requests_file_is_refused(out: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    assert "[file_empty]" in _refused(out, "--requests", empty, "--list", GOOD)
    assert "[not_a_text_table]" in _refused(out, "--requests", LISTS[1].path, "--list", GOOD)
    assert "[columns_missing]" in _refused(out, "--requests", _write(tmp_path, "role,sex\n"), "--list", GOOD)


def _write(folder: Path, text: str) -> Path:
    path = folder / "given.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_that_is_no_list_is_refused_by_name(out: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 this is no workbook")
    said = _refused(out, "--requests", REQUESTS, "--list", GOOD, "--list", broken)
    assert "broken.xlsx" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--list-date", "other.csv=2019-01-01"], "list_not_named"),
        (["--list-date", f"{GOOD.name}=spring"], "list_date_unreadable"),
        (["--mapping", f"{GOOD.name}=no.json"], "mapping_unreadable"),
        (["--list", str(GOOD)], "list_twice"),
    ],
)
def test_what_is_said_of_a_list_is_checked(out: Path, arguments: list[str], code: str) -> None:
    assert f"[{code}]" in _refused(out, "--requests", REQUESTS, "--list", GOOD, *arguments)


def test_no_input_is_overwritten(tmp_path: Path) -> None:
    copy = tmp_path / "requests.csv"
    copy.write_bytes(REQUESTS.read_bytes())
    done = run_process("--requests", copy, "--list", GOOD, "--out", copy)
    assert done.returncode == 2
    assert "[output_is_input]" in done.stderr
    assert copy.read_bytes() == REQUESTS.read_bytes()
