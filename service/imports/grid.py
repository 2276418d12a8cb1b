"""A file as rows of cells, before anything is understood. Shared by the child and the parent."""

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a spreadsheet said a cell is; text files know only `TEXT`."""

    TEXT = ""
    NUMBER = "n"
    DATE = "d"  # the text is YYYY-MM-DD
    TRUTH = "b"


@dataclass(slots=True)
class GridRow:
    """`number` as a spreadsheet shows it, from 1. `kinds` holds only the columns that are not text."""

    number: int
    texts: list[str]
    kinds: dict[int, Kind] = field(default_factory=dict)

    def text(self, column: int) -> str:
        return self.texts[column] if 0 <= column < len(self.texts) else ""

    def kind(self, column: int) -> Kind:
        return self.kinds.get(column, Kind.TEXT)

    @property
    def filled(self) -> list[int]:
        """The columns that hold something."""
        return [i for i, text in enumerate(self.texts) if text and not text.isspace()]


@dataclass(slots=True)
class Trouble:
    """Something of a row that could not be read as it stands; column counts from 0, -1 for the row."""

    sheet: int
    row: int
    column: int
    code: str
    sentence: str


@dataclass(slots=True)
class Sheet:
    """Blank rows are absent. `merges` are (row, column, row, column), both inclusive, rows from 1."""

    index: int
    name: str
    hidden: bool = False
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)


@dataclass(slots=True)
class Decoding:
    """One way to read the file's bytes, with the first lines as they would look."""

    encoding: str
    sample: list[str]


@dataclass(slots=True)
class Workbook:
    """Everything the child says of a file."""

    format: str = ""
    encoding: str = ""
    encoding_sure: bool = True
    decodings: list[Decoding] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def column_letter(index: int) -> str:
    """A for 0, Z for 25, AA for 26: what a spreadsheet prints above the column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
