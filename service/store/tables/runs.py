"""Matching runs and their chunks: ids and counts only. What was counted on the lists is sealed."""

from datetime import datetime

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from service.store.columns import UtcDateTime, new_id, now, one_of
from service.store.states import RunKind, WorkState


class MatchingRunRow(SQLModel, table=True):
    """One matching of some requests against every published record."""

    __tablename__ = "matching_run"
    __table_args__ = (one_of("state", WorkState), one_of("kind", RunKind))

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    kind: str = Field(max_length=10)
    state: str = Field(default=WorkState.QUEUED.value, index=True, max_length=10)
    subject_id: str | None = Field(default=None, max_length=32)  # the request or list that caused it
    requested_by: str | None = Field(default=None, max_length=32)
    organisation_id: str | None = Field(default=None, max_length=32)
    chunk_count: int = 0
    chunks_done: int = 0
    request_count: int = 0
    link_count: int = 0  # links written or renewed
    policy: str = Field(default="", max_length=40)
    cancel_requested: bool = False
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=1)


class RunChunkRow(SQLModel, table=True):
    """A few requests of a run: leased by one worker, done in one transaction with its results."""

    __tablename__ = "run_chunk"
    __table_args__ = (
        UniqueConstraint("run_id", "ordinal"),
        one_of("state", WorkState),
        Index("ix_run_chunk_claim", "state", "leased_until"),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    run_id: str = Field(foreign_key="matching_run.id", max_length=32)
    ordinal: int
    request_ids: list[str] = Field(default_factory=list, sa_type=JSON)
    state: str = Field(default=WorkState.QUEUED.value, max_length=10)
    owner: str | None = Field(default=None, max_length=40)
    leased_until: float | None = None  # seconds since 1970 by the database's clock
    attempts: int = 0
    error_code: str = Field(default="", max_length=60)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ListCountsRow(SQLModel, table=True):
    """How common names are on the lists, as counted last by a version. `sealed` holds `Counts`."""

    __tablename__ = "list_counts"

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    lists: str = Field(max_length=64)  # the state of the lists that were counted
    rows: int  # how many they had
    matcher: str = Field(max_length=40)  # the version by which names were read
    counted_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    sealed: bytes = Field(sa_type=LargeBinary)
