"""Comma, semicolon, tab and bar separated text as rows, forgiving and never silent."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from service.imports.grid import Decoding, Kind, Sheet, Trouble, Workbook
from service.imports.limits import Limits
from service.imports.reader.cells import CellText, too_many_rows
from service.imports.reader.encodings import decode
from service.imports.reader.wire import Answer

_LINE_END = re.compile("\r\n|\n|\r")
_DELIMITERS = ("\t", ";", ",", "|")
_OPEN_LINES, _OPEN_CHARACTERS = 60, 20_000  # a quote still open after this much was never closed
_HEAD = 60


def read_text(data: bytes, encoding: str, limits: Limits, answer: Answer) -> None:
    """Sends the file as one sheet; raises `FileRejected` for bytes that are no text."""
    decoded = decode(data, encoding)
    lines = _LINE_END.split(decoded.text)
    if '"' not in decoded.text and sum(1 for line in lines if line) > limits.rows:
        raise too_many_rows(limits)
    del decoded.text
    delimiter, first = _delimiter(lines)
    names = {"\t": "tsv", ";": "csv;", ",": "csv", "|": "csv|"}
    decodings = [] if decoded.sure else [_preview(data, name) for name in decoded.others]
    answer.file(Workbook(names[delimiter], decoded.encoding, decoded.sure, decodings))
    answer.sheet(Sheet(1, ""))
    cells = CellText(limits)
    usual = _usual_width(lines, delimiter)
    for number, (values, code) in enumerate(records(lines, delimiter), start=1):
        if number <= first:
            continue
        if not code and 1 < len(values) < usual:
            code = "row_too_short"
        if code:
            answer.trouble(Trouble(1, number, -1, code, _SENTENCES[code]))
        if any("\ufffd" in value for value in values):
            answer.trouble(Trouble(1, number, -1, "bad_bytes", _SENTENCES["bad_bytes"]))
        row = cells.row(1, number, [(value, Kind.TEXT) for value in values], answer)
        if row is not None:
            answer.row(row)


_SENTENCES = {
    "quote_not_closed": "A quotation mark of this row is never closed; the row was read as it stands.",
    "row_too_short": "The row has fewer cells than most; what is missing is taken as blank.",
    "bad_bytes": "Some bytes of this row do not fit the encoding and are shown as \ufffd.",
}


def _preview(data: bytes, encoding: str) -> Decoding:
    """The first lines with something outside ASCII, since only they differ."""
    text = data[:40_000].decode(encoding, errors="replace")
    lines = [line for line in _LINE_END.split(text) if not line.isascii()]
    return Decoding(encoding, [line[:200] for line in lines[:3]])


def _delimiter(lines: list[str]) -> tuple[str, int]:
    """The separator and how many lines only declare it (`sep=;`)."""
    if lines and lines[0][:4].lower() == "sep=" and lines[0][4:5] in _DELIMITERS and len(lines[0]) == 5:
        return lines[0][4], 1
    best, score = ",", 0.0
    head = [line[:4000] for line in lines[:_HEAD] if line.strip()]
    for delimiter in _DELIMITERS:
        widths = [len(values) for values, _ in records(head, delimiter) if values]
        wide = sorted(w for w in widths if w > 1)
        if wide:
            usual = wide[len(wide) // 2]
            steady = sum(1 for w in wide if w == usual) / len(widths)
            here = steady * min(usual, 6) * (len(wide) / len(widths))
            if here > score * 1.05:
                best, score = delimiter, here
    return best, 0


def _usual_width(lines: list[str], delimiter: str) -> int:
    widths = Counter(len(values) for values, _ in records(lines[:2_000], delimiter) if len(values) > 1)
    return max(widths, key=lambda width: widths[width]) if widths else 0


def records(lines: list[str], delimiter: str) -> Iterator[tuple[list[str], str]]:
    """(values, code of a trouble or "") of every record, blank ones too, as a spreadsheet counts."""
    at, last = 0, len(lines) - 1
    while at <= last:
        line = lines[at]
        if at == last and not line:
            return  # what follows the last line end is not a line
        at += 1
        if '"' not in line:
            yield (line.split(delimiter) if line else []), ""
            continue
        joined, taken = line, 0
        while (
            not _closed(joined, delimiter)
            and at + taken <= last
            and taken < _OPEN_LINES
            and len(joined) < _OPEN_CHARACTERS
        ):
            joined += "\n" + lines[at + taken]
            taken += 1
        if _closed(joined, delimiter):
            at += taken
            yield (
                next(csv.reader([joined + "\n"], delimiter=delimiter))
                if "\n" not in joined
                else _quoted(joined, delimiter),
                "",
            )
        else:
            yield line.split(delimiter), "quote_not_closed"


def _quoted(joined: str, delimiter: str) -> list[str]:
    return next(csv.reader(joined.splitlines(keepends=True), delimiter=delimiter))


def _closed(text: str, delimiter: str) -> bool:
    """Whether every quoted field of the text has its closing mark."""
    inside, start = False, True
    for mark in re.finditer(f'"+|{re.escape(delimiter)}', text):
        if mark[0] == delimiter:
            continue
        before = text[mark.start() - 1] if mark.start() else delimiter
        start = before == delimiter
        if inside:
            inside = len(mark[0]) % 2 == 0
        elif start:
            inside = len(mark[0]) % 2 == 1
    return not inside
