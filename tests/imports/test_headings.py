"""Columns are recognised by a published table, by a mapping, and at last by their content."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.vocabulary import NameRole, Relation
from service.imports import FileRejected, ReadOptions, read_list
from service.imports.headings import meanings, recognise
from service.imports.record import READERS
from tests.imports.tables import Rows, as_xlsx, delimited

TABLE = list(
    csv.DictReader(
        files("service.imports").joinpath("headings.tsv").read_text("utf-8").splitlines(), delimiter="\t"
    )
)


def meaning_of(rows: Rows, options: ReadOptions | None = None) -> list[str]:
    reading = read_list(delimited(rows), "list.csv", options or ReadOptions(list_id="t"))
    return [column.meaning for column in reading.columns]


def test_every_heading_has_its_own_meaning() -> None:
    """No heading of the table is claimed by two meanings, and every meaning has a reader."""
    for row in TABLE:
        assert recognise(row["heading"]).meaning == row["meaning"], row
    assert {row["meaning"] for row in TABLE} == set(READERS)
    assert {row["language"] for row in TABLE} == {"ar", "en", "ru", "fr", "tr", "ku"}


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("  NAME OF THE CHILD ", "name"),
        ("Nationalty", "nationality"),
        ("Date of Birth (DD/MM/YYYY)", "birth_date"),
        ("إسم الام", "mother"),
        ("تأريخ الميلاد", "birth_date"),
        ("Фамилия, имя, отчество", "name"),
        ("Примечаниe", "remarks"),
        ("Nav / الاسم", "name"),
        ("Father's  Name", "father"),
        ("Mother´s name", "mother"),
        ("PRÉNOM", "given_name"),
        ("Têbinî", "remarks"),
        ("Yaşı", "age"),
        ("№ п/п", "number"),
        ("#", "number"),
        ("الجنـــس", "sex"),
    ],
)
def test_tolerance(heading: str, meaning: str) -> None:
    """Case, accents, tatweel, spaces, brackets, halves and small misspellings do not matter."""
    assert recognise(heading).meaning == meaning


@given(st.text(max_size=40))
def test_any_heading(text: str) -> None:
    """Whatever stands above a column, the answer is a known meaning."""
    assert recognise(text).meaning in meanings()


def test_a_mapping_wins() -> None:
    """By heading as written or by column letter."""
    rows = (("Alpha", "Age", "Gamma"), ("Zalina Testova", "7", "Raisa"), ("Murad Testov", "5", "Salima"))
    options = ReadOptions(list_id="t", mapping={"Alpha": "name", "C": "mother", "Age": "ignore"})
    reading = read_list(delimited(rows), "list.csv", options)
    assert [c.meaning for c in reading.columns] == ["name", "ignore", "mother"]
    assert reading.records[0].person.written(NameRole.FULL) == ("Zalina Testova",)
    assert [k.name and k.name.text for k in reading.records[0].person.kin_named(Relation.MOTHER)] == ["Raisa"]
    assert not reading.records[0].person.births
    assert [c.text for c in reading.records[0].cells] == ["Zalina Testova", "7", "Raisa"]


def test_a_mapping_to_nothing_known_is_refused() -> None:
    with pytest.raises(FileRejected) as refused:
        meaning_of((("Name",), ("Zalina",)), ReadOptions(mapping={"Name": "shoe_size"}))
    assert refused.value.code == "unknown_meaning"


def test_two_heading_rows() -> None:
    """A heading above two columns, and their own headings below it, are read together."""
    rows = (
        ("List of children", "", "", "", ""),
        ("No", "Child", "", "Mother", "Remarks"),
        ("", "First name", "Surname", "Name", ""),
        ("1", "Zalina", "Testova", "Raisa", "with mother"),
        ("2", "Murad", "Testov", "Raisa", ""),
    )
    assert meaning_of(rows) == ["number", "given_name", "surname", "mother", "remarks"]
    reading = read_list(as_xlsx(rows), "list.xlsx")
    assert [(s.row, s.reason) for s in reading.skipped] == [(1, "title"), (2, "header"), (3, "header")]
    assert len(reading.records) == 2


def test_groups_of_headings_without_merged_cells() -> None:
    """`Name` under `Mother` is the mother's name, also where the group stands above blank cells."""
    rows = (
        ("", "الطفل", "", "", "الام", "", ""),
        ("ت", "الاسم", "اللقب", "الجنس", "الاسم", "الحالة", "ملاحظات"),
        ("1", "طاهر", "سلطانوف", "ذكر", "رئيسة", "متوفية", ""),
    )
    reading = read_list(delimited(rows), "list.csv")
    assert [c.meaning for c in reading.columns] == [
        "number",
        "name",
        "surname",
        "sex",
        "mother",
        "mother",
        "remarks",
    ]
    (mother,) = reading.records[0].person.kin_named(Relation.MOTHER)
    assert mother.name is not None
    assert (mother.name.text, mother.alive) == ("رئيسة", False)


def test_no_headings_at_all() -> None:
    """Columns are guessed from what stands in them, and the uploader is asked."""
    rows = (
        ("1", "Zalina Testova", "F", "12.03.2011"),
        ("2", "Murad Testov", "M", "01.07.2001"),
        ("3", "Adam Probov", "M", "14.02.2016"),
    )
    reading = read_list(delimited(rows), "list.csv")
    assert [c.meaning for c in reading.columns] == ["number", "name", "sex", "birth_date"]
    assert {c.how for c in reading.columns} == {"content"}
    assert reading.needs_confirmation
    assert "columns" in {question.code for question in reading.questions}
    assert len(reading.records) == 3


def test_unknown_columns_are_kept() -> None:
    """A column that means nothing to us stays in the cells, in the notes, and in a question."""
    rows = (("Name", "Age", "Zodiac"), ("Zalina", "7", "ram"), ("Murad", "5", ""))
    reading = read_list(delimited(rows), "list.csv")
    assert ("Zodiac", "ram") in {(c.heading, c.text) for c in reading.records[0].cells}
    assert "Zodiac: ram" in [n.text for n in reading.records[0].person.notes]
    assert "unknown_columns" in {question.code for question in reading.questions}


def test_a_lone_given_name_column_is_the_name() -> None:
    """`Имя` or `Nom` alone is the whole name."""
    assert meaning_of((("Имя", "Возраст"), ("Залина Тестова", "7"))) == ["name", "age"]
    assert meaning_of((("Nom", "Âge"), ("Zalina Testova", "7"))) == ["name", "age"]
    assert meaning_of((("Nom", "Prénom", "Âge"), ("Testova", "Zalina", "7"))) == [
        "surname",
        "given_name",
        "age",
    ]
