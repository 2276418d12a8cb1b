"""Rows as CSV and XLSX: every cell is text, nothing is run, and who took them out stands on them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from service.files.cells import harmless

_WIDEST = 60  # letters


@dataclass(frozen=True)
class Sheet:
    """`mark` is the watermark: who took this out, when, under which approval."""

    title: str
    mark: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a mark of its order, as spreadsheet programs expect; the watermark is the last line."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(sheet.headings)
    writer.writerows([harmless(cell) for cell in row] for row in sheet.rows)
    writer.writerow([sheet.mark])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(sheet: Sheet) -> bytes:
    """One sheet, the watermark above the headings and in the printed footer."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "A3"
    page.oddFooter.center.text = sheet.mark.replace("&", "&&")

    def cell(text: str, *, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(page, value=ILLEGAL_CHARACTERS_RE.sub("", harmless(text)))
        made.data_type = "s"
        made.alignment = Alignment(wrap_text=True, vertical="top")
        made.font = Font(bold=bold)
        return made

    for number, heading in enumerate(sheet.headings):
        longest = max((len(row[number]) for row in sheet.rows), default=0)
        letter = chr(ord("A") + number)
        page.column_dimensions[letter].width = min(_WIDEST, max(longest, len(heading)) + 2)
    page.append([cell(sheet.mark)])
    page.append([cell(heading, bold=True) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([cell(text) for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
