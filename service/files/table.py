"""Bytes of a delimited text file into numbered rows: encoding and separator recognised, nothing dropped."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from charset_normalizer import from_bytes

from service.files.problems import RequestsRejected

MAX_BYTES = 200_000_000
SEPARATORS = ("\t", ";", ",", "|")
# what spreadsheets in the regions concerned save when they do not save UTF-8
OLD_ENCODINGS = ["cp1251", "cp1256", "cp1252", "cp1254", "koi8_r", "mac_cyrillic", "cp866"]
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTAINERS = ((b"PK\x03\x04", "a spreadsheet or archive"), (b"\xd0\xcf\x11\xe0", "an old Excel workbook"))
MAX_CELL = 131_072


@dataclass(frozen=True)
class Row:
    """One line of the table; `number` counts as a spreadsheet shows it."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """All rows, blank ones included; `encoding_sure` is False when the letters had to be guessed."""

    rows: tuple[Row, ...]
    encoding: str
    encoding_sure: bool
    separator: str


def read_table(data: bytes, score: Callable[[Sequence[str]], int], encoding: str | None = None) -> Table:
    """The table in `data`. `score` tells how many cells of a line are known headings.

    Raises `RequestsRejected` (`file_empty`, `file_too_large`, `not_a_text_table`, `wrong_encoding`,
    `broken_table`).
    """
    _refuse_unreadable(data)
    text, used, sure = _decode(data, encoding)
    hint, skipped, body = _separator_line(text)
    best: tuple[int, str, list[list[str]]] | None = None
    for separator in (hint,) if hint else SEPARATORS:
        head = _split(body[:65_536], separator, strict=False)
        found = max((score(cells) for cells in head[:30]), default=0)
        if best is None or found > best[0]:
            best = (found, separator, head)
    separator = best[1] if best else ","
    rows = _split(body, separator, strict=True)
    numbered = tuple(Row(skipped + n, tuple(cells)) for n, cells in enumerate(rows, start=1))
    return Table(numbered, used, sure, separator)


def _refuse_unreadable(data: bytes) -> None:
    if not data.strip():
        raise RequestsRejected("file_empty", "The requests file is empty.")
    if len(data) > MAX_BYTES:
        raise RequestsRejected(
            "file_too_large", f"The requests file is larger than {MAX_BYTES // 1_000_000} MB; split it."
        )
    for magic, kind in CONTAINERS:
        if data.startswith(magic):
            raise RequestsRejected(
                "not_a_text_table",
                f"The requests file is {kind}; save it as CSV UTF-8 and give that file.",
            )


def _decode(data: bytes, encoding: str | None) -> tuple[str, str, bool]:
    """(text, encoding, sure). A byte-order mark or strict UTF-8 is sure, anything else a guess."""
    marked = next((name for bom, name in BOMS if data.startswith(bom)), None)
    wanted = encoding or marked or _plain_utf16(data)
    if wanted is None:
        try:
            return data.decode("utf-8"), "utf-8", True
        except UnicodeDecodeError:
            return _guess(data)
    try:
        return data.decode(wanted), wanted, True
    except (UnicodeDecodeError, LookupError) as error:
        raise RequestsRejected(
            "wrong_encoding", "The requests file is not in the encoding that was named; try without it."
        ) from error


def _plain_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the (Latin) heading line is zero."""
    head = data[:200]
    if len(head) >= 4 and len(head) % 2 == 0:
        if not any(head[0:40:2]) and all(head[1:40:2]):
            return "utf-16-be"
        if not any(head[1:40:2]) and all(head[0:40:2]):
            return "utf-16-le"
    return None


def _guess(data: bytes) -> tuple[str, str, bool]:
    match = from_bytes(data[:200_000], cp_isolation=OLD_ENCODINGS).best()
    if match is None:
        raise RequestsRejected(
            "wrong_encoding",
            "The letters of the requests file cannot be recognised; save it as CSV UTF-8 and try again.",
        )
    return data.decode(match.encoding, errors="replace"), match.encoding, False


def _separator_line(text: str) -> tuple[str, int, str]:
    """Excel's `sep=;` first line: (separator or "", lines taken off, the remaining text)."""
    first, _, rest = text.partition("\n")
    word = first.strip().strip('"').casefold()
    if word.startswith("sep=") and len(word) == 5:
        return word[4], 1, rest
    return "", 0, text


def _split(text: str, separator: str, *, strict: bool) -> list[list[str]]:
    csv.field_size_limit(MAX_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        if not strict:
            return []
        raise RequestsRejected(
            "broken_table",
            "The requests file cannot be split into cells: a quotation mark is probably never closed.",
        ) from error
