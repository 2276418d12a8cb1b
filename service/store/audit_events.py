"""Rows of the audit log; they are written by `service.security.audit` only."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from service.store.tables import AuditEvent


def of_organisation(session: Session, organisation_id: str, after: int, limit: int) -> Sequence[AuditEvent]:
    """Rows of one organisation above a sequence number, in their order."""
    return session.exec(
        select(AuditEvent)
        .where(col(AuditEvent.organisation_id) == organisation_id, col(AuditEvent.sequence) > after)
        .order_by(col(AuditEvent.sequence))
        .limit(limit)
    ).all()
