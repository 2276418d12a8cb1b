"""Organisations."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from service.store.tables import Organisation


def add(session: Session, name: str, *, receives_public: bool = False) -> Organisation:
    """A new organisation. The first one receives the requests of the public form."""
    first = session.exec(select(Organisation).limit(1)).first() is None
    organisation = Organisation(name=name, receives_public=receives_public or first)
    session.add(organisation)
    session.flush()
    return organisation


def get(session: Session, organisation_id: str) -> Organisation | None:
    return session.get(Organisation, organisation_id)


def named(session: Session, name: str) -> Organisation | None:
    return session.exec(select(Organisation).where(col(Organisation.name) == name)).first()


def every(session: Session) -> Sequence[Organisation]:
    """All organisations, the oldest first."""
    return session.exec(
        select(Organisation).order_by(col(Organisation.created_at), col(Organisation.id))
    ).all()


def receiving(session: Session) -> Organisation | None:
    """The organisation that answers for the public form; None before any exists."""
    return session.exec(
        select(Organisation)
        .where(col(Organisation.receives_public).is_(True))
        .order_by(col(Organisation.created_at), col(Organisation.id))
        .limit(1)
    ).first()
