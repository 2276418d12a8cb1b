"""Tracing requests, source lists and detainee records. Everything personal is in a sealed column."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from schemas.review import PublicStatus
from schemas.vocabulary import Channel
from service.store.columns import UtcDateTime, new_id, now, one_of
from service.store.states import ListState, RequestState, RowStatus


class TracingRequestRow(SQLModel, table=True):
    """`sealed` holds the `TracingRequest` without contact data; `sealed_contact` the `Contact`."""

    __tablename__ = "tracing_request"
    __table_args__ = (
        one_of("state", RequestState),
        one_of("public_status", PublicStatus),
        one_of("channel", Channel),
        Index("ix_tracing_request_organisation_state", "organisation_id", "state"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    code_hash: str = Field(max_length=64, unique=True)  # HMAC of the case code; the code is nowhere
    state: str = Field(default=RequestState.OPEN.value, max_length=20)
    public_status: str = Field(default=PublicStatus.RECEIVED.value, max_length=20)
    channel: str = Field(default=Channel.WEB.value, max_length=10)
    received_on: date  # the day only: an exact time would identify a public submission
    expires_on: date = Field(index=True)
    matching_allowed: bool  # a standing consent to matching; without it no candidate is computed
    sought_count: int
    filed_by: str | None = Field(default=None, max_length=32)  # account; None: by the relative
    ended_on: date | None = None  # withdrawn or expired on that day
    erased_on: date | None = None  # from then on the sealed columns are empty
    sealed: bytes = Field(sa_type=LargeBinary)
    sealed_contact: bytes = Field(sa_type=LargeBinary)
    version: int = Field(default=1)


class SourceListRow(SQLModel, table=True):
    """One delivered file in one edition. `sealed` holds the `SourceList`, columns and row reports.

    `sealed_file` keeps the delivered bytes while the list is a preview, so that it can be read again
    with another mapping; publishing and discarding remove it.
    """

    __tablename__ = "source_list"
    __table_args__ = (
        one_of("state", ListState),
        Index("ix_source_list_organisation_state", "organisation_id", "state"),
        Index("ix_source_list_organisation_file", "organisation_id", "file_hash"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    state: str = Field(default=ListState.PREVIEW.value, max_length=20)
    file_hash: str = Field(max_length=64)  # HMAC of the bytes as delivered
    edition: int = 1
    predecessor_id: str | None = Field(default=None, foreign_key="source_list.id", max_length=32)
    list_date: date | None = None
    record_count: int = 0
    problem_count: int = 0
    imported_by: str | None = Field(default=None, max_length=32)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    sealed: bytes = Field(sa_type=LargeBinary)
    sealed_file: bytes | None = Field(default=None, sa_type=LargeBinary)
    version: int = Field(default=1)


class DetaineeRecordRow(SQLModel, table=True):
    """One person of one row of one edition of a list; `sealed` holds the `DetaineeRecord`.

    `record_id` is the identity that links refer to. It is the `id` of the first edition's row and is
    carried on by the rows of later editions that speak of the same line, so that what a reviewer
    decided about a line outlives a new edition. Visible to the matching: rows of published lists.
    """

    __tablename__ = "detainee_record"
    __table_args__ = (UniqueConstraint("list_id", "record_id"), one_of("status", RowStatus))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    record_id: str = Field(index=True, max_length=32)
    list_id: str = Field(foreign_key="source_list.id", max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    status: str = Field(default=RowStatus.NEW.value, max_length=20)
    ordinal: int  # order within the list
    sealed: bytes = Field(sa_type=LargeBinary)
