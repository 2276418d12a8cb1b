"""Counts over everything of one organisation: numbers alone, nothing of a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as sa_select
from sqlmodel import Session, col, select

from schemas.link import Band
from schemas.review import LinkState, Move
from service.store.columns import now
from service.store.tables import CandidateLinkRow, JudgementRow, LastLook, TracingRequestRow


@dataclass(frozen=True)
class Judged:
    """One judgement as statistics see it. `proposed_at`: when the machine first proposed the link."""

    link_id: str
    move: Move
    decided_at: datetime
    proposed_at: datetime
    band: Band


def requests_by_state(session: Session, organisation_id: str) -> dict[str, int]:
    rows = session.exec(
        select(TracingRequestRow.state, func.count())
        .where(col(TracingRequestRow.organisation_id) == organisation_id)
        .group_by(TracingRequestRow.state)
    ).all()
    return dict(rows)


def links_by_band(session: Session, organisation_id: str) -> dict[str, int]:
    """Links that the newest matching still proposes, by band."""
    rows = session.exec(
        select(CandidateLinkRow.band, func.count())
        .where(
            col(CandidateLinkRow.organisation_id) == organisation_id,
            col(CandidateLinkRow.current).is_(True),
        )
        .group_by(CandidateLinkRow.band)
    ).all()
    return dict(rows)


def judgements(session: Session, organisation_id: str) -> Sequence[Judged]:
    """Every judgement on links of the organisation, link by link, the oldest first."""
    wanted = (
        sa_select(
            col(JudgementRow.link_id),
            col(JudgementRow.move),
            col(JudgementRow.decided_at),
            col(CandidateLinkRow.created_at),
            col(CandidateLinkRow.band),
        )
        .join(CandidateLinkRow, col(CandidateLinkRow.id) == col(JudgementRow.link_id))
        .where(col(CandidateLinkRow.organisation_id) == organisation_id)
        .order_by(col(JudgementRow.link_id), col(JudgementRow.ordinal))
    )
    rows = session.connection().execute(wanted).all()
    return [Judged(link, Move(move), decided, made, Band(band)) for link, move, decided, made, band in rows]


def decided_since(
    session: Session, organisation_id: str, moves: Sequence[Move], since: datetime
) -> list[datetime]:
    """When links of the organisation were decided by one of these moves, after that moment."""
    wanted = (
        sa_select(col(JudgementRow.decided_at))
        .join(CandidateLinkRow, col(CandidateLinkRow.id) == col(JudgementRow.link_id))
        .where(
            col(CandidateLinkRow.organisation_id) == organisation_id,
            col(JudgementRow.move).in_([move.value for move in moves]),
            col(JudgementRow.decided_at) > since,
        )
    )
    return list(session.connection().execute(wanted).scalars())


def undecided_older(
    session: Session, organisation_id: str, states: Sequence[LinkState], before: datetime
) -> int:
    """How many proposed links worth a review are still in one of these states and older than that."""
    return session.exec(
        select(func.count()).where(
            col(CandidateLinkRow.organisation_id) == organisation_id,
            col(CandidateLinkRow.state).in_([state.value for state in states]),
            col(CandidateLinkRow.created_at) <= before,
            col(CandidateLinkRow.current).is_(True),
            col(CandidateLinkRow.band) != Band.DO_NOT_SHOW.value,
        )
    ).one()


def looked_at(session: Session, account_id: str) -> datetime | None:
    """When the account last opened its home page."""
    found = session.get(LastLook, account_id)
    return found.looked_at if found else None


def look(session: Session, account_id: str) -> None:
    """The account opens its home page now."""
    session.merge(LastLook(account_id=account_id, looked_at=now()))
    session.flush()


def links_since(session: Session, organisation_id: str, since: datetime) -> int:
    """How many links worth a review were first proposed after that moment."""
    return session.exec(
        select(func.count()).where(
            col(CandidateLinkRow.organisation_id) == organisation_id,
            col(CandidateLinkRow.created_at) > since,
            col(CandidateLinkRow.current).is_(True),
            col(CandidateLinkRow.band) != Band.DO_NOT_SHOW.value,
        )
    ).one()
