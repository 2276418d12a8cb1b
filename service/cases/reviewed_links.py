"""The links that people decided, as the matcher learns from them: evidence and outcome, no person."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlmodel import col, select

from matching.reestimate import Reviewed
from schemas.link import CandidateLink
from schemas.review import LinkState, Move, RejectReason
from schemas.vocabulary import LinkRelation
from service.store import judgements, links
from service.store.sealed import SealBroken
from service.store.tables import CandidateLinkRow
from service.store.work import Store, Work

_SAME = tuple(
    state.value
    for state in (
        LinkState.CONFIRMED, LinkState.BEST_INTERESTS_CLEARED, LinkState.CONSENT_TO_CONTACT,
        LinkState.IN_CONTACT,
        LinkState.REUNIFICATION_PLANNED, LinkState.REUNIFIED, LinkState.FOLLOW_UP, LinkState.CLOSED,
    )
)  # fmt: skip
# Rejections that say nothing of who the person is.
_NO_FINDING = {RejectReason.DUPLICATE_OF_OTHER_LINK.value, RejectReason.INSUFFICIENT_DATA.value}


def reviewed_links(store: Store) -> Sequence[Reviewed]:
    """Every confirmed link and every one rejected for a reason that tells the persons apart."""
    with store.read() as work:
        return tuple(_all(work))


def _all(work: Work) -> Iterator[Reviewed]:
    table = CandidateLinkRow
    rows = work.session.exec(
        select(table)
        .where(
            col(table.state).in_((*_SAME, LinkState.REJECTED.value)),
            col(table.relation) == LinkRelation.SAME_PERSON.value,
            col(table.erased).is_(False),
        )
        .order_by(col(table.id))
    ).all()
    for row in rows:
        same = row.state in _SAME
        if not same and not _tells_apart(work, row.id):
            continue
        try:
            yield _reviewed(links.value(work, row), same)
        except SealBroken:
            continue


def _tells_apart(work: Work, link_id: str) -> bool:
    rejected = [one for one in judgements.of_link(work.session, link_id) if one.move == Move.REJECT.value]
    return bool(rejected) and rejected[-1].reason_code not in _NO_FINDING


def _reviewed(link: CandidateLink, same: bool) -> Reviewed:
    bits: dict[str, float] = defaultdict(float)
    for one in link.evidence:
        bits[one.comparison] += one.weight
    return Reviewed(dict(bits), link.probability, same)
