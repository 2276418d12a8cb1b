"""Lists in three layouts are understood without any mapping, whatever file they come in."""

from datetime import date

import pytest

from schemas.registry import DetaineeRecord
from schemas.vocabulary import DatePrecision, NameRole, PlaceKind, Relation, Sex, StatedBy
from service.imports import ListReading, ReadOptions, read_list
from tests.imports.tables import CAMP, FORMATS, PRISON, REGISTER, Rows, delimited


def read(rows: Rows, list_date: date | None = None) -> ListReading:
    return read_list(delimited(rows), "list.csv", ReadOptions(list_id="t", list_date=list_date))


def by_row(reading: ListReading) -> dict[int, DetaineeRecord]:
    return {record.row: record for record in reading.records if not record.placeholder}


@pytest.fixture(scope="module")
def prison() -> ListReading:
    return read(PRISON)


@pytest.fixture(scope="module")
def camp() -> ListReading:
    return read(CAMP)


@pytest.fixture(scope="module")
def register() -> ListReading:
    return read(REGISTER)


@pytest.mark.parametrize("table", [PRISON, CAMP, REGISTER], ids=["prison", "camp", "register"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_the_same(table: Rows, form: str) -> None:
    """The people do not depend on the kind of file they came in."""
    options = ReadOptions(list_id="t", list_date=date(2021, 9, 1))
    reading = read_list(FORMATS[form](table), "a file", options)
    expected = read_list(delimited(table), "a file", options)
    assert [r.person for r in reading.records] == [r.person for r in expected.records]
    assert [r.row for r in reading.records] == [r.row for r in expected.records]
    assert [(s.row, s.reason) for s in reading.skipped] == [(s.row, s.reason) for s in expected.skipped]


@pytest.mark.parametrize("form", FORMATS)
def test_blank_lines_and_columns_before_the_table(form: str) -> None:
    """Rows and columns are those that a spreadsheet shows, wherever the table begins."""
    rows = (
        ("", "", "", ""),
        ("", "", "", ""),
        ("", "Title", "", ""),
        ("", "Name", "Sex", "Age"),
        ("", "Zalina", "F", "7"),
        ("", "", "", ""),
        ("", "Murad", "M", "5"),
    )
    reading = read_list(FORMATS[form](rows), "a file")
    assert [(c.letter, c.meaning) for c in reading.columns] == [("B", "name"), ("C", "sex"), ("D", "age")]
    assert [r.row for r in reading.records] == [5, 7]
    assert [(s.row, s.reason) for s in reading.skipped] == [(3, "title"), (4, "header")]


def test_prison_rows_are_all_accounted_for(prison: ListReading) -> None:
    """Rows are numbered as a spreadsheet shows them; only title, heading and total are skipped."""
    assert sorted(by_row(prison)) == list(range(4, 14))
    assert {(s.row, s.reason) for s in prison.skipped} == {(1, "title"), (3, "header"), (14, "total")}
    assert not prison.problems


def test_prison_names(prison: ListReading) -> None:
    rows = by_row(prison)
    assert rows[4].person.written(NameRole.FULL) == ("رئيسة سلطانوفا (أم داود)",)
    assert rows[4].person.written(NameRole.KUNYA) == ("أم داود",)
    assert rows[8].person.written() == ("أم ليلى الأذرية",)
    assert rows[11].person.written() == ("هاجر",)
    assert [(n.role, n.text) for n in rows[12].person.names] == [(NameRole.STAFF_GIVEN, "نوح")]


def test_prison_kin(prison: ListReading) -> None:
    rows = by_row(prison)
    (mother,) = rows[9].person.kin_named(Relation.MOTHER)
    assert mother.name is not None
    assert (mother.name.text, mother.alive) == ("تمارا", False)
    assert not rows[11].person.kin_named(Relation.MOTHER)
    assert not rows[12].person.kin_named(Relation.MOTHER)
    (mother,) = rows[13].person.kin_named(Relation.MOTHER)
    (father,) = rows[13].person.kin_named(Relation.FATHER)
    assert (mother.alive, father.name and father.name.text) == (False, "مراد")
    assert rows[10].linked_numbers == ("6",)


def test_prison_children(prison: ListReading) -> None:
    """Children who are elsewhere or stand in the rows below are not counted again."""
    rows = by_row(prison)
    placeholders = [r.row for r in prison.records if r.placeholder]
    assert placeholders == [8, 8, 8]
    assert rows[4].declared_children == 4
    assert rows[5].declared_children == 2
    assert rows[5].household_id == rows[6].household_id == rows[7].household_id is not None
    assert rows[6].with_mother
    assert {r.household_id for r in prison.records if r.row == 8} == {rows[8].household_id}


def test_prison_facts(prison: ListReading) -> None:
    rows = by_row(prison)
    held = {n: [p.text for p in r.person.places if p.kind is PlaceKind.HELD_AT] for n, r in rows.items()}
    assert {tuple(held[n]) for n in range(4, 9)} == {("سجن التجربة",)}
    assert {tuple(held[n]) for n in range(9, 14)} == {("دار التجربة للايتام",)}
    assert rows[9].person.sex is Sex.MALE  # د typed for ذ
    assert [p.text for p in rows[9].person.places if p.kind is PlaceKind.FOUND_AT] == ["الموصل"]
    (origin,) = [p for p in rows[11].person.places if p.kind is PlaceKind.ORIGIN]
    assert (origin.text, origin.stated_by) == ("بويناكسك", StatedBy.SELF)
    assert [s.text for s in rows[11].person.languages] == ["الروسية"]
    assert [m.text for m in rows[13].person.marks] == ["ندبة في اليد اليسرى"]
    assert rows[4].entered_on == date(2017, 10, 2)
    assert [s.text for s in rows[4].person.nationalities] == ["روسية", "داغستان"]


def test_prison_births(prison: ListReading) -> None:
    """The list's year follows from births and ages; 1 July is the year only; months are finer than years."""
    assert prison.list_date is not None
    assert prison.list_date.year == 2019
    assert prison.list_date_guessed
    rows = by_row(prison)
    born, aged = rows[4].person.births
    assert (born.precision, born.earliest, born.latest) == (
        DatePrecision.YEAR,
        date(1989, 1, 1),
        date(1989, 12, 31),
    )
    assert aged.raw == "٣٠"
    (infant,) = rows[7].person.births
    assert infant.earliest is not None
    assert infant.latest is not None
    assert (infant.latest - infant.earliest).days < 32


def test_camp(camp: ListReading) -> None:
    rows = by_row(camp)
    assert sorted(rows) == list(range(2, 10))
    assert rows[2].person.written() == ("أم داود الشيشانية", "Um Dawid")
    assert rows[3].person.written(NameRole.FULL) == ("Dawid", "داود")
    assert rows[3].relation_to_head is Relation.SON
    assert rows[2].relation_to_head is Relation.HEAD
    assert {rows[n].household_id for n in (2, 3, 4)} == {"P7-0311"}
    assert rows[2].person.kin_named(Relation.HUSBAND)[0].alive is False
    (husband,) = rows[5].person.kin_named(Relation.HUSBAND)
    assert husband.name is not None
    assert (husband.name.text, husband.note) == ("Tahir", "girtî (Hesekê)")
    assert [r.placeholder for r in camp.records if r.row == 7] == [0, 1, 2, 3]
    assert rows[7].declared_children == 3
    assert rows[8].person.written(NameRole.OTHER) == ("Darya",)
    assert [s.text for s in rows[8].person.languages] == ["Rûsî"]


def test_register(register: ListReading) -> None:
    rows = by_row(register)
    assert (rows[2].person.written(NameRole.SURNAME), rows[2].person.written(NameRole.GIVEN)) == (
        ("SULTANOV",),
        ("Daud",),
    )
    assert rows[2].mother_elsewhere
    assert rows[2].linked_numbers == ("2", "3")
    assert rows[2].person.kin_named(Relation.FATHER)[0].alive is False
    (father,) = rows[3].person.kin_named(Relation.FATHER)
    assert father.name is not None
    assert (father.name.text, father.name.role, father.note) == ("Abu Nuh", NameRole.KUNYA, "Tunisian")
    assert rows[4].person.kin_named(Relation.FATHER)[0].name is None
    assert rows[5].person.written(NameRole.KUNYA) == ("Umm Tahir",)
    assert ("household_before", "P7-0340") in {(i.kind, i.value) for i in rows[5].person.identifiers}
    assert {(p.kind, p.text) for p in rows[6].person.places} == {
        (PlaceKind.HELD_AT, "Roj"),
        (PlaceKind.TRANSFERRED_FROM, "al-Hol"),
    }
    assert rows[7].person.kin_named(Relation.MOTHER)[0].name is None
    assert rows[7].person.kin_named(Relation.MOTHER)[0].alive is False
    assert rows[7].household_id is None
    assert [k.name and k.name.text for k in rows[7].person.kin_named(Relation.SISTER)] == ["Makka"]
    assert [(p.text, p.stated_by) for p in rows[8].person.places if p.kind is PlaceKind.ORIGIN] == [
        ("Derbent", StatedBy.SELF)
    ]
    assert [p.text for p in rows[9].person.places if p.kind is PlaceKind.ORIGIN] == ["Kizlyar"]
    assert rows[2].person.births[0].precision is DatePrecision.YEAR
    assert rows[6].person.births[0].earliest == date(2017, 9, 14)


def test_a_told_date_is_not_guessed() -> None:
    """The uploader's date wins over everything in the file."""
    reading = read(PRISON, date(2019, 3, 31))
    assert (reading.list_date, reading.list_date_guessed) == (date(2019, 3, 31), False)
    assert {r.list_date for r in reading.records} == {date(2019, 3, 31)}


def test_record_ids_are_stable() -> None:
    """Reading the same bytes again gives the same records."""
    assert read(CAMP) == read(CAMP)
    assert by_row(read(CAMP))[2].record_id == "t:1:2:0"
