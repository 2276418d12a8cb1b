"""Fixed windows that count how often a bucket was used, shared by all processes."""

from typing import Any

from sqlalchemy import delete, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from service.store.tables import RateWindow


def count_up(session: Session, bucket_hash: str, window_start: int) -> int:
    """Count one use and return how many there are in this window, this one included."""
    values = {"bucket_hash": bucket_hash, "window_start": window_start, "count": 1}
    added: dict[str, Any] = {"count": literal_column("rate_window.count") + 1}
    keys: Any = [col(RateWindow.bucket_hash), col(RateWindow.window_start)]
    if session.get_bind().dialect.name == "sqlite":
        statement = (
            sqlite.insert(RateWindow).values(values).on_conflict_do_update(index_elements=keys, set_=added)
        )
        session.connection().execute(statement)
    else:
        on_postgres = postgresql.insert(RateWindow).values(values)
        session.connection().execute(on_postgres.on_conflict_do_update(index_elements=keys, set_=added))
    return used(session, bucket_hash, window_start)


def used(session: Session, bucket_hash: str, window_start: int) -> int:
    found = session.exec(
        select(RateWindow.count).where(
            col(RateWindow.bucket_hash) == bucket_hash, col(RateWindow.window_start) == window_start
        )
    ).first()
    return found or 0


def drop_before(session: Session, window_start: int) -> int:
    gone = session.connection().execute(delete(RateWindow).where(col(RateWindow.window_start) < window_start))
    return gone.rowcount
