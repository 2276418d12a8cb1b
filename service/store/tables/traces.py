"""What the service remembers of its own acts: audit, idempotency, rates, the key it was sealed with."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from service.store.columns import UtcDateTime, now


class AuditEvent(SQLModel, table=True):
    """One link of the audit chain: ids and codes only. `mac` covers the row and the `mac` before it."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_object", "kind", "object_id"),
        Index("ix_audit_event_organisation", "organisation_id", "sequence"),
    )

    sequence: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    organisation_id: str = Field(default="", max_length=32)
    actor_id: str = Field(index=True, max_length=64)  # account, "public", "system" or "machine:<key id>"
    act: str = Field(max_length=60)
    kind: str = Field(max_length=40)
    object_id: str = Field(max_length=64)
    details: str = Field(default="{}", sa_type=Text)  # JSON as the mac covers it, byte for byte
    previous: str = Field(max_length=64)
    mac: str = Field(max_length=64)


class IdempotencyKeyRow(SQLModel, table=True):
    """The answer given to a creation, so that its repetition is answered alike and does nothing."""

    __tablename__ = "idempotency_key"

    key_hash: str = Field(primary_key=True, max_length=64)  # HMAC of scope and key
    scope: str = Field(max_length=60)
    body_hash: str = Field(max_length=64)
    status: int
    object_id: str | None = Field(default=None, max_length=64)
    sealed_response: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class RateWindow(SQLModel, table=True):
    """How often a bucket (a keyed hash) was used in a window that began at `window_start`."""

    __tablename__ = "rate_window"

    bucket_hash: str = Field(primary_key=True, max_length=64)
    window_start: int = Field(  # seconds since 1970
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    count: int = 0


class KeyCheck(SQLModel, table=True):
    """A known text sealed with the current key at first start: a wrong key file is noticed at once."""

    __tablename__ = "key_check"

    id: str = Field(primary_key=True, max_length=32)
    sealed: bytes = Field(sa_type=LargeBinary)
