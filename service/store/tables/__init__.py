"""Every table of the store. Models here, migrations beside; a test holds them together."""

from sqlmodel import SQLModel

from service.store.tables.access import Account, AccountRole, ApiKey, LastLook, Organisation, SessionRow
from service.store.tables.cases import DetaineeRecordRow, SourceListRow, TracingRequestRow
from service.store.tables.correspondence import CaseFileRow, CaseNoteRow, RequestMessageRow
from service.store.tables.notices import DeliveryRow, MailChoiceRow
from service.store.tables.releases import ExportOrderRow
from service.store.tables.review import CandidateLinkRow, FamilyLinkRow, JudgementRow
from service.store.tables.runs import ListCountsRow, MatchingRunRow, RunChunkRow
from service.store.tables.traces import AuditEvent, IdempotencyKeyRow, KeyCheck, RateWindow

metadata = SQLModel.metadata

__all__ = [
    "Account",
    "AccountRole",
    "ApiKey",
    "AuditEvent",
    "CandidateLinkRow",
    "CaseFileRow",
    "CaseNoteRow",
    "DeliveryRow",
    "DetaineeRecordRow",
    "ExportOrderRow",
    "FamilyLinkRow",
    "IdempotencyKeyRow",
    "JudgementRow",
    "KeyCheck",
    "LastLook",
    "ListCountsRow",
    "MailChoiceRow",
    "MatchingRunRow",
    "Organisation",
    "RateWindow",
    "RequestMessageRow",
    "RunChunkRow",
    "SessionRow",
    "SourceListRow",
    "TracingRequestRow",
    "metadata",
]
