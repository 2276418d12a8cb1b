"""Sign-ins as rows: revocable at once, idle and absolute ends, nothing readable in the cookie."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.config import Settings
from service.security.actors import Actor, Role
from service.store import accounts
from service.store import sessions as rows
from service.store.columns import now
from service.store.keys import KeyRing
from service.store.tables import Account, SessionRow
from service.store.work import Work

TOUCH_AFTER = timedelta(seconds=60)  # "last seen" is written at most once a minute
_SHORTEST, _LONGEST = 40, 64  # characters of a token; 32 random bytes make 43


@dataclass(frozen=True)
class Opened:
    """A new sign-in: `token` goes into the cookie and is kept nowhere, `csrf` into every form."""

    token: str
    csrf: str
    expires_at: datetime
    limited: bool


@dataclass(frozen=True)
class SignedIn:
    """A living sign-in. `limited`: a second factor must be set up before anything else."""

    actor: Actor
    login: str
    csrf: str
    limited: bool
    stale: bool  # `touch` is due


def cookie_name(settings: Settings) -> str:
    """With https the browser itself guards the prefix: this host only, secure, path /."""
    return "__Host-homeward" if settings.secure_cookies else "homeward"


def open_session(work: Work, account: Account, second_factor: bool) -> Opened:
    """A new sign-in with a new id; ended ones are swept out on the way."""
    started = now()
    rows.drop_expired(work.session, started)
    token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    expires_at = started + timedelta(hours=work.settings.session_hours)
    row = SessionRow(
        id_hash=_hash(work.keys, token),
        account_id=account.id,
        csrf=csrf,
        second_factor=second_factor,
        created_at=started,
        last_seen_at=started,
        expires_at=expires_at,
    )
    rows.add(work.session, row)
    return Opened(token, csrf, expires_at, _limited(work.settings, row))


def find_session(work: Work, token: str) -> SignedIn | None:
    """Who holds this token, or None when it is unknown, idle, ended, or the account is disabled.

    Roles are read afresh: taking one away works at the next request.
    """
    if not _SHORTEST <= len(token) <= _LONGEST:
        return None
    row = rows.get(work.session, _hash(work.keys, token))
    account = accounts.get(work.session, row.account_id) if row else None
    if row is None or account is None or account.disabled:
        return None
    present = now()
    idle = timedelta(minutes=work.settings.idle_minutes)
    # a clock set back must not prolong a sign-in
    if not row.created_at - TOUCH_AFTER <= present < row.expires_at or present - row.last_seen_at >= idle:
        return None
    roles = known_roles(accounts.roles_of(work.session, account.id))
    return SignedIn(
        actor=Actor(account.id, account.organisation_id, roles, session_id=row.id_hash),
        login=account.login,
        csrf=row.csrf,
        limited=_limited(work.settings, row),
        stale=present - row.last_seen_at >= TOUCH_AFTER,
    )


def touch(work: Work, session_id: str) -> None:
    """Note that the sign-in is in use."""
    row = rows.get(work.session, session_id)
    if row is not None:
        row.last_seen_at = now()


def close_session(work: Work, session_id: str) -> None:
    """End one sign-in."""
    rows.end(work.session, session_id)


def close_all(work: Work, account_id: str) -> None:
    """End every sign-in of an account: after a change of password, roles or second factor."""
    rows.end_all_of(work.session, account_id)


def known_roles(words: Iterable[str]) -> frozenset[Role]:
    """Stored words as roles; a word no longer known counts for nothing."""
    return frozenset(Role(word) for word in words if word in set(Role))


def _limited(settings: Settings, row: SessionRow) -> bool:
    return settings.second_factor == "required" and not row.second_factor


def _hash(keys: KeyRing, token: str) -> str:
    return keys.mac("access", b"session|" + token.encode()).hex()
