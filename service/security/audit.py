"""The audit chain: every act and every reading of personal data, in the transaction of the act itself.

Each row carries an HMAC over its own bytes and the HMAC of the row before. Who can write to the
database but has no key cannot change, insert or remove a row unnoticed. Rows cut off at the end are
noticed only against an `Anchor` kept elsewhere.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import text
from sqlmodel import Session, col, select

from service.security.codes import MacKeys
from service.store.tables import AuditEvent

START = "0" * 64
_LOCK = 4_871_233_071  # PostgreSQL advisory lock of the chain's end; any fixed number
_PLAIN = re.compile(r"[A-Za-z0-9_.:,+/@ -]{0,200}", re.ASCII)
_PAGE = 1000

Detail = str | int | bool | None


@dataclass(frozen=True)
class Anchor:
    """Length and head of the chain at one moment; keep it on another host."""

    sequence: int
    mac: str


@dataclass(frozen=True)
class Verdict:
    """Result of a verification; `broken_at` is the first sequence number that does not hold."""

    rows: int
    broken_at: int | None = None

    @property
    def holds(self) -> bool:
        return self.broken_at is None


def record(
    session: Session,
    keys: MacKeys,
    actor_id: str,
    act: str,
    kind: str,
    object_id: str,
    details: Mapping[str, Detail] | None = None,
    organisation_id: str = "",
) -> AuditEvent:
    """Append one act to the chain; it is kept or lost together with the caller's transaction.

    `actor_id` is an account id, or "public", "machine:<key id>", "system". `details` holds ids, codes
    and counts only; anything that could be a person's words raises ValueError. Call it last in a
    transaction: on PostgreSQL the end of the chain stays locked until the commit.
    """
    last = head(session, lock=True)
    event = AuditEvent(
        sequence=last.sequence + 1,
        at=datetime.now(UTC),
        organisation_id=organisation_id,
        actor_id=actor_id,
        act=act,
        kind=kind,
        object_id=object_id,
        details=_written(details or {}),
        previous=last.mac,
        mac="",
    )
    event.mac = _mac(keys, event)
    session.add(event)
    session.flush()
    return event


def was_noted(session: Session, actor_id: str, act: str, about: tuple[str, str], since: datetime) -> bool:
    """Whether this actor did this act to this object (kind and id) since that moment."""
    table = AuditEvent
    wanted = select(table.sequence).where(
        col(table.kind) == about[0],
        col(table.object_id) == about[1],
        col(table.actor_id) == actor_id,
        col(table.act) == act,
        col(table.at) >= since,
    )
    return session.exec(wanted.limit(1)).first() is not None


def head(session: Session, lock: bool = False) -> Anchor:
    """The end of the chain; with `lock`, no other transaction can append until this one ends."""
    if lock and session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = session.exec(select(AuditEvent).order_by(col(AuditEvent.sequence).desc()).limit(1)).first()
    return Anchor(last.sequence, last.mac) if last else Anchor(0, START)


def verify(session: Session, keys: MacKeys, anchor: Anchor | None = None) -> Verdict:
    """Walk the whole chain; with an anchor, also notice that rows before it were cut or rewritten."""
    expected, previous = 1, START
    while True:
        page = session.exec(
            select(AuditEvent)
            .where(col(AuditEvent.sequence) >= expected)
            .order_by(col(AuditEvent.sequence))
            .limit(_PAGE)
        ).all()
        for event in page:
            sound = (
                event.sequence == expected and event.previous == previous and event.mac == _mac(keys, event)
            )
            if not sound or (anchor and event.sequence == anchor.sequence and event.mac != anchor.mac):
                return Verdict(expected - 1, expected)
            expected, previous = expected + 1, event.mac
        if len(page) < _PAGE:
            break
    if anchor and anchor.sequence >= expected:
        return Verdict(expected - 1, expected)
    return Verdict(expected - 1)


def _written(details: Mapping[str, Detail]) -> str:
    for name, value in details.items():
        if not _PLAIN.fullmatch(name) or (isinstance(value, str) and not _PLAIN.fullmatch(value)):
            raise ValueError("the audit log holds ids, codes and counts only")
    return json.dumps(dict(details), sort_keys=True, separators=(",", ":"))


def _mac(keys: MacKeys, event: AuditEvent) -> str:
    stored = [event.sequence, event.at.astimezone(UTC).isoformat(), event.organisation_id, event.actor_id]
    stored += [event.act, event.kind, event.object_id, event.details, event.previous]
    return keys.mac("audit", json.dumps(stored, separators=(",", ":")).encode()).hex()
