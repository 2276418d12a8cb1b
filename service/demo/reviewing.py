"""A few judgements of the demonstration's reviewer, so that every desk finds something to do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from schemas.link import Band
from schemas.review import EvidenceType, Move, RejectReason
from service.cases import reviews
from service.cases.reviews import Order
from service.security.actors import Actor
from service.store.work import Store, Work

_RECOMMEND = (Order(Move.CLAIM), Order(Move.RECOMMEND, reason="Name, age, mother and household agree."))


@dataclass(frozen=True)
class Story:
    """What happens to the heaviest link of one example person."""

    request: str
    person: str
    orders: tuple[Order, ...]


STORIES = (
    Story(
        "Q15",
        "Q15-1",
        (
            *_RECOMMEND,
            Order(
                Move.VERIFY,
                reason="She named her mother and both children without being asked.",
                evidence_type=EvidenceType.MOTHER_STATEMENT,
            ),
        ),
    ),
    Story("Q13", "Q13-2", _RECOMMEND),
    Story(
        "Q19",
        "Q19-1",
        (Order(Move.CLAIM), Order(Move.ASK, reason="Which languages does she speak, and since when?")),
    ),
    Story(
        "Q08",
        "Q08-1",
        (
            Order(Move.CLAIM),
            Order(
                Move.REJECT,
                reason_code=RejectReason.FALSE_CLAIM.value,
                reason="Only the given name agrees; the enquirer knows neither parent.",
            ),
        ),
    ),
    Story("Q10", "Q10-1", (Order(Move.CLAIM),)),
)


def review(store: Store, reviewer: Actor, filed: Mapping[str, str], step: Callable[[], None]) -> None:
    """Play the stories; `filed` maps an example's request_id to the id under which it was filed."""
    for story in STORIES:
        for order in story.orders:
            with store.begin() as work:
                link_id, version = _heaviest(work, reviewer, filed[story.request], story.person)
                reviews.judge(work, reviewer, link_id, order, version)
        step()


def _heaviest(work: Work, reviewer: Actor, request_id: str, person_id: str) -> tuple[str, int]:
    wanted = reviews.QueueWanted(request_id=request_id, bands=tuple(Band))
    queue = reviews.read_queue(work, reviewer, wanted, limit=reviews.LONGEST_PAGE)
    item = next(item for item in queue.items if item.person_id == person_id)
    return item.link_id, item.version
