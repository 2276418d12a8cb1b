"""What people write beside a case: messages with the relative, notes and files of the reviewers."""

from datetime import date, datetime

from sqlalchemy import Index, LargeBinary
from sqlmodel import Field, SQLModel

from service.store.columns import UtcDateTime, new_id, now, one_of
from service.store.states import FileKind


class RequestMessageRow(SQLModel, table=True):
    """One message between staff and the relative who holds the code; `sealed` holds the text."""

    __tablename__ = "request_message"
    __table_args__ = (Index("ix_request_message_request_said", "request_id", "ordinal"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    request_id: str = Field(foreign_key="tracing_request.id", max_length=32)
    ordinal: int  # 1, 2, 3 ... within the request
    author_id: str | None = Field(default=None, max_length=32)  # account; None: the relative
    said_on: date  # the day only: an exact time would identify a public submission
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # by staff, of a relative's message
    sealed: bytes = Field(sa_type=LargeBinary)


class CaseNoteRow(SQLModel, table=True):
    """A reviewer's note on a link; rows are only ever added. `sealed` holds the text."""

    __tablename__ = "case_note"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    link_id: str = Field(foreign_key="candidate_link.id", index=True, max_length=32)
    author_id: str = Field(foreign_key="account.id", max_length=32)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    sealed: bytes = Field(sa_type=LargeBinary)


class CaseFileRow(SQLModel, table=True):
    """A photograph or scan of a link or a list, without the metadata that the camera wrote into it."""

    __tablename__ = "case_file"
    __table_args__ = (
        one_of("kind", FileKind),
        Index("ix_case_file_subject", "subject_kind", "subject_id"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    subject_kind: str = Field(max_length=20)  # candidate_link or source_list
    subject_id: str = Field(max_length=32)
    kind: str = Field(max_length=20)
    media_type: str = Field(max_length=40)
    author_id: str = Field(foreign_key="account.id", max_length=32)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    sealed_caption: bytes = Field(sa_type=LargeBinary)
    sealed: bytes = Field(sa_type=LargeBinary)
