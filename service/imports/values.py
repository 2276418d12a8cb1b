"""What goes into reading a list and what comes out."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from pydantic import Field

from schemas.base import Value
from schemas.registry import DetaineeRecord


class ReadOptions(Value):
    """What the uploader says of a file.

    `mapping` goes from a heading as written, or from a column letter such as `C`, to a meaning of
    docs/lists.md; it wins over recognition. `sheet` is a name or a number from 1; without it every
    visible sheet is read. `date_order` is `dmy` or `mdy` and settles dates such as 03/04/2012.
    """

    list_id: str = Field(default="", max_length=40)
    list_date: date | None = None
    mapping: Mapping[str, str] = Field(default_factory=dict)
    encoding: str | None = None
    sheet: str | None = None
    date_order: str = Field(default="", pattern="^(dmy|mdy)?$")
    received_on: date | None = None  # no guessed list date lies after it


class Severity(StrEnum):
    """`NOTE`: read, worth knowing. `WARNING`: part of the row was not understood. `ERROR`: no record."""

    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


class RowProblem(Value):
    """Something in one row that was not understood; the sentence never repeats a person's data."""

    sheet: str
    row: int  # as a spreadsheet shows it
    column: str = ""  # letter and heading
    code: str
    sentence: str
    severity: Severity = Severity.WARNING


class SkippedRow(Value):
    """A row that is not a person: `title`, `header`, `repeated_header`, `total`, `footer`, `section`."""

    sheet: str
    row: int
    reason: str


class Column(Value):
    """`meaning` is one of docs/lists.md, `unknown` for a column that is kept but not understood.

    `how` is `mapping`, `heading`, `similar_heading`, `content` or `none`.
    """

    sheet: str
    letter: str
    heading: str
    meaning: str
    how: str
    samples: tuple[str, ...] = ()


class EncodingChoice(Value):
    encoding: str
    sample: tuple[str, ...]


class Question(Value):
    """What the uploader should be asked before the list is taken in."""

    code: str  # encoding, columns, list_date, date_order, hidden_sheet ...
    sentence: str
    choices: tuple[str, ...] = ()


class FileFacts(Value):
    """What was found out about the file itself."""

    name: str
    format: str
    sha256: str
    encoding: str = ""
    encoding_sure: bool = True
    encoding_choices: tuple[EncodingChoice, ...] = ()
    sheets: tuple[str, ...] = ()


class ListReading(Value):
    """One file understood: every row that is not blank is a record, a skipped row or a problem."""

    file: FileFacts
    columns: tuple[Column, ...] = ()
    list_date: date | None = None
    list_date_guessed: bool = False
    list_date_basis: str = ""
    records: tuple[DetaineeRecord, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    questions: tuple[Question, ...] = ()

    @property
    def needs_confirmation(self) -> bool:
        """Whether something was guessed that a person should look at before the list is used."""
        return bool(self.questions)
