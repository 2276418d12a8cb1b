"""The link page: both originals, the evidence that adds up, the household, and the judgement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from schemas.link import Band
from schemas.review import (
    BestInterests,
    ClosureReason,
    EvidenceDetails,
    EvidenceType,
    Independence,
    LinkState,
    Move,
    RejectReason,
)
from service.cases import case_papers, link_views, reviews
from service.cases.family_views import Neighbour
from service.cases.reviews import Order
from service.errors import HomewardError, PreconditionFailed, Unprocessable
from service.pages.forms import posted
from service.pages.staff.facts import facts, headline
from service.pages.staff.family_graph import graph_of
from service.pages.staff.frame import go, staff_page
from service.pages.staff.ids import Id, known_form
from service.pages.staff.timeline import timeline
from service.pages.staff.versions import version_of
from service.pages.staff.waterfall import waterfall
from service.security.access import Operation
from service.security.actors import Actor
from service.security.gate import allowed, store_of
from service.speech import marked

router = APIRouter(prefix="/staff/links")
LONGEST_REASON = 2000
_REASONS = {
    Move.ASK: marked("The open question (“describe ...”), never a leading one"),
    Move.REJECT: marked("What tells you so (not required)"),
    Move.RECOMMEND: marked("What convinces you beside the names (not required)"),
    Move.VERIFY: marked("What was found, by whom, when"),
    Move.CONFIRM: marked("Your own opinion (not required)"),
    Move.DISAGREE: marked("Why you do not agree"),
    Move.RELEASE: marked("Why (not required)"),
    Move.REOPEN: marked("What is new"),
}
# below what a reviewer most likely came for, in this order
_LATER = (Move.ASK, Move.REJECT, Move.DISAGREE, Move.RELEASE, Move.REOPEN, Move.CLOSE)
_NOTHING = dict.fromkeys(
    ("move", "reason_code", "reason", "evidence_type", "found_by", "found_on", "independence", "reference"),
    "",
)
# one key for each step, the ones of the sketch first
_KEYS = {
    Move.CLAIM: "c",
    Move.RECOMMEND: "r",
    Move.ASK: "a",
    Move.REJECT: "x",
    Move.VERIFY: "v",
    Move.CONFIRM: "f",
    Move.DISAGREE: "d",
    Move.RELEASE: "b",
    Move.CLEAR_BEST_INTERESTS: "i",
    Move.CONSENT: "s",
    Move.CONTACT: "t",
    Move.PLAN: "p",
    Move.REUNIFY: "u",
    Move.FOLLOW: "w",
    Move.CLOSE: "l",
    Move.REOPEN: "o",
}


@dataclass(frozen=True)
class ByStrength:
    """Neighbouring links: those to look at, and those kept folded."""

    strong: tuple[Neighbour, ...]
    weak: tuple[Neighbour, ...]


@router.get("/{link_id}")
def link(
    request: Request, link_id: Id, actor: Annotated[Actor, Depends(allowed(Operation.READ_LINK))]
) -> Response:
    return _page(request, actor, link_id, _NOTHING)


@router.post("/{link_id}/judgements")
def judge(
    request: Request,
    link_id: Id,
    actor: Annotated[Actor, Depends(allowed(Operation.JUDGE_LINK))],
    form: Annotated[dict[str, str], Depends(posted)],
) -> Response:
    """Stores the judgement and returns to the page; what is refused comes back with its reason."""
    address = f"/staff/links/{link_id}"
    together = [name.removeprefix("with-") for name in form if name.startswith("with-")]
    asked = {name: form.get(name, "").strip() for name in _NOTHING}
    try:
        order = _order(asked, form.get("claim") == "yes")
        with store_of(request).begin() as work:
            reviews.judge_together(work, actor, order, _versions(form, link_id, together))
            after = reviews.next_waiting(work, actor, link_id) if form.get("then") == "next" else None
    except PreconditionFailed:
        return go(address, "changed")
    except HomewardError as refused:
        if refused.status not in (403, 409, 422):
            raise
        return _page(request, actor, link_id, asked, refused)
    if form.get("then") == "next":
        return go(f"/staff/links/{after}" if after else "/staff/queue", "judged")
    return go(address, "judged")


def _versions(form: dict[str, str], link_id: str, together: list[str]) -> dict[str, int]:
    """The link of the page, and the ticked ones of its family, each with the version that was read."""
    own = {link_id: version_of(form)}
    return own | {known_form(other): version_of({"version": form[f"with-{other}"]}) for other in together}


def _page(
    request: Request,
    actor: Actor,
    link_id: str,
    asked: dict[str, str],
    refused: HomewardError | None = None,
) -> Response:
    with store_of(request).begin() as work:
        view = link_views.read_link(work, actor, link_id)
        notes = case_papers.read_notes(work, actor, link_id)
        files = case_papers.show_files(work, actor, (case_papers.LINK, link_id))
        after = reviews.next_waiting(work, actor, link_id)
    return staff_page(
        request,
        "link",
        refused.status if refused else 200,
        view=view,
        falls=waterfall(view.evidence),
        moves=[move.value for move in sorted((*view.moves, *view.at_once), key=_place)],
        carry_claim=[move.value for move in view.at_once],
        claims=by_strength(view.other_claims),
        runners=by_strength(view.runners_up),
        graph=graph_of(view.family, link_id) if view.family else None,
        moments=timeline(view),
        notes=notes,
        files=files,
        after=after,
        keys={move.value: key for move, key in _KEYS.items()},
        facts_of=facts,
        headline=headline,
        asked=asked,
        problem=refused.sentence if refused else "",
        **_choices(),
    )


def _place(move: Move) -> int:
    return _LATER.index(move) if move in _LATER else -1


def by_strength(links: Sequence[Neighbour]) -> ByStrength:
    """A link that a human moved counts as strong whatever the machine says."""
    strong = [
        link for link in links if link.band is not Band.DO_NOT_SHOW or link.state is not LinkState.SUGGESTED
    ]
    return ByStrength(tuple(strong), tuple(link for link in links if link not in strong))


def _choices() -> dict[str, Any]:
    return {
        "reject_reasons": [one.value for one in RejectReason],
        "closure_reasons": [one.value for one in ClosureReason],
        "evidence_types": [one.value for one in EvidenceType],
        "best_interests": [one.value for one in BestInterests],
        "independences": [one.value for one in Independence],
        "reason_labels": {move.value: words for move, words in _REASONS.items()},
    }


def _order(asked: dict[str, str], claim: bool) -> Order:
    if asked["move"] not in set(Move):
        raise Unprocessable("move_unknown", "Choose one of the steps on the page.")
    if len(asked["reason"]) > LONGEST_REASON:
        raise Unprocessable("reason_too_long", f"Shorten the reason to {LONGEST_REASON} characters.")
    kind = asked["evidence_type"]
    return Order(
        move=Move(asked["move"]),
        reason_code=asked["reason_code"][:60],
        reason=asked["reason"],
        evidence_type=EvidenceType(kind) if kind in set(EvidenceType) else None,
        evidence=_evidence(asked),
        claim=claim,
    )


def _evidence(asked: dict[str, str]) -> EvidenceDetails | None:
    boxes = ("found_by", "found_on", "independence", "reference")
    if not any(asked[box] for box in boxes):
        return None
    try:
        found_on = date.fromisoformat(asked["found_on"]) if asked["found_on"] else None
    except ValueError:
        raise Unprocessable("date_unreadable", "Write the day of the evidence as 2026-09-30.") from None
    known = asked["independence"] in set(Independence)
    return EvidenceDetails(
        found_by=asked["found_by"][:200],
        found_on=found_on,
        independence=Independence(asked["independence"]) if known else Independence.UNKNOWN,
        reference=asked["reference"][:200],
    )
