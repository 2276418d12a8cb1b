"""Candidate links, families and what humans decided about them."""

from datetime import datetime

from sqlalchemy import Index, LargeBinary, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from schemas.link import Band
from schemas.review import LinkState, Move
from schemas.vocabulary import LinkRelation
from service.store.columns import UtcDateTime, new_id, now, one_of


class CandidateLinkRow(SQLModel, table=True):
    """A proposal of the machine and the state that humans gave it; `sealed` holds the evidence.

    `current`: the newest matching still proposes it. `new_data`: either side changed after a human
    looked. `contested`: live links of different requests join one record. `erased`: what was told is
    gone, and `sealed` with it; state, weight and judgements stay as the claim on the record.
    """

    __tablename__ = "candidate_link"
    __table_args__ = (
        UniqueConstraint("request_id", "person_id", "record_id"),
        one_of("state", LinkState),
        one_of("band", Band),
        one_of("relation", LinkRelation),
        Index("ix_candidate_link_queue", "organisation_id", "state", "weight"),
    )

    id: str = Field(primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)  # of the request
    record_organisation_id: str = Field(foreign_key="organisation.id", index=True, max_length=32)
    request_id: str = Field(foreign_key="tracing_request.id", max_length=32)
    person_id: str = Field(max_length=64)
    record_id: str = Field(foreign_key="detainee_record.id", index=True, max_length=32)
    relation: str = Field(default=LinkRelation.SAME_PERSON.value, max_length=20)
    state: str = Field(default=LinkState.SUGGESTED.value, max_length=30)
    contested: bool = False
    new_data: bool = False
    current: bool = True
    erased: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    weight: float
    probability: float
    band: str = Field(max_length=20)
    rank: int
    family_id: str = Field(default="", max_length=80)
    policy: str = Field(default="", max_length=40)
    told: str = Field(default="", max_length=64)  # keyed hash of all that the evidence speaks of
    claimed_by: str | None = Field(default=None, foreign_key="account.id", max_length=32)
    recommended_by: str | None = Field(default=None, foreign_key="account.id", max_length=32)
    first_run: str = Field(max_length=32)
    last_run: str = Field(max_length=32)
    facts: str = Field(max_length=64)  # HMAC of both sides as scored: tells a change from a re-count
    sealed: bytes = Field(sa_type=LargeBinary)
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    updated_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class FamilyLinkRow(SQLModel, table=True):
    """The people of one request laid against one household; `sealed` holds the `FamilyLink`."""

    __tablename__ = "family_link"
    __table_args__ = (UniqueConstraint("request_id", "family_id"),)

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    organisation_id: str = Field(foreign_key="organisation.id", max_length=32)
    request_id: str = Field(foreign_key="tracing_request.id", max_length=32)
    family_id: str = Field(max_length=80)
    facts: str = Field(default="", max_length=64)  # keyed hash of what is sealed
    weight: float
    run_id: str = Field(max_length=32)
    sealed: bytes = Field(sa_type=LargeBinary)


class JudgementRow(SQLModel, table=True):
    """One human act on one link; rows are only ever added. `sealed_reason` holds the free text,
    `sealed_evidence` who found the evidence, when, and how independent it is.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        UniqueConstraint("link_id", "ordinal"),
        one_of("move", Move),
        one_of("before", LinkState),
        one_of("after", LinkState),
    )

    id: str = Field(default_factory=new_id, primary_key=True, max_length=32)
    link_id: str = Field(foreign_key="candidate_link.id", max_length=32)
    ordinal: int  # 1, 2, 3 ... within the link
    actor_id: str = Field(foreign_key="account.id", index=True, max_length=32)
    move: str = Field(max_length=30)
    before: str = Field(max_length=30)
    after: str = Field(max_length=30)
    reason_code: str = Field(default="", max_length=60)
    evidence_type: str | None = Field(default=None, max_length=40)
    sealed_reason: bytes | None = Field(default=None, sa_type=LargeBinary)
    sealed_evidence: bytes | None = Field(default=None, sa_type=LargeBinary)  # `EvidenceDetails`
    weight: float | None = None  # of the link, as the reviewer saw it
    decided_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
