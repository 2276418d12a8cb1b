"""What is kept, sealed, of a list beside its rows."""

from dataclasses import dataclass
from datetime import datetime

from schemas.base import Value
from schemas.registry import SourceList
from service.cases.editions import EditionDifference
from service.imports import ListReading, ReadOptions, Severity
from service.store import source_lists
from service.store.states import ListState
from service.store.tables import SourceListRow
from service.store.work import Work


class ListDetails(Value):
    """`reading` is what the reader reported, without the records: those are rows of their own."""

    source: SourceList
    options: ReadOptions
    reading: ListReading
    difference: EditionDifference | None = None
    kept_good_rows: bool = False  # the importer published it although some rows were not understood

    @property
    def rows_lost(self) -> int:
        """Rows that gave no record."""
        return sum(1 for p in self.reading.problems if p.severity is Severity.ERROR)


@dataclass(frozen=True)
class ListView:
    """A list as its importer sees it. `repeated`: the same file was delivered before; nothing was done."""

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
