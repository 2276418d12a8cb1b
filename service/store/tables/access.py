"""Organisations, accounts, sign-ins and machine keys."""

from datetime import datetime

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import UtcDateTime, new_id, now


class Organisation(SQLModel, table=True):
    """A body that files requests, imports lists or reviews. Its id is part of every seal."""

    __tablename__ = "organisation"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    name: str = Field(max_length=200, unique=True)
    receives_public: bool = Field(default=False)  # requests of the public form belong to it
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class Account(SQLModel, table=True):
    """A person of an organisation who signs in."""

    __tablename__ = "account"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", index=True, max_length=32)
    login: str = Field(max_length=120, unique=True)  # folded by the caller; a work name, not a relative's
    password_hash: str = Field(max_length=200)
    totp_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    totp_last_step: int | None = None  # the last accepted time step: a code counts once
    disabled: bool = False
    failed_count: int = 0
    failed_since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    locked_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class AccountRole(SQLModel, table=True):
    """One role of one account; the words are those of the authorisation table."""

    __tablename__ = "account_role"
    __table_args__ = (UniqueConstraint("account_id", "role"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    account_id: str = Field(foreign_key="account.id", index=True, max_length=32)
    role: str = Field(max_length=40)
    granted_by: str | None = Field(default=None, max_length=32)
    granted_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class SessionRow(SQLModel, table=True):
    """A sign-in. Only the hash of the random id in the cookie is stored."""

    __tablename__ = "session_row"

    id_hash: str = Field(primary_key=True, max_length=64)
    account_id: str = Field(foreign_key="account.id", index=True, max_length=32)
    csrf: str = Field(max_length=64)
    second_factor: bool = False  # True once the second factor was given in this sign-in
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    last_seen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


class ApiKey(SQLModel, table=True):
    """A machine client's key: a public prefix to find it by and a keyed hash of the secret."""

    __tablename__ = "api_key"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", index=True, max_length=32)
    account_id: str | None = Field(default=None, foreign_key="account.id", max_length=32)
    label: str = Field(default="", max_length=120)
    prefix: str = Field(max_length=16, unique=True)
    key_hash: str = Field(max_length=64)
    scopes: list[str] = Field(default_factory=list, sa_type=JSON)
    created_by: str | None = Field(default=None, max_length=32)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class LastLook(SQLModel, table=True):
    """When an account last opened its home page: what came later is new to it."""

    __tablename__ = "last_look"

    account_id: str = Field(primary_key=True, foreign_key="account.id", max_length=32)
    looked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
