"""A first pass over a workbook's XML: how far it reaches, merged cells, formulas without a value.

The parser proper lays out the whole rectangle from the first to the last cell, so a file with two
far corners would cost hundreds of gigabytes. The reach is therefore known before it is called.
Document types and entities are refused: no spreadsheet program writes them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

from service.imports.errors import FileRejected
from service.imports.limits import Limits

_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,8})$")
_KEPT = 5_000  # formulas and merges beyond this are counted no further


@dataclass(slots=True)
class Reach:
    """The last filled row (from 1) and column (from 0) of a sheet, and what the parser does not tell."""

    name: str = ""
    last_row: int = 0
    last_column: int = -1
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    formulas: list[tuple[int, int]] = field(default_factory=list)  # without a stored value


def _parse(xml: bytes, handler: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate()
    if isinstance(handler, _SheetXml):
        handler.parser = parser

    def refuse(*_: object) -> None:
        raise FileRejected(
            "xml_entities",
            "The workbook defines XML entities, which no spreadsheet needs. Save it anew as XLSX.",
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.buffer_text = True
    parser.StartElementHandler = handler
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise FileRejected(
            "damaged_workbook", "The workbook is damaged or was cut short. Ask for it again or save it anew."
        ) from error


def check(parts: dict[str, bytes]) -> None:
    """Refuses document types in the parts that are not walked cell by cell."""
    for name, xml in parts.items():
        if (
            name.endswith((".xml", ".rels"))
            and b"<!" in xml[:4096]
            and re.search(rb"<!(DOCTYPE|ENTITY)", xml[:4096])
        ):
            raise FileRejected(
                "xml_entities",
                "The workbook defines XML entities, which no spreadsheet needs. Save it anew as XLSX.",
            )


def within(reach: Reach, limits: Limits) -> None:
    """Raises `FileRejected` when the sheet is larger than a list may be."""
    if reach.last_row > limits.rows:
        raise FileRejected(
            "too_many_rows", f"The list has more than {limits.rows:,} rows. Split it into several files."
        )
    if reach.last_column >= limits.columns:
        raise FileRejected(
            "too_many_columns",
            f"The list has more than {limits.columns} columns. Delete the columns not needed.",
        )


class _SheetXml:
    """Walks one sheet of an XLSX file."""

    parser: expat.XMLParserType

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self._row = 0
        self._at = (0, -1)
        self._waiting = False  # a formula whose value has not been seen

    def __call__(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._settle()
            self._at = self._position(attributes.get("r", ""))
        elif name == "f":
            self._waiting = True
            self._seen()
        elif name in ("v", "is"):
            self._seen()
            if self._waiting:  # a formula's value may be there and empty: only text settles it
                self.parser.CharacterDataHandler = self._value
        elif name == "row":
            self._settle()
            number = attributes.get("r", "")
            self._row = int(number) if number.isascii() and number.isdigit() else self._row + 1
            self._at = (self._row, -1)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _value(self, text: str) -> None:
        if not text.isspace():
            self._waiting = False
            self.parser.CharacterDataHandler = None

    def _position(self, reference: str) -> tuple[int, int]:
        found = _REFERENCE.match(reference)
        if not found:
            return self._row, self._at[1] + 1
        return int(found[2]), _column(found[1])

    def _seen(self) -> None:
        row, column = self._at
        if row > self.reach.last_row:
            self.reach.last_row = row
        if column > self.reach.last_column:
            self.reach.last_column = column

    def _settle(self) -> None:
        if self._waiting and len(self.reach.formulas) < _KEPT:
            self.reach.formulas.append(self._at)
        if self._waiting:
            self._waiting = False
            self.parser.CharacterDataHandler = None

    def _merge(self, reference: str) -> None:
        ends = [found for end in reference.split(":") if (found := _REFERENCE.match(end))]
        if len(ends) == 2 and len(self.reach.merges) < _KEPT:
            (a, b) = ends
            self.reach.merges.append((int(a[2]), _column(a[1]), int(b[2]), _column(b[1])))

    def close(self) -> None:
        self._settle()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def walk_xlsx(parts: dict[str, bytes]) -> list[Reach]:
    """The reach of every sheet, in the order of the workbook."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def workbook(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet":
            sheets.append((attributes.get("name", ""), attributes.get("r:id", "")))

    _parse(parts["xl/workbook.xml"], workbook)
    if "xl/_rels/workbook.xml.rels" in parts:
        _parse(parts["xl/_rels/workbook.xml.rels"], relation)
    reaches = []
    for name, key in sheets:
        target = targets.get(key, "").lstrip("/")
        xml = parts.get(target if target.startswith("xl/") else f"xl/{target}")
        if xml is not None and "chartsheets" not in target:
            walker = _SheetXml(Reach(name))
            _parse(xml, walker)
            walker.close()
            reaches.append(walker.reach)
    return reaches


class _ContentXml:
    """Walks the content of an ODS file, where one element may stand for a million repeated rows."""

    def __init__(self) -> None:
        self.reaches: list[Reach] = []
        self._row = 0
        self._rows = 1  # how many rows the open row element stands for
        self._column = -1
        self._columns = 1
        self._formula = False

    def __call__(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "table":
            self.reaches.append(Reach(attributes.get("table:name", "")))
            self._row, self._rows = 0, 1
        elif name == "table-row" and self.reaches:
            self._row += self._rows if self._row else 1
            self._rows = _repeated(attributes, "table:number-rows-repeated")
            self._column, self._columns = -1, 1
        elif name in ("table-cell", "covered-table-cell") and self.reaches:
            self._cell(attributes)

    def _cell(self, attributes: dict[str, str]) -> None:
        self._column += self._columns if self._column >= 0 else 1
        self._columns = _repeated(attributes, "table:number-columns-repeated")
        reach = self.reaches[-1]
        if "office:value-type" in attributes:
            reach.last_row = max(reach.last_row, self._row + self._rows - 1)
            reach.last_column = max(reach.last_column, self._column + self._columns - 1)
        elif "table:formula" in attributes and len(reach.formulas) < _KEPT:
            reach.formulas.append((self._row, self._column))
        down = _repeated(attributes, "table:number-rows-spanned")
        across = _repeated(attributes, "table:number-columns-spanned")
        if (down > 1 or across > 1) and len(reach.merges) < _KEPT:
            reach.merges.append((self._row, self._column, self._row + down - 1, self._column + across - 1))


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return min(int(text), 10_000_000) if text.isascii() and text.isdigit() and 0 < len(text) < 9 else 1


def walk_ods(parts: dict[str, bytes]) -> list[Reach]:
    walker = _ContentXml()
    _parse(parts["content.xml"], walker)
    return walker.reaches
