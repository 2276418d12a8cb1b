"""Answers to creations, kept so that a repetition is answered alike."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from service.store.tables import IdempotencyKeyRow


def get(session: Session, key_hash: str, at: datetime) -> IdempotencyKeyRow | None:
    """The kept answer, if it has not expired."""
    row = session.get(IdempotencyKeyRow, key_hash)
    return row if row is not None and row.expires_at > at else None


def add(session: Session, row: IdempotencyKeyRow) -> None:
    """Keep an answer. Raises IntegrityError when another transaction has just kept one for this key."""
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
