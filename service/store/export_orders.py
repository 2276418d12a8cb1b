"""Wishes to take links out as a file, and what became of them."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import col, delete, select

from service.store.columns import new_id
from service.store.sealed import Place
from service.store.states import ExportFormat
from service.store.tables import ExportOrderRow
from service.store.work import Work


def _place(row_id: str, organisation_id: str) -> Place:
    return Place("export_order", "sealed_reason", row_id, organisation_id)


def add(
    work: Work, organisation_id: str, asked_by: str, wanted: tuple[ExportFormat, str], reason: str
) -> ExportOrderRow:
    """Keep a wish; `wanted` is the format and the scope."""
    row_id = new_id()
    row = ExportOrderRow(
        id=row_id,
        organisation_id=organisation_id,
        format=wanted[0].value,
        scope=wanted[1],
        asked_by=asked_by,
        sealed_reason=work.sealer.seal_text(_place(row_id, organisation_id), reason),
    )
    work.session.add(row)
    work.session.flush()
    return row


def get(work: Work, order_id: str) -> ExportOrderRow | None:
    return work.session.get(ExportOrderRow, order_id)


def newest(work: Work, organisation_id: str, limit: int) -> Sequence[ExportOrderRow]:
    return work.session.exec(
        select(ExportOrderRow)
        .where(col(ExportOrderRow.organisation_id) == organisation_id)
        .order_by(col(ExportOrderRow.asked_at).desc(), col(ExportOrderRow.id))
        .limit(limit)
    ).all()


def reason(work: Work, row: ExportOrderRow) -> str:
    return work.sealer.open_text(_place(row.id, row.organisation_id), row.sealed_reason)


def drop_before(work: Work, asked: datetime) -> int:
    """Remove orders older than that, whatever became of them; the audit log tells of them. How many."""
    gone = work.session.connection().execute(
        delete(ExportOrderRow).where(col(ExportOrderRow.asked_at) < asked)
    )
    return gone.rowcount
