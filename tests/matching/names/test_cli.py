"""`homeward names` end to end: files in, CSV out, and a comparison a machine can read."""

import csv
import json
from pathlib import Path

from typer.testing import CliRunner

from service.cli.names import app

RUNNER = CliRunner()


def test_rank_writes_lines_counted_from_one_and_tolerates_marks_blanks_and_line_ends(tmp_path: Path) -> None:
    queries, candidates, out = tmp_path / "q.txt", tmp_path / "c.txt", tmp_path / "out.csv"
    queries.write_bytes("\ufeffИсрапилова Заира\r\n\r\nMagomed Magomedov\n".encode())
    candidates.write_text(
        "محمد محمدوف\n\nزائرة إسرافيلوفا\nЗаира Исрапилова\nزائرة إسرافيلوفا", encoding="utf-8"
    )
    result = RUNNER.invoke(
        app,
        ["rank", "--queries", str(queries), "--candidates", str(candidates), "--out", str(out), "--top", "2"],
    )
    assert result.exit_code == 0, result.output
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert set(rows[0]) == {"query", "rank", "candidate", "score"}
    first = [(row["query"], row["rank"], row["candidate"]) for row in rows]
    assert first[0] == ("1", "1", "4")
    assert first[1] == ("1", "2", "3")
    assert first[2] == ("3", "1", "1")
    assert all(row["candidate"] != "2" for row in rows)
    assert all(row["query"] != "2" for row in rows)


def test_rank_writes_the_same_as_json_lines(tmp_path: Path) -> None:
    queries, candidates = tmp_path / "q.txt", tmp_path / "c.txt"
    queries.write_text("Исрапилова Заира\nMagomed", encoding="utf-8")
    candidates.write_text("محمد\nزائرة إسرافيلوفا", encoding="utf-8")
    told = []
    for name, more in (("a.csv", []), ("a.jsonl", ["--json"])):
        out = tmp_path / name
        files = ["--queries", str(queries), "--candidates", str(candidates), "--out", str(out)]
        assert RUNNER.invoke(app, ["rank", *files, *more]).exit_code == 0
        told.append(out.read_text(encoding="utf-8").splitlines())
    plain = [{key: float(cell) for key, cell in row.items()} for row in csv.DictReader(told[0])]
    assert plain
    assert plain == [json.loads(line) for line in told[1]]


def test_rank_copes_with_empty_files(tmp_path: Path) -> None:
    empty, out = tmp_path / "empty.txt", tmp_path / "out.csv"
    empty.write_text("", encoding="utf-8")
    result = RUNNER.invoke(
        app, ["rank", "--queries", str(empty), "--candidates", str(empty), "--out", str(out)]
    )
    assert result.exit_code == 0, result.output
    assert out.read_text(encoding="utf-8") == "query,rank,candidate,score\n"


def test_compare_prints_json_with_the_letters_that_met() -> None:
    result = RUNNER.invoke(app, ["compare", "Гаджиев Ибрагим Шамилевич", "ابراهيم غازييف", "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.output)
    assert found["weight"] > 5
    (father,) = found["unmatched_left"]
    assert (father["text"], father["role"], father["start"]) == ("Шамилевич", "patronymic", 16)
    surname = next(pair for pair in found["pairs"] if pair["left"] == "Гаджиев")
    assert surname["aligned"] == [["га", "غا"], ["джи", "زي"], ["ев", "يف"]]


def test_compare_prints_a_table_for_people() -> None:
    result = RUNNER.invoke(app, ["compare", "Зара", "Захра"])
    assert result.exit_code == 0, result.output
    assert "weak_link" in result.output


def test_compare_tells_every_part_with_its_role_and_place() -> None:
    result = RUNNER.invoke(app, ["compare", "Умм Ибрагим аш-Шишани", "ابراهيم", "--json"])
    assert result.exit_code == 0, result.output
    left = json.loads(result.output)["left"]
    kunya = next(part for part in left["parts"] if part["role"] == "kunya")
    assert (kunya["groups"], kunya["bearer"]) == (["Ibrahim"], "female")
    assert all(left["written"][part["start"] : part["end"]] == part["text"] for part in left["parts"])


def test_pieces_of_the_table_keep_their_own_direction() -> None:
    result = RUNNER.invoke(app, ["compare", "Гаджиев Ибрагим", "ابراهيم غازييف"])
    assert "\u2068ابراهيم\u2069" in result.output


def test_no_name_is_a_sentence_with_a_code() -> None:
    for empty in ("", "  ", "؟؟ 12"):
        result = RUNNER.invoke(app, ["compare", "Анна", empty])
        assert result.exit_code == 2
        assert "B holds no name" in result.output
        assert "[no_name]" in result.output
