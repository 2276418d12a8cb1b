"""XLSX, XLS and ODS by calamine, after the archive and its XML have been checked."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from service.imports.errors import FileRejected
from service.imports.grid import Kind, Sheet, Trouble, Workbook
from service.imports.limits import Limits
from service.imports.reader import archive, markup
from service.imports.reader.cells import CellText
from service.imports.reader.wire import Answer

_DAMAGED = "The workbook is damaged. Open it in a spreadsheet program and save it anew as XLSX."


def read_workbook(data: bytes, is_zip: bool, limits: Limits, answer: Answer) -> None:
    """Sends every sheet; raises `FileRejected` when the workbook as a whole cannot be read."""
    reaches: dict[str, markup.Reach] = {}
    kind = "xls"
    if is_zip:
        parts = archive.unpack(data, limits)
        kind = archive.kind_of(parts, data)
        markup.check(parts)
        walked = markup.walk_ods(parts) if kind == "ods" else markup.walk_xlsx(parts)
        reaches = {reach.name: reach for reach in walked}
        for reach in walked:
            markup.within(reach, limits)
    book = _open(data)
    answer.file(Workbook(format=kind, notices=_notices(data, kind)))
    if len(book.sheets_metadata) > limits.sheets:
        raise FileRejected(
            "too_many_sheets",
            f"The workbook has more than {limits.sheets} sheets. Upload the sheet with the list.",
        )
    cells = CellText(limits)
    for index, facts in enumerate(book.sheets_metadata, start=1):
        if facts.typ == calamine.SheetTypeEnum.WorkSheet:
            reach = reaches.get(facts.name, markup.Reach(facts.name))
            hidden = facts.visible != calamine.SheetVisibleEnum.Visible
            _send_sheet(book, Sheet(index, facts.name, hidden), reach, cells, answer)


def _notices(data: bytes, kind: str) -> list[tuple[str, str]]:
    if kind == "xlsx" and b"vbaProject.bin" in data:
        return [("macros_ignored", "The workbook holds macros. They were not run; only the cells were read.")]
    return []


def _open(data: bytes) -> calamine.CalamineWorkbook:
    try:
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise FileRejected(
            "encrypted_workbook",
            "The workbook is protected by a password. Remove the password and upload it again.",
        ) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileRejected("damaged_workbook", _DAMAGED) from error


def _send_sheet(
    book: calamine.CalamineWorkbook, sheet: Sheet, reach: markup.Reach, cells: CellText, answer: Answer
) -> None:
    try:
        source = book.get_sheet_by_name(sheet.name)
    except (calamine.CalamineError, ValueError) as error:
        raise FileRejected("damaged_workbook", _DAMAGED) from error
    end = source.end or (0, 0)
    markup.within(markup.Reach(sheet.name, end[0] + 1, end[1]), cells.limits)
    told = source.merged_cell_ranges or []
    sheet.merges = reach.merges or [(a + 1, b, c + 1, d) for (a, b), (c, d) in told]
    answer.sheet(sheet)
    for row, column in reach.formulas:
        answer.trouble(
            Trouble(
                sheet.index,
                row,
                column,
                "formula_without_value",
                "The cell holds a formula without its result. Open and save the file, or type the value.",
            )
        )
    for number, values in _rows(source):
        read = cells.row(sheet.index, number, values, answer)
        if read is not None:
            answer.row(read)


def _rows(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[tuple[str, Kind]]]]:
    """Row numbers from 1. The rows begin with the sheet's first line, but with its first filled column."""
    blank = [("", Kind.TEXT)] * (sheet.start or (0, 0))[1]
    for number, values in enumerate(sheet.iter_rows(), start=1):
        yield number, [*blank, *(_cell(v) for v in values)]


def _cell(value: object) -> tuple[str, Kind]:
    match value:
        case str():
            return value, Kind.TEXT
        case bool():
            return ("TRUE" if value else "FALSE"), Kind.TRUTH
        case int():
            return str(value), Kind.NUMBER
        case float():
            return (str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)), Kind.NUMBER
        case datetime() | date():
            return value.isoformat()[:10], Kind.DATE
        case time() | timedelta():
            return str(value), Kind.TEXT
        case _:
            return "", Kind.TEXT
