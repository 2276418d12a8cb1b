"""Fixed windows that count how often a bucket was used, shared by all processes."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from service.store.tables import RateWindow


def count_up(session: Session, bucket_hash: str, window_start: int, uses: int = 1) -> None:
    """Count one use of a bucket, or several."""
    values = {"bucket_hash": bucket_hash, "window_start": window_start, "count": uses}
    added: dict[str, Any] = {"count": literal_column("rate_window.count") + uses}
    keys: Any = [col(RateWindow.bucket_hash), col(RateWindow.window_start)]
    if session.get_bind().dialect.name == "sqlite":
        statement = (
            sqlite.insert(RateWindow).values(values).on_conflict_do_update(index_elements=keys, set_=added)
        )
        session.connection().execute(statement)
    else:
        on_postgres = postgresql.insert(RateWindow).values(values)
        session.connection().execute(on_postgres.on_conflict_do_update(index_elements=keys, set_=added))


def used(session: Session, bucket_hash: str, window_start: int) -> int:
    return used_of(session, [bucket_hash], window_start).get(bucket_hash, 0)


def first_uses(session: Session, bucket_hashes: Sequence[str], window_start: int) -> None:
    """Count one use of each of several buckets, unless it was used in this window."""
    rows = [{"bucket_hash": one, "window_start": window_start, "count": 1} for one in bucket_hashes]
    if rows and session.get_bind().dialect.name == "sqlite":
        session.connection().execute(sqlite.insert(RateWindow).on_conflict_do_nothing(), rows)
    elif rows:
        session.connection().execute(postgresql.insert(RateWindow).on_conflict_do_nothing(), rows)


def used_of(session: Session, bucket_hashes: Sequence[str], window_start: int) -> dict[str, int]:
    """How often each of a few buckets was used in this window, of those that were."""
    table = RateWindow
    wanted = col(table.bucket_hash).in_(bucket_hashes)
    query = select(table.bucket_hash, table.count).where(wanted, table.window_start == window_start)
    return dict(session.exec(query).all())


def drop_before(session: Session, window_start: int) -> int:
    gone = session.connection().execute(delete(RateWindow).where(col(RateWindow.window_start) < window_start))
    return gone.rowcount
