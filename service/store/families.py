"""Families: the people of one request laid against one household, as last matched."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, insert
from sqlmodel import Session, col, select

from schemas.link import FamilyLink
from service.store.columns import new_id
from service.store.sealed import Place
from service.store.tables import FamilyLinkRow, TracingRequestRow
from service.store.work import Work

TABLE = "family_link"


def replace(work: Work, request: TracingRequestRow, families: Iterable[FamilyLink], run_id: str) -> None:
    """The families of a request as this run found them, if they are others than before."""
    told = {family.family_id: (family, _facts(work, family)) for family in families}
    before = work.session.exec(
        select(FamilyLinkRow.family_id, FamilyLinkRow.facts).where(
            col(FamilyLinkRow.request_id) == request.id
        )
    ).all()
    if {(family_id, facts) for family_id, (_, facts) in told.items()} == set(before):
        return
    drop(work.session, request.id)
    rows: list[dict[str, object]] = []
    for family, facts in told.values():
        row_id = new_id()
        place = Place(TABLE, "sealed", row_id, request.organisation_id)
        rows.append({
            "id": row_id,
            "organisation_id": request.organisation_id,
            "request_id": request.id,
            "family_id": family.family_id,
            "facts": facts,
            "weight": family.weight,
            "run_id": run_id,
            "sealed": work.sealer.seal_value(place, family),
        })  # fmt: skip
    if rows:
        work.session.connection().execute(insert(FamilyLinkRow), rows)


def _facts(work: Work, family: FamilyLink) -> str:
    return work.keys.mac("family", family.model_dump_json().encode()).hex()


def value(work: Work, row: FamilyLinkRow) -> FamilyLink:
    place = Place(TABLE, "sealed", row.id, row.organisation_id)
    return work.sealer.open_value(place, row.sealed, FamilyLink)


def of_request(session: Session, request_id: str) -> Sequence[FamilyLinkRow]:
    """The strongest first."""
    return session.exec(
        select(FamilyLinkRow)
        .where(col(FamilyLinkRow.request_id) == request_id)
        .order_by(col(FamilyLinkRow.weight).desc(), col(FamilyLinkRow.family_id))
    ).all()


def get(session: Session, request_id: str, family_id: str) -> FamilyLinkRow | None:
    return session.exec(
        select(FamilyLinkRow).where(
            col(FamilyLinkRow.request_id) == request_id, col(FamilyLinkRow.family_id) == family_id
        )
    ).first()


def drop(session: Session, request_id: str) -> None:
    """Remove every family of a request."""
    session.connection().execute(delete(FamilyLinkRow).where(col(FamilyLinkRow.request_id) == request_id))
