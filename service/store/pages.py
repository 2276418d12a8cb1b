"""Cursor pages: stable under inserts, unlike offsets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows and the id to go on after; None at the end."""

    rows: tuple[T, ...]
    next_after: str | None = None


def cut(rows: Sequence[T], limit: int) -> Page[T]:
    """A page of `limit` rows from a query that asked for one more. Rows have an `id`."""
    if len(rows) <= limit:
        return Page(tuple(rows))
    kept = tuple(rows[:limit])
    return Page(kept, str(kept[-1].id))  # type: ignore[attr-defined]  # every table that pages has an id
