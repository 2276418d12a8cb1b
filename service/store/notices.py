"""Mail choices, and how far each way out has come."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import col, or_, select, update

from service.store.columns import now
from service.store.sealed import Place
from service.store.tables import AuditEvent, DeliveryRow, MailChoiceRow
from service.store.work import Work


def _place(account_id: str, organisation_id: str) -> Place:
    return Place("mail_choice", "sealed", account_id, organisation_id)


def choice(work: Work, account_id: str) -> MailChoiceRow | None:
    return work.session.get(MailChoiceRow, account_id)


def choose(work: Work, account_id: str, organisation_id: str, language: str, address: str) -> None:
    """Keep the address, instead of an older one; what was told before is forgotten."""
    forget(work, account_id)
    work.session.add(
        MailChoiceRow(
            account_id=account_id,
            organisation_id=organisation_id,
            language=language,
            sealed=work.sealer.seal_text(_place(account_id, organisation_id), address),
        )
    )
    work.session.flush()


def forget(work: Work, account_id: str) -> None:
    found = choice(work, account_id)
    if found is not None:
        work.session.delete(found)
        work.session.flush()


def address(work: Work, row: MailChoiceRow) -> str:
    return work.sealer.open_text(_place(row.account_id, row.organisation_id), row.sealed)


def due(work: Work, before: datetime) -> Sequence[MailChoiceRow]:
    """Choices whose last mail was sent before that moment, or who had none."""
    wanted = or_(col(MailChoiceRow.told_at).is_(None), col(MailChoiceRow.told_at) <= before)
    return work.session.exec(
        select(MailChoiceRow).where(wanted).order_by(col(MailChoiceRow.account_id))
    ).all()


def told(work: Work, account_id: str, counts: Mapping[str, int]) -> None:
    """A mail with these counts was sent now."""
    row = choice(work, account_id)
    if row is not None:
        row.told, row.told_at = dict(counts), now()


def lower(work: Work, account_id: str, counts: Mapping[str, int]) -> None:
    """Less waits than was told: a later rise is new again."""
    row = choice(work, account_id)
    if row is not None:
        row.told = {name: min(number, counts.get(name, 0)) for name, number in row.told.items()}


def take(work: Work, way: str, seconds: float, start: int) -> DeliveryRow | None:
    """The way out in this process's hands for so long; None while another has it, or it is not time yet.

    `start`: where the audit log ends when the way is opened for the first time.
    """
    if work.session.get(DeliveryRow, way) is None:
        work.session.add(DeliveryRow(way=way, sequence=start))
        work.session.flush()
    until = now() + timedelta(seconds=seconds)
    taken = (
        update(DeliveryRow)
        .where(col(DeliveryRow.way) == way, col(DeliveryRow.not_before) <= now())
        .values(not_before=until)
    )
    if work.session.connection().execute(taken).rowcount != 1:
        return None
    row = work.session.get(DeliveryRow, way)
    if row is not None:
        work.session.refresh(row)
    return row


def went(work: Work, way: str, sequence: int = 0, wait: float = 0.0) -> None:
    """It was delivered, up to this row of the audit log; the way is free again after `wait` seconds."""
    row = work.session.get(DeliveryRow, way)
    if row is not None:
        row.sequence = max(row.sequence, sequence)
        row.failures = 0
        row.not_before = now() + timedelta(seconds=wait)


def failed(work: Work, way: str, wait: float) -> None:
    """It was not delivered; tried again after so many seconds."""
    row = work.session.get(DeliveryRow, way)
    if row is not None:
        row.failures += 1
        row.not_before = now() + timedelta(seconds=wait)


def events_after(work: Work, sequence: int, acts: Sequence[str], limit: int) -> Sequence[AuditEvent]:
    """Rows of the audit log above a sequence number whose act is one of these, in their order."""
    return work.session.exec(
        select(AuditEvent)
        .where(col(AuditEvent.sequence) > sequence, col(AuditEvent.act).in_(acts))
        .order_by(col(AuditEvent.sequence))
        .limit(limit)
    ).all()
