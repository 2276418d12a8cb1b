"""What leaves the service: exports with their approval."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from service.store.columns import UtcDateTime, new_id, now, one_of
from service.store.states import ExportFormat, ExportState


class ExportOrderRow(SQLModel, table=True):
    """A wish to take links out as a file. Another person approves it; the file is made when fetched."""

    __tablename__ = "export_order"
    __table_args__ = (
        one_of("state", ExportState),
        one_of("format", ExportFormat),
        Index("ix_export_order_organisation_state", "organisation_id", "state"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    format: str = Field(max_length=10)
    scope: str = Field(max_length=60)  # a state of links, or link:<id>
    state: str = Field(default=ExportState.ASKED.value, max_length=20)
    asked_by: str = Field(foreign_key="account.id", max_length=32)
    decided_by: str | None = Field(default=None, foreign_key="account.id", max_length=32)
    asked_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    fetched: int = 0
    sealed_reason: bytes = Field(sa_type=LargeBinary)
    version: int = Field(default=1)
