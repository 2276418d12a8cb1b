"""Looking over everybody's shoulder: the audit log and its chain."""

from collections.abc import Sequence

from service.security import audit
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import audit_events
from service.store.tables import AuditEvent
from service.store.work import Work


def read_events(work: Work, actor: Actor, after: int = 0, limit: int = 100) -> Sequence[AuditEvent]:
    """Events of the auditor's organisation with a sequence number above `after`, in their order."""
    require(actor, Operation.READ_AUDIT)
    return audit_events.of_organisation(work.session, actor.organisation_id, after, limit)


def verify_chain(
    work: Work, actor: Actor, sequence: int | None = None, head: str | None = None
) -> tuple[audit.Verdict, audit.Anchor]:
    """Walk the whole chain, every organisation's rows, against an anchor if there is one."""
    require(actor, Operation.READ_AUDIT)
    anchor = audit.Anchor(sequence, head) if sequence is not None and head is not None else None
    return audit.verify(work.session, work.keys, anchor), audit.head(work.session)
