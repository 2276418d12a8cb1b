"""Why a pair is proposed, or why it is not: for any sought person and any record."""

from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from matching.errors import CountedOnlyError
from schemas.link import CandidateLink
from schemas.review import LinkState
from schemas.tracing import TracingRequest
from service.cases.requests import own
from service.cases.reviews import note
from service.errors import NotFound
from service.jobs.gallery import GalleryKeeper
from service.security.access import Operation, require
from service.security.actors import Actor
from service.store import links, records, requests
from service.store.columns import now
from service.store.states import RequestState
from service.store.tables import TracingRequestRow
from service.store.work import Store, Work


class Why(StrEnum):
    """The answer in one word (docs/workflow.md, section 5.4)."""

    PROPOSED = "proposed"
    ALREADY_DECIDED = "already_decided"
    REQUEST_NOT_OPEN = "request_not_open"
    CONSENT_MISSING = "consent_missing"
    EXPIRED = "expired"
    SUPPRESSED = "suppressed"  # the list is not published, or was taken back
    BELOW_BAND = "below_band"
    NOT_MATCHED_YET = "not_matched_yet"
    COUNTED_ONLY = "counted_only"  # the row counts a child that it does not name


_SENTENCES = {
    Why.PROPOSED: "The pair is proposed; see the link.",
    Why.ALREADY_DECIDED: "Somebody has decided on this pair; see the link's history.",
    Why.REQUEST_NOT_OPEN: "The request is closed or withdrawn, so nothing is proposed for it.",
    Why.CONSENT_MISSING: "The enquirer has not agreed to the matching, so nothing is proposed.",
    Why.EXPIRED: "The request has expired, so nothing is proposed for it.",
    Why.SUPPRESSED: "The record's list is not published, so the matching does not see it.",
    Why.BELOW_BAND: "The pair was compared, and too many other records fit this person better.",
    Why.COUNTED_ONLY: "The row counts this child and does not name it: it is proposed to sought children "
    "whose parent is found in that household and who are not named there.",
    Why.NOT_MATCHED_YET: "The pair would be proposed, but this request has not been matched since.",
}


@dataclass(frozen=True)
class PairAsked:
    """A sought person of a request, and a detainee record."""

    request_id: str
    person_id: str
    record_id: str


@dataclass(frozen=True)
class PairExplained:
    """`proposal` is how the pair scores now; None where the matching may not look at it."""

    why: Why
    sentence: str
    link_id: str | None
    state: LinkState | None
    proposal: CandidateLink | None


class Explainer:
    """Answers from the lists as published now, prepared once in this process and kept in memory only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keeper = GalleryKeeper(store)
        self._lock = Lock()

    def explain(self, actor: Actor, asked: PairAsked) -> PairExplained:
        """Raises NotFound for a request, person or record that is absent or another organisation's."""
        require(actor, Operation.EXPLAIN_PAIR)
        with self._store.begin() as work:
            row = own(work, actor, asked.request_id)
            request = requests.value(work, row)
            _check(work, actor, request, asked)
            hindrance = _hindrance(row)
            kept = links.get(work.session, links.link_id(asked.request_id, asked.person_id, asked.record_id))
            note(work, actor, "pair.explained", row.id, {"record": asked.record_id}, kind="tracing_request")
        state = LinkState(kept.state) if kept else None
        link_id = kept.id if kept else None
        if hindrance is not None:
            return PairExplained(hindrance, _SENTENCES[hindrance], link_id, state, None)
        try:
            proposal = self._score(request, asked)
        except CountedOnlyError:
            return PairExplained(Why.COUNTED_ONLY, _SENTENCES[Why.COUNTED_ONLY], link_id, state, None)
        if proposal is None:
            why = Why.SUPPRESSED
        elif kept is not None and kept.current:
            why = Why.PROPOSED if state is LinkState.SUGGESTED else Why.ALREADY_DECIDED
        elif proposal.rank > self._store.settings.links_per_person:
            why = Why.BELOW_BAND
        else:
            why = Why.NOT_MATCHED_YET
        return PairExplained(why, _SENTENCES[why], link_id, state, proposal)

    def _score(self, request: TracingRequest, asked: PairAsked) -> CandidateLink | None:
        with self._lock:  # one preparation at a time, and none while somebody asks
            gallery = self._keeper.newest()
            if asked.record_id not in gallery.known:
                return None
            return gallery.linker.explain(request, asked.person_id, asked.record_id)


def _check(work: Work, actor: Actor, request: TracingRequest, asked: PairAsked) -> None:
    record = records.newest(work.session, asked.record_id)
    is_sought = any(person.person_id == asked.person_id for person in request.sought)
    if record is None or record.organisation_id != actor.organisation_id or not is_sought:
        raise NotFound


def _hindrance(row: TracingRequestRow) -> Why | None:
    if row.state == RequestState.EXPIRED.value or row.expires_on <= now().date():
        return Why.EXPIRED
    if row.state != RequestState.OPEN.value:
        return Why.REQUEST_NOT_OPEN
    return None if row.matching_allowed else Why.CONSENT_MISSING
