"""Signing in and out: password, second factor, and limits that hold for unknown names too."""

from dataclasses import dataclass

from service.errors import Unauthenticated
from service.security import audit, sessions, totp
from service.security.actors import Actor
from service.security.limits import SIGN_IN_ALL, SIGN_IN_BY_ADDRESS, SIGN_IN_BY_LOGIN, spend
from service.security.passwords import verify_password
from service.store import accounts
from service.store.tables import Account
from service.store.work import Store, Work


@dataclass(frozen=True)
class Credentials:
    """What somebody presents. `address` is the network for the rate limit; it is not kept."""

    login: str
    password: str
    code: str = ""  # of the second factor
    address: str = "unknown"


def sign_in(store: Store, presented: Credentials, old_token: str = "") -> sessions.Opened:
    """A new sign-in. `old_token`: one that the same browser brought along; it ends.

    Raises Unauthenticated with code `sign_in_refused` alike for an unknown name, a wrong password and
    a disabled account, `code_needed` for a right password without a right second factor, and
    TooMany beyond 10 attempts in 5 minutes for a name or a network. Each attempt costs one argon2
    verification, outside of any transaction.
    """
    login = fold_login(presented.login)
    spend(store, SIGN_IN_ALL)
    spend(store, SIGN_IN_BY_ADDRESS, presented.address)
    spend(store, SIGN_IN_BY_LOGIN, login)
    with store.read() as work:
        known = accounts.by_login(work.session, login)
    right = verify_password(known.password_hash if known else None, presented.password)
    if known is None or not right or known.disabled:
        _note_refusal(store, known)
        raise Unauthenticated("sign_in_refused", "The name or the password is not right.")
    with store.begin() as work:
        opened = _open(work, known.id, presented.code, old_token)
    if opened is None:
        _note_refusal(store, known)
        raise Unauthenticated("code_needed", "Enter the six digits that your second factor shows now.")
    return opened


def sign_out(work: Work, actor: Actor) -> None:
    """End the sign-in that the actor uses."""
    sessions.close_session(work, actor.session_id)
    _note(work, "session.closed", actor.account_id, actor.organisation_id)


def fold_login(login: str) -> str:
    """A login as it is stored and asked for."""
    return login.strip().casefold()[:120]


def _open(work: Work, account_id: str, code: str, old_token: str) -> sessions.Opened | None:
    account = accounts.get(work.session, account_id)
    if account is None or account.disabled:
        return None
    has_factor = account.totp_sealed is not None
    if has_factor and not totp.accept(work, account, code):
        return None
    old = sessions.find_session(work, old_token)
    if old is not None:
        sessions.close_session(work, old.actor.session_id)
    opened = sessions.open_session(work, account, second_factor=has_factor)
    _note(work, "session.opened", account.id, account.organisation_id)
    return opened


def _note_refusal(store: Store, known: Account | None) -> None:
    """Refusals of known accounts are security events; unknown names are counted, not kept."""
    with store.begin() as work:
        _note(
            work, "session.refused", known.id if known else "unknown", known.organisation_id if known else ""
        )


def _note(work: Work, act: str, account_id: str, organisation_id: str) -> None:
    audit.record(
        work.session,
        work.keys,
        account_id if account_id != "unknown" else "public",
        act,
        "account",
        account_id,
        organisation_id=organisation_id,
    )
