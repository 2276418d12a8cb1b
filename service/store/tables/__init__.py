"""Every table of the store. Models here, migrations beside; a test holds them together."""

from sqlmodel import SQLModel

from service.store.tables.access import Account, AccountRole, ApiKey, Organisation, SessionRow
from service.store.tables.cases import DetaineeRecordRow, SourceListRow, TracingRequestRow
from service.store.tables.review import CandidateLinkRow, FamilyLinkRow, JudgementRow
from service.store.tables.runs import MatchingRunRow, RunChunkRow
from service.store.tables.traces import AuditEvent, IdempotencyKeyRow, KeyCheck, RateWindow

metadata = SQLModel.metadata

__all__ = [
    "Account",
    "AccountRole",
    "ApiKey",
    "AuditEvent",
    "CandidateLinkRow",
    "DetaineeRecordRow",
    "FamilyLinkRow",
    "IdempotencyKeyRow",
    "JudgementRow",
    "KeyCheck",
    "MatchingRunRow",
    "Organisation",
    "RateWindow",
    "RunChunkRow",
    "SessionRow",
    "SourceListRow",
    "TracingRequestRow",
    "metadata",
]
