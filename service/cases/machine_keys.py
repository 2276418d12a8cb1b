"""Keys of machine clients: issued, listed, revoked, each act in the audit log."""

from service.security import api_keys, audit
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store.tables import ApiKey
from service.store.work import Work


def issue(work: Work, actor: Actor, new: api_keys.NewKey) -> api_keys.Issued:
    """A new key for the actor's organisation."""
    require(actor, Operation.MANAGE_API_KEYS)
    made = api_keys.issue_key(work, actor, new)
    _note(work, actor, "api_key.issued", made.key_id)
    return made


def every(work: Work, actor: Actor) -> tuple[ApiKey, ...]:
    """The keys of the actor's organisation; secrets are not among what is kept."""
    require(actor, Operation.MANAGE_API_KEYS)
    return api_keys.list_keys(work, actor)


def revoke(work: Work, actor: Actor, key_id: str) -> None:
    """End a key at once. Raises NotFound for absent and foreign keys alike."""
    require(actor, Operation.MANAGE_API_KEYS)
    api_keys.revoke_key(work, actor, key_id)
    _note(work, actor, "api_key.revoked", key_id)


def _note(work: Work, actor: Actor, act: str, key_id: str) -> None:
    audit.record(
        work.session,
        work.keys,
        actor.audit_id,
        act,
        "api_key",
        key_id,
        organisation_id=actor.organisation_id,
    )
