"""Creations that may be repeated: the first answer is kept, sealed, and given again for 24 hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from pydantic import BaseModel

from service.errors import Unprocessable
from service.security.actors import Actor
from service.store import idempotency
from service.store.columns import now
from service.store.sealed import Place
from service.store.tables import IdempotencyKeyRow
from service.store.work import Work

KEPT = timedelta(hours=24)
A = TypeVar("A", bound=BaseModel)


@dataclass(frozen=True)
class Creation(Generic[A]):
    """What is created, the kind of its answer, the caller's key (None: no repetition is recognised),
    and the body, to tell a repetition from a second use of the key."""

    what: str
    kind: type[A]
    key: str | None
    body: bytes = b""


def once(work: Work, actor: Actor, creation: Creation[A], make: Callable[[], A]) -> A:
    """The answer of `make`, or the answer that this key got before; in the caller's transaction.

    Raises Unprocessable when the key came with another body.
    """
    what, key = creation.what, creation.key
    if key is None:
        return make()
    scope = f"{what}|{actor.audit_id}"
    key_hash = work.keys.mac("idempotency", f"{scope}|{key}".encode()).hex()
    body_hash = work.keys.mac("idempotency_body", creation.body).hex()
    place = Place("idempotency_key", "sealed_response", key_hash, actor.organisation_id)
    idempotency.hold(work.session, key_hash)
    kept = idempotency.get(work.session, key_hash, now())
    if kept is not None and kept.body_hash != body_hash:
        raise Unprocessable(
            "idempotency_key_reused",
            "This Idempotency-Key was used for another body. Use a new key for a new creation.",
        )
    if kept is not None:
        return creation.kind.model_validate_json(work.sealer.open(place, kept.sealed_response))
    answer = make()
    idempotency.add(
        work.session,
        IdempotencyKeyRow(
            key_hash=key_hash,
            scope=what,
            body_hash=body_hash,
            status=201,
            sealed_response=work.sealer.seal_value(place, answer),
            created_at=now(),
            expires_at=now() + KEPT,
        ),
    )
    return answer
