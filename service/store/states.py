"""States of stored things that the shared vocabulary does not know."""

from enum import StrEnum


class RequestState(StrEnum):
    """Only an open request takes part in matching."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ListState(StrEnum):
    """Only the rows of a published list are seen by the matching."""

    PREVIEW = "preview"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"  # a newer edition is published
    TAKEN_BACK = "taken_back"
    DISCARDED = "discarded"  # a preview that was never published


class RowStatus(StrEnum):
    """What an edition says of a row, against the edition before (data dictionary 6.7)."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"


class RunKind(StrEnum):
    """What made the matching necessary."""

    FULL = "full"
    REQUEST = "request"
    LIST = "list"


class WorkState(StrEnum):
    """States of a matching run and of its chunks."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class FileKind(StrEnum):
    """What a picture beside a case shows."""

    PHOTO = "photo"
    DOCUMENT = "document"
    LIST_PAGE = "list_page"


class ExportFormat(StrEnum):
    """How links leave the service."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class ExportState(StrEnum):
    """An export leaves only after a second person approved it."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
