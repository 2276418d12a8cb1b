"""Keys of machine clients: `hw_<prefix>_<secret>`, shown once, kept as a keyed hash."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from service.errors import NotFound, Unprocessable
from service.security.access import ACCESS, Operation
from service.security.actors import Actor, Role
from service.store import api_keys as rows
from service.store.columns import new_id, now
from service.store.keys import KeyRing
from service.store.tables import ApiKey
from service.store.work import Work

_FORM = re.compile(r"hw_([0-9a-f]{12})_([A-Za-z0-9_-]{43})", re.ASCII)
MACHINE_OPERATIONS = frozenset(o for o, roles in ACCESS.items() if Role.MACHINE_CLIENT in roles)


@dataclass(frozen=True)
class Issued:
    """A new key; `secret` is shown to the caller once and kept nowhere."""

    key_id: str
    secret: str
    prefix: str


@dataclass(frozen=True)
class NewKey:
    """What is asked for: what the key is for, what it may do, when it ends."""

    label: str
    scopes: frozenset[str]
    expires_at: datetime | None = None


def issue_key(work: Work, actor: Actor, new: NewKey) -> Issued:
    """A key for the actor's organisation. Raises Unprocessable for a scope no machine may have."""
    if not new.scopes or not new.scopes <= set(known_scopes()):
        raise Unprocessable(
            "scope_unknown", "Name at least one scope, and only scopes that a machine client may have."
        )
    prefix, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
    row = ApiKey(
        id=new_id(),
        organisation_id=actor.organisation_id,
        label=new.label,
        prefix=prefix,
        key_hash=_hash(work.keys, prefix, secret),
        scopes=sorted(new.scopes),
        created_by=actor.account_id or None,
        expires_at=new.expires_at,
    )
    rows.add(work.session, row)
    return Issued(row.id, f"hw_{prefix}_{secret}", prefix)


def find_key(work: Work, presented: str) -> Actor | None:
    """The machine client of a presented key, or None when unknown, revoked or expired."""
    parts = _FORM.fullmatch(presented)
    if parts is None:
        return None
    prefix, secret = parts.groups()
    row = rows.by_prefix(work.session, prefix)
    matches = hmac.compare_digest(row.key_hash if row else "", _hash(work.keys, prefix, secret))
    if row is None or not matches or row.revoked_at or (row.expires_at and row.expires_at <= now()):
        return None
    return Actor(
        account_id=f"machine:{row.id}",
        organisation_id=row.organisation_id,
        roles=frozenset({Role.MACHINE_CLIENT}),
        scopes=frozenset(row.scopes),
    )


def list_keys(work: Work, actor: Actor) -> tuple[ApiKey, ...]:
    """The keys of the actor's organisation."""
    return tuple(rows.of_organisation(work.session, actor.organisation_id))


def revoke_key(work: Work, actor: Actor, key_id: str) -> None:
    """Revoke at once. Raises NotFound for an absent or foreign key."""
    row = rows.get(work.session, key_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    row.revoked_at = row.revoked_at or now()


def _hash(keys: KeyRing, prefix: str, secret: str) -> str:
    return keys.mac("access", f"api_key|{prefix}|{secret}".encode()).hex()


def known_scopes() -> tuple[str, ...]:
    """Every scope a key may have."""
    return tuple(sorted(operation.value for operation in Operation if operation in MACHINE_OPERATIONS))
