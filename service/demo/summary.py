"""How much a demonstration holds."""

from sqlalchemy import func
from sqlmodel import col, select

from service.store.states import ListState
from service.store.tables import CandidateLinkRow, SourceListRow, TracingRequestRow
from service.store.work import Store


def counts(store: Store) -> dict[str, int]:
    """Requests, published lists and the people on them, candidate links."""
    published = col(SourceListRow.state) == ListState.PUBLISHED.value
    with store.read() as work:
        session = work.session
        return {
            "requests": session.exec(select(func.count()).select_from(TracingRequestRow)).one(),
            "lists": session.exec(select(func.count()).select_from(SourceListRow).where(published)).one(),
            "people_on_lists": session.exec(
                select(func.coalesce(func.sum(SourceListRow.record_count), 0)).where(published)
            ).one(),
            "links": session.exec(select(func.count()).select_from(CandidateLinkRow)).one(),
        }
