"""Judgements: added, read, never changed; only the words in them are erased with their request."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from service.store.tables import JudgementRow


def add(session: Session, row: JudgementRow) -> JudgementRow:
    """Append a judgement, numbering it within its link. Two at once: one raises IntegrityError."""
    last = session.exec(
        select(func.max(JudgementRow.ordinal)).where(col(JudgementRow.link_id) == row.link_id)
    ).one()
    row.ordinal = (last or 0) + 1
    session.add(row)
    session.flush()
    return row


def of_link(session: Session, link_id: str) -> Sequence[JudgementRow]:
    """The history of a link, the oldest first."""
    return session.exec(
        select(JudgementRow).where(col(JudgementRow.link_id) == link_id).order_by(col(JudgementRow.ordinal))
    ).all()


def of_links(session: Session, link_ids: Iterable[str]) -> Sequence[JudgementRow]:
    return session.exec(
        select(JudgementRow)
        .where(col(JudgementRow.link_id).in_(list(link_ids)))
        .order_by(col(JudgementRow.link_id), col(JudgementRow.ordinal))
    ).all()


def erase_words(session: Session, link_ids: Iterable[str]) -> None:
    """Reasons and evidence in words go; who decided what, and when, stays."""
    session.connection().execute(
        update(JudgementRow)
        .where(col(JudgementRow.link_id).in_(list(link_ids)))
        .values(sealed_reason=None, sealed_evidence=None)
    )
