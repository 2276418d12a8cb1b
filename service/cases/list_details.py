"""What is kept, sealed, of a list beside its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from schemas.base import Value
from schemas.registry import SourceList
from service.cases.editions import EditionDifference
from service.cases.list_quality import ListQuality
from service.imports import ListReading, ReadOptions, Severity
from service.store import source_lists
from service.store.states import ListState
from service.store.tables import SourceListRow
from service.store.work import Work


class Remembered(Value):
    """Corrections of an earlier list that were applied to this one by themselves."""

    list_id: str  # where they were last in force
    corrected_on: date | None
    mapping: Mapping[str, str] = Field(default_factory=dict)
    date_order: str = ""
    encoding: str | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.mapping or self.date_order or self.encoding)

    def beside(self, told: ReadOptions) -> "Remembered":
        """What is left of it where the importer has spoken already."""
        return self.model_copy(
            update={
                "mapping": {name: m for name, m in self.mapping.items() if name not in told.mapping},
                "date_order": "" if told.date_order else self.date_order,
                "encoding": None if told.encoding else self.encoding,
            }
        )

    def applied(self, told: ReadOptions) -> ReadOptions:
        return told.model_copy(
            update={
                "mapping": {**self.mapping, **told.mapping},
                "date_order": told.date_order or self.date_order,
                "encoding": told.encoding or self.encoding,
            }
        )

    def holds(self, options: ReadOptions) -> bool:
        """Whether the options still say all of it."""
        return (
            all(options.mapping.get(name) == meaning for name, meaning in self.mapping.items())
            and self.date_order in ("", options.date_order)
            and self.encoding in (None, options.encoding)
        )

    def taken_off(self, options: ReadOptions) -> ReadOptions:
        """The options without it, where they still say what it said."""
        kept = {n: m for n, m in options.mapping.items() if self.mapping.get(n) != m}
        return options.model_copy(
            update={
                "mapping": kept,
                "date_order": "" if options.date_order == self.date_order else options.date_order,
                "encoding": None if options.encoding == self.encoding else options.encoding,
            }
        )


class ListDetails(Value):
    """`reading` is what the reader reported, without the records: those are rows of their own."""

    source: SourceList
    options: ReadOptions
    reading: ListReading
    difference: EditionDifference | None = None
    corrected_on: date | None = None  # the day of the last correction that this list is read with
    remembered: Remembered | None = None
    typed: bool = False  # from paper, row by row; the delivered file is what was typed so far
    quality: ListQuality | None = None  # None: of a list that was taken back, save for what was decided
    kept_good_rows: bool = False  # the importer published it although some rows were not understood

    @property
    def rows_lost(self) -> int:
        """Rows that gave no record."""
        return sum(1 for p in self.reading.problems if p.severity is Severity.ERROR)


@dataclass(frozen=True)
class ListView:
    """A list as its importer sees it.

    `repeated`: the same file was delivered before; nothing was done. `removed`: nothing of it is left.
    """

    list_id: str
    state: ListState
    edition: int
    predecessor_id: str | None
    record_count: int
    problem_count: int
    imported_by: str | None
    created_at: datetime
    published_at: datetime | None
    details: ListDetails
    version: int
    repeated: bool = False
    removed: bool = False


def view(work: Work, row: SourceListRow, *, repeated: bool = False) -> ListView:
    return ListView(
        list_id=row.id,
        state=ListState(row.state),
        edition=row.edition,
        predecessor_id=row.predecessor_id,
        record_count=row.record_count,
        problem_count=row.problem_count,
        imported_by=row.imported_by,
        created_at=row.created_at,
        published_at=row.published_at,
        details=source_lists.details(work, row, ListDetails),
        version=row.version,
        repeated=repeated,
    )
