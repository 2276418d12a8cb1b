"""How common names are on the lists, counted now and then: every process weighs by the same numbers."""

from importlib.metadata import version
from typing import TYPE_CHECKING

from pydantic import ValidationError
from sqlalchemy import delete
from sqlmodel import Session, col, select

from service.store.sealed import Place, SealBroken
from service.store.tables import ListCountsRow
from service.store.work import Work

if TYPE_CHECKING:  # the server must not wait for the matcher to start
    from matching.counts import Counts

TABLE = "list_counts"
_NOBODYS = ""  # the lists of all organisations are counted together


def _place(row: ListCountsRow) -> Place:
    return Place(TABLE, "sealed", row.id, _NOBODYS)


def get(session: Session) -> ListCountsRow | None:
    """What this version of the program counted; another one reads names otherwise."""
    return session.exec(
        select(ListCountsRow).where(col(ListCountsRow.matcher) == version("homeward"))
    ).first()


def id_now(session: Session) -> str:
    """The id of that, "" for none."""
    query = select(ListCountsRow.id).where(col(ListCountsRow.matcher) == version("homeward"))
    return session.exec(query).first() or ""


def value(work: Work, row: ListCountsRow) -> "Counts | None":
    """None where it does not open: it was sealed with another key, or altered."""
    from matching.counts import Counts

    try:
        return work.sealer.open_value(_place(row), row.sealed, Counts)
    except (SealBroken, ValidationError):
        return None


def put(work: Work, lists: str, rows: int, counts: "Counts") -> ListCountsRow:
    """In the place of what was counted before."""
    if before := get(work.session):
        work.session.delete(before)
    row = ListCountsRow(lists=lists, rows=rows, matcher=version("homeward"), sealed=b"")
    row.sealed = work.sealer.seal_value(_place(row), counts)
    work.session.add(row)
    work.session.flush()
    return row


def forget(session: Session) -> None:
    """The next preparation of the lists counts anew, whatever the version."""
    session.connection().execute(delete(ListCountsRow))
