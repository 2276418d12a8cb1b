"""Accounts and roles: made, listed, disabled, changed. Every change ends the account's sign-ins."""

from dataclasses import dataclass
from datetime import datetime

from service.cases.sign_in import fold_login
from service.errors import Conflict, HomewardError, NotFound, PreconditionFailed, Unprocessable
from service.security import audit, sessions, totp
from service.security.access import Operation, require
from service.security.actors import Actor, Role
from service.security.passwords import hash_password, verify_password
from service.store import accounts, organisations
from service.store.tables import Account
from service.store.work import Store, Work

_CONTENT = frozenset(
    {Role.INTAKE, Role.IMPORTER, Role.REVIEWER, Role.SECOND_REVIEWER, Role.CHILD_PROTECTION_LEAD}
)


@dataclass(frozen=True)
class AccountView:
    """An account as its administrator sees it."""

    account_id: str
    organisation_id: str
    login: str
    roles: frozenset[Role]
    disabled: bool
    second_factor: bool
    created_at: datetime
    version: int


@dataclass(frozen=True)
class NewAccount:
    """What an administrator gives for a new account."""

    login: str
    password: str
    roles: frozenset[Role]


def check_roles(roles: frozenset[Role]) -> None:
    """Raises Unprocessable for roles that one person must not join (docs/workflow.md)."""
    if Role.MACHINE_CLIENT in roles:
        raise Unprocessable("role_of_keys", "Machine clients have keys, not accounts.")
    if Role.ADMINISTRATOR in roles and roles & _CONTENT:
        raise Unprocessable(
            "roles_apart", "Who administers accounts sees no cases. Make two accounts for two people."
        )


def add_account(work: Work, actor: Actor, new: NewAccount) -> AccountView:
    """A new account in the actor's organisation. Raises Conflict when the login is taken."""
    require(actor, Operation.MANAGE_ACCOUNTS)
    return create(work, actor.organisation_id, new, actor.account_id)


def create(work: Work, organisation_id: str, new: NewAccount, by: str | None) -> AccountView:
    """As `add_account`, for the command line, which is trusted with the key file anyway."""
    check_roles(new.roles)
    login = fold_login(new.login)
    if len(login) < 3 or not login.isprintable():
        raise Unprocessable("login_length", "A login has at least three visible characters.")
    if accounts.by_login(work.session, login) is not None:
        raise Conflict("login_taken", "There is an account of this name already.")
    if organisations.get(work.session, organisation_id) is None:
        raise NotFound
    account = Account(
        organisation_id=organisation_id, login=login, password_hash=hash_password(new.password, login)
    )
    accounts.add(work.session, account, [role.value for role in new.roles], by)
    _note(work, by, "account.created", account, roles="+".join(sorted(new.roles)))
    return _view(work, account)


def list_accounts(work: Work, actor: Actor) -> tuple[AccountView, ...]:
    """The accounts of the actor's organisation, by login."""
    require(actor, Operation.MANAGE_ACCOUNTS)
    found = accounts.of_organisation(work.session, actor.organisation_id)
    return tuple(_view(work, account) for account in found)


def read_account(work: Work, actor: Actor, account_id: str) -> AccountView:
    """One account. Raises NotFound for absent and foreign ones alike."""
    require(actor, Operation.MANAGE_ACCOUNTS)
    return _view(work, _own(work, actor, account_id))


def set_roles(
    work: Work, actor: Actor, account_id: str, roles: frozenset[Role], expected_version: int | None = None
) -> AccountView:
    """Replace the roles; works at the account's next request, and ends its sign-ins."""
    require(actor, Operation.MANAGE_ACCOUNTS)
    account = _own(work, actor, account_id, expected_version)
    _not_oneself(actor, account)
    return replace_roles(work, account, roles, actor.account_id)


def replace_roles(work: Work, account: Account, roles: frozenset[Role], by: str | None) -> AccountView:
    """As `set_roles`, for the command line."""
    check_roles(roles)
    accounts.set_roles(work.session, account.id, [role.value for role in roles], by)
    _changed(work, account)
    _note(work, by, "account.roles_changed", account, roles="+".join(sorted(roles)))
    return _view(work, account)


def set_disabled(
    work: Work, actor: Actor, account_id: str, disabled: bool, expected_version: int | None = None
) -> AccountView:
    """Close or reopen an account; closing ends its sign-ins at once."""
    require(actor, Operation.MANAGE_ACCOUNTS)
    account = _own(work, actor, account_id, expected_version)
    _not_oneself(actor, account)
    return switch(work, account, disabled, actor.account_id)


def switch(work: Work, account: Account, disabled: bool, by: str | None) -> AccountView:
    """As `set_disabled`, for the command line."""
    account.disabled = disabled
    _changed(work, account)
    _note(work, by, "account.disabled" if disabled else "account.enabled", account)
    return _view(work, account)


def set_password(work: Work, account: Account, password: str, by: str | None) -> None:
    """A new password, for the command line; ends the account's sign-ins."""
    account.password_hash = hash_password(password, account.login)
    _changed(work, account)
    _note(work, by, "account.password_changed", account)


def change_own_password(store: Store, actor: Actor, old: str, new: str) -> None:
    """Change one's own password; every sign-in of the account ends, this one too."""
    require(actor, Operation.CHANGE_OWN_PASSWORD)
    with store.read() as work:
        account = accounts.get(work.session, actor.account_id)
    if account is None or not verify_password(account.password_hash, old):
        raise HomewardError("password_wrong", "The present password is not right.", 422)
    digest = hash_password(new, account.login)
    with store.begin() as work:
        kept = accounts.get(work.session, actor.account_id)
        if kept is None:
            raise NotFound
        kept.password_hash = digest
        _changed(work, kept)
        _note(work, actor.account_id, "account.password_changed", kept)


def set_up_second_factor(work: Work, actor: Actor, secret: str, code: str) -> None:
    """Keep a second factor once a code proves that the app has it; ends every sign-in of the account."""
    require(actor, Operation.SET_UP_SECOND_FACTOR)
    account = accounts.get(work.session, actor.account_id)
    if account is None:
        raise NotFound
    if account.totp_sealed is not None:
        raise Conflict("second_factor_set", "A second factor is set up already.")
    if len(secret) != 32 or totp.matching_step(secret, code) is None:
        raise Unprocessable("code_wrong", "These digits do not fit. Wait for the next ones and try again.")
    totp.keep(work, account, secret)
    totp.accept(work, account, code)
    sessions.close_all(work, account.id)
    _note(work, actor.account_id, "account.second_factor_set", account)


def reset_second_factor(work: Work, account: Account, by: str | None) -> None:
    """Take the second factor away, so that the person sets up a new one at the next sign-in."""
    account.totp_sealed = None
    account.totp_last_step = None
    _changed(work, account)
    _note(work, by, "account.second_factor_reset", account)


def by_login(work: Work, login: str) -> Account:
    """For the command line. Raises NotFound."""
    account = accounts.by_login(work.session, fold_login(login))
    if account is None:
        raise NotFound("login_unknown", "There is no account of this name; see: homeward user list")
    return account


def _own(work: Work, actor: Actor, account_id: str, expected_version: int | None = None) -> Account:
    account = accounts.get(work.session, account_id)
    if account is None or account.organisation_id != actor.organisation_id:
        raise NotFound
    if expected_version is not None and account.version != expected_version:
        raise PreconditionFailed
    return account


def _not_oneself(actor: Actor, account: Account) -> None:
    if actor.account_id == account.id:
        raise Conflict("not_oneself", "Another administrator must change your own account.")


def _changed(work: Work, account: Account) -> None:
    account.version += 1
    work.session.add(account)
    work.session.flush()
    sessions.close_all(work, account.id)


def _view(work: Work, account: Account) -> AccountView:
    return AccountView(
        account_id=account.id,
        organisation_id=account.organisation_id,
        login=account.login,
        roles=sessions.known_roles(accounts.roles_of(work.session, account.id)),
        disabled=account.disabled,
        second_factor=account.totp_sealed is not None,
        created_at=account.created_at,
        version=account.version,
    )


def _note(work: Work, by: str | None, act: str, account: Account, **details: str) -> None:
    audit.record(
        work.session,
        work.keys,
        by or "system",
        act,
        "account",
        account.id,
        details,
        organisation_id=account.organisation_id,
    )
