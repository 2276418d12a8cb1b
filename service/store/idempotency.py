"""Answers to creations, kept so that a repetition is answered alike."""

from datetime import datetime

from sqlalchemy import delete, text
from sqlmodel import Session, col

from service.store.tables import IdempotencyKeyRow


def hold(session: Session, key_hash: str) -> None:
    """Let one transaction at a time work on a key; on SQLite the write lock does so already."""
    if session.get_bind().dialect.name == "postgresql":
        number = int(key_hash[:15], 16)
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def get(session: Session, key_hash: str, at: datetime) -> IdempotencyKeyRow | None:
    """The kept answer, if it has not expired."""
    row = session.get(IdempotencyKeyRow, key_hash)
    return row if row is not None and row.expires_at > at else None


def add(session: Session, row: IdempotencyKeyRow) -> None:
    """Keep an answer, in place of an expired one. Call `hold` first."""
    session.connection().execute(
        delete(IdempotencyKeyRow).where(
            col(IdempotencyKeyRow.key_hash) == row.key_hash,
            col(IdempotencyKeyRow.expires_at) <= row.created_at,
        )
    )
    session.add(row)
    session.flush()


def drop_expired(session: Session, at: datetime) -> int:
    gone = session.connection().execute(
        delete(IdempotencyKeyRow).where(col(IdempotencyKeyRow.expires_at) <= at)
    )
    return gone.rowcount
