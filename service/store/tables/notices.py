"""Who is told what by mail, and how far a program has been told by webhook."""

from datetime import datetime

from sqlalchemy import JSON, LargeBinary
from sqlmodel import Field, SQLModel

from service.store.columns import UtcDateTime, now


class MailChoiceRow(SQLModel, table=True):
    """An account that wants mail. `sealed` holds the address; `told` the counts of the last mail."""

    __tablename__ = "mail_choice"

    account_id: str = Field(primary_key=True, foreign_key="account.id", max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    language: str = Field(max_length=8)
    chosen_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    told: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    sealed: bytes = Field(sa_type=LargeBinary)


class DeliveryRow(SQLModel, table=True):
    """One way out, `webhook` or `mail`: who is at it, how far it is, when it is tried again."""

    __tablename__ = "delivery"

    way: str = Field(primary_key=True, max_length=20)
    sequence: int = Field(default=0)  # of the audit log: everything up to here is delivered or given up
    failures: int = Field(default=0)  # in a row
    not_before: datetime = Field(default_factory=now, sa_type=UtcDateTime)
