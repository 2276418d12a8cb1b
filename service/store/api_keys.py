"""Keys of machine clients, found by their public prefix."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from service.store.tables import ApiKey


def add(session: Session, key: ApiKey) -> ApiKey:
    session.add(key)
    session.flush()
    return key


def get(session: Session, key_id: str) -> ApiKey | None:
    return session.get(ApiKey, key_id)


def by_prefix(session: Session, prefix: str) -> ApiKey | None:
    return session.exec(select(ApiKey).where(col(ApiKey.prefix) == prefix)).first()


def of_organisation(session: Session, organisation_id: str) -> Sequence[ApiKey]:
    return session.exec(
        select(ApiKey).where(col(ApiKey.organisation_id) == organisation_id).order_by(col(ApiKey.created_at))
    ).all()
