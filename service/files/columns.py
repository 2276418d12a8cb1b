"""The columns of the requests file, and which cell of a row holds which."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.files.problems import RequestsRejected
from service.files.table import Row

COLUMNS = (
    "request_id",
    "person_id",
    "role",
    "surname",
    "given_name",
    "patronymic",
    "other_names",
    "sex",
    "birth_date",
    "father_name",
    "mother_name",
    "nationality",
    "origin",
    "last_known_place",
    "last_known_date",
    "enquirer_name",
    "enquirer_relation",
    "language",
)
REQUIRED = ("request_id", "person_id")
DESCRIBING = ("surname", "given_name", "patronymic", "other_names", "father_name", "mother_name")
HEADING_WITHIN = 30  # rows: a title and some blank lines may stand above the headings


def heading_key(cell: str) -> str:
    """`Given name`, ` given-name ` and `GIVEN_NAME` are one heading."""
    return "_".join(cell.strip().strip("\ufeff'\"").casefold().replace("-", " ").replace("_", " ").split())


def known_headings(cells: Sequence[str]) -> int:
    return len({heading_key(cell) for cell in cells} & set(COLUMNS))


@dataclass(frozen=True)
class Heading:
    """The heading line: position of every known column, and the headings nobody asked for."""

    row: int
    width: int
    positions: dict[str, int]
    unknown: tuple[str, ...]

    def cell(self, row: Row, column: str) -> str:
        """The trimmed text of `column`, blank when the row or the file does not have it."""
        position = self.positions.get(column)
        if position is None or position >= len(row.cells):
            return ""
        return row.cells[position].strip().strip("\ufeff\u200e\u200f")


def find_heading(rows: Sequence[Row]) -> Heading:
    """The heading line among the first rows. Raises `RequestsRejected` (`headings_missing`,
    `columns_missing`, `column_twice`)."""
    best = max(rows[:HEADING_WITHIN], key=lambda row: known_headings(row.cells), default=None)
    if best is None or known_headings(best.cells) == 0:
        raise RequestsRejected(
            "headings_missing",
            "No heading line was found in the requests file; its first line must name the columns: "
            + ", ".join(COLUMNS),
        )
    positions: dict[str, int] = {}
    unknown = []
    for position, cell in enumerate(best.cells):
        key = heading_key(cell)
        if key in positions:
            raise RequestsRejected("column_twice", f"The requests file has the column {key} twice.")
        if key in COLUMNS:
            positions[key] = position
        elif cell.strip():
            unknown.append(cell.strip()[:60])
    _refuse_useless(positions)
    return Heading(best.number, len(best.cells), positions, tuple(unknown))


def _refuse_useless(positions: dict[str, int]) -> None:
    missing = [column for column in REQUIRED if column not in positions]
    if missing:
        raise RequestsRejected(
            "columns_missing", f"The requests file lacks the column {' and '.join(missing)}."
        )
    if not any(column in positions for column in DESCRIBING):
        raise RequestsRejected(
            "columns_missing", f"The requests file has no column of names ({', '.join(DESCRIBING)})."
        )
