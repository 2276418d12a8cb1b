"""Optimistic locking: a change names the version it was made from, and loses honestly."""

from typing import Any, Protocol, TypeVar

from sqlalchemy import update
from sqlalchemy.engine import CursorResult
from sqlmodel import Session, SQLModel

from service.errors import PreconditionFailed


class VersionConflict(PreconditionFailed):
    """Somebody changed the row since the caller read it; nothing was changed."""


class _Versioned(Protocol):
    id: str
    version: int


T = TypeVar("T", bound=_Versioned)


def swap(session: Session, row: T, expected: int | None = None, **values: Any) -> T:
    """Write `values` into `row` if its version is still `expected` (default: the version as loaded).

    Raises `VersionConflict` otherwise. On return the row holds what the database holds. The keys of
    `values` are column names; they come from code, never from a caller.
    """
    assert isinstance(row, SQLModel)  # noqa: S101 - narrows the protocol for the type checker
    known = row.version if expected is None else expected
    table = type(row).__table__
    changed: CursorResult[Any] = session.connection().execute(
        update(table)
        .where(table.c.id == row.id, table.c.version == known)
        .values(**values, version=known + 1)
    )
    if changed.rowcount != 1:
        raise VersionConflict
    session.refresh(row)
    return row
