"""Writes the example files from the tables in `source/`, in the layouts in which real lists arrive.

    python -m service.demo.make_lists [FOLDER]

The tables are plain text, so that a change of an invented person can be read; the files in `data/`
are what Homeward imports. The truth file gets the row numbers that the layouts produce.
"""

import csv
import io
import re
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from service.demo.examples import DATA, SOURCE

Rows = list[dict[str, str]]
Places = dict[str, tuple[str, int]]  # key of a source row -> (file, row as a spreadsheet shows it)
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_DAY = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


def table(name: str) -> Rows:
    with (SOURCE / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def prison_orphanage(target: Path) -> dict[str, int]:
    """Arabic, right to left: two title lines, shelters as merged cells, Arabic-Indic digits, a total."""
    rows = table("prison_orphanage")
    numbers = {row["key"]: str(n).translate(_ARABIC_DIGITS) for n, row in enumerate(rows, start=1)}
    book = Workbook()
    sheet = _sheet(book, "الكشف")
    sheet.sheet_view.rightToLeft = True
    headings = [heading for heading in rows[0] if heading != "key"]
    sheet.append(["كشف باسماء النساء والاطفال الاجانب"])
    sheet.append(["بغداد - نيسان ٢٠١٩"])
    for line in (1, 2):
        sheet.merge_cells(start_row=line, start_column=1, end_row=line, end_column=len(headings) + 1)
    sheet.append([])
    sheet.append(["ت", *headings])
    places = {}
    for row in rows:
        cells = [row[heading].format_map(numbers) for heading in headings]
        sheet.append([numbers[row["key"]], *cells])
        places[row["key"]] = sheet.max_row
    _merge_equal(sheet, 2 + headings.index("مكان الإيواء"), 5)
    sheet.append(["", "المجموع", str(len(rows)).translate(_ARABIC_DIGITS)])
    book.save(target)
    return places


def ngo_register(target: Path) -> dict[str, int]:
    """English workbook: a title, printed numbers, real date cells beside years and pseudo-dates."""
    rows = table("ngo_register")
    book = Workbook()
    sheet = _sheet(book, "Register")
    headings = [heading for heading in rows[0] if heading != "key"]
    sheet.append(["Foreign women and children - register, October 2021"])
    sheet.append([])
    sheet.append(headings)
    places = {}
    for number, row in enumerate(rows, start=1):
        sheet.append([number, *(_typed(row[heading]) for heading in headings[1:])])
        places[row["key"]] = sheet.max_row
    column = 1 + headings.index("Date of birth")
    for cells in sheet.iter_rows(min_row=4, min_col=column, max_col=column):
        cells[0].number_format = "dd/mm/yyyy" if isinstance(cells[0].value, datetime) else "General"
    book.save(target)
    return places


def camp_annex(target: Path) -> dict[str, int]:
    """Kurdish Latin and Arabic, semicolons, UTF-8 with a byte-order mark."""
    return _delimited(target, table("camp_annex"), "utf-8-sig", above=[], below=[])


def camp_annex_2021(target: Path) -> dict[str, int]:
    """The later edition of the camp's list: some gone, some new, some ages raised, some spelled anew."""
    return _delimited(target, table("camp_annex_2021"), "utf-8-sig", above=[], below=[])


def consular_check(target: Path) -> dict[str, int]:
    """Russian, semicolons, Windows-1251, a title line and a total."""
    rows = table("consular_check")
    for number, row in enumerate(rows, start=1):
        row["№"] = str(number)
    above = [["Сверка списков женщин и детей, декабрь 2018 г."]]
    return _delimited(target, rows, "cp1251", above=above, below=[["", "Всего", str(len(rows))]])


def _delimited(
    target: Path, rows: Rows, encoding: str, above: list[list[str]], below: list[list[str]]
) -> dict[str, int]:
    headings = [heading for heading in rows[0] if heading != "key"]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([*above, headings])
    writer.writerows([row[heading] for heading in headings] for row in rows)
    writer.writerows(below)
    target.write_bytes(text.getvalue().encode(encoding))
    return {row["key"]: len(above) + 1 + number for number, row in enumerate(rows, start=1)}


def _sheet(book: Workbook, title: str) -> Worksheet:
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has one worksheet")
    sheet.title = title
    return sheet


def _merge_equal(sheet: Worksheet, column: int, first: int) -> None:
    """Neighbouring equal cells of a column become one merged cell, as clerks draw sections."""
    start = first
    for row in range(first + 1, sheet.max_row + 2):
        if sheet.cell(row, column).value != sheet.cell(start, column).value:
            if row - 1 > start:
                sheet.merge_cells(start_row=start, start_column=column, end_row=row - 1, end_column=column)
            start = row


def _typed(text: str) -> str | int | datetime | None:
    if day := _DAY.fullmatch(text):
        return datetime(int(day[3]), int(day[2]), int(day[1]))  # noqa: DTZ001 - a cell has no zone
    if text.isascii() and text.isdecimal():
        return int(text)
    return text or None


MAKERS: dict[str, Callable[[Path], dict[str, int]]] = {
    "prison_orphanage_2019-04.xlsx": prison_orphanage,
    "camp_annex_2020-07.csv": camp_annex,
    "ngo_register_2021-10.xlsx": ngo_register,
    "consular_check_2018-12.csv": consular_check,
    "camp_annex_2021-02.csv": camp_annex_2021,
}


def make(folder: Path) -> None:
    """All files into `folder`."""
    places: Places = {}
    for name, maker in MAKERS.items():
        for key, row in maker(folder / name).items():
            places.setdefault(key, (name, row))  # the truth speaks of the first edition
    _write_requests(folder / "requests.csv")
    _write_truth(folder / "truth.tsv", places)


def _write_requests(target: Path) -> None:
    rows = table("requests")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write_truth(target: Path, places: Places) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(["person_id", "list", "row", "label", "relation", "note"])
        for line in table("truth"):
            name, row = places[line["key"]] if line["key"] else ("", "")
            writer.writerow([line["person_id"], name, row, line["label"], line["relation"], line["note"]])


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA)
