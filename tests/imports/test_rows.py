"""No row is ever lost: each is a record, a skipped row with its reason, or a problem."""

import io
from datetime import date

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.vocabulary import DatePrecision, PlaceKind
from service.imports import FileRejected, ListReading, ReadOptions, read_list
from service.imports.grid import GridRow, Sheet, Workbook
from service.imports.read import read_workbook
from tests.imports.tables import Rows, delimited

HEAD = ("No", "Name", "Mother name", "Sex", "Age", "Tent", "Remarks")
CELLS = st.one_of(
    st.sampled_from(
        [
            "",
            "",
            "1",
            "Zalina",
            "Umm Nuh",
            "F",
            "M",
            "7",
            "Total",
            "المجموع",
            "unknown",
            "-",
            "with mother",
            "+3",
            "Raisa",
            "signature",
            "Name",
            "مع الام",
            "٣",
            "8-9",
            "12/03/2011",
            "tent 4",
        ]
    ),
    st.text(max_size=12),
)


def read(rows: Rows, **options: object) -> ListReading:
    return read_list(delimited(rows), "list.csv", ReadOptions.model_validate({"list_id": "t", **options}))


@settings(max_examples=120, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=8), min_size=1, max_size=14), st.booleans())
def test_every_filled_row_is_accounted_for(rows: list[list[str]], headed: bool) -> None:
    """Whatever stands in the rows, none disappears."""
    table = [list(HEAD), *rows] if headed else rows
    grid = [GridRow(n, texts) for n, texts in enumerate(table, 1) if any(t.strip() for t in texts)]
    if not grid:
        return
    book = Workbook(format="csv", sheets=[Sheet(1, "", rows=grid)])
    try:
        reading = read_workbook(book, "list.csv", "0" * 64, ReadOptions(list_id="t"))
    except FileRejected as refused:
        if refused.code != "no_people":
            raise
        return
    told = (
        {r.row for r in reading.records}
        | {s.row for s in reading.skipped}
        | {p.row for p in reading.problems}
    )
    assert told == {row.number for row in grid}


def test_totals_footers_sections_and_repeated_headings() -> None:
    """Each kind of row that is no person is named for what it is."""
    rows = (
        ("Camp list",),
        HEAD,
        ("1", "Zalina", "Raisa", "F", "7", "4", ""),
        ("Section two", "", "", "", "", "", ""),
        HEAD,
        ("2", "Murad", "Raisa", "M", "5", "4", ""),
        ("", "Total", "2", "", "", "", ""),
        ("", "", "", "", "", "", ""),
        ("Signature: ................", "", "", "", "", "", ""),
    )
    reading = read(rows)
    assert [(s.row, s.reason) for s in reading.skipped] == [
        (1, "title"),
        (2, "header"),
        (4, "section"),
        (5, "repeated_header"),
        (7, "total"),
        (9, "footer"),
    ]
    assert [r.row for r in reading.records] == [3, 6]


def test_a_name_alone_is_a_person() -> None:
    """The last row may hold nothing but a name."""
    reading = read(
        (HEAD, ("1", "Zalina", "Raisa", "F", "7", "", ""), ("", "Murad Testov", "", "", "", "", ""))
    )
    assert [r.row for r in reading.records] == [2, 3]


def test_unknown_children_are_kept() -> None:
    """A child without a name is a record without a name."""
    reading = read(
        (HEAD, ("1", "unknown child", "", "M", "3", "", ""), ("2", "طفل مجهول", "", "ذكر", "٢", "", ""))
    )
    assert [r.person.names for r in reading.records] == [(), ()]
    assert [r.person.sex for r in reading.records] == ["male", "male"]


def test_blank_household_numbers() -> None:
    """A number that stands once per family goes down to the rows below; scattered numbers do not."""
    head = ("HH", "Name", "Age")
    once = read((head, ("7", "Zalina", "30"), ("", "Murad", "5"), ("8", "Hajar", "28"), ("", "Nuh", "4")))
    assert [r.household_id for r in once.records] == ["7", "7", "8", "8"]
    scattered = read(
        (head, ("7", "Zalina", "30"), ("7", "Murad", "5"), ("", "Hajar", "28"), ("8", "Nuh", "4"))
    )
    assert [r.household_id for r in scattered.records] == ["7", "7", None, "8"]


def test_dates_of_a_column_settle_each_other() -> None:
    """03/04/2012 is both days until another date of the column, or the uploader, tells the order."""
    head = ("Name", "DoB")
    unsure = read((head, ("Zalina", "03/04/2012"), ("Murad", "05/06/2013")))
    assert unsure.records[0].person.births[0].latest == date(2012, 4, 3)
    assert unsure.records[0].person.births[0].earliest == date(2012, 3, 4)
    assert {p.code for p in unsure.problems} == {"day_or_month_first"}
    assert "date_order" in {q.code for q in unsure.questions}
    settled = read((head, ("Zalina", "03/04/2012"), ("Murad", "25/06/2013")))
    assert settled.records[0].person.births[0].earliest == date(2012, 4, 3)
    told = read((head, ("Zalina", "03/04/2012"), ("Murad", "05/06/2013")), date_order="mdy")
    assert told.records[0].person.births[0].earliest == date(2012, 3, 4)


def test_list_dates() -> None:
    """From the title, then the file name; without any, ages stay open and are asked about."""
    people = (("Name", "Age"), ("Zalina", "7"))
    title = (("List of March 2019",), *people)
    assert read(title).list_date == date(2019, 3, 31)
    assert read_list(delimited(people), "camp_2020-07.csv").list_date == date(2020, 7, 31)
    undated = read(people)
    assert undated.list_date is None
    assert undated.records[0].person.births[0].earliest is None
    assert undated.records[0].person.births[0].raw == "7"
    assert "list_date_needed" in {q.code for q in undated.questions}


def test_workbook_values() -> None:
    """Dates, day counts and an age under a date format keep their meaning; merged cells are filled."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["No", "Name", "DoB", "Age", "Camp"],
        [1, "Zalina", date(2012, 3, 14), 7, "Test camp"],
        [2, "Murad", 40909, 7, None],
        [3, "Hajar", 2014, date(1900, 1, 5), None],
        [4, "Nuh", None, "8-9", "Other camp"],
    ):
        sheet.append(row)
    sheet.merge_cells("E2:E4")
    out = io.BytesIO()
    book.save(out)
    reading = read_list(out.getvalue(), "list.xlsx", ReadOptions(list_id="t", list_date=date(2019, 6, 1)))
    births = [r.person.births for r in reading.records]
    assert births[0][0].earliest == date(2012, 3, 14)
    assert births[1][0].precision is DatePrecision.YEAR
    assert births[2][1].raw == "5"
    assert births[3][0].precision is DatePrecision.ABOUT
    places = [[p.text for p in r.person.places if p.kind is PlaceKind.HELD_AT] for r in reading.records]
    assert places == [["Test camp"], ["Test camp"], ["Test camp"], ["Other camp"]]
    assert "age_shown_as_date" in {p.code for p in reading.problems}


def test_sheets() -> None:
    """Every visible sheet is read under its own headings; hidden ones are told of; one can be chosen."""
    book = openpyxl.Workbook()
    book.active.title = "Women"
    for row in (["Name", "Age"], ["Zalina", 30]):
        book.active.append(row)
    for name, state in (("Children", "visible"), ("Old", "hidden")):
        sheet = book.create_sheet(name)
        sheet.sheet_state = state
        for row in (["Sex", "Full name"], ["M", "Murad"]):
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    reading = read_list(out.getvalue(), "list.xlsx", ReadOptions(list_id="t"))
    assert [(r.sheet, r.row, r.record_id) for r in reading.records] == [
        ("Women", 2, "t:1:2:0"),
        ("Children", 2, "t:2:2:0"),
    ]
    assert ("hidden_sheet", ("Old",)) in {(q.code, q.choices) for q in reading.questions}
    chosen = read_list(out.getvalue(), "list.xlsx", ReadOptions(list_id="t", sheet="Old"))
    assert [r.sheet for r in chosen.records] == ["Old"]
