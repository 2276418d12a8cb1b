"""Accounts and their roles."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete
from sqlmodel import Session, col, select

from service.store.tables import Account, AccountRole


def add(session: Session, account: Account, roles: Iterable[str], granted_by: str | None = None) -> Account:
    session.add(account)
    session.flush()
    set_roles(session, account.id, roles, granted_by)
    return account


def get(session: Session, account_id: str) -> Account | None:
    return session.get(Account, account_id)


def by_login(session: Session, login: str) -> Account | None:
    """The account with exactly this login; the caller folds case before storing and before asking."""
    return session.exec(select(Account).where(col(Account.login) == login)).first()


def of_organisation(session: Session, organisation_id: str | None = None) -> Sequence[Account]:
    """Accounts by login; of every organisation when none is named."""
    query = select(Account).order_by(col(Account.login))
    if organisation_id is not None:
        query = query.where(col(Account.organisation_id) == organisation_id)
    return session.exec(query).all()


def roles_of(session: Session, account_id: str) -> frozenset[str]:
    found = session.exec(select(AccountRole.role).where(col(AccountRole.account_id) == account_id))
    return frozenset(found.all())


def set_roles(session: Session, account_id: str, roles: Iterable[str], granted_by: str | None = None) -> None:
    """Replace the roles of an account."""
    session.connection().execute(delete(AccountRole).where(col(AccountRole.account_id) == account_id))
    for role in sorted(set(roles)):
        session.add(AccountRole(account_id=account_id, role=role, granted_by=granted_by))
    session.flush()
