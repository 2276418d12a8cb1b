"""Sign-ins, found by the hash of their random id."""

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col

from service.store.tables import SessionRow


def add(session: Session, row: SessionRow) -> SessionRow:
    session.add(row)
    session.flush()
    return row


def get(session: Session, id_hash: str) -> SessionRow | None:
    return session.get(SessionRow, id_hash)


def end(session: Session, id_hash: str) -> None:
    session.connection().execute(delete(SessionRow).where(col(SessionRow.id_hash) == id_hash))


def end_all_of(session: Session, account_id: str) -> None:
    """End every sign-in of an account: after a new password, a disabling or a change of roles."""
    session.connection().execute(delete(SessionRow).where(col(SessionRow.account_id) == account_id))


def drop_expired(session: Session, at: datetime) -> int:
    gone = session.connection().execute(delete(SessionRow).where(col(SessionRow.expires_at) <= at))
    return gone.rowcount
